"""Write-ups of cases and reports on prevention, built through the real models."""

from datetime import date

from casework import actions
from casework.flows.case_study import ADOPTED
from casework.models import CaseStudy, CaseworkPolicy, PreventionReport
from casework.models.prevention import FIGURES
from casework.rules.prevention import due_day
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY

TEXT = {
    "title": "屋檐滴水引起的争执",
    "keywords": "排水 相邻",
    "facts": "张某与李某某两家相邻，雨天屋檐滴水流入对方院中，双方争执多年。",
    "process": "调解员雨天到现场察看水流方向，请双方各说三句话，再请村里老人讲述旧时做法。",
    "outcome": "双方同意加装檐沟，费用各担一半，签订协议后当场握手。",
    "law": "民法典关于相邻关系的规定。",
    "comment": "雨天看现场，胜过晴天讲道理。",
}
MONTH = date(2026, 10, 1)


def author(**fields):
    """Somebody with an account who holds a post."""
    body = fields.pop("body", None) or make.organization()
    person = make.mediator(in_division=body.division, user=make.user(), **fields)
    make.appointment(person, body)
    return person


def study(state="draft", *, by=None, body=None, **fields):
    """A write-up in a state, of an author who holds a post."""
    by = by or author(body=body)
    body = body or by.appointments.first().organization
    fields = {**TEXT, "dispute_type": fields.pop("dispute_type", None) or _type(), **fields}
    if state != "draft":
        fields.setdefault("submitted_on", TODAY - 20 * DAY)
    if state in {"returned", "declined"}:
        fields.setdefault("reasons", "太短。")
    if state in ADOPTED:
        fields.setdefault("level", "county")
    if state in {"proposed", "published", "withdrawn"}:
        fields.setdefault("proposed_by", make.user())
    if state in {"published", "withdrawn"}:
        fields.setdefault("published_by", make.user())
        fields.setdefault("published_on", TODAY - 5 * DAY)
    made = CaseStudy(author=by, organization=body, division=body.division, state=state, **fields)
    made.words = made.counted_words()
    return make.saved(made)


def _type():
    return make_cases.dispute_type()


def published(**fields):
    """A write-up the public reads, published through the acts."""
    note = {"by": make.user(is_superuser=True), "today": TODAY, "reason": "R."}
    made = study("proposed", **fields)
    return actions.publish_study(made.pk, **note)


def report(state="draft", *, body=None, month=MONTH, **fields):
    """A report on prevention of an organisation."""
    figures = CaseworkPolicy.objects.filter(key="prevention_day", division=None)
    if not figures.exists():
        make_cases.figures()
    body = body or make.organization()
    policy = figures.get()
    if state != "draft":
        fields = {**{name: number for number, name in enumerate(FIGURES, 1)}, **fields}
    if state == "reported":
        fields.setdefault("reported_on", TODAY - DAY)
    if state == "returned":
        fields.setdefault("reasons", "数字不符。")
    return make.saved(
        PreventionReport(
            organization=body, division=body.division, month=month, policy=policy,
            due_on=due_day(month, policy.amount), state=state, **fields,
        )
    )  # fmt: skip
