"""Who sits an exam, and where: named by age in sets, or one by one, and spread over rooms."""

from django.db import transaction
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from registry.flows import AppointmentState
from registry.models import Appointment, Mediator
from registry.rules import years_later
from training.flows import ExamState
from training.models import Exam, ExamCandidate, ExamPurpose, ExamRoom

NAMING = {ExamState.SCHEDULED, ExamState.OPEN}
BATCH = 1_000


@transaction.atomic
def fill_candidates(pk, *, by, today, reason):
    """Name everybody of the division whom the rule of ages wants; returns the exam.

    Those who are named already stay as they are.
    """
    exam = _locked(pk)
    known = ExamCandidate.objects.filter(exam=exam, mediator=OuterRef("pk"))
    people = concerned(exam, today).filter(~Exists(known))
    rows = [
        ExamCandidate(
            exam=exam, mediator_id=person, must_sit=must, may_sit=may, added_on=today
        )
        for person, must, may in people.values_list("pk", "must", "may")
    ]  # fmt: skip
    ExamCandidate.objects.bulk_create(rows, batch_size=BATCH)
    ledger.append("training.exam.fill", exam, by=by, reason=reason, after={"candidates": len(rows)})
    return exam


def concerned(exam, today):
    """The people of the exam's division with a post, who ``must`` or ``may`` sit it by their age.

    Who stands in both groups at the boundary is in both. Without a date of birth one must. A resit
    is for those who failed, as they were named for the exam itself.
    """
    if exam.resit_of_id is not None:
        return failed_at(exam.resit_of)
    posts = Appointment.objects
    if exam.purpose == ExamPurpose.PRE_SERVICE:
        held = posts.filter(state__in=[AppointmentState.AWAITING_DUTY, AppointmentState.PROBATION])
    else:
        held = posts.in_post(today)
    # Not older than the one age: born after the day on which people turn a year more.
    young = Q(born_on__gt=years_later(exam.day, -exam.must_sit_age - 1)) | Q(born_on=None)
    old = Q(born_on__lte=years_later(exam.day, -exam.may_sit_age))
    people = Mediator.objects.in_division(exam.division).filter(merged_into=None)
    return (
        people.filter(Exists(held.filter(mediator=OuterRef("pk"))))
        .annotate(must=_whether(young), may=_whether(old))
        .filter(Q(must=True) | Q(may=True))
        .order_by("pk")
    )


def failed_at(exam):
    """The people who failed an exam and did not pass it in another attempt, ``must`` or ``may``."""
    results = exam.attempts.values("candidate")
    failed = exam.candidates.filter(pk__in=results.filter(state="failed"))
    failed = failed.exclude(pk__in=results.filter(state="passed"))
    people = Mediator.objects.filter(exam_places__in=failed, merged_into=None)
    places = {"must": F("exam_places__must_sit"), "may": F("exam_places__may_sit")}
    return people.annotate(**places).order_by("pk")


def _whether(condition):
    return Case(When(condition, then=Value(True)), default=False, output_field=BooleanField())  # noqa: FBT003


@transaction.atomic
def add_candidate(pk, *, by, today, reason, mediator):
    """Name one more person, who may but need not sit the exam.

    :raises Refused: if the person is named already.
    """
    exam = _locked(pk)
    if exam.candidates.filter(mediator=mediator).exists():
        raise Refused({"mediator": _("This person is a candidate already.")})
    row = ExamCandidate(
        exam=exam, mediator=mediator, must_sit=False, may_sit=True, added_on=today
    )  # fmt: skip
    row.full_clean()
    row.save()
    ledger.append("training.examcandidate.add", row, by=by, reason=reason, after=ledger.filled(row))
    return exam


@transaction.atomic
def take_off_candidate(pk, *, by, reason):
    """Take somebody off an exam; the ledger keeps the place.

    :raises Refused: if the person has begun, has been given minutes, or the exam is over.
    """
    row = ExamCandidate.objects.select_for_update(of=("self",)).get(pk=pk)
    if not ExamCandidate.objects.not_begun().filter(pk=pk, extensions=None).exists():
        raise Refused(_("This person can no longer be taken off the exam."))
    before = ledger.filled(row)
    ledger.append("training.examcandidate.take_off", row, by=by, reason=reason, before=before)
    row.delete()


@transaction.atomic
def set_rooms(pk, *, by, today, reason, rooms):
    """Seat the candidates: ``rooms`` are (name, seats), filled in their order.

    :raises Refused: if there are fewer seats than candidates, or somebody has begun.
    """
    exam = _locked(pk)
    candidates = list(exam.candidates.order_by("mediator__division_id", "mediator_id"))
    if exam.attempts.exists():
        raise Refused(_("The exam has begun; nobody is moved any more."))
    if sum(seats for _name, seats in rooms) < len(candidates):
        said = _("There are fewer seats than the %(number)d candidates.")
        raise Refused({"rooms": said % {"number": len(candidates)}})
    ExamCandidate.objects.filter(exam=exam).update(room=None)
    exam.rooms.all().delete()
    waiting = iter(candidates)
    for name, seats in rooms:
        room = ExamRoom.objects.create(exam=exam, name=name, seats=seats)
        for _seat, candidate in zip(range(seats), waiting, strict=False):
            candidate.room = room
    ExamCandidate.objects.bulk_update(candidates, ["room"], batch_size=BATCH)
    ledger.append("training.exam.seat", exam, by=by, reason=reason, after={"rooms": rooms})
    return exam


def _locked(pk):
    exam = Exam.objects.select_for_update(of=("self",)).get(pk=pk)
    if exam.state not in NAMING:
        raise Refused(_("Candidates are named while the exam is scheduled or open."))
    return exam
