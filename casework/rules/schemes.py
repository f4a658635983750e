"""A subsidy scheme as plain values, the facts of a case, and what the one offers for the other."""

from dataclasses import dataclass, field
from decimal import Decimal

FIXED, RANGE, BY_CASE = "fixed", "range", "by_case"
LEAD, HIGHEST = "lead", "highest"
IGNORE, DEDUCT, BAR = "ignore", "deduct", "bar"


@dataclass(frozen=True, kw_only=True)
class TierTerms:
    """A tier: the cases it is for, the papers it asks for, what it pays. Empty lists mean any.

    ``documents`` is None while it is undecided. ``amounts`` maps codes of levels to (low, high);
    the code "" stands for everybody whose level has no line.
    """

    code: str
    name: str
    clause: str = ""
    outcomes: tuple = ()
    agreements: tuple = ()
    difficulties: tuple = ()
    fulfilments: tuple = ()
    least_attempts: int = 1
    documents: tuple | None = ()
    kind: str = FIXED
    amounts: dict = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SchemeTerms:
    """A scheme: its tiers in the order in which they are tried, and whom and what it excludes."""

    name: str = ""
    tiers: tuple = ()
    factors: dict = field(default_factory=dict)
    funding: tuple = ()
    level_of: str = LEAD
    barred_employments: tuple = ()
    barred_kinds: tuple = ()
    barred_sources: tuple = ()
    bars_public_payroll: bool = False
    needs_post: bool = True
    needs_listing: bool = True
    other_funds: str = BAR


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Who took part in a case, as things stood on the case's day. Rank 1 is the highest level."""

    mediator: int
    name: str = ""
    weight: int = 1
    leads: bool = False
    level: str = ""
    rank: int | None = None
    in_post: bool = True
    employment: str = ""
    on_public_payroll: bool | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """All that decides on the price of a case; ``on`` is the day it is dated by.

    ``paid_elsewhere`` is what another fund paid for it, None if nobody was asked.
    """

    on: object = None
    outcome: str = "succeeded"
    agreement: str = ""
    difficulty: str = ""
    fulfilment: str = ""
    attempts: int = 1
    documents: frozenset = frozenset()
    source: str = ""
    kind: str = ""
    is_listed: bool = True
    people: tuple = ()
    paid_elsewhere: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a scheme offers for a case, and why.

    ``tier`` is a code, None if no tier is for it. ``low`` and ``high`` are None where a paper
    decides. ``missing`` are codes of papers, ``exclusions`` bar any pay, ``barred`` maps mediators
    to why they get no part, ``to_declare`` must be declared before it is paid. ``why_not`` are
    (tier's name, reasons) of the tiers that were tried before, or of all.
    """

    tier: str | None = None
    tier_name: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    needs_reason: bool = False
    needs_paper: bool = False
    missing: tuple = ()
    exclusions: tuple = ()
    to_declare: tuple = ()
    barred: dict = field(default_factory=dict)
    weights: tuple = ()
    why: tuple = ()
    why_not: tuple = ()

    @property
    def is_open(self):
        """Whether it may be claimed: a tier, nothing missing, nothing against it."""
        return self.tier is not None and not self.missing and not self.exclusions
