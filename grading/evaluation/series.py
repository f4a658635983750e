"""Where facts come from: rows of the floors below, each of one mediator, most of them of a day.

A new kind of fact is an entry here; what a scheme asks of it is configuration.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.queries.facts import final

WORD, NUMBER, DAY, TRUTH = "word", "number", "day", "truth"


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """Something a rule may ask of a row: the path to it, its kind, a number's decimal places."""

    path: object
    kind: str = WORD
    places: int = 0


@dataclass(frozen=True, kw_only=True)
class Series:
    """Rows by which people are judged.

    ``rows`` returns them as they count on a day; ``person`` and ``day`` are paths, the day None
    where the rows are spans: then ``spans`` names the first day and the first one not in them.
    ``is_state`` marks rows that tell how things stand on the day, and not what happened until then.
    """

    name: str
    label: str
    rows: Callable
    person: str = "mediator_id"
    day: object = None
    spans: tuple = ()
    is_state: bool = False
    attributes: dict

    def query(self, as_of, attributes=None):
        """Return the rows: ``who``, ``key``, their days, and ``f_`` with each attribute asked for.

        :param attributes: names of attributes; all of them if none are given.
        """
        asked = self.attributes if attributes is None else attributes
        columns = {"who": F(self.person), "key": F("pk")}
        if self.day is not None:
            columns["day"] = _path(self.day)
        if self.spans:
            columns |= dict(zip(("from_day", "until_day"), map(F, self.spans), strict=True))
        columns |= {f"f_{name}": _path(self.attributes[name].path) for name in asked}
        return self.rows(as_of).order_by().annotate(**columns).values(*columns)


def _path(path):
    return F(path) if isinstance(path, str) else path


def _model(name):
    return apps.get_model(name).objects


def _posts(as_of):
    return _model("registry.Appointment").held().exclude(ended_by="dropped_out")


def _posts_held(as_of):
    return _model("registry.Appointment").in_post(as_of)


def _cases(as_of):
    counting = ["accepted", "succeeded", "failed", "withdrawn", "transferred"]
    return _model("casework.CaseShare").filter(
        case__state__in=counting, case__same_as=None, case__accepted_on__lte=as_of
    )


def _final_complaints(as_of):
    complaints = _model("complaints.Complaint").filter(mediator__isnull=False)
    return final(complaints, as_of).filter(decisions__stands=True)


def _reviews(as_of):
    """Results that stood on the day: decided by then, and not yet corrected."""
    corrected = Q(corrections__decided_on__lte=as_of)
    return (
        _model("grading.ReviewSheet")
        .filter(decided_on__lte=as_of, result="done")
        .exclude(corrected)
    )


