"""Cycles of the annual review, sheets, figures and points of every state, built through models.

All other makers of reviews rest on this one: ``make_told`` has another rule and days for pages,
``make_sheets`` leads sheets on by the acts, ``make_years`` puts quarters together to a year.
"""

from datetime import date
from decimal import Decimal

from grading.models import ReviewCycle, ReviewFigure, ReviewMark, ReviewSheet
from grading.rules.reading import read
from tests import make
from tests.grading import make_grading, make_rounds
from tests.make import DAY, TODAY

COUNTY, CITY = "330681", "3306"
FROM_ON, UNTIL_ON = PERIOD = date(2025, 1, 1), date(2026, 1, 1)
# What R3 measures, each with points full, or nearly.
FIGURES = {"success": (9, 10), "fulfilled": (8, 8), "satisfaction": (40, 8), "training": (8, 1),
           "complaints": (0, 1)}  # fmt: skip
WITH_A_NOTICE = ("notice", "decided", "applied", "archived")
WITH_A_DECISION = WITH_A_NOTICE[1:]
TOLD = ("notice", "objected", "decided")


def document(**changes):
    """Shaoxing's four indicators with example weights, with other sections."""
    rules = {one["ruleset"]["id"]: one["ruleset"] for one in read(make_grading.text("reviews"))}
    return {**rules["R3-shaoxing-four"], **changes}


def rule(**changes):
    """The same with other parts of its section on the review."""
    whole = document()
    return {**whole, "review": {**whole["review"], **changes}}


def version(state="active", *, content=None, division=None, **fields):
    """A version of a rule of the annual review; in force in the whole city unless told."""
    content = content or document()
    of = make_grading.scheme(
        division or make.division(CITY), purpose="review", title=content["title"]
    )
    return make_grading.version(state, content=content, of=of, **fields)


def cycle(state="self", *, division=None, content=None, version=None, **fields):
    """The review of the last year, or one before it, with everything its state asks for."""
    division = division or make.division(COUNTY)
    rules = version or globals()["version"](content=content)
    fields.setdefault("title", f"年度考核{make.next_number()}")
    if "from_on" not in fields:
        year = FROM_ON.year - ReviewCycle.objects.filter(division=division).count()
        fields |= {"from_on": date(year, 1, 1), "until_on": date(year + 1, 1, 1)}
    fields.setdefault("opened_by", make.user())
    began = TODAY if state in ("draft", "self") else TODAY - 40 * DAY
    for name, days in (("self", 10), ("organization", 20), ("office", 30)):
        fields.setdefault(f"{name}_until", began + days * DAY)
    if state not in ("draft", "abandoned"):
        fields.setdefault("frozen_on", began)
    if state in WITH_A_NOTICE:
        fields.setdefault("proposed_by", make.user())
        fields.setdefault("notice", make_rounds.running_notice(division))
    if state in WITH_A_DECISION:
        fields.setdefault("decided_by", make.user())
        fields.setdefault("decided_on", TODAY - DAY)
    return make.saved(ReviewCycle(division=division, version=rules, state=state, **fields))


def sheet(state="self", *, of=None, mediator=None, body=None, **fields):
    """A sheet of somebody who served the whole period; with a result where its state has one."""
    of = of or cycle(STATES_OF.get(state, "self"))
    body = body or make.organization(in_division=of.division)
    mediator = mediator or make_rounds.person(body=body)
    fields.setdefault("in_from", of.from_on)
    fields.setdefault("in_until", of.until_on)
    fields.setdefault("days_in", (fields["in_until"] - fields["in_from"]).days)
    if state not in ("self", "not_graded"):
        fields.setdefault("handed_in_on", TODAY - 35 * DAY)
    if state in ("proposed", *TOLD):
        fields.setdefault("result", "done")
        fields.setdefault("score", Decimal("91.0"))
        fields.setdefault("band", "优秀")
        fields.setdefault("band_earned", fields["band"])
        fields.setdefault("checked_by", make.user())
    if state in TOLD:
        fields.setdefault("content", {"score": str(fields["score"])})
        fields.setdefault("digest", "0" * 64)
    if state == "not_graded":
        fields.setdefault("band", "不定等次")
    if state == "decided":
        fields.setdefault("decided_by", make.user())
        fields.setdefault("decided_on", TODAY - DAY)
    return make.saved(
        ReviewSheet(
            cycle=of, mediator=mediator, organization=body, division=body.division, state=state,
            **fields,
        )
    )  # fmt: skip


STATES_OF = {
    "organization": "organization", "office": "organization", "bureau": "bureau",
    "proposed": "bureau", "notice": "notice", "objected": "notice", "decided": "decided",
    "not_graded": "self",
}  # fmt: skip


def figure(of, indicator="success", part=9, whole=10, *, state="assessed", **fields):
    """A counted figure of a sheet."""
    if state == "missing":
        part = whole = None
    fields.setdefault("metric", indicator)
    fields.setdefault("counted_on", of.cycle.frozen_on or TODAY)
    return make.saved(
        ReviewFigure(
            sheet=of, indicator=indicator, state=state, part=part, whole=whole, **fields
        )
    )  # fmt: skip


def counted(of, **parts):
    """All figures R3 asks for; ``parts`` gives others as (part, whole), None is missing."""
    found = {**FIGURES, **parts}
    return [
        figure(of, name, *pair) if pair else figure(of, name, state="missing")
        for name, pair in found.items()
    ]


def mark(of, indicator, points, *, actor="bureau", by=None, **fields):
    """Points somebody gave."""
    fields.setdefault("on", TODAY - DAY)
    return make.saved(
        ReviewMark(
            sheet=of, indicator=indicator, actor=actor, points=Decimal(str(points)),
            by=by or make.user(), **fields,
        )
    )  # fmt: skip


def served(from_on, until_on=None, *, body=None, person=None, **fields):
    """A post somebody held from a day on, until another one if told; returns the post."""
    body = body or make.organization()
    person = person or make.mediator(in_division=body.division)
    if until_on is not None:
        fields = {**make.left(until_on), **fields}
    return make.appointment(person, body, from_on=from_on, **fields)
