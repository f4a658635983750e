"""What a mediator is paid, period by period, with where each amount comes from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.flows import AllowanceState, ClaimState
from casework.models import ClaimShare, PayLine
from office.workbench import Place
from registry.models import Mediator

IN_CHECK, APPROVED, PAID = "check", "approved", "paid"
STANDINGS = {
    IN_CHECK: (gettext_lazy("in check"), "warn"),
    APPROVED: (gettext_lazy("approved"), "info"),
    PAID: (gettext_lazy("paid"), "ok"),
}
MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, kw_only=True)
class PayEntry:
    """One amount: for which period and what, from which row, and how far it has come."""

    year: int
    quarter: int
    on: date
    kind: str
    what: str
    source: str
    amount: Decimal
    standing: str
    paid_on: date | None = None

    @property
    def standing_label(self):
        return STANDINGS[self.standing][0]

    @property
    def tone(self):
        return STANDINGS[self.standing][1]


@dataclass(frozen=True)
class PayPeriod:
    """The pay of a quarter: its entries, what they come to, and how much of it is paid."""

    year: int
    quarter: int
    entries: list
    total: Decimal
    paid: Decimal


def pay_of(mediator):
    """Return the pay of a mediator by quarter, the latest first."""
    entries = sorted(
        [*_from_cases(mediator), *_from_runs(mediator)],
        key=lambda entry: (entry.year, entry.quarter, entry.on),
        reverse=True,
    )
    return [
        _period(year, quarter, list(rows))
        for (year, quarter), rows in groupby(entries, lambda entry: (entry.year, entry.quarter))
    ]


def _period(year, quarter, entries):
    total = sum((entry.amount for entry in entries), Decimal("0.00"))
    paid = sum((entry.amount for entry in entries if entry.standing == PAID), Decimal("0.00"))
    return PayPeriod(year, quarter, entries, total, paid)


def _from_cases(mediator):
    """What is claimed for cases: from the hand-in on, or returned and not yet handed in again."""
    shares = ClaimShare.objects.of_standing_lines().filter(mediator=mediator)
    shares = shares.exclude(line__batch__state__in=[ClaimState.DRAFT, ClaimState.WITHDRAWN])
    for share in shares.select_related("line__batch", "line__case", "line__tier_approved"):
        batch, line = share.line.batch, share.line
        yield PayEntry(
            year=batch.year,
            quarter=batch.quarter,
            on=line.case.closed_on or batch.from_on,
            kind=_("for cases"),
            what=f"{line.case} · {line.tier_approved or ''}",
            source=batch.number,
            amount=share.amount,
            standing={ClaimState.APPROVED: APPROVED, ClaimState.PAID: PAID}.get(
                batch.state, IN_CHECK
            ),
            paid_on=batch.paid_on,
        )


def _from_runs(mediator):
    lines = PayLine.objects.standing().filter(mediator=mediator)
    lines = lines.exclude(Q(run__state=AllowanceState.CANCELLED) | Q(run__state="draft"))
    for line in lines.select_related("run", "organization"):
        yield PayEntry(
            year=line.month.year,
            quarter=(line.month.month - 1) // MONTHS_OF_A_QUARTER + 1,
            on=line.month,
            kind=line.get_kind_display(),
            what=f"{line.month:%Y-%m} {line.label}".strip(),
            source=line.organization.name,
            amount=line.amount,
            standing={AllowanceState.APPROVED: APPROVED, AllowanceState.PAID: PAID}.get(
                line.run.state, IN_CHECK
            ),
            paid_on=line.run.paid_on,
        )


def pay_on_my_page(user, today):
    """The place of one's pay, for mediators."""
    if not Mediator.objects.filter(user=user).exists():
        return []
    return [Place(label=_("My pay"), url=reverse("my_pay"))]
