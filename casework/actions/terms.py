"""Types of dispute and schemes of difficulty come from files the bureau may edit."""

from django.db import transaction

from casework.models import DifficultyClass, DifficultyScheme, DisputeType
from registry.models import Speciality


@transaction.atomic
def load_dispute_types(content):
    """Store the list ``dispute_types``; what is there is brought up to date.

    ``speciality`` is the code of a field, or missing. Returns the number of types in the list.
    """
    fields = {field.code: field for field in Speciality.objects.all()}
    for order, values in enumerate(content["dispute_types"]):
        field = fields.get(values.get("speciality"))
        DisputeType.objects.update_or_create(
            code=values["code"], defaults={**values, "order": order, "speciality": field}
        )
    return len(content["dispute_types"])


@transaction.atomic
def load_difficulty(content):
    """Store the list ``schemes`` of schemes that hold everywhere; those that are there stay.

    Returns the number of schemes added.
    """
    return sum(_add(values) for values in content["schemes"])


def _add(values):
    values = dict(values)
    classes = values.pop("classes")
    scheme, is_new = DifficultyScheme.objects.get_or_create(
        division=None, from_on=values["from_on"], defaults=values
    )
    if is_new:
        DifficultyClass.objects.bulk_create(
            DifficultyClass(scheme=scheme, order=order, **given)
            for order, given in enumerate(classes)
        )
    return is_new
