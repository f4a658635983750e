"""Item statistics: a published worked example, and what holds of any marks."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.items import effective_weights, item_statistics

# Marks of 22 attempts at 13 items: the figures on which Moodle's own quiz report is tested
# (mod/quiz/report/statistics), and below what its spreadsheet says of them.
MARKS = """
5.5 .3 .9 1 .3 1 0 0 1 1 0 0 1
1 .9 .9 .3 .3 1 0 0 1 0 1 0 1
2.5 1 .9 .3 1 0 0 1 1 1 1 1 1
4 .3 .9 1 .3 0 0 0 0 1 0 0 1
3 .9 .3 .9 1 0 1 0 0 1 1 1 0
4.5 .9 1 1 .9 0 1 1 1 0 0 0 0
3 .3 .3 .3 .3 1 0 1 1 1 1 1 1
6 .9 .9 1 .3 0 1 1 1 1 0 0 1
.5 .9 1 .9 .3 0 1 1 0 1 1 0 1
5.5 .9 1 .9 .3 1 1 0 0 1 0 0 0
2.5 .9 1 1 .9 0 1 0 0 1 0 0 1
4 .9 .3 .9 1 0 1 1 1 1 1 0 1
4 .9 .3 .3 1 1 1 1 0 0 1 1 0
3 1 1 .3 1 0 1 0 1 1 1 1 0
1 1 .9 .3 .3 1 0 1 0 0 0 0 0
1 .3 .3 .3 .9 0 0 0 1 0 0 0 1
1.5 1 .3 .9 1 1 1 0 1 1 0 0 0
4 .9 1 .9 1 0 1 1 1 0 1 0 0
2 .9 .9 .3 .9 0 1 0 0 0 0 0 0
1 1 .3 .3 .3 0 1 1 0 1 0 0 0
6 .9 1 1 .9 0 0 0 1 0 0 1 1
7 .9 .3 .3 .3 1 0 1 1 1 1 0 0
"""
ATTEMPTS = [[Decimal(mark) for mark in line.split()] for line in MARKS.split("\n") if line.strip()]
FULL_MARKS = [8, *[1] * 12]
FACILITY = [
    41.19318182, 81.36363636, 71.36363636, 65.45454545, 65.90909091, 36.36363636, 59.09090909, 50,
    59.09090909, 63.63636364, 45.45454545, 27.27272727, 50,
]  # fmt: skip
DEVIATION = [
    1.912733589, 0.2512738111, 0.3226312277, 0.3334199022, 0.3375811591, 0.4923659639,
    0.5032362797, 0.5117663157, 0.5032362797, 0.4923659639, 0.5096471914, 0.4558423058,
    0.5117663157,
]  # fmt: skip
WEIGHT = [
    26.58464457, 3.368456046, 3.253955259, 7.584083694, 3.79658376, 3.183278505, 4.532356904,
    7.78856243, 10.08351572, 8.381139345, 8.727645713, 7.946277111, 4.769500946,
]  # fmt: skip
DISCRIMINATION = [
    25.88327077, 1.170256965, -4.207816809, 28.16930644, -2.513606859, -12.99017581, -8.900638238,
    8.670004606, 29.63337745, 15.18945843, 16.21079629, 15.52451404, -8.396734802,
]  # fmt: skip
EFFICIENCY = [
    27.23492723, 1.382386552, -4.691171307, 31.12404354, -2.877487579, -17.5074184, -10.27568922,
    10.86956522, 34.58997279, 17.4790556, 20.14359793, 22.06477733, -10,
]  # fmt: skip


def observations(item):
    return [(attempt[item], sum(attempt, Decimal(0))) for attempt in ATTEMPTS]


@pytest.mark.parametrize("item", range(13))
def test_the_published_example_is_met_in_every_figure(item):
    found = item_statistics(observations(item), FULL_MARKS[item])

    assert found.attempts == 22
    assert float(found.facility) == pytest.approx(FACILITY[item], abs=1e-6)
    assert float(found.deviation) == pytest.approx(DEVIATION[item], abs=1e-8)
    assert float(found.discrimination) == pytest.approx(DISCRIMINATION[item], abs=1e-6)
    assert float(found.efficiency) == pytest.approx(EFFICIENCY[item], abs=1e-6)


def test_the_published_weights_are_met():
    found = effective_weights({item: observations(item) for item in range(13)})

    assert [float(found[item]) for item in range(13)] == pytest.approx(WEIGHT, abs=1e-6)


def test_what_is_not_defined_is_none_and_not_zero():
    nobody = item_statistics([], 1)
    one = item_statistics([(Decimal(1), Decimal(5))], 1)
    alike = item_statistics([(Decimal(1), Decimal(5)), (Decimal(1), Decimal(9))], 1)

    assert (nobody.facility, one.facility) == (None, 100)
    assert (one.deviation, one.discrimination, one.efficiency) == (None, None, None)
    assert (alike.deviation, alike.discrimination, alike.efficiency) == (0, None, None)


def test_what_goes_against_the_whole_has_no_weight():
    weights = effective_weights(
        {
            "with": [(Decimal(0), Decimal(1)), (Decimal(9), Decimal(9))],
            "against": [(Decimal(1), Decimal(1)), (Decimal(0), Decimal(9))],
            "once": [(Decimal(1), Decimal(1))],
        }
    )

    assert weights == {"with": 100, "against": None, "once": None}


def test_a_drawn_item_is_compared_with_the_whole_attempt():
    observed = [(Decimal(0), Decimal(2)), (Decimal(1), Decimal(2)), (Decimal(1), Decimal(5))]

    assert item_statistics(observed, 1).discrimination < 20
    assert item_statistics(observed, 1, drawn=True).discrimination == pytest.approx(50, abs=1e-9)


@pytest.mark.parametrize(
    ("observed", "doubtful"),
    [
        ([(1, 9), (0, 1), (1, 8), (0, 2)], False),
        ([(0, 9), (1, 1), (0, 8), (1, 2)], True),
        ([(1, 9), (1, 1)], True),
    ],
)
def test_items_that_tell_nobody_apart_are_pointed_out(observed, doubtful):
    decimals = [(Decimal(mark), Decimal(total)) for mark, total in observed]

    assert item_statistics(decimals, 1).is_doubtful is doubtful


marks = st.lists(
    st.tuples(st.decimals(0, 5, places=1), st.decimals(0, 95, places=1)), min_size=2, max_size=30
)


@given(marks)
def test_no_index_passes_a_hundred(pairs):
    found = item_statistics([(mark, mark + rest) for mark, rest in pairs], 5)

    for index in [found.discrimination, found.efficiency]:
        # Efficiency has no lower bound: the worst order may go further than the best one.
        assert index is None or index <= 100 + Decimal("1e-9")
    assert 0 <= found.facility <= 100


@given(marks)
def test_efficiency_is_full_when_the_order_of_the_candidates_is_the_same(pairs):
    ordered = zip(
        sorted(mark for mark, _rest in pairs),
        sorted(rest for _mark, rest in pairs),
        strict=True,
    )
    found = item_statistics([(mark, mark + rest) for mark, rest in ordered], 5)

    assert found.efficiency is None or abs(found.efficiency - 100) < Decimal("1e-9")
