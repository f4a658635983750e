"""Annual reviews are set up, opened, handed from step to step, given up and archived."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.review_counting import count_figures
from grading.actions.review_freezing import freeze
from grading.actions.review_moving import locked_sheets, move_all
from grading.actions.review_years import join_parts
from grading.flows.review import CycleState, SheetState
from grading.models import Length, ReviewCycle, SchemeVersion
from grading.rules.review_cycles import MONTHS, period_of, reviewable
from office import ledger
from office.flow import Refused, changing, taking
from registry.models import DivisionLevel
from registry.rules import months_later

C = CycleState
PLACES = (DivisionLevel.COUNTY, DivisionLevel.CITY)
# A shorter review still counts in a year that is here.
BEFORE_THE_RESULTS = [C.DRAFT, C.SELF, C.ORGANIZATION, C.BUREAU]


@transaction.atomic
def add_cycle(*, by, today, reason, **fields):
    """Set up a review as a draft: ``division``, ``version``, ``title``, ``length``, ``from_on``,
    ``until_on``, the three days, and ``part_of``.

    :raises Refused: if the version does not rule the review there today, or the period is not one.
    """
    cycle = ReviewCycle(opened_by=by, **fields)
    _test(cycle, today)
    cycle.full_clean()
    cycle.save()
    after = ledger.filled(cycle)
    ledger.append("grading.reviewcycle.add", cycle, by=by, reason=reason, after=after)
    return cycle


def change_cycle(pk, *, by, today, reason, revision, **fields):
    """Correct a draft: any of what it is set up with, but for its place."""
    if "division" in fields:
        raise Refused(_("A review stays in the place it was set up for."))
    with changing(_rows(), pk, by=by, reason=reason, revision=revision) as cycle:
        for name, value in fields.items():
            setattr(cycle, name, value)
        _test(cycle, today)
    return cycle


def _test(cycle, today):
    if cycle.division.level not in PLACES:
        raise Refused(_("A review is held by a county or a city."))
    ruling = SchemeVersion.objects.ruling_in(cycle.division_id, today, purpose="review")
    if not ruling.filter(pk=cycle.version_id).exists():
        raise Refused(
            {"version": _("This is no rule of the annual review in force in this division.")}
        )
    if cycle.until_on != months_later(cycle.from_on, MONTHS[cycle.length]):
        raise Refused({"until_on": _("The period is not as long as the cycle says.")})
    _test_period(cycle)
    if cycle.part_of is not None and not _may_be_part(cycle, cycle.part_of):
        raise Refused(
            {
                "part_of": _(
                    "It is part of a review of the year in the same place, by the same rule,"
                    " whose results are not proposed yet."
                )
            }
        )


def _test_period(cycle):
    period = period_of(cycle.rules, cycle.from_on)
    if period is None:
        return
    offered = {(length, one.start) for length, one in reviewable(cycle.rules, period.year)}
    if (cycle.length, cycle.from_on) in offered:
        return
    if period.start != cycle.from_on:
        raise Refused({"from_on": _("By the rule no period begins on this day.")})
    raise Refused({"length": _("The rule has no period that is as long.")})


def _may_be_part(cycle, year):
    is_inside = year.from_on <= cycle.from_on and cycle.until_on <= year.until_on
    is_shorter = year.length == Length.YEAR and cycle.length != Length.YEAR
    is_here = year.division_id == cycle.division_id and year.state in BEFORE_THE_RESULTS
    is_alike = year.version.scheme_id == cycle.version.scheme_id
    return is_inside and is_shorter and is_here and is_alike


@transaction.atomic
def open_cycle(pk, *, by, today, reason):
    """Open a review: the people who served are frozen, and their figures counted.

    A year that is made up of shorter reviews goes on to the bureau at once.

    :raises Refused: if the period is not over, or nobody served in it.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("open", _rows(), pk, **note) as cycle:
        if cycle.is_rolled_up:
            join_parts(cycle, by=by, reason=reason)
        elif cycle.self_until < today:
            raise Refused({"self_until": _("This day is over already.")})
        cycle.frozen_on = today
        frozen = freeze(cycle)
        if not frozen["people"]:
            raise Refused(_("Nobody was in post in the period."))
        frozen["figures"] = 0 if cycle.is_rolled_up else count_figures(cycle, today)
    ledger.append("grading.reviewcycle.freeze", cycle, by=by, reason=reason, after=frozen)
    if not cycle.is_rolled_up:
        return cycle
    collect_sheets(pk, **note)
    return take_over_sheets(pk, **note)


def collect_sheets(pk, *, by, today, reason):
    """Hand a review over to the organisations; who handed nothing in goes without a self-review."""
    with taking("collect", _rows(), pk, by=by, today=today, reason=reason) as cycle:
        late = locked_sheets(cycle.sheets.filter(state=SheetState.SELF))
        move_all("take_up", late, by=by, reason=reason, is_late=True)
    return cycle


def take_over_sheets(pk, *, by, today, reason):
    """Take a review over at the bureau, once no sheet is with an organisation or an office."""
    with taking("take_over", _rows(), pk, by=by, today=today, reason=reason) as cycle:
        pass
    return cycle


def abandon_cycle(pk, *, by, today, reason):
    """Give up a review on which nobody but mediators has worked; its parts stay as they are."""
    if not reason.strip():
        raise Refused(_("Give the reason."))
    with taking("abandon", _rows(), pk, by=by, today=today, reason=reason) as cycle:
        pass
    return cycle


def archive_cycle(pk, *, by, today, reason):
    """Put away a review on which nothing is waited for any more."""
    with taking("archive", _rows(), pk, by=by, today=today, reason=reason) as cycle:
        pass
    return cycle


def _rows():
    return ReviewCycle.objects.select_related("version__scheme", "division", "part_of__version")
