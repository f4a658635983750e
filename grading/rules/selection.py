"""How many get a level or come into the next stage, and who: quotas, cuts and ties (P20).

Whoever is ranked or scored is named by a word, or is a row with a name and what is known of it.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.rounding import DOWN, rounded
from grading.rules.scheme import SCALE
from grading.rules.unknown import UNK, Unknown, is_known

AT = "selection"
TIE_NEEDS_POLICY, UNKNOWN = "tie_needs_policy", "UNK"
NAMES = ("id", "code", "name", "mediator")
NUMBER = ("number", "max", "n", "top", "cap", "quota", "count", "fixed")
SHARE = ("percent", "pct", "share", "ratio")
# Of whom a percentage is one, if that is no other number than that of those ranked.
CANDIDATES = ("ranked", "applicants", "candidates", "participants")


@dataclass(frozen=True)
class Quota:
    """How many may get a level: in all, and by a property of theirs; None is without end."""

    number: object = None
    share: object = None
    rounding: str = DOWN
    of: str = "ranked"
    by: str = ""
    numbers: dict = field(default_factory=dict)

    def places(self, count, base=None):
        """Return how many places there are for so many candidates.

        :param base: of how many people a percentage is one; of the candidates if None.
        """
        if UNK in (self.number, self.share):
            return UNK
        places = [] if self.number is None else [self.number]
        if self.share is not None:
            if base is None and self.of not in CANDIDATES:
                raise spelling.fault(f"{AT}.quotas", _("The number of “%s” is needed.") % self.of)
            of = count if base is None else base
            places.append(int(rounded(self.share * of, 0, self.rounding)))
        return min(places, default=count)


@dataclass(frozen=True)
class Limit:
    """Of the places at most this share, rounded down, is for people with a property."""

    by: str
    values: tuple
    share: Fraction


def quota(scheme, level, ranked, scale=None, *, base=None):
    """Return those of a ranking that fit, in its order; all of them where the rule has no quota.

    A percentage is rounded as stated and down otherwise, so that it is never exceeded. Nobody fits
    beyond a hard share limit; minimum coverage comes first. ``UNK`` if the rule does not know a
    number that is needed.

    :param base: of how many people a percentage is one; of those ranked if None.
    :raises SchemeFault: if a rule asks for a property that somebody ranked does not have.
    """
    code = spelling.level_of(scheme, level, scale).code
    rule = quota_of(scheme, code, scale)
    if rule is UNK:
        return UNKNOWN
    limits, coverage = limits_of(scheme), coverage_of(scheme)
    places = rule.places(len(ranked), base)
    if UNK in (places, limits, coverage) or UNK in rule.numbers.values():
        return UNKNOWN
    chosen = {_name(one) for one in _chosen(rule, limits, coverage, ranked, places)}
    return [_name(candidate) for candidate in ranked if _name(candidate) in chosen]


def quota_of(scheme, code, scale=None):
    """Return the quota of a level, UNK if the rule does not know it."""
    section = scheme.document.get(AT, {})
    if section is UNK:
        return UNK
    written = spelling.said(AT, section or {}, "quotas", "quota", "per_level")
    if isinstance(written, dict) and isinstance(written.get(scale, 0), dict | Unknown):
        written = written[scale]
    if written is UNK:
        return UNK
    rows = [*_quota_rows(written), *_quotas_of_levels(scheme, scale)]
    if any(UNK in (row.get("level"), row.get("levels")) for row in rows):
        return UNK
    found = [row for row in rows if _is_for(row, code, scale)]
    if len(found) > 1:
        raise spelling.fault(f"{AT}.quotas.{code}", _("“%s” stands here twice.") % code)
    return _quota(scheme, f"{AT}.quotas.{code}", found[0]) if found else Quota()


def limits_of(scheme):
    """Return the share limits that bind; those that only advise are no limits. UNK if unknown."""
    written = scheme.section(AT).get("share_limits")
    if written is UNK:
        return UNK
    rows = spelling.named(f"{AT}.share_limits", written, "of", "category")
    found = [_limit(scheme, f"{AT}.share_limits.{name}", name, row) for name, row in rows]
    return UNK if UNK in found else [limit for limit in found if limit is not None]


def coverage_of(scheme):
    """Return by which property everybody is covered and how often at least; UNK if unknown."""
    written = scheme.section(AT).get("coverage")
    if written is UNK:
        return UNK
    if written is None:
        return "", 0
    if isinstance(written, str):
        written = {"per": written, "min": 1}
    at = f"{AT}.coverage"
    if isinstance(written, dict) and len(written) == 1 and "per" not in written:
        ((by, least),) = written.items()
        written = {"per": by, "min": least}
    spelling.only(at, written, "per", "by", "each", "min", "minimum")
    least = spelling.whole(scheme, at, spelling.said(at, written, "min", "minimum"))
    by = spelling.said(at, written, "per", "by", "each")
    return UNK if UNK in (least, by) else (str(by), least)


def _quota_rows(written):
    if isinstance(written, dict):
        return [
            {**(row if isinstance(row, dict) else {"number": row}), "level": code}
            for code, row in written.items()
        ]
    return written or []


def _quotas_of_levels(scheme, scale):
    """Return the quotas that stand with the levels themselves."""
    rows = scheme.rows("levels") if scale in (None, SCALE) else scheme.section("scales")[scale]
    return _quota_rows({str(row["code"]): row["quota"] for row in rows if "quota" in row})


def _is_for(row, code, scale):
    levels = spelling.words(spelling.said(AT, row, "level", "levels"))
    fits = "scale" not in row or row["scale"] == (scale or SCALE)
    return fits and (code in levels or levels == ["any"])


def _quota(scheme, at, row):
    others = ("level", "levels", "scale", "rounding", "round", "by", "numbers", "of")
    spelling.only(at, row, *NUMBER, *SHARE, *others)
    number, part = _number_or_share(scheme, at, row)
    rounding = spelling.rounding(
        f"{at}.rounding", spelling.said(at, row, "rounding", "round") or "down"
    )
    by, numbers = row.get("by"), row.get("numbers") or {}
    if isinstance(by, dict):
        (by, numbers), *more = by.items()
        if more:
            raise spelling.fault(f"{at}.by", _("Only one property is understood here."))
    if numbers is UNK or by is UNK:
        return UNK
    counts = {str(name): spelling.whole(scheme, at, one) for name, one in numbers.items()}
    return Quota(number, part, rounding, str(row.get("of", "ranked")), by or "", counts)


def _number_or_share(scheme, at, row):
    """Return a number and a share; None where the rule does not limit, UNK where it is unknown."""
    number, part = scheme.value(spelling.said(at, row, *NUMBER)), None
    if isinstance(number, dict) or (isinstance(number, str) and set("%/").intersection(number)):
        number, part = None, spelling.share(scheme, at, number)
    elif number is not None:
        number = spelling.whole(scheme, at, number)
    named = {name: row[name] for name in SHARE if name in row}
    if named:
        part = spelling.share(scheme, at, named)
    return number, part


def _limit(scheme, at, name, row):
    """Return a limit, None if it only advises, UNK if it binds and its share is unknown."""
    row = row if isinstance(row, dict) else {"share": row}
    spelling.only(at, row, *SHARE, "max", "by", "values", "when", "hard", "advisory", "scale")
    if row.get("advisory") is True or row.get("hard") is False:
        return None
    by, values = row.get("by", "category"), row.get("values", name)
    if isinstance(row.get("when"), dict) and len(row["when"]) == 1:
        ((by, values),) = row["when"].items()
    elif "when" in row:
        raise spelling.fault(f"{at}.when", _("Only one property is understood here."))
    named = {key: row[key] for key in SHARE if key in row}
    part = spelling.share(scheme, at, named or row.get("max"))
    return UNK if part is UNK else Limit(str(by), tuple(spelling.words(values)), part)


def _chosen(rule, limits, coverage, ranked, places):
    first, chosen = _covering(coverage, ranked, places), []
    for candidate in [*first, *(one for one in ranked if one not in first)]:
        if len(chosen) < places and _has_room(rule, limits, chosen, candidate, places):
            chosen.append(candidate)
    return chosen


def _covering(coverage, ranked, places):
    """Return the best of every group, as many of each as have to be covered."""
    by, least = coverage
    first, counts = [], {}
    for candidate in ranked if by else ():
        group = _property(candidate, by)
        counts[group] = counts.get(group, 0) + 1
        if counts[group] <= least:
            first.append(candidate)
    if len(first) > places:
        raise spelling.fault(f"{AT}.coverage", _("There are too few places to cover everybody."))
    return first


def _has_room(rule, limits, chosen, candidate, places):
    for limit in limits:
        most = limit.share * places
        if _counted(chosen, limit.by, limit.values, candidate) > most:
            return False
    if not rule.by:
        return True
    group = _property(candidate, rule.by)
    most = rule.numbers.get(group, rule.numbers.get("other"))
    if most is None:
        raise spelling.fault(f"{AT}.quotas", _("There is no quota for “%s”.") % group)
    return _counted(chosen, rule.by, (group,), candidate) <= most


def _counted(chosen, by, values, candidate):
    """Return how many would have a property; 0 if the candidate has it not."""
    if _property(candidate, by) not in values:
        return 0
    return 1 + sum(_property(one, by) in values for one in chosen)


def _property(candidate, by):
    if not isinstance(candidate, dict) or not is_known(candidate.get(by)):
        raise spelling.fault(f"ranked.{_name(candidate)}", _("“%s” is needed here.") % by)
    return str(candidate[by])


def _name(candidate):
    if not isinstance(candidate, dict):
        return candidate
    name = next((candidate[name] for name in NAMES if name in candidate), None)
    if name is None:
        raise spelling.fault("ranked", _("This row has no name."))
    return name
