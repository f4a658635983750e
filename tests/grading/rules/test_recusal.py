"""Recusal: each ground alone, its boundary day, and that nothing else bars."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from grading.rules.recusal import (
    CO_MEDIATION,
    COMPLAINT,
    DECLARED,
    GROUNDS,
    KIN,
    MENTORSHIP,
    ORGANISATION,
    SELF,
    Facts,
    recusals,
)

NOTHING = Facts()
ON = date(2026, 11, 23)
ONE = timedelta(days=1)
EARLIER = date(2026, 8, 23)  # three months
APPLICANTS = {"app": "Wang", "other": "Zhao"}


def found(facts=NOTHING, members=("Li", "Sun"), applicants=APPLICANTS, **months):
    limits = {"mentorship_months": 3, "case_months": 3} | months
    return recusals(members, applicants, facts, on=ON, **limits)


@pytest.mark.parametrize(
    ("facts", "ground"),
    [
        (Facts(belongs={("Li", 1), ("Wang", 1), ("Zhao", 2), ("Sun", 3)}), ORGANISATION),
        (Facts(mentorships={("Li", "Wang", ON, None)}), MENTORSHIP),
        (Facts(mentorships={("Wang", "Li", ON, None)}), MENTORSHIP),
        (Facts(mediated={(7, "Li", ON), (7, "Wang", ON), (8, "Sun", ON)}), CO_MEDIATION),
        (Facts(complaints={("Li", "Wang")}), COMPLAINT),
        (Facts(complaints={("Wang", "Li")}), COMPLAINT),
        (Facts(kin={("Li", "Wang")}), KIN),
        (Facts(kin={("Wang", "Li")}), KIN),
        (Facts(declared={("Li", "Wang")}), DECLARED),
    ],
)
def test_a_ground_bars_the_member_from_this_application_and_from_no_other(facts, ground):
    assert found(facts) == {("Li", "app"): (ground,)}


def test_nothing_known_bars_nobody():
    assert found() == {}


def test_nobody_judges_himself():
    assert found(applicants={"own": "Li"}) == {("Li", "own"): (SELF,)}


def test_what_an_applicant_declares_bars_nobody():
    assert found(Facts(declared={("Wang", "Li")})) == {}


def test_all_grounds_are_told_in_their_order():
    facts = Facts(declared={("Li", "Wang")}, kin={("Li", "Wang")}, belongs={("Li", 1), ("Wang", 1)})

    assert found(facts) == {("Li", "app"): (ORGANISATION, KIN, DECLARED)}
    assert next(iter(GROUNDS)) == SELF


@pytest.mark.parametrize(
    ("until_on", "months", "bars"),
    [
        (None, 0, True),
        (ON + ONE, 0, True),
        (ON, 0, False),
        (EARLIER + ONE, 3, True),
        (EARLIER, 3, False),
        (EARLIER + ONE, 2, False),
    ],
)
def test_a_mentorship_bars_until_so_many_months_after_its_last_day(until_on, months, bars):
    facts = Facts(mentorships={("Li", "Wang", date(2020, 1, 1), until_on)})

    assert bool(found(facts, mentorship_months=months)) is bars


def test_a_mentorship_that_is_to_begin_does_not_bar_yet():
    assert found(Facts(mentorships={("Li", "Wang", ON + ONE, None)})) == {}


@pytest.mark.parametrize(
    ("day", "bars"), [(EARLIER, True), (EARLIER - ONE, False), (ON, True), (ON + ONE, False)]
)
def test_a_case_bars_for_so_many_months_the_first_day_included(day, bars):
    facts = Facts(mediated={(7, "Li", day), (7, "Wang", day)})

    assert bool(found(facts)) is bars


def test_an_applicant_with_two_applications_is_barred_from_both():
    facts = Facts(kin={("Li", "Wang")})
    applicants = {"a": "Wang", "b": "Wang"}

    assert set(found(facts, applicants=applicants)) == {("Li", "a"), ("Li", "b")}


def test_grounds_between_applicants_bar_no_member():
    facts = Facts(kin={("Wang", "Zhao")}, belongs={("Wang", 1), ("Zhao", 1)})

    assert found(facts) == {}
    assert found(replace(facts, kin={("Wang", "Li")})) == {("Li", "app"): (KIN,)}
