"""Rounds whose results are proposed, on notice or confirmed, made through the actions."""

from grading.actions import announcing, confirming
from tests import make
from tests.grading import make_grading, make_rounds
from tests.make import TODAY
from tests.registry import cases

COUNTY = make_rounds.COUNTY
REASON = "县局会议决定。"
# After the five working days of the demo's rule set.
AFTER = TODAY.replace(month=12, day=10)


def note(by=None, today=TODAY):
    return {"by": by or cases.county_officer(), "today": today, "reason": REASON}


def rule(**changes):
    return make_grading.document(**changes)


def ranked(count=2, *, losers=0, code="l4", content=None, **fields):
    """A round with so many proposed for a level, and so many with none."""
    cases.load_rules()
    of = make_rounds.grading_round("ranking", content=content, **fields)
    for place in range(count):
        make_rounds.application("proposed", of=of, code=code, place=place + 1)
    for _n in range(losers):
        make_rounds.application("no_level", of=of, code=code, outcome_reason="未达分数线。")
    return of


def announced(count=2, **given):
    of = ranked(count, **given)
    return announcing.announce_round(of.pk, **note(make.user()))


def proposed(count=2, **given):
    """A round whose term is over and whose confirmation a first officer proposed."""
    of = announced(count, **given)
    return confirming.propose_confirmation(of.pk, **note(today=AFTER))


def confirmed(count=2, **given):
    of = proposed(count, **given)
    return confirming.confirm_round(of.pk, **note(today=AFTER))


def people(of, state=None):
    rows = of.applications.order_by("pk").select_related("mediator", "organization")
    return list(rows.filter(state=state) if state else rows)


def objected(of, **fields):
    """A person on the notice of a round with an objection that is tied to it."""
    objection = cases.objection(to=of.notice)
    row = people(of, "in_notice")[0]
    return announcing.contest(row.pk, objection=objection, **note()), objection
