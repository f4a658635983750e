"""The years of people before a review: which band each had, and which of them are excused.

Excused is whom the rule did not assess: who was not in post, served too short, or of whom too
little was known. A year in post that simply had no review is not: the rule has a word of its own.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from grading.actions.review_freezing import SERVED
from grading.models import ReviewSheet
from grading.models.review import Length
from grading.rules.review_consequences import Running, running_of
from grading.rules.review_cycles import whole_year, year_called
from grading.rules.reviews import DONE
from registry.models import Appointment


@dataclass
class Past:
    """The bands of somebody by year, and the years that are excused."""

    bands: dict = field(default_factory=dict)
    excused: set = field(default_factory=set)


def year_of(cycle):
    """Return the year a cycle is counted to, as its rule names it."""
    return year_called(cycle.rules, cycle.from_on)


def pasts_of(rows):
    """Return {mediator: ``Past``} before the review of a year, None where no rule asks for it.

    :param rows: sheets of one cycle; a fixed number of queries for all of them.
    """
    cycle = rows[0].cycle
    if not isinstance(running_of(cycle.rules), Running) or cycle.length != Length.YEAR:
        return None
    found = {row.mediator_id: Past() for row in rows}
    years = {}
    for sheet in _sheets_before(cycle):
        if sheet.cycle_id not in years:
            years[sheet.cycle_id] = year_of(sheet.cycle)
        past = found.get(sheet.mediator_id)
        if past is None:
            continue
        if sheet.result == DONE:
            past.bands[years[sheet.cycle_id]] = sheet.band
        else:
            past.excused.add(years[sheet.cycle_id])
    _excuse_out_of_post(cycle, found)
    return found


def _sheets_before(cycle):
    rows = ReviewSheet.objects.standing().filter(
        mediator__in=_people(cycle), cycle__length=Length.YEAR, cycle__until_on__lte=cycle.from_on
    )
    rows = rows.select_related("cycle__version__parent").defer("content")
    return rows.order_by("cycle__from_on", "pk")


def _people(cycle):
    return ReviewSheet.objects.filter(cycle=cycle).order_by().values("mediator")


def _excuse_out_of_post(cycle, found):
    """Excuse the years between two reviews in which somebody held no post on any day."""
    this, gaps = year_of(cycle), {}
    for mediator, past in found.items():
        known = {*past.bands, *past.excused}
        if open_years := set(range(min(known, default=this), this)) - known:
            gaps[mediator] = open_years
    if not gaps:
        return
    held = defaultdict(list)
    posts = Appointment.objects.filter(mediator__in=_people(cycle), state__in=SERVED)
    for mediator, first, until in posts.order_by("pk").values_list(
        "mediator_id", "from_on", "until_on"
    ):
        held[mediator].append((first, until))
    spans = {year: whole_year(cycle.rules, year) for years in gaps.values() for year in years}
    for mediator, years in gaps.items():
        for year in years:
            if spans[year] is not None and not _in_post(held[mediator], spans[year]):
                found[mediator].excused.add(year)


def _in_post(posts, year):
    return any(first < year.end and (until is None or until > year.start) for first, until in posts)
