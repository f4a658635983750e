"""Score sheets: what may be given, what it adds up to, and that no sheet takes another's place."""

from decimal import Decimal
from itertools import permutations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.rounding import DOWN
from grading.rules.scoring import (
    MEAN,
    MEDIAN,
    TRIMMED_MEAN,
    Combining,
    Criterion,
    MalformedSheets,
    Sheet,
    bounds,
    by_application,
    combined,
    read_sheets,
    sheet_faults,
    total,
    totals,
)

LAW = Criterion(
    "law",
    high=Decimal(10),
    step=Decimal("0.5"),
    weight=Decimal("1.5"),
    anchors=((0, "unsure"), (5, "sure"), (9, "teaches others")),
)
SKILL = Criterion("skill", low=Decimal(1), high=Decimal(5))
CRITERIA = (LAW, SKILL)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def sheet(law="7.5", skill="3", member="Li", application=1, **more):
    return Sheet(member, application, {"law": law, "skill": skill}, **more)


def row(law="7.5", skill="3", member="Li", application=1, **more):
    return {
        "member": member,
        "application": application,
        "scores": {"law": law, "skill": skill},
    } | more


@pytest.mark.parametrize(
    ("score", "says"), [(0, "unsure"), ("4.5", "unsure"), (5, "sure"), (10, "teaches others")]
)
def test_the_anchor_of_a_score_is_the_highest_it_reaches(score, says):
    assert LAW.anchor(score) == says


def test_below_the_first_anchor_there_is_none():
    assert Criterion("x", high=10, anchors=((5, "sure"),)).anchor(4) == ""


def test_a_total_is_weighted_and_exact():
    assert total(sheet(), CRITERIA) == Decimal("14.25")
    assert bounds(CRITERIA) == (Decimal(1), Decimal(20))


@pytest.mark.parametrize(
    ("law", "skill", "says"),
    [
        ("0", "1", []),
        ("10", "5", []),
        ("10.5", "3", ["law: 10.5 is not from 0 to 10."]),
        ("-0.5", "3", ["law: -0.5 is not from 0 to 10."]),
        ("7.25", "3", ["law: 7.25 is not on a step of 0.5."]),
        ("7", "2.5", ["skill: 2.5 is not on a step of 1."]),
        (
            "10.3",
            "0",
            [
                "law: 10.3 is not from 0 to 10.",
                "law: 10.3 is not on a step of 0.5.",
                "skill: 0 is not from 1 to 5.",
            ],
        ),
        (None, "", ["law is missing.", "skill is missing."]),
        ("ten", "1/2", ["law: “ten” is no exact number.", "skill: “1/2” is no exact number."]),
        (7.5, True, ["law: “7.5” is no exact number.", "skill: “True” is no exact number."]),
        (
            "1e99999999",
            "NaN",
            ["law: “1e99999999” is no exact number.", "skill: “NaN” is no exact number."],
        ),
    ],
)
def test_every_fault_of_a_sheet_is_named(law, skill, says):
    assert sheet_faults(sheet(law, skill), CRITERIA) == says


def test_a_score_on_no_line_is_a_fault():
    found = sheet_faults(Sheet("Li", 1, {"law": 7, "skill": 3, "zeal": 9}), CRITERIA)

    assert found == ["zeal is not on the sheet."]


def test_a_sheet_with_a_fault_has_no_total():
    with pytest.raises(ValueError, match="skill is missing"):
        total(sheet(skill=None), CRITERIA)


def test_an_abstention_has_a_reason_and_no_scores_and_no_total():
    silent = Sheet("Li", 1, abstained=True, reason="I know the case.")

    assert sheet_faults(silent, CRITERIA) == []
    assert total(silent, CRITERIA) is None
    assert totals({"Li": silent, "Sun": sheet(member="Sun")}, CRITERIA) == {"Sun": Decimal("14.25")}
    assert sheet_faults(sheet(abstained=True), CRITERIA) == [
        "Give the reason for abstaining.",
        "Who abstains gives no scores.",
    ]


