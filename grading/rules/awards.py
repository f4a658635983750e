"""What the selection of a rule asks for, in the terms of ``cutting`` and ``ranking``."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from grading.rules import cuts, spelling
from grading.rules.cutting import (
    EXCLUDE_ALL,
    INCLUDE_ALL,
    LOT,
    SENIOR_BODY,
    TIE_BREAK,
    ShareLimit,
    Ties,
)
from grading.rules.ranking import EMPLOYMENT, TieBreak
from grading.rules.scheme import SchemeFault
from grading.rules.selection import AT, CANDIDATES, coverage_of, limits_of, quota_of
from grading.rules.unknown import UNK, is_known

# By which names a rule may speak of what is known of everybody who is ranked.
DISTRICT = ("district", "county", "township", "division")
SEX, KIND, AREA = "sex", "organization_kind", "district"
PROPERTIES = {
    EMPLOYMENT: ("category", "employment", "person_category"),
    SEX: ("sex", "gender"),
    KIND: ("organization_kind", "organisation_kind", "org_kind", "org_type", "committee_kind"),
    AREA: DISTRICT,
}
PROPERTY_OF = {name: one for one, names in PROPERTIES.items() for name in names}
BY_VOTE = ("vote", "panel_vote")
# For each value of a property that nothing is said of, and for all of them.
OTHER, EACH = "other", ("any", "each")
SCORE = ("score", "total", "points")


@dataclass(frozen=True)
class Terms:
    """How a level is given: ``places`` is None where the rule has no quota for it.

    ``faults`` are sentences that bar any award, ``base`` is of how many people a percentage was
    taken, where these are not those who are ranked; ``by_vote`` if the panel votes on equals.
    """

    places: int | None = None
    limits: tuple = ()
    coverage: dict = field(default_factory=dict)
    reserve: int = 0
    policies: tuple = ()
    keys: tuple = ()
    faults: tuple = ()
    base: int | None = None
    by_vote: bool = False


def tie_breaks(scheme):
    """Return the ``TieBreak``s of a rule: what it ranks by after the score, then the sheet's own.

    More is better; ``-age`` or ``{key: age, order: lowest}`` says that less is.
    """
    ranked_by = _listed(scheme.section(AT).get("rank_by"))
    further = [one for one in ranked_by if _key(one)[0] not in SCORE]
    return _breaks([*further, *_listed(scheme.section("sheet").get("tie_break"))])


def _listed(written):
    """Return one key or several as a list; nothing where the rule does not say them."""
    if not is_known(written):
        return []
    return written if isinstance(written, list) else [written]


def _breaks(written):
    keys = dict(_key(one) for one in written if is_known(one))
    return tuple(TieBreak(name, highest_first=is_high) for name, is_high in keys.items())


def _key(written):
    if isinstance(written, dict):
        return str(written.get("key")), written.get("order", "highest") != "lowest"
    return str(written).removeprefix("-"), not str(written).startswith("-")


def base_named(scheme, code):
    """Return of whom the quota of a level is a percentage; "" if of those who are ranked."""
    quota = quota_of(scheme, code)
    outside = quota is not UNK and quota.share is not None and quota.of not in CANDIDATES
    return quota.of if outside else ""


def terms(scheme, code, count, districts, *, base=None, known=None):
    """Return the ``Terms`` of a level for so many candidates, from so many districts.

    :param base: how many people ``base_named`` means, None if it names nobody known.
    :param known: {property: {how a rule may write a value: the value}}, of those of which not every
        word will do.
    """
    try:
        return _terms(scheme, code, count, districts, base=base, known=known or {})
    except SchemeFault as fault:
        return Terms(faults=tuple(sentence for _path, sentence in fault.faults))


def _terms(scheme, code, count, districts, *, base, known):
    quota, limits, coverage = quota_of(scheme, code), limits_of(scheme), coverage_of(scheme)
    reserve = spelling.whole(scheme, f"{AT}.reserve", scheme.section(AT).get("reserve", 0))
    unknown = UNK in (quota, limits, coverage, reserve)
    if unknown or UNK in (quota.number, quota.share, *quota.numbers.values()):
        return Terms(faults=(_("The rule does not say how many get this level."),))
    faults = []
    has_quota = quota.number is not None or quota.share is not None
    places = quota.places(count, base) if has_quota else None
    shares = [
        ShareLimit(value, share=limit.share, by=by)
        for limit in limits
        for by, value in _values(limit.by, limit.values, known, faults)
    ]
    numbers = [
        ShareLimit(value, number=number, by=by)
        for written, number in quota.numbers.items()
        for by, value in _values(quota.by, _spread(written, quota, known), known, faults)
    ]
    policies, keys = _policies(scheme)
    return Terms(
        places=places,
        limits=(*shares, *numbers),
        coverage=_coverage(coverage, districts, faults),
        reserve=reserve,
        policies=policies,
        keys=keys,
        faults=tuple(dict.fromkeys(faults)),
        base=base,
        by_vote=is_by_vote(scheme),
    )


def _spread(written, quota, known):
    """Return for which values a number stands: for one, or for each that is not named itself."""
    if written != OTHER:
        return [written]
    of = known.get(PROPERTY_OF.get(quota.by), {})
    named = {of.get(one, one) for one in quota.numbers}
    return sorted(set(of.values()) - named)


def _values(by, values, known, faults):
    """Return pairs of a property and a value, as registers know them."""
    found = PROPERTY_OF.get(by)
    if found is None:
        faults.append(_("The rule limits places by “%s”, which is not known of people here.") % by)
        return []
    of = known.get(found)
    if of is None:
        return [(found, value) for value in values]
    if tuple(values) in [(one,) for one in EACH]:
        return [(found, value) for value in sorted(set(of.values()))]
    for value in values:
        if value not in of:
            said = _("The rule limits places for “%(value)s”, which is no “%(property)s” here.")
            faults.append(said % {"value": value, "property": by})
    return [(found, of[value]) for value in values if value in of]


def _coverage(coverage, districts, faults):
    by, least = coverage
    if not by:
        return {}
    if by not in DISTRICT:
        faults.append(_("The rule covers everybody by “%s”, which is not known here.") % by)
        return {}
    return dict.fromkeys(sorted(districts), least)


def is_by_vote(scheme):
    """Whether the rule leaves equals at the cut to a vote of the panel."""
    return spelling.said(AT, scheme.section(AT), *cuts.TIE) in BY_VOTE


def _policies(scheme):
    """Return the policies for a tie at the cut, and the keys of a further tie-break."""
    section = scheme.section(AT)
    written = spelling.said(AT, section, *cuts.TIE)
    if written in (None, cuts.BREAK):
        written = section.get(cuts.BREAK)
    if isinstance(written, dict):
        written = spelling.said(AT, written, cuts.BREAK, "by")
    if isinstance(written, list):
        return (TIE_BREAK,), _breaks(written)
    if not is_known(written):
        return (), ()
    known = {
        **dict.fromkeys(cuts.INCLUDE, INCLUDE_ALL),
        **dict.fromkeys(cuts.EXCLUDE, EXCLUDE_ALL),
        **dict.fromkeys(("manual", "revote", "panel"), SENIOR_BODY),
        **dict.fromkeys(BY_VOTE, SENIOR_BODY),
        "lot": LOT,
    }
    if written not in known:
        raise spelling.fault(f"{AT}.tie_at_cut", _("“%s” is no way to settle a tie.") % written)
    return (known[written],), ()


def ties(found, *, seed, senior):
    """Return the ``Ties`` of terms; what officers decided on counts last where the rule is silent.

    :param senior: the tied people in the order two officers decided on, best first.
    """
    policies = found.policies
    if senior and SENIOR_BODY not in policies and policies in ((), (TIE_BREAK,)):
        policies = (*policies, SENIOR_BODY)
    return Ties(policies, keys=found.keys, seed=seed or None, senior=tuple(senior))
