from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.rules.scheme import SchemeFault
from grading.rules.sheets import band, pass_line, sheet
from tests.grading.rules.make_rules import rule

YEAR = """
sheet:
  base: 100
  cap: 110
  floor: 0
  bonus_cap: 10
  items:
    late_report: {growing: {first: 2, per_day: 1}, cap: 20}
    complaint: {deduct: 5, max: 15}
    award: {add: 4}
    training: {fixed: -3}
  bands: {优秀: 90, 合格: 60, 不合格: 0}
"""
ITEM = "{{sheet: {{items: {{x: {}}}}}}}"


def of_item(text, event):
    return sheet(rule(ITEM.format(text)), {"x": event})[0]


@pytest.mark.parametrize(
    ("events", "score", "label"),
    [
        ({}, 100, "优秀"),
        ({"late_report": [1]}, 98, "优秀"),
        ({"late_report": [3, 1]}, 94, "优秀"),
        ({"late_report": [40]}, 80, "合格"),
        ({"complaint": 2, "late_report": [1]}, 88, "合格"),
        ({"complaint": 9}, 85, "合格"),
        ({"award": 2}, 108, "优秀"),
        ({"award": 9}, 110, "优秀"),
        ({"award": 9, "complaint": 1, "training": True}, 102, "优秀"),
    ],
)
def test_a_year_is_scored_from_its_events(events, score, label):
    assert sheet(rule(YEAR), events) == [Decimal(score), label]


@pytest.mark.parametrize(
    ("text", "event", "points"),
    [
        ("5", 3, 15),
        ("-5", 3, -15),
        ("{each: 2, cap: 5}", 3, 5),
        ("{points: 2, per: occurrence}", 3, 6),
        ("{kind: per_occurrence, points: 2}", 3, 6),
        ("{per: -2, floor: -5}", 3, -5),
        ("{per: -2, cap: 5}", 3, -5),
        ("{deduct: 2, max: 5}", 3, -5),
        ("{kind: deduction, points: 2}", 1, -2),
        ("{deduct: 2, max: 5, min: 0}", 1, 3),
        ("{deduct: 2, base: 10, floor: 0}", 6, 0),
        ("{deduct: 2, full: 10, floor: 0}", 4, 2),
        ("{each: 2, full: 10}", 6, 10),
        ("{fixed: 5}", True, 5),
        ("{fixed: 5}", 0, 0),
        ("{kind: fixed, points: 5}", 1, 5),
        ("{steps: {10: 2, 20: 5}}", 9, 0),
        ("{steps: {10: 2, 20: 5}}", 10, 2),
        ("{steps: [[20, 5], [10, 2]]}", 25, 5),
        ("{steps: [{from: 0, points: -1}, {from: 1, points: 0}]}", 0, -1),
        ("{range: [0, 10]}", "7.5", Decimal("7.5")),
        ("{manual: {min: 1, max: 10}}", 1, 1),
        ("{kind: manual, min: 0, max: 10}", 10, 10),
        ("{max: 10}", 4, 4),
        ("{growing: [2, 1]}", [1], -2),
        ("{first: 2, then: 1}", [3], -4),
        ("{first: 2, per_day: '0.5'}", [3, 1, 0], -5),
        ("{first_time: 2, per_day: 1}", [3, 2, 1], -5),
        ("{kind: growing, first: -2, then: -1, floor: -3}", [9], -3),
    ],
)
def test_an_item_is_worth_what_its_kind_says(text, event, points):
    assert of_item(text, event) == points


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("5", -1),
        ("5", "1.5"),
        ("5", [1]),
        ("5", "many"),
        ("{fixed: 5}", 2),
        ("{range: [0, 10]}", 11),
        ("{range: [0, 10]}", True),
        ("{growing: [2, 1]}", 3),
    ],
)
def test_an_event_that_does_not_fit_its_item_is_a_fault(text, event):
    with pytest.raises(SchemeFault) as refusal:
        of_item(text, event)

    assert refusal.value.faults[0][0] == "events.x"


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{fixed: 1, each: 2}",
        "{each: 1, limit: 3}",
        "{kind: surprise, points: 1}",
        "{each: many}",
        "{deduct: 2, floor: 0}",
        "{deduct: 2, floor: -3, cap: 4}",
        "{steps: []}",
        "{steps: [[1, 2], [1, 3]]}",
        "{cap: 1, max: 2, each: 1}",
    ],
)
def test_an_item_that_is_not_understood_is_a_fault(text):
    with pytest.raises(SchemeFault) as refusal:
        of_item(text, 1)

    assert refusal.value.faults[0][0].startswith("sheet.items.x")


def test_an_event_of_no_item_is_a_fault():
    with pytest.raises(SchemeFault):
        sheet(rule(YEAR), {"fire": 1})


@pytest.mark.parametrize(
    "sections",
    [
        "{work: {weight: 60, items: {case: 10}}, exam: {weight: 40, items: {mark: {max: 100}}}}",
        "[{id: work, weight: 60%, items: [{item: case, each: 10}]},"
        " {id: exam, weight: '0.4', items: [{id: mark, range: [0, 100]}]}]",
        "{work: {weight: {percent: 60}, items: {case: 10}},"
        " exam: {weight: {percent: 40}, items: {mark: {max: 100}}}}",
    ],
)
def test_sections_are_weighed(sections):
    scheme = rule(f"{{sheet: {{sections: {sections}, pass: 60}}}}")

    assert sheet(scheme, {"case": 10, "mark": 85}) == [94, "pass"]
    assert sheet(scheme, {"case": 2, "mark": 85}) == [46, "fail"]


