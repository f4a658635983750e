"""What the schemes offer for the cases of a batch: asked for all of them together."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils import translation

from casework.models import PublicPayroll, SubsidyScheme
from casework.queries.subsidy_facts import facts_of, holds
from casework.rules.pricing import price
from casework.rules.schemes import CaseFacts, Offer, SchemeTerms

# The papers of a claim are in Chinese, whatever language the officer reads.
LANGUAGE = "zh-hans"


@dataclass(frozen=True, kw_only=True)
class Priced:
    """A case with its scheme and what that offers; ``tiers`` are the rows of its tiers by code."""

    scheme: SubsidyScheme | None = None
    terms: SchemeTerms = field(default_factory=SchemeTerms)
    facts: CaseFacts | None = None
    offer: Offer = field(default_factory=Offer)
    tiers: dict = field(default_factory=dict)
    is_chosen: bool = False

    @property
    def tier(self):
        """The row of the tier that is offered, or None."""
        return self.tiers.get(self.offer.tier)

    @property
    def funding(self):
        return self.terms.funding

    def snapshot(self):
        """Return the offer as it is kept with a line."""
        offer = self.offer
        return {
            "scheme": str(self.scheme or ""),
            "tier": offer.tier or "",
            "tier_name": offer.tier_name,
            "low": offer.low,
            "high": offer.high,
            "exclusions": list(offer.exclusions),
            "barred": {str(pk): list(reasons) for pk, reasons in offer.barred.items()},
            "why": list(offer.why),
            "why_not": [[name, list(reasons)] for name, reasons in offer.why_not],
        }


def offers_of(lines):
    """Return {number of the case: ``Priced``} for lines, in a fixed number of queries."""
    schemes = SubsidyScheme.objects.of_cases([line.case for line in lines])
    ruled = [line.case for line in lines if schemes[line.case_id]]
    days = {case.pk: getattr(case, schemes[case.pk].dated_by) for case in ruled}
    known = facts_of(ruled, days)
    payroll = _on_payroll({person.mediator for facts in known.values() for person in facts.people})
    terms = {scheme.pk: scheme.terms() for scheme in schemes.values() if scheme}
    with translation.override(LANGUAGE):
        return {
            line.case_id: _priced(line, schemes[line.case_id], known[line.case_id], payroll, terms)
            if line.case_id in known
            else Priced()
            for line in lines
        }


def with_tier(priced, tier):
    """Return a case as it is priced by a tier that somebody chose, whatever its conditions."""
    if tier is None or priced.tier is None or tier.pk == priced.tier.pk:
        return priced
    terms = replace(
        tier.terms(), outcomes=(), agreements=(), difficulties=(), fulfilments=(), least_attempts=1
    )
    with translation.override(LANGUAGE):
        offer = price(replace(priced.terms, tiers=(terms,)), priced.facts)
    return replace(priced, offer=offer, is_chosen=True)


def _priced(line, scheme, facts, payroll, terms):
    people = tuple(
        replace(person, on_public_payroll=_is_on(payroll, person.mediator, facts.on))
        for person in facts.people
    )
    elsewhere = line.paid_elsewhere or Decimal("0.00")
    facts = replace(facts, people=people, paid_elsewhere=elsewhere)
    tiers = {tier.code: tier for tier in scheme.tiers.all()}
    held = terms[scheme.pk]
    return Priced(scheme=scheme, terms=held, facts=facts, offer=price(held, facts), tiers=tiers)


def _on_payroll(people):
    rows = PublicPayroll.objects.filter(mediator__in=people)
    found = {}
    for row in rows:
        found.setdefault(row.mediator_id, []).append(row)
    return found


def _is_on(payroll, person, day):
    return any(holds(row, day) for row in payroll.get(person, []))
