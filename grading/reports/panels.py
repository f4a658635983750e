"""What the bureau reads of a panel: who sits, how far the reading is, and later the scores."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.actions.ranking import calibration_of
from grading.models import Application, PanelMember, Reading
from grading.rules.divergence import AGREED, NEEDS_RULE, NEEDS_THIRD, SETTLED, TOO_FEW
from grading.rules.recusal import GROUNDS
from grading.rules.references import reference
from grading.rules.rounding import rounded
from office.models import User

STATES = {
    TOO_FEW: "warn", AGREED: "ok", NEEDS_THIRD: "error", NEEDS_RULE: "error", SETTLED: "info",
}  # fmt: skip


@dataclass(frozen=True)
class SeatLine:
    """A seat with those who have a right to it."""

    seat: object
    members: tuple


def seats_of(panel, today):
    """Return the seats of a panel with their members; each says who sits there today."""
    rows = PanelMember.objects.filter(seat__panel=panel).select_related("user", "seat")
    of_seat = defaultdict(list)
    sitting = set(panel.sitting(today).people)
    for member in rows.prefetch_related("tenures__user").order_by("alternate", "pk"):
        of_seat[member.seat_id].append((member, _who(member, today), sitting))
    return [
        SeatLine(
            seat,
            tuple((member, who, who.pk in everybody if who else False)
                  for member, who, everybody in of_seat[seat.pk]),
        )
        for seat in panel.seats.order_by("pk")
    ]  # fmt: skip


def _who(member, today):
    if member.user_id:
        return member.user
    return next(
        (
            one.user
            for one in member.tenures.all()
            if one.from_on <= today and (one.until_on is None or today < one.until_on)
        ),
        None,
    )


def progress_of(panel, user):
    """Return (member, open, handed in, abstained) of each member.

    Without what the user may not see; counts only: what anybody gave is shown once all is in.
    """
    seen = Application.objects.not_recused(user)
    rows = panel.readings.filter(application__in=seen).exclude(state="dropped").order_by()
    counts = defaultdict(Counter)
    for member, state in rows.values_list("member_id", "state"):
        counts[member][state] += 1
    people = User.objects.filter(pk__in=counts).order_by("name", "pk")
    return [
        (one, counts[one.pk]["open"], counts[one.pk]["submitted"], counts[one.pk]["abstained"])
        for one in people
    ]


def recusals_of(panel, user):
    """Return (member, reference, grounds in words, reason, day) of each recusal that stands."""
    seen = Application.objects.not_recused(user)
    rows = panel.recusals.standing().filter(application__in=seen).select_related("user")
    return [
        (
            row.user,
            reference(panel.grading_round_id, row.application_id),
            [str(GROUNDS[one]) for one in row.grounds if one in GROUNDS],
            row.reason,
            row.found_on,
        )
        for row in rows.order_by("user__name", "application", "pk")
    ]


@dataclass(frozen=True)
class Compared:
    """One application with what each member gave: as given, calibrated, and what it comes to."""

    application: object
    reference: str
    readings: tuple
    state: str
    tone: str
    score: object
    apart: tuple = ()


@dataclass(frozen=True)
class Comparison:
    """The scores of a panel side by side; ``leniencies`` are (member, difference, shared, why)."""

    lines: tuple = ()
    leniencies: tuple = ()
    is_calibrated: bool = False


def comparison_of(panel, user):
    """Return the ``Comparison`` of a panel that has shown its scores, as the user sees it."""
    rows = Reading.objects.within(user, "grading.compare_reading").filter(panel=panel)
    rows = rows.filter(application__in=Application.objects.not_recused(user))
    rows = rows.exclude(state="dropped").select_related(
        "member", "application__mediator", "application__organization"
    )
    # Nothing here looks at the evidence, and each of a thousand rows has hundreds of values.
    rows = list(rows.defer("application__evidence").order_by("application", "is_third", "pk"))
    read = Application.objects.filter(readings__panel=panel)
    hidden = read.exclude(pk__in=Application.objects.not_recused(user).values("pk"))
    hidden = frozenset(hidden.values_list("pk", flat=True))
    parts = panel.totals()
    calibration = calibration_of(panel, leaving_out=hidden, totals=parts)
    settled = panel.settlements(parts)
    names = {row.member_id: row.member for row in rows}
    totals = {
        (application, member): total
        for part in parts
        for application, of_members in part.items()
        for member, total in of_members.items()
    }
    of_application = defaultdict(list)
    for row in rows:
        if not row.is_calibration:
            raw = totals.get((row.application_id, row.member_id))
            of_application[row.application].append((row, raw, _calibrated(calibration, row)))
    lines = [
        _compared(panel, application, given, settled.get(application.pk), names)
        for application, given in of_application.items()
    ]
    return Comparison(tuple(lines), tuple(_leniencies(calibration, names)), calibration is not None)


def _calibrated(calibration, row):
    if calibration is None:
        return None
    return calibration.readings.get(row.application_id, {}).get(row.member_id)


def _compared(panel, application, given, settled, names):
    apart = settled.apart if settled else ()
    state = settled.state if settled else TOO_FEW
    return Compared(
        application,
        reference(panel.grading_round_id, application.pk),
        tuple(given),
        words_of_state(state),
        STATES[state],
        settled.score if settled else None,
        tuple(
            _("%(names)s: %(gap)s points apart")
            % {"names": "、".join(str(names[one]) for one in pair.members), "gap": pair.gap}
            for pair in apart
        ),
    )


def words_of_state(state):
    """Return what the readings of an application come to, in words."""
    return {
        TOO_FEW: _("too few sheets"),
        AGREED: _("agreed"),
        NEEDS_THIRD: _("a third reading is needed"),
        NEEDS_RULE: _("what a third reading settles is not decided"),
        SETTLED: _("settled by a third reading"),
    }[state]


def _leniencies(calibration, names):
    if calibration is None:
        return
    for member, one in calibration.leniencies.items():
        if member in names:
            value = None if one.value is None else rounded(one.value, 2)
            yield names[member], value, one.shared, one.why
