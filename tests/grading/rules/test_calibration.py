"""Calibration: a shift is taken off, order and mean stay, the raw total is never lost."""

import random
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.assigning import assigned
from grading.rules.calibration import calibrated

CENT = Decimal("0.01")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@st.composite
def rounds(draw):
    """Draw who reads what and what it is worth: {application: {member: total}}."""
    members = range(draw(st.integers(2, 6)))
    readers = st.sets(st.sampled_from(members), min_size=1, max_size=3)
    worth = st.decimals(0, 100, places=1)
    plan = draw(st.lists(readers, min_size=1, max_size=12))
    return {
        number: {member: draw(worth) for member in sorted(of_one)}
        for number, of_one in enumerate(plan)
    }


def everything(readings, kind):
    return [getattr(one, kind) for of_one in readings.values() for one in of_one.values()]


def test_a_severe_member_and_the_co_readers_come_out_alike():
    worth = {number: Decimal(60 + number) for number in range(9)}
    totals = {
        number: {
            member: value - (7 if member == 0 else 0) for member in {number % 3, (number + 1) % 3}
        }
        for number, value in worth.items()
    }

    found = calibrated(totals, minimum=3)

    values = [found.leniencies[member].value for member in range(3)]
    assert values == [Fraction(-14, 3), Fraction(7, 3), Fraction(7, 3)]
    for number, of_one in found.readings.items():
        assert {one.calibrated for one in of_one.values()} == {worth[number] - Decimal("2.33")}
        assert {member: one.raw for member, one in of_one.items()} == totals[number]


@given(rounds(), st.integers(0, 5), st.decimals(-30, 30, places=1))
def test_an_equal_shift_of_one_member_is_taken_off(totals, member, shift):
    moved = {
        number: {one: total + shift * (one == member) for one, total in of_one.items()}
        for number, of_one in totals.items()
    }
    before, after = calibrated(totals, minimum=1), calibrated(moved, minimum=1)

    for panel in before.panels:
        differences = {
            after.readings[number][one].calibrated - before.readings[number][one].calibrated
            for number, of_one in totals.items()
            for one in of_one.keys() & set(panel)
        }
        assert max(differences) - min(differences) <= 2 * CENT


@given(rounds(), st.integers(1, 4))
def test_the_order_within_a_member_and_the_mean_of_all_stay(totals, minimum):
    found = calibrated(totals, minimum=minimum)

    for member in found.leniencies:
        own = sorted(
            (of_one[member].raw, of_one[member].calibrated)
            for of_one in found.readings.values()
            if member in of_one
        )
        assert [one[1] for one in own] == sorted(one[1] for one in own)
    raw, new = everything(found.readings, "raw"), everything(found.readings, "calibrated")
    assert abs(sum(raw) - sum(new)) <= len(raw) * CENT / 2


@given(rounds(), st.integers(1, 4))
def test_the_raw_total_is_always_there_and_stands_where_nothing_is_calibrated(totals, minimum):
    found = calibrated(totals, minimum=minimum)

    for number, of_one in found.readings.items():
        assert {member: one.raw for member, one in of_one.items()} == totals[number]
        for member, one in of_one.items():
            assert one.is_calibrated is (found.leniencies[member].value is not None)
            assert one.is_calibrated or one.calibrated == one.raw
            assert one.is_calibrated is (found.leniencies[member].shared >= minimum)


@pytest.mark.parametrize(("minimum", "is_calibrated"), [(3, True), (4, False)])
def test_the_smallest_sample_calibrates_and_one_less_does_not(minimum, is_calibrated):
    totals = {number: {"Li": Decimal(60), "Sun": Decimal(70)} for number in range(3)}
    totals[9] = {"Li": Decimal(61)}

    one = calibrated(totals, minimum=minimum).readings[9]["Li"]

    assert one.is_calibrated is is_calibrated
    assert one.calibrated != one.raw or not is_calibrated
    assert one.why == (
        "" if is_calibrated else "Not calibrated: 3 readings shared with others, 4 needed."
    )


def test_who_is_not_calibrated_is_no_measure_for_others():
    pair = {number: {"Li": Decimal(60), "Sun": Decimal(70)} for number in range(5)}
    newcomer = {9: {"Li": Decimal(60), "New": Decimal(0)}}

    alone, beside = calibrated(pair, minimum=2), calibrated(pair | newcomer, minimum=2)

    assert beside.leniencies["New"].value is None
    assert beside.readings[9]["New"].calibrated == 0
    leniencies = [found.leniencies for found in (alone, beside)]
    gaps = [found["Sun"].value - found["Li"].value for found in leniencies]
    assert gaps == [10, 10]


def test_who_is_left_out_may_leave_a_co_reader_with_too_few():
    totals = {
        1: {"Li": Decimal(60), "Wu": Decimal(70)},
        2: {"Li": Decimal(60), "Wu": Decimal(70)},
        3: {"Li": Decimal(60), "Sun": Decimal(70)},
        4: {"Tan": Decimal(60), "Sun": Decimal(70)},
    }

    found = calibrated(totals, minimum=2)

    assert {member: one.shared for member, one in found.leniencies.items()} == {
        "Li": 2,
        "Sun": 1,
        "Tan": 1,
        "Wu": 2,
    }
    assert found.panels == (("Li", "Wu"),)


def test_members_no_application_links_are_not_compared():
    totals = {
        1: {"Li": Decimal(60), "Sun": Decimal(70)},
        2: {"Tan": Decimal(10), "Wu": Decimal(20)},
    }

    found = calibrated(totals, minimum=1)

    assert found.panels == (("Li", "Sun"), ("Tan", "Wu"))
    assert [one.value for one in found.leniencies.values()] == [-5, 5, -5, 5]


def test_an_item_all_have_scored_links_them_and_is_not_in_the_mean_that_stays():
    item = {"item": {"Li": Decimal(50), "Sun": Decimal(60), "Tan": Decimal(70)}}
    own = {
        1: {"Li": Decimal(80)},
        2: {"Sun": Decimal(80)},
        3: {"Tan": Decimal(80)},
        4: {"Tan": Decimal(90)},
    }

    found = calibrated(item | own, minimum=1, items={"item"})

    calibrated_ones = {
        number: next(iter(found.readings[number].values())).calibrated for number in own
    }
    assert sum(calibrated_ones.values()) == Decimal(330)
    assert calibrated_ones[1] - calibrated_ones[3] == 20


def test_nothing_read_is_nothing_calibrated():
    found = calibrated({}, minimum=1)

    assert (found.leniencies, found.readings, found.panels) == ({}, {}, ())


def test_a_round_of_three_thousand_is_calibrated_exactly_and_soon():
    rng = random.Random(3)  # noqa: S311 - the same every time
    plan = assigned(range(3000), range(15), reads=3, seed=1)
    leaning = {member: Decimal(rng.randint(-80, 80)) / 10 for member in range(15)}
    totals = {
        number: {member: Decimal(70) + leaning[member] for member in readers}
        for number, readers in plan.readers.items()
    }

    before = time.process_time()
    found = calibrated(totals, minimum=30)
    took = time.process_time() - before

    middle = sum(leaning.values()) / 15
    assert {member: one.value for member, one in found.leniencies.items()} == {
        member: Fraction(one) - sum(map(Fraction, leaning.values())) / 15
        for member, one in leaning.items()
    }
    assert set(everything(found.readings, "calibrated")) == {(Decimal(70) + middle).quantize(CENT)}
    assert took < 5
