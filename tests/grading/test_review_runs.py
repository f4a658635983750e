"""Bad years running: years in which somebody was not assessed by the rule are excused."""

from datetime import date

import pytest

from grading.actions.consequences import open_consequences
from grading.actions.review_runs import pasts_of
from tests import make
from tests.grading import make_cycles, make_sheets

pytestmark = pytest.mark.django_db
RUNNING = {"bands": ["不称职"], "years": 2, "excused": "passes", "not_reviewed": "breaks",
           "consequence": ["no_renewal"]}  # fmt: skip
LAST = 2025


def rule(**changes):
    return make_cycles.version(content=make_sheets.rule(consecutive={**RUNNING, **changes}))


def year(of, number, state="decided", **fields):
    days = {"from_on": date(number, 1, 1), "until_on": date(number + 1, 1, 1)}
    return make_cycles.cycle(state, version=of, **days, **fields)


def sheet(of, who, band="不称职", *, state="decided", **fields):
    body = who.appointments.order_by("pk").last().organization
    return make_cycles.sheet(state, of=of, mediator=who, body=body, band=band, **fields)


def person(*spans):
    body = make.organization(in_division=make.division(make_sheets.TOWN))
    who = make_cycles.served(*spans[0], body=body).mediator
    for span in spans[1:]:
        make_cycles.served(*span, body=body, person=who)
    return who


ALWAYS = [(date(2015, 1, 1), None)]


def barred(last):
    made = open_consequences([last], by=make.user(), reason="x")
    return "no_renewal" in [one.kind for one in made]


def between(of, who, what):
    """What became of somebody in the year between two bad ones."""
    if what == "no_review":
        return
    held = year(of, LAST - 1)
    if what == "not_graded":
        make_cycles.sheet(
            "not_graded", of=held, mediator=who, body=make.organization(), result="not_graded"
        )
    elif what == "too_little":
        sheet(held, who, "", result="too_little", score=None, band_earned="")
    elif what == "good":
        sheet(held, who, "称职")


@pytest.mark.parametrize(
    ("what", "excused", "is_barred"),
    [
        ("not_graded", "passes", True),
        ("too_little", "passes", True),
        ("not_graded", "breaks", False),
        ("good", "passes", False),
        # In post all the year and never reviewed: the rule has its own word for it.
        ("no_review", "passes", False),
        # Where a reason does not help, it is a year without a review.
        ("not_graded", "counts", False),
    ],
)
def test_a_year_between_two_bad_ones(what, excused, is_barred):
    of, who = rule(excused=excused), person(*ALWAYS)
    sheet(year(of, LAST - 2), who)
    between(of, who, what)
    assert barred(sheet(year(of, LAST), who)) is is_barred


@pytest.mark.parametrize(
    ("left", "back", "is_barred"),
    [
        (date(2024, 1, 1), date(2025, 1, 1), True),
        # One day in post, at either end of the year, and nobody reviewed it.
        (date(2024, 1, 2), date(2025, 1, 1), False),
        (date(2024, 1, 1), date(2024, 12, 31), False),
    ],
)
def test_a_year_out_of_post_is_excused_to_the_day(left, back, is_barred):
    of, who = rule(), person((date(2015, 1, 1), left), (back, None))
    sheet(year(of, LAST - 2), who)
    assert barred(sheet(year(of, LAST), who)) is is_barred


def test_an_excused_year_counts_as_none_of_the_run():
    of, who = rule(years=3), person(*ALWAYS)
    sheet(year(of, LAST - 2), who)
    between(of, who, "not_graded")
    assert not barred(sheet(year(of, LAST), who))


def test_only_years_before_of_the_same_people_and_results_that_stand_are_counted():
    of, who, other = rule(), person(*ALWAYS), person(*ALWAYS)
    before = year(of, LAST - 1)
    sheet(before, other)
    old = sheet(before, who, state="replaced", number=1)
    sheet(before, who, "称职", number=2, corrects=old, correction_reason="改。")
    last = sheet(year(of, LAST), who)
    theirs = sheet(last.cycle, other)
    pasts = pasts_of([last, theirs])
    assert pasts[who.pk].bands == {LAST - 1: "称职"}
    assert pasts[other.pk].bands == {LAST - 1: "不称职"}
    assert (pasts[who.pk].excused, pasts[other.pk].excused) == (set(), set())


def test_as_many_queries_for_many_people_as_for_few(django_assert_num_queries):
    of = rule()
    first, last = year(of, LAST - 2), year(of, LAST)
    rows = []
    for _n in range(4):
        who = person(*ALWAYS)
        sheet(first, who)
        rows.append(sheet(last, who))
    for some in (rows[:1], rows):
        for row in some:
            row.cycle = last
        with django_assert_num_queries(2):
            pasts_of(some)


def test_without_such_a_rule_nothing_is_asked(django_assert_num_queries):
    of = make_cycles.version(content=make_sheets.rule())
    row = sheet(year(of, LAST), person(*ALWAYS))
    assert row.cycle.rules
    with django_assert_num_queries(0):
        assert pasts_of([row]) is None
