"""What bars a case from being claimed, and what the words of a claim mean."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.rules.schemes import Offer

NOTHING = Decimal("0.00")
MONTHS_OF_A_QUARTER = 3
LAST_QUARTER = 4


class ClaimFault(models.TextChoices):
    """What is wrong with a line; each label is the sentence that is shown."""

    OPEN = "open", _("The case is not closed.")
    LATER = "later", _("The case was closed after the quarter.")
    LATE = "late", _("The case was closed before the quarter, and no reason is given.")
    NOBODY = "nobody", _("Nobody mediated the case.")
    FLAGGED = "flagged", _("The case is flagged in the ledger, and no reason is given.")
    UNPRICED = "unpriced", _("No scheme, or no tier of it, is for the case.")
    EXCLUDED = "excluded", _("The scheme does not pay for this case.")
    DOCUMENTS = "documents", _("Documents that the tier asks for are missing from the file.")
    UNDECIDED = "undecided", _("The amount is not decided.")
    OUT_OF_RANGE = "out_of_range", _("The amount lies outside the range of the tier.")
    UNEXPLAINED = "unexplained", _("The amount needs a reason.")
    UNPROVED = "unproved", _("An amount decided case by case needs the paper of the decision.")


@dataclass(frozen=True, kw_only=True)
class ClaimFacts:
    """All that decides whether a case may be claimed in a quarter ``[from_on, ends_on)``.

    ``offer`` is what the scheme offers, None where no scheme is in force. ``is_chosen`` says that
    somebody chose another tier than the scheme's.
    """

    from_on: date
    ends_on: date
    closed_on: date | None = None
    has_people: bool = True
    is_flagged: bool = False
    offer: Offer | None = None
    amount: Decimal | None = None
    is_chosen: bool = False
    has_paper: bool = False
    reason: str = ""


def claim_faults(facts):
    """Return the codes of all that bars a case from being claimed."""
    found = [*_tests_of_the_case(facts), *_tests_of_the_offer(facts)]
    return [fault.value for fault, is_so in found if is_so]


def _tests_of_the_case(facts):
    is_closed, has_reason = facts.closed_on is not None, bool(facts.reason.strip())
    yield ClaimFault.OPEN, not is_closed
    yield ClaimFault.LATER, is_closed and facts.closed_on >= facts.ends_on
    yield ClaimFault.LATE, is_closed and facts.closed_on < facts.from_on and not has_reason
    yield ClaimFault.NOBODY, not facts.has_people
    yield ClaimFault.FLAGGED, facts.is_flagged and not has_reason


def _tests_of_the_offer(facts):
    offer, amount = facts.offer, facts.amount
    if offer is None or offer.tier is None:
        yield ClaimFault.UNPRICED, True
        return
    yield ClaimFault.EXCLUDED, bool(offer.exclusions)
    yield ClaimFault.DOCUMENTS, bool(offer.missing)
    yield ClaimFault.UNDECIDED, not amount
    needs_reason = offer.needs_reason or facts.is_chosen
    yield ClaimFault.UNEXPLAINED, bool(amount) and needs_reason and not facts.reason.strip()
    yield ClaimFault.UNPROVED, offer.needs_paper and not facts.has_paper
    if amount and offer.low is not None:
        yield ClaimFault.OUT_OF_RANGE, not offer.low <= amount <= offer.high


def to_the_cent(total):
    """Return a sum of amounts exact to the cent: SQLite adds up in binary. None is nothing.

    >>> to_the_cent(Decimal("1187.1000000000001"))
    Decimal('1187.10')
    """
    return (total or NOTHING).quantize(NOTHING)


def quarter_of(day):
    """Return (year, quarter) of a day."""
    return day.year, (day.month - 1) // MONTHS_OF_A_QUARTER + 1


def span_of(year, quarter):
    """Return the first day of a quarter and the first day after it."""
    first = date(year, MONTHS_OF_A_QUARTER * (quarter - 1) + 1, 1)
    if quarter == LAST_QUARTER:
        return first, date(year + 1, 1, 1)
    return first, date(year, MONTHS_OF_A_QUARTER * quarter + 1, 1)
