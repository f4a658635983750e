"""Allowances of the third quarter of 2026, made through the actions."""

from datetime import date
from decimal import Decimal

from casework.actions import allowances
from casework.models import AllowanceRate
from tests import make
from tests.casework import make_claims
from tests.make import TODAY

JULY = date(2026, 7, 1)
MONTHLY = Decimal("800.00")


def note(by=None, **given):
    return {"by": by or make.user(), "today": TODAY, "reason": "Counted.", **given}


def rated(**fields):
    """A scheme of the county with a monthly rate for full-timers."""
    scheme = make_claims.scheme()
    fields = {"employment": "full_time", "amount": MONTHLY, **fields}
    make.saved(AllowanceRate(scheme=scheme, **fields))
    return scheme


def full_timer(of, **fields):
    fields.setdefault("from_on", date(2020, 1, 1))
    return make.appointment(body=of, employment="full_time", **fields).mediator


def run(of=None, *, by=None, months=1, **given):
    """A draft run of July in which one person is in post."""
    if of is None:
        rated()
        of = make_claims.body()
        full_timer(of)
    return allowances.open_run(
        division=make.division("330681"), organization=of, from_on=JULY, months=months,
        **note(by, **given),
    )  # fmt: skip


def performance(made, by=None, **given):
    person = made.lines.first().mediator
    given = {"mediator": person, "month": JULY, "label": "优秀", "amount": Decimal(300), **given}
    return allowances.add_performance(made.pk, **note(by), **given)


def pay(pk, by=None, **given):
    given = {"paid_on": TODAY, "voucher": "记-1", **given}
    return allowances.pay_run(pk, **note(by), **given)
