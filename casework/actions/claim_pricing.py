"""What the schemes offer for the cases of a batch: asked for all of them together."""

from dataclasses import dataclass

from casework.models import SubsidyTier
from casework.rules.schemes import CaseFacts, Offer, SchemeTerms


@dataclass(frozen=True, kw_only=True)
class Priced:
    """A case with its scheme and what that offers; ``tier`` is the row of the offered tier."""

    scheme: object = None
    terms: SchemeTerms = SchemeTerms()
    facts: CaseFacts | None = None
    offer: Offer = Offer()
    tier: SubsidyTier | None = None
    is_flagged: bool = False
    is_chosen: bool = False

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
            "to_declare": list(offer.to_declare),
            "barred": {str(pk): list(reasons) for pk, reasons in offer.barred.items()},
            "why": list(offer.why),
            "why_not": [[name, list(reasons)] for name, reasons in offer.why_not],
        }
