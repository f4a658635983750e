"""Who sits: terms, posts, alternates, quorum, chair."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.seats import (
    ALTERNATE,
    OF_PRESENT,
    POST,
    Member,
    Place,
    Quorum,
    Seat,
    Tenure,
    Vacancy,
    sitting,
)
from grading.rules.unknown import UNK

DAY = date(2026, 11, 23)
ONE = timedelta(days=1)
START = date(2026, 1, 1)
CHAIR = Seat("chair", is_chair=True)
DEPUTY = Seat("deputy", is_deputy=True)
EXPERT = Seat("expert", 2)
SEATS = (CHAIR, DEPUTY, EXPERT)
HOLDERS = (
    Member("Chen", "chair", START),
    Member("Deng", "deputy", START),
    Member("Fang", "expert", START),
    Member("Gao", "expert", START),
)
ALTERNATES = (
    Member("Second", "expert", START, alternate=2),
    Member("First", "expert", START, alternate=1),
    Member("Vice", "chair", START, alternate=1),
)


def seated(*recused, seats=SEATS, members=(*HOLDERS, *ALTERNATES), **more):
    return sitting(seats, members, DAY, recused=frozenset(recused), **more)


def test_all_holders_sit_and_no_alternate_does():
    panel = seated()

    assert panel.people == ("Chen", "Deng", "Fang", "Gao")
    assert (panel.chair, panel.chair_is_acting) == ("Chen", False)
    assert (panel.stepped_in, panel.vacant, panel.places) == ((), (), 4)


def test_the_first_alternate_steps_in_for_a_recused_member_and_nobody_else_moves():
    panel = seated("Fang")

    assert panel.stepped_in == (Place("expert", "First", is_alternate=True, instead_of="Fang"),)
    assert panel.people == ("Chen", "Deng", "Gao", "First")


def test_a_recused_alternate_is_passed_over():
    assert seated("Fang", "First").people == ("Chen", "Deng", "Gao", "Second")


def test_a_place_nobody_fills_is_listed_with_who_is_barred():
    panel = seated("Fang", "Gao", "First")

    assert panel.vacant == (Vacancy("expert", 1, ("Fang", "Gao")),)
    assert panel.people == ("Chen", "Deng", "Second")


def test_an_absent_member_is_replaced_but_is_not_called_barred():
    panel = seated(members=HOLDERS, absent={"Fang"})

    assert panel.vacant == (Vacancy("expert", 1),)


def test_a_panel_of_which_all_are_recused_is_told_and_not_refused():
    panel = seated(*"abc", *[member.holder for member in (*HOLDERS, *ALTERNATES)], quorum=Quorum(1))

    assert (panel.people, panel.chair, panel.quorate) == ((), None, False)
    assert [vacancy.places for vacancy in panel.vacant] == [1, 1, 2]


def test_the_deputy_presides_for_a_recused_chair_even_if_an_alternate_takes_the_seat():
    panel = seated("Chen")

    assert (panel.chair, panel.chair_is_acting) == ("Deng", True)
    assert "Vice" in panel.people


def test_the_alternate_presides_if_the_rule_says_so_or_the_deputy_is_recused_too():
    assert seated("Chen", chair_passes_to=[ALTERNATE]).chair == "Vice"
    assert seated("Chen", "Deng").chair == "Vice"


def test_without_deputy_and_alternate_nobody_presides():
    assert seated("Chen", "Deng", members=HOLDERS).chair is None


@pytest.mark.parametrize(
    ("from_on", "until_on", "sits"),
    [
        (DAY, None, True),
        (DAY + ONE, None, False),
        (START, DAY + ONE, True),
        (START, DAY, False),
    ],
)
def test_a_term_begins_on_its_first_day_and_has_ended_on_its_last(from_on, until_on, sits):
    panel = seated(seats=[CHAIR], members=[Member("Chen", "chair", from_on, until_on)])

    assert (panel.people == ("Chen",)) is sits


def test_a_seat_bound_to_a_post_is_the_successors_from_the_first_day():
    seat = Seat("head", bound=POST)
    tenures = [Tenure("section", "Old", START, DAY), Tenure("section", "New", DAY)]
    members = [Member("section", "head", START)]

    on = [sitting([seat], members, day, tenures=tenures).people for day in (DAY - ONE, DAY)]

    assert on == [("Old",), ("New",)]


def test_a_post_nobody_is_in_is_a_vacancy():
    panel = sitting([Seat("head", bound=POST)], [Member("section", "head", START)], DAY)

    assert panel.vacant == (Vacancy("head", 1),)


def test_a_person_with_two_seats_takes_one_and_an_alternate_the_other():
    members = [
        Member("Chen", "chair", START),
        Member("Chen", "deputy", START),
        Member("Vice", "deputy", START, alternate=1),
    ]

    panel = seated(seats=[CHAIR, DEPUTY], members=members)

    assert panel.people == ("Chen", "Vice")


def test_a_holder_is_not_displaced_by_stepping_in_elsewhere():
    members = [
        Member("Vice", "chair", START, alternate=1),
        Member("Vice", "deputy", START),
    ]

    panel = seated(seats=[CHAIR, DEPUTY], members=members)

    assert [(place.seat, place.person) for place in panel.seated] == [("deputy", "Vice")]


def test_people_beyond_the_places_of_a_seat_do_not_sit_and_are_named():
    panel = seated(seats=[CHAIR], members=[*HOLDERS, Member("Too many", "chair", START)])

    assert (panel.people, panel.surplus) == (("Chen",), ("Too many",))


@pytest.mark.parametrize(
    ("quorum", "needed"),
    [
        (Quorum(3), 3),
        (Quorum(share=Fraction(1, 2)), 2),
        (Quorum(share=Fraction(1, 2), above=True), 3),
        (Quorum(share=Fraction(2, 3)), 3),
        (Quorum(share=Decimal("0.75")), 3),
        (Quorum(number=4, share=Fraction(1, 2)), 4),
        (Quorum(share=Fraction(1, 2), of=OF_PRESENT, above=True), 2),
        (Quorum(), 1),
    ],
)
def test_a_quorum_is_counted_exactly(quorum, needed):
    panel = seated("Fang", members=HOLDERS, quorum=quorum)

    assert (panel.needed, panel.quorate) == (needed, len(panel.people) >= needed)


@pytest.mark.parametrize("quorum", [None, UNK])
def test_without_a_known_quorum_it_is_not_known_whether_enough_are_there(quorum):
    assert seated(quorum=quorum).quorate is None


def test_a_share_written_as_a_float_is_refused():
    with pytest.raises(TypeError):
        seated(quorum=Quorum(share=0.5))


PEOPLE = [member.holder for member in (*HOLDERS, *ALTERNATES)]


@given(st.sets(st.sampled_from(PEOPLE)))
def test_no_recused_member_sits_nobody_sits_twice_and_places_add_up(recused):
    panel = seated(*recused)

    assert not recused & set(panel.people)
    assert len(set(panel.people)) == len(panel.people)
    assert len(panel.people) + sum(vacancy.places for vacancy in panel.vacant) == panel.places
    assert panel.chair is None or panel.chair in panel.people
