import pytest

from grading.rules.scheme import SchemeFault
from grading.rules.stages import Stage, next_stage, stage_faults, stages
from grading.rules.unknown import UNK
from tests.grading.rules.make_rules import open_rules, rule

THREE = """
stages:
  - {id: recommend, actor: committee, in: [form, photo], decisions: [pass, return], days: 10}
  - id: review
    actor: town
    decisions: {pass: next, return: recommend, reject: UNK}
    day_kind: working
  - {id: decide, actor: bureau}
"""


def test_stages_are_read_in_their_order():
    recommend, review, decide = stages(rule(THREE))

    assert recommend == Stage("recommend", "committee", ("form", "photo"), ("pass", "return"), 10)
    assert review.decisions == ("pass", "return", "reject")
    assert review.day_kind == "working"
    assert (decide.decisions, decide.days) == (UNK, UNK)


@pytest.mark.parametrize(
    ("stage", "decision", "found"),
    [
        (None, "pass", "recommend"),
        ("recommend", "pass", "review"),
        ("recommend", "return", "returned"),
        ("review", "pass", "decide"),
        ("review", "return", "recommend"),
        ("review", "reject", "UNK"),
        ("decide", "pass", "end"),
        ("decide", "reject", "rejected"),
        ("decide", "forward", "forwarded"),
    ],
)
def test_a_decision_leads_on_or_ends_it(stage, decision, found):
    assert next_stage(rule(THREE), stage, decision) == found


@pytest.mark.parametrize(
    ("stage", "decision"), [("recommend", "reject"), ("decide", "praise"), ("other", "pass")]
)
def test_a_decision_that_a_stage_does_not_have_is_a_fault(stage, decision):
    with pytest.raises(SchemeFault):
        next_stage(rule(THREE), stage, decision)


@pytest.mark.parametrize(
    ("row", "paths"),
    [
        ("{id: a, actor: town}", []),
        ("{id: a, actor: UNK, days: UNK, decisions: UNK}", []),
        ("{id: a, actor: town, days: $p.days}", []),
        ("{actor: town}", ["stages[0]"]),
        ("review", ["stages[0]"]),
        ("{id: a}", ["stages[0].actor"]),
        ("{id: z, actor: town}", ["stages[0].id", "stages[1].id"]),
        ("{id: a, actor: town, decisions: [pass, praise]}", ["stages[0].decisions"]),
        ("{id: a, actor: town, decisions: {pass: nowhere}}", ["stages[0].decisions"]),
        ("{id: a, actor: town, days: -1}", ["stages[0].days"]),
        ("{id: a, actor: town, day_kind: lunar}", ["stages[0].day_kind"]),
    ],
)
def test_what_is_wrong_with_stages_is_said_with_its_place(row, paths):
    scheme = rule(f"{{stages: [{row}, {{id: z, actor: bureau}}]}}")

    assert [path for path, _sentence in stage_faults(scheme)] == paths


def test_faulty_stages_are_not_walked_through():
    with pytest.raises(SchemeFault):
        next_stage(rule("{stages: [{id: a}]}"), None)


def test_a_rule_without_stages_does_not_say_what_comes_next():
    assert next_stage(rule("{stages: UNK}"), None) == "UNK"
    assert next_stage(rule(), "review") == "UNK"


def test_the_stages_of_a_published_rule_are_walked_through():
    yuhuan = open_rules()["O2-zhejiang-yuhuan-2017"]

    assert [stage.actor for stage in stages(yuhuan)] == [
        "town_zongzhiban", "town_government", "county_bureau",
    ]  # fmt: skip
    assert next_stage(yuhuan, "recommend") == "consent"
    assert next_stage(yuhuan, "confirm") == "end"
