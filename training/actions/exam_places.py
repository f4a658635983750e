"""What becomes of places in exams when the only organisation of a person is deregistered."""

from registry.flows import AppointmentState
from registry.models import Appointment
from registry.questions import Destination, Touched
from training.actions.candidates import take_off_candidate
from training.models import Exam, ExamCandidate

SUBJECT = ExamCandidate._meta.label_lower


def open_places(organization):
    """Return what a deregistration touches: places not begun, of people who serve nowhere else.

    Who has begun keeps the result, whatever becomes of the organisation: nothing is open there.
    """
    held = Appointment.objects.filter(until_on=None).exclude(state=AppointmentState.REJECTED)
    elsewhere = held.exclude(organization=organization)
    rows = ExamCandidate.objects.not_begun().filter(
        mediator__in=held.filter(organization=organization).values("mediator")
    )
    rows = rows.exclude(mediator__in=elsewhere.values("mediator"))
    rows = rows.select_related("mediator", "exam").prefetch_related("extensions").order_by("pk")
    return [Touched.row(row, *_destinations(row)) for row in rows]


def lock_places(organizations):
    """Lock the exams with such places, and then these, as naming and seating candidates does."""
    held = Appointment.objects.filter(until_on=None, organization__in=organizations)
    rows = ExamCandidate.objects.not_begun().filter(mediator__in=held.values("mediator"))
    exams = Exam.objects.filter(pk__in=rows.values("exam"))
    list(exams.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    places = ExamCandidate.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    list(places.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _destinations(place):
    # Minutes given to the person are on record with the place: it stays.
    given = place.extensions.all()
    return [Destination.HAND_OVER] if given else [Destination.END, Destination.HAND_OVER]


def carry_out_place(item, *, by, reason):
    """Take the person off the exam, or let the place stand; tell whether it was one.

    :raises Refused: if the person has begun since.
    """
    if item.subject_type != SUBJECT:
        return False
    if item.destination == Destination.END:
        take_off_candidate(int(item.subject_id), by=by, reason=reason)
    return True
