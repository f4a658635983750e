"""What a draft of a subsidy scheme still leaves open: none of it may come into force so."""

from decimal import Decimal
from itertools import combinations

from django.utils.translation import gettext as _

from casework.rules.schemes import BY_CASE, FIXED

CONDITIONS = ("outcomes", "agreements", "difficulties", "fulfilments")
WHOLE = Decimal(100)


def undecided(scheme):
    """Return a sentence for everything that keeps a scheme (``SchemeTerms``) out of force."""
    found = [] if scheme.tiers else [_("The scheme has no tiers.")]
    for tier in scheme.tiers:
        said = [_in_tier(tier, sentence) for sentence in _of_tier(tier)]
        found.extend(said)
    found.extend(
        _("“%(later)s” is never reached: “%(earlier)s” takes all its cases.")
        % {"later": later.name, "earlier": earlier.name}
        for earlier, later in combinations(scheme.tiers, 2)
        if covers(earlier, later)
    )
    if scheme.factors and any(set(tier.amounts) - {""} for tier in scheme.tiers):
        found.append(_("Amounts by level and factors by level: the level would count twice."))
    return [*found, *_of_funding(scheme.funding)]


def covers(earlier, later):
    """Whether a tier takes every case that a later one is for."""
    return earlier.least_attempts <= later.least_attempts and all(
        _holds_all(getattr(earlier, name), getattr(later, name)) for name in CONDITIONS
    )


def _holds_all(wide, narrow):
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _of_tier(tier):
    if tier.documents is None:
        yield _("it is not decided which papers it asks for.")
    if tier.kind == BY_CASE:
        yield from [_("what is decided case by case has no amounts.")] if tier.amounts else []
        return
    if "" not in tier.amounts:
        yield _("it sets nothing for mediators of other levels or none.")
    said = (_of_amount(tier, *row) for row in tier.amounts.values())
    yield from dict.fromkeys(filter(None, said))


def _of_amount(tier, low, high):
    if low is None or high is None:
        return _("an amount is left blank.")
    if low <= 0 or high < low:
        return _("an amount is not positive, or a range ends below its beginning.")
    if (low == high) != (tier.kind == FIXED):
        return _("an amount does not go with its kind: one figure if fixed, two if a range.")
    return ""


def _of_funding(funding):
    total = sum((percent for _name, percent in funding), Decimal(0))
    if total != WHOLE:
        yield _("The funds pay %(total)s percent together, not 100.") % {"total": f"{total:f}"}


def _in_tier(tier, sentence):
    return _("Tier “%(name)s”: %(sentence)s") % {"name": tier.name, "sentence": sentence}
