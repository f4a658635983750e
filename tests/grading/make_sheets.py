"""Review sheets on their way, with officers for each step, by a rule small enough to reckon."""

from datetime import date

from grading.actions import (
    review_marks,
    review_objections,
    review_results,
    review_sheets,
)
from grading.models import ReviewCycle, ReviewSheet
from office.models import CalendarYear
from office.roles import Role
from tests import make
from tests.grading import make_cycles
from tests.make import DAY, TODAY
from tests.registry import cases

WHY = {"today": TODAY, "reason": "As the papers show."}
TOWN = "330681101"
LATER = {**WHY, "today": TODAY + 20 * DAY}
BANDS = [{"label": "优秀", "min": 90}, {"label": "称职", "min": 60}, {"label": "不称职", "min": 0}]
TREE = [
    {"id": "success", "label": "成功率", "weight": 60, "metric": "success", "least_n": 5},
    {"id": "conduct", "label": "作风", "weight": 40, "manual": True},
    {"id": "complaints", "label": "投诉", "metric": "complaints.founded", "deduct": 10, "cap": 30},
]
STEPS = [
    {"id": "self", "indicators": ["conduct"], "share": 0},
    {"id": "organization", "indicators": ["conduct"], "share": "50%"},
    {"id": "office", "indicators": ["conduct"], "share": "25%"},
    {"id": "bureau", "indicators": ["conduct"], "share": "25%"},
]
FIVE_DAYS = {"days": 5, "day_kind": "calendar"}
CONSEQUENCES = {
    "优秀": ["award", "renewal", {"pay": {"amount": 500}}],
    "称职": ["renewal"],
    "不称职": ["talk"],
}


def rule(**changes):
    """Two indicators, points from everybody, three bands, no quota unless told."""
    section = {
        "indicators": TREE, "steps": STEPS, "bands": BANDS, "missing": "all", "top": [],
        "vetoes": [], "consequences": CONSEQUENCES, "prorate": None,
        "notice": {**FIVE_DAYS, "shows": ["name", "organization", "band"]},
        "objection": FIVE_DAYS, **changes,
    }  # fmt: skip
    section["consecutive"] = changes.get("consecutive")
    return make_cycles.rule(**section)


def top(number=1, tie="senior_body", **fields):
    return {"band": "优秀", "at_most": number, "of": "assessed", "per": "whole", "tie": tie,
            "overflow": "next_band", **fields}  # fmt: skip


def cycle(state="bureau", *, year=None, version=None, **changes):
    """A review of the last year; the next one made is of the year before."""
    year = year or 2025 - ReviewCycle.objects.count()
    if not CalendarYear.objects.exists():
        cases.load_rules()
    days = {"from_on": date(year, 1, 1), "until_on": date(year + 1, 1, 1)}
    return make_cycles.cycle(state, content=rule(**changes), version=version, **days)


def sheet(state="bureau", *, of=None, conduct=40, success=(9, 10), complaints=0, by=None, **fields):
    """A sheet with figures, and the same points from everybody but the mediator."""
    of = of or cycle()
    fields.setdefault("body", make.organization(in_division=make.division(TOWN)))
    made = make_cycles.sheet(state, of=of, **fields)
    if success is None:
        make_cycles.figure(made, "success", state="missing")
    else:
        make_cycles.figure(made, "success", *success)
    make_cycles.figure(made, "complaints", complaints, 1, metric="complaints.founded")
    if conduct is not None:
        for actor in ("organization", "office", "bureau"):
            make_cycles.mark(made, "conduct", conduct, actor=actor, by=by)
    return made


def clerk(body, **fields):
    return make.officer(Role.CLERK, body, **fields)


def office(code=TOWN, **fields):
    return make.officer(Role.JUSTICE_OFFICE, make.division(code), **fields)


def bureau(code="330681", **fields):
    return make.officer(Role.COUNTY_BUREAU, make.division(code), **fields)


def checked(of, **fields):
    """A sheet whose result is proposed."""
    made = sheet(of=of, **fields)
    review_sheets.check(made.pk, by=make.user(), **WHY)
    return now(made)


def announced(of, *rows):
    """The cycle on public notice, with the sheets as they are then."""
    review_results.propose_results(of.pk, by=make.user(), **WHY)
    review_results.announce_results(of.pk, by=make.user(), **WHY)
    return [now(row) for row in rows]


def decided(of, *rows):
    """The cycle decided, after its notice."""
    announced(of)
    review_results.decide_results(of.pk, by=make.user(), **LATER)
    return [now(row) for row in rows]


def now(row):
    return ReviewSheet.objects.get(pk=row.pk)


def cycle_now(row):
    return ReviewCycle.objects.get(pk=row.pk)


def points(made, actor="bureau"):
    """The standing points of an actor."""
    rows = made.marks.standing().filter(actor=actor).order_by("pk")
    return dict(rows.values_list("indicator", "points"))


def give(made, actor, value, by, **note):
    note = {**WHY, **note}
    return review_marks.give_points(
        made.pk, by=by, actor=actor, points={"conduct": value}, notes={}, **note
    )


def appealed(made, **fields):
    return review_objections.appeal(
        made.pk, by=made.mediator.user, text="不同意。", **{"today": TODAY, **fields}
    )
