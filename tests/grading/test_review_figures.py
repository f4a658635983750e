"""Figures of an annual review: row by row in Python, and of all sheets at once in SQL, alike."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from grading.actions.review_judging import review_from, told_of_figure
from grading.evaluation.review_figures import OfSheets, told_of
from grading.models import ReviewSheet
from grading.rules.reviews import Found
from grading.rules.scheme import Scheme
from tests import make
from tests.casework import make_cases
from tests.grading import make_cycles, make_people
from tests.grading.make_rules import calculations, made_of
from tests.make import DAY, TODAY
from training.models import HourEntry

pytestmark = pytest.mark.django_db
SOME = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = ["cases.agreed", "cases.accepted", "opinions.average", "hours.last_year", "age",
         "education", "unheard_of", "complaints.founded"]  # fmt: skip
PERIOD = make_cycles.PERIOD


@st.composite
def rules(draw):
    """Draw a rule of a review: metrics of every kind, some made of others, and what it needs."""
    metrics = {name: draw(calculations()) for name in ("m1", "m2", "m3")}
    numeric = [one for one, calc in metrics.items() if not {"latest", "exists"} & calc.keys()]
    metrics["m4"] = draw(made_of(["cases.agreed", "cases.accepted", *numeric]))
    metrics["m5"] = {"field": draw(st.sampled_from(["opinions.average", "cases.oral"]))}
    asked = [*metrics, draw(st.sampled_from(NAMES))]
    indicators = [
        {"id": f"i{at}", "weight": 10, "metric": name, "least_n": draw(st.sampled_from([0, 1, 3]))}
        for at, name in enumerate(asked)
    ]
    return {"id": "drawn", "metrics": metrics, "review": {"indicators": indicators}}


@pytest.fixture
def sheets(make_classes):
    cycle = make_cycles.cycle()
    people = make_people.people(25, seed=7)
    for case in make_cases.CaseRecord.objects.order_by("pk")[::3]:
        case.difficulty = make_classes[case.pk % 2]
        case.save()
    body = make.organization()
    return {make_cycles.sheet(of=cycle, mediator=one, body=body).pk: one.pk for one in people}


@pytest.fixture
def make_classes():
    return [make_cases.difficulty(code) for code in ("general", "major")]


def first_two(row):
    return row[:2]


@SOME
@given(document=rules(), ends=st.integers(0, 2500), length=st.sampled_from([31, 181, 365, 2000]))
def test_both_count_every_figure_alike(sheets, document, ends, length):
    until_on = TODAY - timedelta(days=ends)
    scheme, period = Scheme(document), (until_on - timedelta(days=length), until_on)

    told = told_of(scheme, sheets.values(), period, TODAY)
    at_once = list(OfSheets(scheme, period, TODAY, sheets=ReviewSheet.objects.all()).fetched())

    assert len(at_once) == len(sheets) * 6
    few = OfSheets(scheme, period, TODAY, sheets=ReviewSheet.objects.all(), narrowly=True)
    assert sorted(few.fetched(), key=first_two) == sorted(at_once, key=first_two)
    for sheet, indicator, state, part, whole, mix in at_once:
        one = told[sheets[sheet]][indicator]
        assert (state, mix) == (one.state, one.mix)
        if state == "missing":
            assert (part, whole, one.found.value) == (None, None, None)
        elif document["review"]["indicators"][int(indicator[1:])]["metric"] == "m4":
            # Numerators and denominators that are fractions themselves are stored as decimals.
            found = pytest.approx(float(one.found.value), rel=0.03, abs=1e-3)
            assert float(part) / float(whole) == found
        else:
            assert abs(Fraction(part) / Fraction(whole) - one.found.value) < Fraction(1, 1000)


def of_one(sheet, scheme=None, period=PERIOD):
    """The figures of one sheet, counted both ways: {indicator: (state, part, whole, Told)}."""
    scheme = scheme or Scheme(make_cycles.document())
    rows = ReviewSheet.objects.filter(pk=sheet.pk)
    told = told_of(scheme, [sheet.mediator_id], period, TODAY)[sheet.mediator_id]
    found = OfSheets(scheme, period, TODAY, sheets=rows).fetched()
    return {name: (state, part, whole, told[name]) for _pk, name, state, part, whole, _mix in found}


@pytest.fixture
def sheet():
    return make_cycles.sheet()


def case_on(sheet, day, state="succeeded", **fields):
    body, person = sheet.organization, sheet.mediator
    return make_cases.case(state, body=body, mediators=[person], accepted_on=day, **fields)


def test_the_first_and_the_last_day_belong_to_the_period(sheet):
    first, until_on = PERIOD
    for day in (first - DAY, first, until_on - DAY, until_on):
        case_on(sheet, day)
    state, part, whole, told = of_one(sheet)["success"]
    assert (state, part, whole) == ("too_few", 2, 2)
    assert sorted(row["on"] for row in told.rows) == [first, until_on - DAY]
    rule = make_cycles.rule(
        indicators=[{"id": "n", "weight": 1, "metric": "cases.agreed", "least_n": 2}]
    )
    state, part, whole, told = of_one(sheet, Scheme(rule))["n"]
    assert (state, part, whole) == ("assessed", 2, 1)
    assert [row["on"] for row in told.rows] == [first, until_on - DAY]


def test_a_window_of_its_own_goes_before_the_period(sheet):
    case_on(sheet, PERIOD[0] - 400 * DAY)
    metrics = {"ever": {"count": {"of": "mediations", "window": "lifetime"}}}
    rule = make_cycles.rule(indicators=[{"id": "n", "weight": 1, "metric": "ever"}])
    found = of_one(sheet, Scheme({**rule, "metrics": metrics}))["n"]
    assert found[:3] == ("assessed", 1, 1)


def test_the_last_complete_year_is_that_which_ends_with_the_period(sheet):
    for day, hours in ((PERIOD[0] - DAY, "2.0"), (PERIOD[0], "4.0"), (PERIOD[1] - DAY, "1.5"),
                       (PERIOD[1], "8.0")):  # fmt: skip
        make.saved(
            HourEntry(
                mediator=sheet.mediator, kind="credited", hours=hours, content_class="law",
                done_on=day, entered_on=day, source_type="drawn",
                source_id=make.next_number(), source_title="课程",
            )
        )  # fmt: skip
    assert of_one(sheet)["training"][:3] == ("assessed", Decimal("5.5"), 1)


def test_what_nobody_knows_is_missing_and_what_did_not_happen_is_nought(sheet):
    found = of_one(sheet)
    assert found["success"][:3] == ("missing", None, None)
    assert found["satisfaction"][:3] == ("missing", None, None)
    assert found["complaints"][:3] == ("assessed", 0, 1)


def test_the_cases_of_another_are_not_counted(sheet):
    other = make_cycles.sheet(of=sheet.cycle)
    for _n in range(5):
        case_on(other, PERIOD[0])
    assert of_one(sheet)["success"][0] == "missing"
    assert of_one(other)["success"][:3] == ("assessed", 5, 5)


def test_a_stored_figure_is_read_as_it_was_found(sheet):
    scheme = Scheme(make_cycles.document())
    made = [
        make_cycles.figure(sheet, "success", 3, 4, state="too_few"),
        # A number of its own, below the least of a share and above that of itself.
        make_cycles.figure(sheet, "training", 8, 1, metric="hours"),
        make_cycles.figure(sheet, "fulfilled", state="missing"),
    ]
    figures = {one.indicator: told_of_figure(one) for one in made}
    found = {
        one.indicator.name: (one.state, one.found)
        for one in review_from(scheme, figures, {}, [], Fraction(1)).lines
    }
    assert found["success"] == ("too_few", Found(Fraction(3, 4), 3, 4))
    assert found["training"] == ("assessed", Found(Fraction(8)))
    assert found["fulfilled"] == ("missing", Found(None))


@pytest.mark.parametrize(("hours", "state"), [(5, "assessed"), (4, "too_few")])
def test_a_plain_number_is_too_few_by_itself_and_a_share_by_its_denominator(hours, state):
    leaves = make_cycles.document()["review"]["indicators"]
    leaves = [{**one, "least_n": 5} if one["id"] == "training" else one for one in leaves]
    scheme = Scheme({**make_cycles.document(), "review": {
        **make_cycles.document()["review"], "indicators": leaves
    }})  # fmt: skip
    figures = {
        "training": {"metric": "hours", "state": state, "part": str(hours), "whole": "1"},
        "success": {"metric": "success", "state": "too_few", "part": "40", "whole": "4"},
    }
    lines = review_from(scheme, figures, {}, [], Fraction(1)).lines
    found = {one.indicator.name: one.state for one in lines}
    assert (found["training"], found["success"]) == (state, "too_few")
