"""Stored sheets against a plain recount: quota and floor of a band, weights, time served, years."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grading.actions.review_judging import work_out_all
from grading.actions.review_placing import places_of
from grading.models import ReviewFigure, ReviewMark, ReviewSheet
from tests import make
from tests.grading import make_cycles, make_sheets, make_years

pytestmark = pytest.mark.django_db
few = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PEOPLE = 6
scores = st.lists(st.sampled_from([95, 94, 93, 92, 91, 90, 85, 60, None]),
                  min_size=PEOPLE, max_size=PEOPLE)  # fmt: skip


def half_up(exact):
    """A plain rounding to one decimal."""
    found = Decimal(exact.numerator) / exact.denominator
    return found.quantize(Decimal("0.1"), ROUND_HALF_UP)


def read(of):
    rows = of.sheets.select_related("mediator", "cycle__version__parent").order_by("pk")
    return list(rows)


@pytest.fixture
def two_bodies():
    """A cycle of six people in two organisations: a third of each may be best, but one at least."""
    top = make_sheets.top(
        "1/3", tie=["exclude_all"], per="organization", of="reviewed", rounding="down", least=1
    )
    of = make_sheets.cycle(top=[top])
    bodies = [make.organization(in_division=make.division(make_sheets.TOWN)) for _n in "ab"]
    for at in range(PEOPLE):
        make_cycles.sheet("proposed", of=of, body=bodies[at >= PEOPLE - 2])
    return of


def kept(members):
    """Who keeps the best band of one organisation, by hand: equals at the cut all lose it."""
    places = max(len(members) // 3, 1)
    best = sorted((score for _pk, score in members if score and score >= 90), reverse=True)
    if len(best) <= places:
        return {pk for pk, score in members if score and score >= 90}
    return {pk for pk, score in members if score and score > best[places]}


@few
@given(scores)
def test_the_quota_and_its_floor_leave_who_a_plain_count_leaves(two_bodies, drawn):
    rows = read(two_bodies)
    for row, score in zip(rows, drawn, strict=True):
        row.score = None if score is None else Decimal(score)
        row.band_earned = row.band = make_years.band_of(score) if score is not None else ""
    ReviewSheet.objects.bulk_update(rows, ["score", "band", "band_earned"])
    rows, groups = read(two_bodies), {}
    for row in rows:
        groups.setdefault(row.organization_id, []).append((row.pk, row.score))

    found = places_of(two_bodies, rows)

    best = set().union(*(kept(members) for members in groups.values()))
    assert {pk for pk, band in found.items() if band == "优秀"} == best
    lowered = {row.pk for row in rows if row.band_earned == "优秀"} - best
    assert {found[pk] for pk in lowered} <= {"称职"}
    others = [row for row in rows if row.score is not None and row.pk not in best | lowered]
    assert all(found[row.pk] == row.band_earned for row in others)


TREE = [
    {"id": "success", "label": "成功率", "weight": 50, "metric": "success"},
    {"id": "hours", "label": "学时", "weight": 30, "metric": "hours", "steps": {4: 10, 8: 30}},
    {"id": "conduct", "label": "作风", "weight": 20, "manual": True},
]
STEPS = [{"id": "bureau", "indicators": ["conduct"]}]
PRORATE = {"by": "days", "what": "targets", "indicators": ["hours"]}


@pytest.fixture
def stored():
    """A sheet by a rule that spreads what is missing and asks for hours by the time served."""
    of = make_sheets.cycle(indicators=TREE, steps=STEPS, prorate=PRORATE)
    return make_cycles.sheet("bureau", of=of)


def plain_score(success, hours, conduct, share):
    """The score by hand, None if nothing is there."""
    earned = {}
    if success is not None:
        earned[50] = Fraction(*success) * 50
    if hours is not None:
        steps = [(4, 10), (8, 30)]
        earned[30] = max([worth for least, worth in steps if hours >= least * share], default=0)
    if conduct is not None:
        earned[20] = Fraction(conduct)
    whole = sum(earned)
    return half_up(Fraction(sum(earned.values())) * 100 / whole) if whole else None


@few
@given(
    st.none() | st.integers(1, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.none() | st.integers(0, 10),
    st.none() | st.integers(0, 20),
    st.integers(1, 365),
)
def test_weights_and_time_served_come_to_what_a_plain_count_comes_to(
    stored, success, hours, conduct, days
):
    ReviewFigure.objects.all().delete()
    ReviewMark.objects.all().delete()
    if success is not None:
        make_cycles.figure(stored, "success", *success)
    if hours is not None:
        make_cycles.figure(stored, "hours", hours, 1)
    if conduct is not None:
        make_cycles.mark(stored, "conduct", conduct)
    ReviewSheet.objects.update(days_in=days)

    (row,) = work_out_all(read(stored.cycle))

    expected = plain_score(success, hours, conduct, Fraction(days, 365))
    assert (row.score, row.result) == (expected, "done" if expected is not None else "not_assessed")


@pytest.fixture
def quarters():
    """Somebody's sheets in the four quarters of a year that is open."""
    weights = {"how": "weighted", "missing": "skip", "weights": ["10%", "20%", "30%", "40%"]}
    rule = make_years.version(weights)
    who, held = make_years.person(), make_years.quarters(rule)
    rows = make_years.parts(who, held, 90, 90, 90, 90)
    return make_years.opened(make_years.draft(rule)), rows


@few
@given(st.lists(st.none() | st.decimals(0, 100, places=1), min_size=4, max_size=4))
def test_a_year_is_the_plain_mean_of_its_weighted_quarters(quarters, drawn):
    year, rows = quarters
    for row, score in zip(rows, drawn, strict=True):
        row.score, row.result = score, "done" if score is not None else "too_little"
    ReviewSheet.objects.bulk_update(rows, ["score", "result"])

    (sheet,) = work_out_all(read(year))

    there = [(n, Fraction(one)) for n, one in enumerate(drawn, 1) if one is not None]
    if not there:
        assert (sheet.score, sheet.result) == (None, "not_assessed")
        return
    exact = sum(n * one for n, one in there) / sum(n for n, _one in there)
    assert (sheet.score, sheet.result) == (half_up(exact), "done")
    missing = [n for n, one in enumerate(drawn, 1) if one is None]
    assert sheet.content["missing"] == missing
