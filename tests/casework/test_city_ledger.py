"""A year of a county: the figures of its statistics equal SQL as one would write it by hand."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from casework.actions import load_dispute_types
from casework.city.ledger import COUNTY, make_ledger
from casework.metrics import figures
from casework.models import Adoption, CaseRecord, CaseSeries
from casework.rules.windows import Window
from registry.models import Division
from tests import make
from tests.casework import make_case_studies, make_cases
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
CASES = 400
YEAR = Window(TODAY - timedelta(days=365), TODAY)
NAMES = ["accepted", "succeeded", "success_rate", "written_share", "fulfilment", "average_days"]
BY_HAND = """
    SELECT count(*),
        sum(CASE WHEN state = 'succeeded' THEN 1 ELSE 0 END),
        sum(CASE WHEN agreement = 'written' THEN 1 ELSE 0 END),
        sum(CASE WHEN agreement IN ('written', 'oral') THEN 1 ELSE 0 END),
        sum(CASE WHEN fulfilment = 'fulfilled' THEN 1 ELSE 0 END),
        sum(CASE WHEN fulfilment IN ('fulfilled', 'partly', 'refused') THEN 1 ELSE 0 END),
        sum(CASE WHEN closed_on IS NULL THEN 0 ELSE 1 END)
    FROM casework_caserecord
    WHERE accepted_on >= %s AND accepted_on < %s AND state NOT IN ('draft', 'void')
        AND same_as_id IS NULL AND division_id >= 330681000000 AND division_id < 330682000000
"""


@pytest.fixture
def ledger():
    """Committees of the county with people in post for years, and their invented cases."""
    make_cases.difficulty()
    load_dispute_types(make_cases.read("dispute_types.json"))
    for code in [f"{COUNTY}109001", f"{COUNTY}109002", "330682001001"]:
        body = make.organization(in_division=make.division(code))
        for _each in range(3):
            make.appointment(body=body, from_on=date(2020, 1, 1))
    return make_ledger(Random(7), TODAY, cases=CASES)  # noqa: S311 - to be repeated, not secret


def by_hand():
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [YEAR.from_on, YEAR.until_on])
        return cursor.fetchone()


def test_the_figures_of_the_year_equal_plain_sql(ledger):
    county = Division.objects.get(code=COUNTY)
    found = figures(NAMES, division=county, window=YEAR).of(())
    accepted, succeeded, written, agreed, fulfilled, known, closed = by_hand()

    assert accepted == CASES
    assert found["accepted"].numerator == accepted
    counted = [(found[name].numerator, found[name].denominator) for name in NAMES[2:5]]
    assert counted == [(succeeded, accepted), (written, agreed), (fulfilled, known)]
    assert found["average_days"].denominator == closed


def test_the_year_before_is_there_and_no_other_county(ledger):
    assert ledger == CASES + CASES * 9 // 10
    assert CaseRecord.objects.filter(accepted_on__lt=YEAR.from_on).count() == CASES * 9 // 10
    assert set(CaseRecord.objects.values_list("division__code", flat=True)) == {
        f"{COUNTY}109001",
        f"{COUNTY}109002",
    }


def test_every_drawn_row_is_one_the_register_would_take(ledger):
    for case in CaseRecord.objects.order_by("pk")[:: CASES // 40]:
        case.full_clean()
    last = CaseSeries.objects.get(county=COUNTY, year=TODAY.year).last
    assert CaseRecord.objects.filter(accepted_on__year=TODAY.year).count() == last


def test_where_nobody_serves_nothing_is_made(db):
    assert make_ledger(Random(7), TODAY, cases=5) == 0  # noqa: S311
    assert CaseRecord.objects.count() == 0


def test_adoptions_of_write_ups_are_a_figure():
    study, day = make_case_studies.study("adopted"), TODAY - DAY
    make.saved(Adoption(study=study, level="county", adopted_on=day, adopted_by="诸暨市司法局"))
    window = Window(day, day + DAY)
    found = figures(["adopted"], per="mediator", window=window)

    assert found.of(study.author_id)["adopted"].numerator == 1
    assert figures(["adopted"], window=Window(day - DAY, day)).of(())["adopted"].numerator == 0
