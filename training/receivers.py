"""Answers to the questions of the floors below."""

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from registry.questions import (
    activity_of_organizations,
    carry_out_closure_item,
    what_a_closure_touches,
)
from training.actions.nominations import carry_out_nomination, open_nominations
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


@receiver(what_a_closure_touches)
def nominations_a_closure_touches(sender, organization, today, **kwargs):
    """Nominations of the organisation that nobody has decided on."""
    return open_nominations(organization)


@receiver(carry_out_closure_item)
def carry_out_what_training_holds(sender, item, by, today, reason, **kwargs):
    return carry_out_nomination(item, by=by, today=today, reason=reason)
