"""A year of the review that is made up of quarters, with sheets of them that are decided."""

from datetime import date
from decimal import Decimal

from grading.actions import review_sheets, reviews
from grading.models import ReviewSheet
from office.models import CalendarYear
from tests import make
from tests.grading import make_cycles, make_sheets
from tests.registry import cases

MEAN = {"how": "mean", "missing": "skip"}
YEAR = {"from_on": date(2025, 1, 1), "until_on": date(2026, 1, 1)}
STARTS = [date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]


def version(rollup=None, **changes):
    """A rule whose cycle is a quarter."""
    if not CalendarYear.objects.exists():
        cases.load_rules()
    return make_cycles.version(
        content=make_sheets.rule(cycle="quarter", rollup=rollup or MEAN, **changes)
    )


def quarter(number, of, state="decided", **fields):
    """The review of a quarter by a rule."""
    days = {"from_on": STARTS[number - 1], "until_on": STARTS[number]}
    return make_cycles.cycle(state, version=of, length="quarter", **days, **fields)


def quarters(of, *numbers, **fields):
    """Reviews of some quarters, all of them unless told; {number: review}."""
    return {one: quarter(one, of, **fields) for one in numbers or (1, 2, 3, 4)}


def draft(of, **fields):
    """The review of the year, not opened yet."""
    return make_cycles.cycle("draft", version=of, **YEAR, **fields)


def person(from_on=date(2020, 1, 1), until_on=None):
    """Somebody in post from a day on, in one of the townships."""
    body = make.organization(in_division=make.division(make_sheets.TOWN))
    return make_cycles.served(from_on, until_on, body=body).mediator


def part(of, who, score=None, *, state="decided", **fields):
    """What a review of a quarter came to for somebody."""
    if score is not None:
        fields |= {"score": Decimal(str(score)), "band": band_of(score)}
    elif state == "decided":
        fields |= {"result": "too_little", "score": None, "band": "", "band_earned": ""}
        fields |= {"content": {"score": None}}
    body = who.appointments.order_by("pk").last().organization
    return make_cycles.sheet(state, of=of, mediator=who, body=body, **fields)


def band_of(score):
    return next(one["label"] for one in make_sheets.BANDS if score >= one["min"])


def parts(who, held, *scores):
    """Sheets of somebody in the quarters of a year; none where None stands."""
    pairs = zip(held.values(), scores, strict=True)
    return [part(of, who, score) for of, score in pairs if score is not None]


def opened(year, **note):
    return reviews.open_cycle(year.pk, by=make.user(), **{**make_sheets.WHY, **note})


def checked(year):
    """Check all sheets of a year that is open; returns {person: sheet}."""
    review_sheets.check_all(year.pk, by=make.user(), **make_sheets.WHY)
    return sheets(year)


def sheets(year):
    rows = ReviewSheet.objects.filter(cycle=year).order_by("number")
    return {row.mediator: row for row in rows.select_related("mediator")}
