"""What cases may bring somebody in a period has a ceiling, across all batches handed in."""

from datetime import date
from decimal import Decimal

import pytest

from casework.actions.ceilings import over_the_ceiling
from casework.models import AllowanceRate, SubsidyScheme
from office.flow import Refused
from tests import make
from tests.casework import make_claims as claims

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def committee():
    """A committee under a scheme that pays 200 yuan for a full file."""
    claims.rules()
    claims.scheme()
    return claims.body()


def ceiling(most, **fields):
    return make.saved(
        AllowanceRate(
            scheme=SubsidyScheme.objects.get(),
            case_part=Decimal(most),
            **{"employment": "full_time", "caps_cases": True} | fields,
        )
    )


def full_timer(of):
    return claims.mediator(of, employment="full_time")


def batch_of(committee, person, *days):
    for day in days:
        claims.case(committee, person, closed_on=day)
    return claims.batch(of=committee)


AUGUST, LATE_AUGUST, SEPTEMBER = date(2026, 8, 20), date(2026, 8, 31), date(2026, 9, 1)


def test_what_a_month_would_bring_beyond_the_ceiling_is_not_handed_in(committee):
    ceiling("399.99")
    person = full_timer(committee)
    made = batch_of(committee, person, AUGUST, LATE_AUGUST)
    with pytest.raises(Refused) as refused:
        claims.submit(made)
    said = f"Cases of 2026-08 would bring {person} 400.00 yuan; the ceiling is 399.99."
    assert said in refused.value.messages


def test_the_ceiling_itself_may_be_reached(committee):
    ceiling("400.00")
    made = batch_of(committee, full_timer(committee), AUGUST, LATE_AUGUST)
    assert claims.submit(made).state == "first_check"


def test_each_month_has_a_ceiling_of_its_own(committee):
    ceiling("200.00")
    assert over_the_ceiling(batch_of(committee, full_timer(committee), AUGUST, SEPTEMBER)) == []


def test_a_ceiling_of_a_quarter_adds_up_its_months(committee):
    ceiling("399.99", case_period="quarter")
    made = batch_of(committee, full_timer(committee), AUGUST, SEPTEMBER)
    assert over_the_ceiling(made) == [
        f"Cases of 2026 Q3 would bring {made.lines.first().shares.get().mediator} 400.00 yuan;"
        " the ceiling is 399.99."
    ]


@pytest.mark.parametrize("fields", [{"caps_cases": False}, {"employment": "part_time"}])
def test_a_rate_that_is_no_ceiling_or_of_others_bars_nothing(committee, fields):
    ceiling("100.00", **fields)
    assert over_the_ceiling(batch_of(committee, full_timer(committee), AUGUST)) == []


def test_the_ceiling_of_the_level_goes_before_that_of_everybody(committee):
    ceiling("100.00")
    ceiling("200.00", level="l2")
    person = full_timer(committee)
    made = batch_of(committee, person, AUGUST)
    assert over_the_ceiling(made)
    make.level_holding(person, rank=2, from_on=date(2026, 1, 1))
    assert over_the_ceiling(made) == []


def test_what_another_committee_has_handed_in_counts_and_what_it_drafts_does_not(committee):
    ceiling("300.00")
    other = claims.body()
    person = full_timer(committee)
    make.appointment(person, other, from_on=date(2020, 1, 1))
    theirs = batch_of(other, person, AUGUST)
    ours = batch_of(committee, person, LATE_AUGUST)
    assert over_the_ceiling(ours) == []
    claims.submit(theirs)
    assert len(over_the_ceiling(ours)) == 1