@pytest.mark.parametrize("order", list(permutations([("Li", "1"), ("Sun", "9"), ("Tan", "5")])))
def test_the_sheets_of_all_assessors_are_kept_in_whatever_order_they_come(order):
    kept = by_application([sheet(law, member=member) for member, law in order])

    assert {member: one.scores["law"] for member, one in kept[1].items()} == {
        "Li": "1",
        "Sun": "9",
        "Tan": "5",
    }
    assert read_sheets([row(law, member=member) for member, law in order], CRITERIA) == kept


def test_a_second_sheet_of_one_member_replaces_nothing():
    with pytest.raises(ValueError, match="Two sheets of Li for 1"):
        by_application([sheet("1"), sheet("9")])
    with pytest.raises(MalformedSheets) as stopped:
        read_sheets([row("1"), row("9"), row("9", application=2)], CRITERIA)
    assert list(stopped.value.rows) == [2]


def test_a_malformed_row_stops_the_run_and_is_named_with_all_its_faults():
    rows = [row(), row("x", "9", member="Sun"), row(member=""), "scores", row(scores=[1]), row()]

    with pytest.raises(MalformedSheets) as stopped:
        read_sheets(rows, CRITERIA)

    assert stopped.value.rows == {
        2: ["law: “x” is no exact number.", "skill: 9 is not from 1 to 5."],
        3: ["member is missing."],
        4: ["The scores cannot be read."],
        5: ["The scores cannot be read."],
        6: ["This member's sheet for this application is there already."],
    }
    assert str(stopped.value).startswith("Row 2: law: “x” is no exact number. skill: 9 is not")


@pytest.mark.parametrize(
    ("how", "score", "trimmed"),
    [
        (Combining(MEAN), "76.20", ()),
        (Combining(MEAN, places=0), "76", ()),
        (Combining(TRIMMED_MEAN), "78.33", ("low", "top")),
        (Combining(TRIMMED_MEAN, rounding=DOWN, places=1), "78.3", ("low", "top")),
        (Combining(TRIMMED_MEAN, trim=2), "80.00", ("b", "c", "low", "top")),
        (Combining(MEDIAN), "80.00", ()),
    ],
)
def test_several_totals_become_one_by_the_rule(how, score, trimmed):
    given_totals = {"low": 50, "b": 70, "m": 80, "c": 85, "top": 96}
    one = combined({member: Decimal(value) for member, value in given_totals.items()}, how)

    assert str(one.score) == score
    assert one.trimmed == trimmed
    assert set(one.used) | set(one.trimmed) == set(given_totals)


def test_the_median_of_an_even_number_is_between_the_middle_two():
    four = {"a": Decimal(1), "b": Decimal(2), "c": Decimal("2.5"), "d": Decimal(9)}

    assert combined(four, Combining(MEDIAN)).score == Decimal("2.25")


@pytest.mark.parametrize(
    ("how", "number", "is_formed"),
    [
        (Combining(least=2), 1, False),
        (Combining(least=2), 2, True),
        (Combining(), 0, False),
        (Combining(TRIMMED_MEAN), 2, False),
        (Combining(TRIMMED_MEAN), 3, True),
        (Combining(TRIMMED_MEAN, trim=2, least=3), 4, False),
    ],
)
def test_too_few_totals_are_no_score(how, number, is_formed):
    one = combined(dict.fromkeys(range(number), Decimal(80)), how)

    assert (one.score is not None) is is_formed
    assert (one.why == "") is is_formed


def test_the_reason_tells_how_many_there_are_and_are_needed():
    assert combined({}, Combining(least=2)).why == "There are 0 scores; 2 are needed."


SCORES = st.decimals(0, 100, places=2)


@given(
    st.dictionaries(st.integers(), SCORES, min_size=3),
    st.sampled_from([MEAN, MEDIAN, "trimmed_mean"]),
)
def test_a_combined_score_lies_between_the_lowest_and_the_highest(values, kind):
    score = combined(values, Combining(kind)).score

    assert min(values.values()) <= score <= max(values.values())


@given(st.dictionaries(st.integers(), SCORES, min_size=3), st.randoms(use_true_random=False))
def test_the_order_of_the_members_does_not_matter(values, rng):
    mixed = dict(rng.sample(list(values.items()), len(values)))

    for kind in (MEAN, MEDIAN, TRIMMED_MEAN):
        assert combined(values, Combining(kind)) == combined(mixed, Combining(kind))