@pytest.mark.parametrize("weights", [(60, 60), ("30%", "30%"), (2, 3)])
def test_weights_that_do_not_make_up_the_whole_are_a_fault(weights):
    first, second = weights
    text = f"{{a: {{weight: {first}, items: {{x: 1}}}}, b: {{weight: {second}, items: {{y: 1}}}}}}"

    with pytest.raises(SchemeFault):
        sheet(rule(f"{{sheet: {{sections: {text}}}}}"), {})


def test_sections_have_caps_and_bonus_is_capped_apart():
    scheme = rule("""
sheet:
  sections:
    - {id: work, cap: 60, items: {case: 2}}
    - {id: conduct, base: 40, floor: 0, items: {warning: -15}}
  bonus: {cap: 8, items: {award: 3, mentor: {fixed: 5}}}
  bonus_cap: 10
""")

    assert sheet(scheme, {"case": 50, "warning": 1}) == [85, None]
    assert sheet(scheme, {"case": 50, "warning": 9}) == [60, None]
    assert sheet(scheme, {"case": 10, "award": 4}) == [68, None]


@pytest.mark.parametrize("cap", ["bonus_cap: 10", "bonus: {cap: 10}", "bonus: {max: 10}"])
def test_a_bonus_cap_over_a_base_score_is_for_whatever_adds(cap):
    scheme = rule(f"{{sheet: {{base: 100, items: {{award: 4, late: -5}}, {cap}}}}}")

    assert sheet(scheme, {"award": 9, "late": 1}) == [105, None]


def test_deductions_may_stand_apart():
    scheme = rule("{sheet: {base: 100, deductions: {late: 2, cap: 6}, bonus: {award: 1}}}")

    assert sheet(scheme, {"late": 2, "award": 3}) == [99, None]
    assert sheet(scheme, {"late": 9})[0] == 94


def test_a_score_nobody_has_given_yet_is_pending():
    scheme = rule("{sheet: {items: {view: {range: [0, 10]}, other: {max: 5, default: 0}}}}")

    assert sheet(scheme, {}) == [None, "pending"]
    assert sheet(scheme, {"view": None}) == [None, "pending"]
    assert sheet(scheme, {"view": 3}) == [3, None]


@pytest.mark.parametrize(
    ("text", "events", "answer"),
    [
        ("{items: {x: UNK}}", {"x": 1}, [None, "UNK"]),
        ("{items: {x: UNK}}", {}, [0, None]),
        ("{items: {x: {each: 1, cap: UNK}}}", {"x": 1}, [None, "UNK"]),
        ("{items: {x: {first: 1, then: UNK}}}", {"x": [2]}, [None, "UNK"]),
        ("{items: {x: {first: 1, then: UNK}}}", {"x": [1]}, [-1, None]),
        ("{base: UNK, items: {x: 1}}", {}, [None, "UNK"]),
        ("{base: 100, items: UNK}", {"x": 1}, [None, "UNK"]),
        ("{base: 100, items: {x: 1}, bonus: UNK}", {}, [None, "UNK"]),
        ("{sections: {work: UNK}}", {}, [None, "UNK"]),
        ("{sections: [{id: work, items: UNK}]}", {}, [None, "UNK"]),
        ("{base: 100, items: {x: 1}, bonus: {cap: UNK}}", {"x": 1}, [None, "UNK"]),
        ("{items: {x: 1}, pass: UNK}", {"x": 1}, [1, "UNK"]),
        ("{items: {x: 1}, bands: UNK}", {"x": 1}, [1, "UNK"]),
    ],
)
def test_what_the_rule_does_not_know_is_unknown_where_it_is_met(text, events, answer):
    assert sheet(rule(f"{{sheet: {text}}}"), events) == answer


def test_a_rule_without_a_sheet_scores_nobody():
    assert sheet(rule("{sheet: UNK}"), {}) == [None, "UNK"]


def test_a_score_without_end_is_rounded_only_as_stated():
    text = "sections: {a: {weight: 1/3, items: {x: 1}}, b: {weight: 2/3, items: {y: 1}}}"

    with pytest.raises(SchemeFault):
        sheet(rule(f"{{sheet: {{{text}}}}}"), {"x": 1})
    stated = rule(f"{{sheet: {{{text}, decimals: 2, rounding: half_up}}}}")
    assert sheet(stated, {"x": 1, "y": 1})[0] == 1
    assert sheet(stated, {"x": 2})[0] == Decimal("0.67")


def test_the_pass_line_stands_beside_the_bands():
    scheme = rule("{sheet: {base: 50, pass: 60, bands: {高: 80, 低: 0}}}")

    assert pass_line(scheme) == 60
    assert band(scheme, Decimal(60)) == "低"


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=9), st.integers(0, 30), st.integers(0, 30))
def test_a_score_stays_between_its_floor_and_its_cap(late, complaints, awards):
    events = {"late_report": late, "complaint": complaints, "award": awards}

    score, label = sheet(rule(YEAR), events)

    deducted = min(20, sum(days + 1 for days in late if days)) + min(15, 5 * complaints)
    assert score == 100 - deducted + min(10, 4 * awards)
    assert label == ("优秀" if score >= 90 else "合格" if score >= 60 else "不合格")
