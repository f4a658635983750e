"""Answers to the questions of the floors below."""

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from registry.questions import activity_of_organizations
from training.models import HourEntry


@receiver(activity_of_organizations)
def training_of_organizations(sender, organizations, **kwargs):
    """Tell which organisations have people who learnt something since the day looked at."""
    members = organizations.model._meta.get_field("appointments").related_model.objects
    learnt = HourEntry.objects.standing().filter(
        mediator__in=members.filter(organization=OuterRef(OuterRef("pk"))).values("mediator"),
        done_on__gte=OuterRef("idle_since"),
    )
    return {"training": Exists(learnt)}
