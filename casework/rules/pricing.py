"""What a subsidy scheme offers for a case: pure, so that every line of it can be checked."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from casework.rules.schemes import BAR, BY_CASE, DEDUCT, HIGHEST, Offer
from casework.rules.splitting import CENT

NOTHING = Decimal("0.00")
# Which fact a condition of a tier is about, and what is said if it does not hold.
CONDITIONS = [
    ("outcomes", "outcome", lambda: _("it is not for cases that ended so")),
    ("agreements", "agreement", lambda: _("it is not for this form of agreement")),
    ("difficulties", "difficulty", lambda: _("it is not for this class of difficulty")),
    ("fulfilments", "fulfilment", lambda: _("it asks for another state of fulfilment")),
]


def price(scheme, facts):
    """Return the offer of a scheme (``SchemeTerms``) for a case (``CaseFacts``).

    The first tier whose conditions hold is the one; papers that are missing do not move the case
    to another tier.
    """
    tried = []
    for tier in scheme.tiers:
        reasons = why_not(tier, facts)
        if not reasons:
            return _offer(scheme, tier, facts, tuple(tried))
        tried.append((tier.name, tuple(reasons)))
    return Offer(
        why_not=tuple(tried),
        exclusions=(_("No tier of the scheme is for this case."), *_against(scheme, facts)),
        barred=_barred(scheme, facts),
    )


def why_not(tier, facts):
    """Return every reason why a tier is not for a case; none means that it is."""
    found = [
        said()
        for allowed, fact, said in CONDITIONS
        if getattr(tier, allowed) and getattr(facts, fact) not in getattr(tier, allowed)
    ]
    if facts.attempts < tier.least_attempts:
        asked = {"number": tier.least_attempts}
        found.append(_("it asks for at least %(number)d attempts") % asked)
    return found


def amount_faults(offer, amount, *, reason="", has_paper=False):
    """Return every reason why an amount may not be granted on an offer; none means that it may."""
    found = []
    if amount <= 0 or amount != amount.quantize(CENT):
        found.append(_("An amount is positive and no finer than a cent."))
    if offer.low is not None and not offer.low <= amount <= offer.high:
        found.append(
            _("The scheme offers %(low)s to %(high)s yuan for this case.")
            % {"low": offer.low, "high": offer.high}
        )
    if offer.needs_reason and not reason.strip():
        found.append(_("Give the reason for this amount."))
    if offer.needs_paper and not has_paper:
        found.append(_("The decision on the amount must be on file."))
    return found


def _offer(scheme, tier, facts, tried):
    barred = _barred(scheme, facts)
    low, high, undecided = _amounts(scheme, tier, facts)
    exclusions = [*_against(scheme, facts), *undecided]
    paid = [person for person in facts.people if person.mediator not in barred]
    if facts.people and not paid:
        exclusions.append(_("Nobody who mediated it may be paid for it."))
    if high is not None and high <= 0:
        exclusions.append(_("Another fund has paid all that the scheme offers."))
    return Offer(
        tier=tier.code,
        tier_name=tier.name,
        low=low,
        high=high,
        needs_reason=tier.kind == BY_CASE or low != high,
        needs_paper=tier.kind == BY_CASE,
        missing=tuple(code for code in tier.documents or () if code not in facts.documents),
        exclusions=tuple(exclusions),
        to_declare=tuple(_to_declare(scheme, facts)),
        barred=barred,
        weights=tuple((person.mediator, person.weight) for person in paid),
        why=tuple(filter(None, (tier.name, tier.clause))),
        why_not=tried,
    )


def _amounts(scheme, tier, facts):
    """Return (low, high, why neither is known)."""
    if tier.kind == BY_CASE:
        return None, None, []
    level = _level(scheme, facts)
    found = tier.amounts.get(level, tier.amounts.get(""))
    if found is None or None in found:
        return None, None, [_("The scheme has not decided what this tier pays.")]
    factor = scheme.factors.get(level, scheme.factors.get("", Decimal(1)))
    other = facts.paid_elsewhere if scheme.other_funds == DEDUCT else None
    low, high = (
        max(NOTHING, (bound * factor).quantize(CENT, ROUND_HALF_UP) - (other or NOTHING))
        for bound in found
    )
    # A part of a range that another fund has paid for leaves no amount of nothing to be granted.
    return (max(low, min(CENT, high)), high, [])


def _level(scheme, facts):
    """Return the code of the level by which a case is paid, "" if there is none."""
    held = [person for person in facts.people if person.level]
    if scheme.level_of == HIGHEST:
        ranked = sorted(held, key=lambda person: (person.rank is None, person.rank or 0))
        return ranked[0].level if ranked else ""
    return next((person.level for person in held if person.leads), "")


def _against(scheme, facts):
    """Return every reason why a case is not paid, whatever its tier."""
    found = []
    if scheme.needs_listing and not facts.is_listed:
        found.append(_("The organisation was not filed on the day of the case."))
    if facts.kind in scheme.barred_kinds:
        found.append(_("The scheme does not pay for organisations of this kind."))
    if facts.source in scheme.barred_sources:
        found.append(_("The scheme does not pay for cases that came this way."))
    if scheme.other_funds == BAR and facts.paid_elsewhere:
        found.append(_("Another fund has paid for this case."))
    return found


def _barred(scheme, facts):
    """Return why people get no part, by the number of the mediator."""
    found = {person.mediator: _against_person(scheme, person) for person in facts.people}
    return {mediator: tuple(reasons) for mediator, reasons in found.items() if reasons}


def _against_person(scheme, person):
    found = []
    if scheme.needs_post and not person.in_post:
        found.append(_("%(name)s was not in post on the day of the case.") % {"name": person.name})
    if person.employment and person.employment in scheme.barred_employments:
        found.append(
            _("The scheme does not pay %(name)s's form of employment.") % {"name": person.name}
        )
    if scheme.bars_public_payroll and person.on_public_payroll:
        found.append(_("%(name)s is on the public payroll.") % {"name": person.name})
    return found


def _to_declare(scheme, facts):
    if scheme.bars_public_payroll:
        for person in facts.people:
            if person.on_public_payroll is None:
                yield _("Whether %(name)s is on the public payroll.") % {"name": person.name}
    if scheme.other_funds in (BAR, DEDUCT) and facts.paid_elsewhere is None:
        yield _("Whether another fund has paid for this case.")
