"""Who asks for something within a span of time: what happened before it does not count."""

from datetime import date

import pytest

from grading.actions.review_judging import bases_of
from grading.evaluation import Everybody, facts_of
from grading.models import ReviewSheet
from grading.rules.facts import Facts
from grading.rules.judging import grade
from grading.rules.review_vetoes import answered, vetoes_of
from grading.rules.scheme import Scheme
from registry.models import Discipline
from tests import make
from tests.grading import make_cycles, make_people
from tests.make import DAY

pytestmark = pytest.mark.django_db
FIRST, UNTIL = make_cycles.PERIOD
WINDOWS = [{"window": "current_year"}, {"window": {"last_years": 3}}, {}]


def veto(**given):
    when = {"flag": given.pop("flag", "misconduct")}
    return {"id": "v", "when": when, "effect": "zero", "clause": "第九条", **given}


def disciplined(post, day):
    return make.saved(
        Discipline(
            appointment=post, kind="criticism", ground="insult", unit="调委会", decided_on=day,
            text="批评",
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (FIRST - DAY, (False, True, True)),
        (FIRST, (True, True, True)),
        (UNTIL - DAY, (True, True, True)),
        (UNTIL, (False, False, False)),
        (date(2022, 12, 31), (False, False, True)),
        (date(2023, 1, 1), (False, True, True)),
    ],
)
def test_a_veto_looks_within_its_span_only(day, held):
    post = make_cycles.served(date(2020, 1, 1))
    disciplined(post, day)
    for window, expected in zip(WINDOWS, held, strict=True):
        rule = make_cycles.rule(vetoes=[veto(**window)])
        sheet = make_cycles.sheet(
            "bureau", of=make_cycles.cycle("bureau", content=rule, from_on=FIRST, until_on=UNTIL,
                                           division=make.division("330681")),
            mediator=post.mediator, body=post.organization,
        )  # fmt: skip
        found = bases_of([ReviewSheet.objects.get(pk=sheet.pk)])[sheet.pk].vetoes
        assert [one["answer"] for one in found] == (["holds"] if expected else [])
        at_once = dict(Everybody(Scheme(rule), "", UNTIL - DAY).answered(conditions(rule)))
        assert at_once[post.mediator_id] == [expected]
        type(sheet.cycle).objects.update(state="abandoned")


def conditions(rule):
    return [(one.at, one.when) for one in vetoes_of(Scheme(rule))]


def test_what_happened_to_another_holds_for_nobody_else():
    post, other = make_cycles.served(date(2020, 1, 1)), make_cycles.served(date(2020, 1, 1))
    disciplined(other, FIRST)
    rule = make_cycles.rule(vetoes=[veto(window="current_year")])
    at_once = dict(Everybody(Scheme(rule), "", UNTIL - DAY).answered(conditions(rule)))
    assert (at_once[post.mediator_id], at_once[other.mediator_id]) == ([False], [True])


def test_a_state_has_no_days_and_is_that_of_the_last_day():
    rule = Scheme(make_cycles.rule(vetoes=[veto(flag="suspended", window="current_year")]))
    post = make_cycles.served(date(2020, 1, 1))
    day = UNTIL - DAY
    facts = facts_of([post.mediator_id], day)[post.mediator_id]
    assert facts.flag("suspended") is False
    assert [one.holds for one in answered(rule, facts)] == [False]


def test_both_ways_answer_every_span_alike():
    people = [one.pk for one in make_people.people(40, seed=21)]
    for window in WINDOWS:
        for flag in ("misconduct", "complaint_founded", "in_post"):
            rule = Scheme(make_cycles.rule(vetoes=[veto(flag=flag, **window)]))
            asked = [(one.at, one.when) for one in vetoes_of(rule)]
            at_once = dict(Everybody(rule, "", UNTIL - DAY).answered(asked))
            facts = facts_of(people, UNTIL - DAY)
            for pk in people:
                (alone,) = answered(rule, facts[pk])
                assert at_once[pk] == [{"pass": True, "fail": False}.get(alone.verdict.result)]


LEVELS = {
    "id": "windows",
    "levels": [{"code": "L4", "label": "四级", "rank": 4}],
    "req": {"L4": {}},
}


@pytest.mark.parametrize(("day", "clean"), [(FIRST - DAY, True), (FIRST, False)])
@pytest.mark.parametrize("within", [True, False])
def test_a_rule_of_grading_looks_within_the_span_as_well(day, clean, within):
    post = make_cycles.served(date(2020, 1, 1))
    disciplined(post, day)
    window = {"from": FIRST}
    asked = {"flag": "misconduct", **({"window": window} if within else {})}
    rules = [
        {**LEVELS, "base": {"not": asked}},
        {**LEVELS, "vetoes": [{"id": "v", "when": asked, "effect": "reject"}]},
        {**LEVELS, "vetoes": [{"id": "v", "when": {"flag": "misconduct"}, "effect": "reject",
                               **({"window": window} if within else {})}]},
    ]  # fmt: skip
    facts = facts_of([post.mediator_id], UNTIL)[post.mediator_id]
    barred = ["fail", "vetoed", "vetoed"]
    for rule, bars in zip(map(Scheme, rules), barred, strict=True):
        expected = "pass" if clean and within else bars
        assert grade(rule, "L4", facts).result == expected
        assert dict(Everybody(rule, "L4", UNTIL).results())[post.mediator_id] == expected


def test_evidence_taken_before_days_were_kept_answers_as_it_did():
    post = make_cycles.served(date(2020, 1, 1))
    disciplined(post, FIRST - DAY)
    kept = facts_of([post.mediator_id], UNTIL)[post.mediator_id].values
    old = Facts({name: value for name, value in kept.items() if name != "happened"})
    asked = {"not": {"flag": "misconduct", "window": {"from": FIRST}}}
    rule = Scheme({**LEVELS, "base": asked})
    assert [grade(rule, "L4", one).result for one in (Facts(kept), old)] == ["pass", "fail"]
