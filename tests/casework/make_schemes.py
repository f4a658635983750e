"""Subsidy schemes of every state, built through the real models."""

from decimal import Decimal

from casework.models import (
    FundingShare,
    LevelFactor,
    SubsidyScheme,
    SubsidyTier,
    TierAmount,
)
from tests import make
from tests.make import DAY, TODAY

# Name, conditions and amounts after the practice of Chuxiong.
SIMPLE = {
    "code": "simple",
    "name": "简易口头",
    "outcomes": ["succeeded"],
    "agreements": ["oral"],
    "documents_rule": "listed",
    "documents": ["record"],
}
FULL = {
    "code": "general",
    "name": "一般纠纷",
    "outcomes": ["succeeded"],
    "agreements": ["written"],
    "documents_rule": "full",
}
FAILED = {
    "code": "failed",
    "name": "多次调解未成",
    "outcomes": ["failed"],
    "least_attempts": 2,
    "documents_rule": "listed",
    "documents": ["application", "record"],
}
TIERS = [(SIMPLE, 30), (FAILED, 100), (FULL, 200)]


def tier(scheme, *amounts, order=None, **fields):
    """A tier; ``amounts`` are figures, (low, high), or (level, low, high)."""
    order = scheme.tiers.count() + 1 if order is None else order
    made = make.saved(SubsidyTier(scheme=scheme, order=order, **fields))
    for given in amounts:
        span = given if isinstance(given, tuple) else (given, given)
        level, low, high = span if len(span) == 3 else ("", *span)
        make.saved(TierAmount(tier=made, level=level, low=low, high=high))
    return made


def funding(scheme, *shares):
    for fund, percent in shares:
        make.saved(FundingShare(scheme=scheme, fund=fund, percent=Decimal(percent)))


def factor(scheme, level, value):
    return make.saved(LevelFactor(scheme=scheme, level=level, factor=Decimal(value)))


def scheme(state="active", *, division=None, tiers=TIERS, shares=(("县财政", 100),), **fields):
    """A scheme of a division, whole enough to be in force."""
    fields.setdefault("name", "以案定补办法")
    fields.setdefault("standing", "setting")
    fields.setdefault("from_on", TODAY - 700 * DAY)
    if state != "template":
        fields.setdefault("drafted_by", make.user())
        fields["division"] = division or make.division()
    if state in {"active", "retired"}:
        fields.setdefault("activated_by", make.user())
        fields.setdefault("activated_on", fields["from_on"])
    if state == "retired":
        fields.setdefault("until_on", TODAY - 100 * DAY)
    made = make.saved(SubsidyScheme(state=state, **fields))
    for values, amount in tiers:
        tier(made, amount, **values)
    funding(made, *shares)
    return made
