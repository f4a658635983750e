"""Answers to the questions of the floors below."""

from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.utils.translation import gettext as _

from registry.flows import may_take_up_duty
from registry.questions import (
    Destination,
    Touched,
    about_to_close,
    activity_of_organizations,
    asking_for_ties,
    carry_out_closure_item,
    person_is_erased,
    what_a_closure_touches,
)
from training.actions import forget_holder, terminate_pairing
from training.actions.erasing import forget_words
from training.actions.exam_places import carry_out_place, lock_places, open_places
from training.actions.nominations import (
    carry_out_nomination,
    lock_nominations,
    open_nominations,
)
from training.models import Certificate, CertificateKind, EndedBecause, HourEntry, Pairing


@receiver(may_take_up_duty, dispatch_uid="training.duty_certificate")
def a_duty_certificate_is_valid(sender, obj, today, **kwargs):
    """Answer with a reason if the place asks for a duty certificate and the person has none valid.

    The nearest kind of a duty certificate above the organisation says whether it does; why so:
    ``docs/decisions/0007-duty-certificates.md``.
    """
    kinds = CertificateKind.objects.issued_in(obj.organization.division_id, today)
    ruling = kinds.filter(category="duty").first()
    if ruling is None or not ruling.bars_duty:
        return []
    held = Certificate.objects.valid(today).filter(mediator=obj.mediator_id, category="duty")
    if held.exists():
        return []
    return [_("No valid duty certificate: pre-service training and test come first.")]


@receiver(activity_of_organizations)
def training_of_organizations(sender, organizations, **kwargs):
    """Tell which organisations have people who learnt something since the day looked at."""
    members = organizations.model._meta.get_field("appointments").related_model.objects
    learnt = HourEntry.objects.standing().filter(
        mediator__in=members.filter(organization=OuterRef(OuterRef("pk"))).values("mediator"),
        done_on__gte=OuterRef("idle_since"),
    )
    return {"training": Exists(learnt)}


@receiver(about_to_close)
def what_a_closure_ends_is_locked(sender, organizations, **kwargs):
    lock_nominations(organizations)
    lock_places(organizations)


@receiver(what_a_closure_touches)
def nominations_a_closure_touches(sender, organization, today, **kwargs):
    """Nominations of the organisation that nobody has decided on."""
    return open_nominations(organization)


@receiver(carry_out_closure_item)
def carry_out_an_open_nomination(sender, item, by, today, reason, **kwargs):
    return carry_out_nomination(item, by=by, today=today, reason=reason)


@receiver(what_a_closure_touches)
def exam_places_a_closure_touches(sender, organization, today, **kwargs):
    """Places in exams of people who serve nowhere else, as long as they have not begun."""
    return open_places(organization)


@receiver(carry_out_closure_item)
def carry_out_an_exam_place(sender, item, by, today, reason, **kwargs):
    return carry_out_place(item, by=by, reason=reason)


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


@receiver(person_is_erased)
def certificates_forget_the_name(sender, mediator, by, today, reason, **kwargs):
    """Certificates stay to be verified; the name on them goes."""
    forget_holder(mediator, by=by, today=today, reason=reason)


@receiver(person_is_erased)
def training_forgets_the_words(sender, mediator, by, today, reason, **kwargs):
    """Grounds of appeals and notes on the person go."""
    forget_words(mediator, by=by, today=today, reason=reason)


@receiver(asking_for_ties)
def masters_and_apprentices(sender, user, people, today, **kwargs):
    """Who teaches or is taught by the person stands back, and so for some months after."""
    return Pairing.objects.tied_to(people, today), []
