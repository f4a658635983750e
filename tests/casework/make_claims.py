"""Claims of the third quarter of 2026 in any state, made through the actions."""

from datetime import date
from decimal import Decimal

from casework.actions import claim_steps, claims
from casework.flows.claim import is_direct
from casework.models import REQUIRED_DOCUMENTS, CaseworkPolicy
from office.models import CalendarYear
from tests import make
from tests.casework import make_cases, make_schemes
from tests.make import TODAY
from tests.registry import cases as register

YEAR, QUARTER = 2026, 3
CLOSED_ON = date(2026, 8, 20)
FULL_FILE = [str(code) for code in REQUIRED_DOCUMENTS]
PRICE = Decimal("200.00")
# The steps onward of a batch that goes through a justice office, in their order.
CHAIN = ["first_check", "second_check", "township_review", "bureau_check", "approval", "approved"]


def rules():
    """Figures, calendar, and a scheme of the county that holds since long."""
    if not CaseworkPolicy.objects.exists():
        make_cases.figures()
    if not CalendarYear.objects.exists():
        register.load_rules()


def scheme(division=None, **fields):
    return make_schemes.scheme(division=division or make.division("330681"), **fields)


def township():
    return make.division("330681003")


def body(**fields):
    fields.setdefault("in_division", township())
    return make.organization(**fields)


def mediator(of, **fields):
    fields.setdefault("from_on", date(2020, 1, 1))
    return make.appointment(body=of, **fields).mediator


def case(of, *people, state="succeeded", closed_on=CLOSED_ON, **fields):
    """A case with its full file, closed in the quarter."""
    fields.setdefault("documents", FULL_FILE)
    fields.setdefault("accepted_on", min(date(2026, 8, 10), closed_on))
    people = list(people) or [mediator(of)]
    return make_cases.case(state, body=of, mediators=people, closed_on=closed_on, **fields)


def note(by=None, **given):
    return {"by": by or make.user(), "today": TODAY, "reason": "Looked at.", **given}


def batch(state="draft", *, of=None, cases=1, by=None):
    """A batch in a state, each step taken by another account."""
    rules()
    if of is None:
        of = body()
        if not make_schemes.SubsidyScheme.objects.exists():
            scheme()
        for _number in range(cases):
            case(of)
    made = claims.open_batch(
        by=by or make.user(), today=TODAY, organization=of, year=YEAR, quarter=QUARTER
    )
    return bring(made, state)


def bring(made, state):
    """Take a draft to a state the way it comes about."""
    if state == "draft":
        return made
    if state == "withdrawn":
        return claim_steps.withdraw_batch(made.pk, **note())
    submit(made)
    if state == "returned":
        step = claim_steps.return_batch
        return step(made.pk, **note(reason="The record of the mediation is not signed."))
    for name, take in ONWARD:
        made.refresh_from_db()
        if made.state == state:
            break
        if made.state == name:
            take(made.pk)
    made.refresh_from_db()
    assert made.state == state
    return made


def submit(made, by=None, **given):
    name = "submit_directly" if is_direct(made) else "submit"
    return claim_steps.HAND_IN[name](made.pk, **note(by, declares=True, **given))


def resubmit(made, by=None):
    name = "resubmit_directly" if is_direct(made) else "resubmit"
    return claim_steps.HAND_IN[name](made.pk, **note(by, declares=True))


def review(pk, by=None, **given):
    given = {"leader": "陈镇长", "reviewed_on": TODAY, "document": register.pdf(), **given}
    return claim_steps.record_review(pk, **note(by), **given)


def pay(pk, by=None, **given):
    given = {"paid_on": TODAY, "voucher": "记-2026-1104", **given}
    return claim_steps.pay_batch(pk, **note(by), **given)


ONWARD = [
    ("first_check", lambda pk, by=None: claim_steps.pass_first_check(pk, **note(by))),
    ("second_check", lambda pk, by=None: claim_steps.pass_second_check(pk, **note(by))),
    ("township_review", review),
    ("bureau_check", lambda pk, by=None: claim_steps.check_totals(pk, **note(by))),
    ("approval", lambda pk, by=None: claim_steps.approve_batch(pk, **note(by))),
    ("approved", pay),
]


def bring_on(made, state):
    """Take a batch that was handed in on to a state."""
    for name, take in ONWARD:
        made.refresh_from_db()
        if made.state == state:
            return
        if made.state == name:
            take(made.pk)
    made.refresh_from_db()
