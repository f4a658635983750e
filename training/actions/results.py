"""What came of an enrolment: completed and credited, or absent; corrected with a reason."""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from office.flow import Refused, taking
from registry.actions.entering import acting
from registry.models import Mediator
from training.actions.hours import credit_hours, reverse_hours
from training.actions.marking_present import note
from training.actions.seats import locked
from training.models import AttendanceHow, Enrolment, HourEntry
from training.rules.attendance import is_enough


def settle(session, *, by, today, reason):
    """Note each enrolled person of a closed session as completed or absent; credit the hours."""
    rows = list(session.enrolments.filter(state="enrolled").with_minutes().order_by("pk"))
    for row in rows:
        row.minutes = row.attended or 0
    # The guards of the steps read the minutes from the row.
    Enrolment.objects.bulk_update(rows, ["minutes"])
    for row in rows:
        _conclude(row, session, by=by, today=today, reason=reason)


def _conclude(enrolment, session, *, by, today, reason):
    """Take the step the minutes lead to; the hours follow."""
    enough = is_enough(enrolment.minutes, session.minutes, session.least_share)
    step = "complete" if enough else "miss"
    if Enrolment.flow.steps[step].target == enrolment.state:
        return
    with taking(step, Enrolment.objects, enrolment.pk, by=by, today=today, reason=reason):
        pass
    if enough:
        credit_hours(
            enrolment.mediator,
            hours=session.hours,
            content_class=session.content_class,
            source=enrolment,
            title=session.title,
            done_on=session.ends_on,
            by=by,
            today=today,
        )
    else:
        _take_back(enrolment, by=by, today=today, reason=reason)


def _take_back(enrolment, *, by, today, reason):
    credited = HourEntry.objects.standing().filter(
        source_type=Enrolment._meta.label_lower, source_id=str(enrolment.pk)
    )
    for pk in credited.values_list("pk", flat=True):
        reverse_hours(pk, by=by, today=today, reason=reason)


@transaction.atomic
def correct_attendance(pk, *, by, today, reason, minutes):
    """Correct the minutes of an enrolment after its session closed: ``{part: minutes}``.

    Hours are credited or taken back where the minutes now say otherwise.

    :raises Refused: if the session is not closed, nothing changes, or a part has fewer minutes.
    """
    session = locked(Enrolment.objects.get(pk=pk).session_id)
    enrolment = Enrolment.objects.select_related("mediator").get(pk=pk)
    Mediator.objects.select_for_update(of=("self",)).get(pk=enrolment.mediator_id)
    if session.state != "closed" or enrolment.state not in {"completed", "absent"}:
        raise Refused(_("Attendance is corrected once the session is closed."))
    with acting("correct", Enrolment.objects, pk, by=by, reason=reason) as corrected:
        changed = sum(
            note(part, {pk: given}, how=AttendanceHow.CORRECTION, by=by, today=today)
            for part, given in minutes.items()
        )
        if not changed:
            raise Refused(_("Nothing was changed."))
        attended = corrected.attendances.aggregate(n=Sum("minutes"))["n"]
        corrected.minutes = attended or 0
    # The step checks the row as it stands, its hours with it.
    _conclude(corrected, session, by=by, today=today, reason=reason)
    return Enrolment.objects.get(pk=pk)
