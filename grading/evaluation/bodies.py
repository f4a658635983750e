"""What may be asked of an organisation by name: its series, figures and flags.

Rules for stars of committees are written in the same language as those for levels of mediators.
"""

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.queries.facts import final
from grading.evaluation.series import DAY, NUMBER, POST, TRUTH, WORD, Attribute, Series

OF_THE_BODY = "organization_id"
CLOSED = ["succeeded", "failed", "withdrawn", "transferred"]

# What the register says of an organisation itself; its fields by their own names.
BODY = {"kind": WORD, "state": WORD, "established_on": DAY, "filed_on": DAY, "confirmed_on": DAY}
CASE = {
    name: Attribute(path=name, kind=kind)
    for name, kind in [
        ("state", WORD), ("agreement", WORD), ("fulfilment", WORD), ("is_voluntary", TRUTH),
        ("confirmation", WORD), ("judgment", WORD), ("source", WORD), ("people", NUMBER),
        ("closed_on", DAY),
    ]
} | {
    "difficulty": Attribute(path="difficulty__code"),
    "dispute_type": Attribute(path="dispute_type__code"),
    "amount": Attribute(path="amount", kind=NUMBER, places=2),
}  # fmt: skip


def _model(name):
    return apps.get_model(name).objects


def _cases(as_of):
    counting = ["accepted", *CLOSED]
    rows = _model("casework.CaseRecord").filter(state__in=counting, same_as=None)
    return rows.filter(accepted_on__lte=as_of)


def _levels(as_of):
    serving = Q(mediator__appointments__in=_model("registry.Appointment").in_post(as_of))
    return _model("registry.LevelHolding").in_force(as_of).filter(serving)


def _complaints(as_of):
    about = _model("complaints.Complaint").filter(organization__isnull=False)
    return final(about, as_of).filter(decisions__stands=True)


def _awards(as_of):
    held = Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of)
    return _model("registry.Award").filter(held, organization__isnull=False, awarded_on__lte=as_of)


BODY_SERIES = {
    series.name: series
    for series in [
        Series(
            name="members",
            label=_("members in post on the day"),
            rows=lambda as_of: _model("registry.Appointment").in_post(as_of),
            person=OF_THE_BODY,
            day="from_on",
            is_state=True,
            attributes={
                **{name: POST[name] for name in ("employment", "post", "route", "state")},
                "sex": Attribute(path="mediator__sex"),
                "education": Attribute(path="mediator__education"),
            },
        ),
        Series(
            name="levels",
            label=_("levels of members in post"),
            rows=_levels,
            person="mediator__appointments__organization_id",
            day="from_on",
            is_state=True,
            attributes={
                "level": Attribute(path="level__code"),
                "rank": Attribute(path="level__rank", kind=NUMBER),
            },
        ),
        Series(
            name="mediations",
            label=_("cases of the ledger"),
            rows=_cases,
            person=OF_THE_BODY,
            day="accepted_on",
            attributes=CASE,
        ),
        Series(
            name="opinions",
            label=_("opinions of parties"),
            rows=lambda as_of: _model("casework.Opinion").counting().filter(given_on__lte=as_of),
            person="case__organization_id",
            day="given_on",
            attributes={"amount": Attribute(path="score", kind=NUMBER)},
        ),
        Series(
            name="awards",
            label=_("awards"),
            rows=_awards,
            person=OF_THE_BODY,
            day="awarded_on",
            attributes={"level": Attribute(path="level")},
        ),
        Series(
            name="complaints",
            label=_("complaints decided for good"),
            rows=_complaints,
            person=OF_THE_BODY,
            day="decisions__decided_on",
            attributes={"result": Attribute(path="decisions__result")},
        ),
    ]
}


def _count(of, **where):
    return {"count": {"of": of, "where": where}}


BODY_FIGURES = {
    "age": (_("years since it was established"), {"duration": "established_on"}),
    "members.count": (_("members in post"), _count("members")),
    "members.full_time": (_("full-time members"), _count("members", employment="full_time")),
    "members.women": (_("women among the members"), _count("members", sex="female")),
    "members.with_level": (_("members with a level"), _count("levels")),
    "cases.accepted": (_("cases accepted"), _count("mediations")),
    "cases.mediated": (_("disputes mediated"), _count("mediations", state=CLOSED)),
    "cases.agreed": (_("disputes settled"), _count("mediations", state="succeeded")),
    "cases.failed": (_("disputes not settled"), _count("mediations", state="failed")),
    "cases.written": (_("written agreements"), _count("mediations", agreement="written")),
    "cases.oral": (_("oral agreements"), _count("mediations", agreement="oral")),
    "cases.fulfilled": (_("agreements fulfilled"), _count("mediations", fulfilment="fulfilled")),
    "opinions.average": (_("satisfaction"), {"average": {"of": "opinions"}}),
    "opinions.count": (_("opinions of parties"), _count("opinions")),
    "awards.count": (_("awards"), _count("awards")),
    "complaints.founded": (
        _("founded complaints"),
        _count("complaints", result=["founded", "partly"]),
    ),
}
BODY_FLAGS = {
    "complaint_founded": (
        _("a founded complaint"),
        {"exists": {"of": "complaints", "where": {"result": ["founded", "partly"]}}},
    ),
}
