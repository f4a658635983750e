"""What is read from claims: who gets what, what the funds bear, what was left out, totals."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Sum
from django.utils.translation import gettext as _

from casework.actions.claim_lines import claimable
from casework.actions.claim_pricing import offers_of
from casework.models import ClaimFunding, ClaimLine, ClaimShare
from casework.rules.claims import ClaimFault, to_the_cent
from registry.models import Division

MILLION = 1_000_000


@dataclass(frozen=True)
class Payee:
    """What one mediator gets of a batch, for how many cases."""

    mediator: object
    cases: int
    amount: Decimal


def payees_of(batch):
    """Return who gets what of a batch, in the order of names."""
    shares = ClaimShare.objects.of_standing_lines().filter(line__batch=batch)
    found = {}
    for share in shares.select_related("mediator").order_by("mediator__name", "mediator_id"):
        cases, amount = found.get(share.mediator, (0, Decimal("0.00")))
        found[share.mediator] = (cases + 1, amount + share.amount)
    return [Payee(mediator, *counted) for mediator, counted in found.items()]


def funds_of(batch):
    """Return (fund, amount) of what each fund bears of a batch."""
    rows = ClaimFunding.objects.of_standing_lines().filter(line__batch=batch).order_by("fund")
    found = rows.values_list("fund").annotate(all=Sum("amount"))
    return [(fund, to_the_cent(total)) for fund, total in found]


def lines_of(batch):
    """Return the lines of a batch with all that a page shows of them."""
    rows = ClaimLine.objects.filter(batch=batch).order_by("pk")
    rows = rows.select_related("case", "tier_claimed", "tier_approved", "scheme", "batch")
    return list(rows.prefetch_related("shares__mediator"))


def left_out(batch):
    """Return (case, reasons) of the quarter's cases for which no line stands, each with why."""
    cases = claimable(batch).select_related("organization", "difficulty")
    cases = list(cases.prefetch_related("shares__mediator").order_by("number"))
    lines = [ClaimLine(batch=batch, case=case, dispute_id=case.dispute_id) for case in cases]
    offers = offers_of(lines)
    return [(case, _why(offers[case.pk])) for case in cases]


def _why(priced):
    offer = priced.offer
    if priced.scheme is None:
        return [ClaimFault.UNPRICED.label]
    if offer.tier:
        return [_("It may be claimed; bring the batch up to date.")]
    return [f"{tier}：{'；'.join(reasons)}" for tier, reasons in offer.why_not] or [
        ClaimFault.UNPRICED.label
    ]


def totals_by_county(batches):
    """Return (county, year, quarter, batches, lines, claimed, approved), the latest first."""
    rows = (
        batches.exclude(state="withdrawn")
        .order_by()
        .annotate(county=F("division_id") / MILLION)
        .values_list("county", "year", "quarter")
        .annotate(
            number=Count("pk"),
            lines=Sum("line_count"),
            claimed=Sum("total_claimed"),
            approved=Sum("total_approved"),
        )
        .order_by("-year", "-quarter", "county")
    )
    rows = list(rows)
    numbers = {row[0] * MILLION for row in rows}
    names = dict(Division.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [
        (names.get(county * MILLION, county), *rest, to_the_cent(claimed), to_the_cent(approved))
        for county, *rest, claimed, approved in rows
    ]
