"""Figures of an annual review: row by row in Python, and of all sheets at once in SQL, alike."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from grading.evaluation.review_figures import OfSheets, told_of
from grading.models import ReviewSheet
from grading.rules.scheme import Scheme
from tests import make
from tests.casework import make_cases
from tests.grading import make_cycles, make_people
from tests.grading.make_rules import calculations, made_of
from tests.make import TODAY

pytestmark = pytest.mark.django_db
SOME = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = ["cases.agreed", "cases.accepted", "opinions.average", "hours.last_year", "age",
         "education", "unheard_of", "complaints.founded"]  # fmt: skip
FROM_ON, UNTIL_ON = make_cycles.FROM_ON, make_cycles.UNTIL_ON
PERIOD = FROM_ON, UNTIL_ON
COLUMNS = {"success": "success", "hours": "training"}


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


@SOME
@given(document=rules(), ends=st.integers(0, 2500), length=st.sampled_from([31, 181, 365, 2000]))
def test_both_count_every_figure_alike(sheets, document, ends, length):
    until_on = TODAY - timedelta(days=ends)
    scheme, period = Scheme(document), (until_on - timedelta(days=length), until_on)

    told = told_of(scheme, sheets.values(), period, TODAY)
    at_once = list(OfSheets(scheme, period, TODAY, sheets=ReviewSheet.objects.all()).fetched())

    assert len(at_once) == len(sheets) * 6
    for sheet, indicator, state, part, whole, mix in at_once:
        one = told[sheets[sheet]][indicator]
        assert (state, mix) == (one.state, one.mix)
        if state == "missing":
            assert (part, whole, one.found.value) == (None, None, None)
        elif document["review"]["indicators"][int(indicator[1:])]["metric"] == "m4":
            # What is made of fractions may have another numerator, never another value.
            assert float(part) / float(whole) == pytest.approx(float(one.found.value), abs=1e-3)
        else:
            assert abs(Fraction(part) / Fraction(whole) - one.found.value) < Fraction(1, 1000)
