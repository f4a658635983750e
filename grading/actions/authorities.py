"""Which bodies act for an organisation and a level, and which levels a bureau may give."""

from grading.rules.authority import FORWARD_ONLY, UNKNOWN, UNRESOLVED, authority
from grading.rules.bodies import role_of
from office.roles import Role
from registry.models import OrganizationKind

# Nobody in particular: the bureau that holds the round acts.
NOBODY = {FORWARD_ONLY, UNKNOWN, UNRESOLVED}
OF_TIER = {"county": Role.COUNTY_BUREAU, "city": Role.CITY_BUREAU}
TIERS = ("village", "township", "county", "city")


def facts_of_body(organization):
    """Return what the authority matrix of a rule may ask of an organisation."""
    return _facts(organization.kind, organization.division.level, organization.founding_unit)


def _facts(kind, tier, founding_unit=""):
    words = {"kind": kind, "type": kind, "tier": tier, "org": [kind, tier]}
    return {**words, "founding_unit": founding_unit} if founding_unit else words


def bodies_for(rules, code, organization):
    """Return (first review, decision, forwarded to) as the rule names them, "" for nobody."""
    facts = facts_of_body(organization)
    found = [authority(rules, code, facts, field) for field in ("first_review", None, "forward_to")]
    return tuple("" if body in NOBODY else body for body in found)


def fits(body, division):
    """Whether the bureau of a division acts for a body: by its role, or because nobody else does.

    Of a body that the rule names and that has no role of its own, every bureau keeps the books.
    """
    role = None if body in NOBODY else role_of(body)
    return role is None or role == OF_TIER.get(division.level)


def may_give(rules, code, division):
    """Whether there can be an organisation of which a bureau decides on the level."""
    facts = (_facts(kind, tier) for kind in OrganizationKind.values for tier in TIERS)
    bodies = {authority(rules, code, one) for one in facts}
    # A row that no organisation meets says nothing of the others.
    known = bodies - {UNRESOLVED} or bodies
    return any(fits(body, division) for body in known)
