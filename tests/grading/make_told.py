"""What ``make_cycles`` makes, by a rule of three indicators and days around today: for pages."""

from datetime import date
from decimal import Decimal

from grading.actions.schemes import digest_of
from grading.models import (
    Purpose,
    ReviewConsequence,
    SchemeVersion,
)
from grading.rules.documents import written
from grading.rules.scheme import REVIEW_SCHEMA, SCHEMA
from tests import make
from tests.grading import make_cycles, make_grading
from tests.make import DAY, TODAY

COUNTY, TOWN, VILLAGE, ELSEWHERE = "330681", "330681101", "330681101201", "330682"
RULE = {
    "title": "人民调解员年度考核办法",
    "subject": "mediator",
    "metrics": {
        "success": {"label": "调解成功率", "ratio": ["cases.agreed", "cases.accepted"]},
        "hours": {"label": "学习培训学时", "field": "hours.last_year"},
    },
    "review": {
        "cycle": "year",
        "full_mark": 100,
        "floor": 0,
        "cap": 100,
        "indicators": [
            {"id": "success", "label": "调解成功率", "weight": 50, "metric": "success",
             "least_n": 5},
            {"id": "training", "label": "学习培训", "weight": 20, "metric": "hours",
             "steps": {4: 10, 8: 20}},
            {"id": "conduct", "label": "工作作风", "weight": 30, "manual": True},
        ],
        "missing": "all",
        "decimals": 1,
        "rounding": "half_up",
        "bands": [
            {"label": "优秀", "min": 90},
            {"label": "称职", "min": 60},
            {"label": "不称职", "min": 0},
        ],
        "minimum_service": {"months": 6, "label": "不定等次"},
    },
}  # fmt: skip


def rule(**changes):
    """The rule set of these tests with other parts of its review."""
    return {**RULE, "review": {**RULE["review"], **changes}}


def version(content=None, *, division=None, state="active", **fields):
    """A version of a review scheme in force."""
    of = make_grading.scheme(
        division or make.division(COUNTY), title=RULE["title"], purpose=Purpose.REVIEW
    )
    body = written({**(content or RULE), "id": of.code}).replace(SCHEMA, REVIEW_SCHEMA)
    if state in ("active", "retired"):
        fields.setdefault("activated_by", make.user())
        fields.setdefault("activated_on", TODAY - 700 * DAY)
    return make.saved(
        SchemeVersion(
            scheme=of, number=1, state=state, text=body, digest=digest_of(body),
            effective_from=TODAY - 700 * DAY, drafted_by=make.user(), **fields,
        )
    )  # fmt: skip


def cycle(state="organization", *, division=None, content=None, **fields):
    """The review of last year; its days lie around today."""
    fields.setdefault("title", f"2025年度考核{make.next_number()}")
    fields.setdefault("from_on", date(2025, 1, 1))
    fields.setdefault("until_on", date(2026, 1, 1))
    for name, days in (("self", 5), ("organization", 15), ("office", 25)):
        fields.setdefault(f"{name}_until", TODAY + days * DAY)
    if state not in ("draft", "abandoned"):
        fields.setdefault("frozen_on", TODAY - 10 * DAY)
    if "version" not in fields:
        fields["version"] = version(content)
    return make_cycles.cycle(state, division=division, **fields)


def body(place=VILLAGE, **fields):
    return make.organization(in_division=make.division(place), **fields)


def sheet(state="organization", *, of=None, mediator=None, organization=None, **fields):
    """A sheet with all that goes with its state; figures and points are made apart."""
    organization = organization or body()
    if mediator is None:
        mediator = make.mediator(in_division=organization.division)
    fields.setdefault("handed_in_on", None)
    if state in ("proposed", "notice", "objected", "decided", "replaced"):
        fields = {"score": Decimal("85.00"), "band": "称职", **fields}
        fields.setdefault("content", {"told": True})
        fields.setdefault("digest", "0" * 64)
    if state == "replaced":
        fields = {"result": "done", "checked_by": make.user(), **fields}
        fields.setdefault("band_earned", fields["band"])
        fields = {"decided_by": make.user(), "decided_on": TODAY - DAY, **fields}
    of = of or cycle()
    return make_cycles.sheet(state, of=of, mediator=mediator, body=organization, **fields)


def figure(of, indicator="success", part=18, whole=20, *, state="assessed", **fields):
    fields.setdefault("metric", {"training": "hours"}.get(indicator, indicator))
    fields.setdefault("counted_on", TODAY - 9 * DAY)
    if state != "assessed":
        part, whole = fields.pop("numbers", (None, None))
    return make_cycles.figure(of, indicator, part, whole, state=state, **fields)


def mark(of, points=25, *, indicator="conduct", actor="bureau", by=None, **fields):
    fields.setdefault("on", TODAY - 3 * DAY)
    return make_cycles.mark(of, indicator, points, actor=actor, by=by, **fields)


def filled(state="bureau", **fields):
    """A sheet with two figures and the points of the bureau: 45 + 20 + 25 = 90."""
    made = sheet(state, **fields)
    figure(made, mix={"邻里": 12, "婚姻家庭": 8})
    figure(made, "training", 8, 1)
    mark(made)
    return made


def consequence(of, kind="talk", state="open", **fields):
    if state != "open":
        fields.setdefault("settled_by", make.user())
        fields.setdefault("settled_on", TODAY)
        fields.setdefault("note", "Done.")
    return make.saved(ReviewConsequence(sheet=of, kind=kind, state=state, **fields))
