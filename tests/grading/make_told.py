"""Review cycles and sheets of every state for pages, built through the models."""

from datetime import date
from decimal import Decimal

from grading.actions.schemes import digest_of
from grading.models import (
    Purpose,
    ReviewConsequence,
    ReviewCycle,
    ReviewFigure,
    ReviewMark,
    ReviewSheet,
    SchemeVersion,
)
from grading.rules.documents import written
from grading.rules.scheme import REVIEW_SCHEMA, SCHEMA
from tests import make
from tests.grading import make_grading, make_rounds
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
NOTICED = ("notice", "decided", "applied", "archived")


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
    division = division or make.division(COUNTY)
    fields.setdefault("title", f"2025年度考核{make.next_number()}")
    fields.setdefault("from_on", date(2025, 1, 1))
    fields.setdefault("until_on", date(2026, 1, 1))
    fields.setdefault("self_until", TODAY + 5 * DAY)
    fields.setdefault("organization_until", TODAY + 15 * DAY)
    fields.setdefault("office_until", TODAY + 25 * DAY)
    fields.setdefault("opened_by", make.user())
    if "version" not in fields:
        fields["version"] = version(content)
    if state not in ("draft", "abandoned"):
        fields.setdefault("frozen_on", TODAY - 10 * DAY)
    if state in NOTICED:
        fields.setdefault("notice", make_rounds.running_notice(division))
    if state in ("decided", "applied", "archived"):
        fields.setdefault("proposed_by", make.user())
        fields.setdefault("decided_by", make.user())
        fields.setdefault("decided_on", TODAY - DAY)
    return make.saved(ReviewCycle(division=division, state=state, **fields))


def body(place=VILLAGE, **fields):
    return make.organization(in_division=make.division(place), **fields)


def sheet(state="organization", *, of=None, mediator=None, organization=None, **fields):
    """A sheet with all that goes with its state; figures and points are made apart."""
    of = of or cycle()
    organization = organization or body()
    if mediator is None:
        mediator = make.mediator(in_division=organization.division)
    fields.setdefault("in_from", of.from_on)
    fields.setdefault("in_until", of.until_on)
    fields.setdefault("days_in", (fields["in_until"] - fields["in_from"]).days)
    if state in ("proposed", "notice", "objected", "decided", "replaced"):
        fields.setdefault("result", "done")
        fields.setdefault("score", Decimal("85.00"))
        fields.setdefault("band", "称职")
        fields.setdefault("band_earned", fields["band"])
        fields.setdefault("content", {"told": True})
        fields.setdefault("digest", "0" * 64)
        fields.setdefault("checked_by", make.user())
    if state in ("decided", "replaced"):
        fields.setdefault("decided_by", make.user())
        fields.setdefault("decided_on", TODAY - DAY)
    return make.saved(
        ReviewSheet(
            cycle=of, mediator=mediator, organization=organization,
            division=organization.division, state=state, **fields,
        )
    )  # fmt: skip


def figure(of, indicator="success", part=18, whole=20, *, state="assessed", **fields):
    fields.setdefault("metric", {"training": "hours"}.get(indicator, indicator))
    fields.setdefault("counted_on", TODAY - 9 * DAY)
    if state != "assessed":
        part, whole = fields.pop("numbers", (None, None))
    return make.saved(
        ReviewFigure(sheet=of, indicator=indicator, state=state, part=part, whole=whole, **fields)
    )


def mark(of, points=25, *, indicator="conduct", actor="bureau", by=None, **fields):
    fields.setdefault("on", TODAY - 3 * DAY)
    return make.saved(
        ReviewMark(
            sheet=of, indicator=indicator, actor=actor, points=points, by=by or make.user(),
            **fields,
        )
    )  # fmt: skip


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