# What the register says of a person itself; fields of the mediator by their own names.
PERSON = {
    "born_on": DAY,
    "sex": WORD,
    "ethnicity": WORD,
    "education": WORD,
    "background": WORD,
    "political_status": WORD,
}
POST = {
    "employment": Attribute(path="employment"),
    "post": Attribute(path="post"),
    "route": Attribute(path="route"),
    "kind": Attribute(path="organization__kind"),
    "body_state": Attribute(path="organization__state"),
    "state": Attribute(path="state"),
}
CASE = {
    "state": Attribute(path="case__state"),
    "agreement": Attribute(path="case__agreement"),
    "fulfilment": Attribute(path="case__fulfilment"),
    "is_voluntary": Attribute(path="case__is_voluntary", kind=TRUTH),
    "confirmation": Attribute(path="case__confirmation"),
    "judgment": Attribute(path="case__judgment"),
    "source": Attribute(path="case__source"),
    "difficulty": Attribute(path="case__difficulty__code"),
    "dispute_type": Attribute(path="case__dispute_type__code"),
    "kind": Attribute(path="case__organization__kind"),
    "role": Attribute(path="role"),
    "weight": Attribute(path="weight", kind=NUMBER),
    "people": Attribute(path="case__people", kind=NUMBER),
    "amount": Attribute(path="case__amount", kind=NUMBER, places=2),
    "closed_on": Attribute(path="case__closed_on", kind=DAY),
}
# Series of things that happened; the others say what holds on a day.
HAPPENING = (
    "mediations", "opinions", "writeups", "hours", "exams", "awards", "discipline", "complaints",
    "apprentices",
)  # fmt: skip
SERIES = {
    series.name: series
    for series in [
        Series(
            name="service",
            label=_("posts held so far"),
            rows=_posts,
            spans=("from_on", "until_on"),
            attributes=POST,
        ),
        Series(
            name="posts",
            label=_("posts held on the day"),
            rows=_posts_held,
            day="from_on",
            is_state=True,
            attributes=POST,
        ),
        Series(
            name="mediations",
            label=_("cases of the ledger"),
            rows=_cases,
            day="case__accepted_on",
            attributes=CASE,
        ),
        Series(
            name="opinions",
            label=_("opinions of parties"),
            rows=lambda as_of: _model("casework.Opinion").counting().filter(given_on__lte=as_of),
            person="case__shares__mediator_id",
            day="given_on",
            attributes={"amount": Attribute(path="score", kind=NUMBER)},
        ),
        Series(
            name="writeups",
            label=_("write-ups adopted"),
            rows=lambda as_of: _model("casework.Adoption").filter(adopted_on__lte=as_of),
            person="study__author_id",
            day="adopted_on",
            attributes={"level": Attribute(path="level")},
        ),
        Series(
            name="hours",
            label=_("class hours"),
            rows=lambda as_of: _model("training.HourEntry").standing().filter(done_on__lte=as_of),
            day="done_on",
            attributes={
                "amount": Attribute(path="hours", kind=NUMBER, places=1),
                "content": Attribute(path="content_class"),
            },
        ),
        Series(
            name="certificates",
            label=_("certificates valid on the day"),
            rows=lambda as_of: _model("training.Certificate").valid(as_of),
            day="issued_on",
            is_state=True,
            attributes={
                "kind": Attribute(path="kind__code"),
                "category": Attribute(path="category"),
            },
        ),
        Series(
            name="exams",
            label=_("exams sat"),
            rows=lambda as_of: _model("training.Attempt").filter(
                state__in=["passed", "failed"], exam__state__in=["released", "archived"]
            ),
            person="candidate__mediator_id",
            day="exam__closes_at__date",
            attributes={
                "result": Attribute(path="state"),
                "purpose": Attribute(path="exam__purpose"),
                "amount": Attribute(path="score", kind=NUMBER, places=2),
            },
        ),
        Series(
            name="awards",
            label=_("awards"),
            rows=lambda as_of: _model("registry.Award").filter(
                Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of),
                mediator__isnull=False,
                awarded_on__lte=as_of,
            ),
            day="awarded_on",
            attributes={"level": Attribute(path="level")},
        ),
        Series(
            name="discipline",
            label=_("discipline"),
            rows=lambda as_of: _model("registry.Discipline").filter(decided_on__lte=as_of),
            person="appointment__mediator_id",
            day="decided_on",
            attributes={"kind": Attribute(path="kind"), "ground": Attribute(path="ground")},
        ),
        Series(
            name="complaints",
            label=_("complaints decided for good"),
            rows=_final_complaints,
            day="decisions__decided_on",
            attributes={"result": Attribute(path="decisions__result")},
        ),
        Series(
            name="apprentices",
            label=_("apprentices brought to the end"),
            rows=lambda as_of: _model("training.Pairing").filter(
                state="completed", ended_on__lte=as_of
            ),
            person="mentor_id",
            day="ended_on",
            attributes={"state": Attribute(path="state")},
        ),
        Series(
            name="reviews",
            label=_("annual reviews"),
            rows=_reviews,
            # The first day of what was reviewed: a year counts in itself, not in the next one.
            day="cycle__from_on",
            attributes={
                "band": Attribute(path="band"),
                "score": Attribute(path="score", kind=NUMBER, places=2),
                "year": Attribute(path="cycle__from_on__year", kind=NUMBER),
                "cycle": Attribute(path="cycle__length"),
            },
        ),
    ]
}
