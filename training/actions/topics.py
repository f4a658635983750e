"""The topics of questions come from a file the bureau may edit."""

from django.db import transaction

from training.models import Topic


@transaction.atomic
def load_topics(content):
    """Store the list ``topics`` of plain values; what is there is brought up to date.

    Returns the number of topics in the list.
    """
    for order, values in enumerate(content["topics"]):
        Topic.objects.update_or_create(code=values["code"], defaults={**values, "order": order})
    return len(content["topics"])
