"""What becomes of open nominations when the organisation that made them is deregistered."""

from registry.actions.entering import acting
from registry.questions import Destination, Touched
from training.actions.enrolments import withdraw
from training.actions.seats import locked
from training.models import Enrolment

SUBJECT = Enrolment._meta.label_lower


def open_nominations(organization):
    """Return what a deregistration touches: nominations on which nobody has decided."""
    rows = Enrolment.objects.filter(organization=organization, state="pending")
    rows = rows.select_related("mediator", "session").order_by("pk")
    return [Touched.row(row, Destination.END, Destination.HAND_OVER) for row in rows]


def lock_nominations(organizations):
    """Lock the sessions with open nominations, and then these, as every enrolment does."""
    rows = Enrolment.objects.filter(organization__in=organizations, state="pending")
    for pk in sorted(set(rows.values_list("session", flat=True))):
        locked(pk)
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def carry_out_nomination(item, *, by, today, reason):
    """End a nomination, or let the person stand for it alone; tell whether it was one.

    :raises Refused: if the enrolment no longer allows it.
    """
    if item.subject_type != SUBJECT:
        return False
    pk = int(item.subject_id)
    if item.destination == Destination.HAND_OVER:
        locked(Enrolment.objects.get(pk=pk).session_id)
        with acting("stand_alone", Enrolment.objects, pk, by=by, reason=reason) as enrolment:
            enrolment.organization = None
    else:
        withdraw(pk, by=by, today=today, reason=reason)
    return True
