"""Answers to the questions of the floors below."""

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from registry.questions import (
    Destination,
    Touched,
    activity_of_organizations,
    carry_out_closure_item,
    what_a_closure_touches,
)
from training.actions import terminate_pairing
from training.actions.nominations import carry_out_nomination, open_nominations
from training.models import EndedBecause, HourEntry, Pairing


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
def carry_out_an_open_nomination(sender, item, by, today, reason, **kwargs):
    return carry_out_nomination(item, by=by, today=today, reason=reason)


@receiver(what_a_closure_touches)
def pairings_of_an_organization(sender, organization, today, **kwargs):
    """Open pairings of people who serve there: ended, or handed over to who goes on with them."""
    pairings = Pairing.objects.open().filter(Pairing.objects.of_organizations([organization.pk]))
    return [
        Touched.row(pairing, Destination.END, Destination.HAND_OVER)
        for pairing in pairings.select_related("mentor", "apprentice").order_by("pk")
    ]


@receiver(carry_out_closure_item)
def carry_out_a_pairing(sender, item, by, today, reason, **kwargs):
    """End the pairing; one handed over goes on, for pairings cross organisations."""
    if item.subject_type != Pairing._meta.label_lower:
        return False
    if item.destination == Destination.END:
        note = {"by": by, "today": today, "reason": reason}
        terminate_pairing(int(item.subject_id), because=EndedBecause.CLOSED, **note)
    return True
