"""What a rule recommends when a term ends: renew, do not, or a person has to weigh it.

It rests on the reviews of the term and on whatever else the rule asks for, with the clause of each
reason. What stands against goes before what speaks for it; what cannot be answered is never held
against anybody, nor for.
"""

from dataclasses import dataclass

from grading.rules import review_reading as reading
from grading.rules.facts import Facts
from grading.rules.predicates import PASS, PENDING, UNKNOWN, Judge
from grading.rules.reviews import bands_of
from grading.rules.unknown import UNK, is_known

AT = "review.renewal"
RECOMMEND, AGAINST = SIDES = ("recommend", "against")
RENEW, NOT_RENEW, UNCLEAR = ("renew", "not_renew", "unclear")


@dataclass(frozen=True)
class Reason:
    """A single condition that decided, or could not be answered, with the clause over it."""

    clause: str
    verdict: object


@dataclass(frozen=True)
class Recommendation:
    """``reasons`` made the result what it is; ``waiting`` are what nobody could answer."""

    result: str
    reasons: tuple = ()
    waiting: tuple = ()


def renewal_of(scheme):
    """Return {recommend, against}: conditions, None where the rule is silent; UNK if unknown.

    :raises SchemeFault: if there is anything else.
    """
    written = reading.said(scheme, "renewal")
    if written is UNK:
        return UNK
    written = {} if written is None else written
    reading.settings_of(AT, written, (), SIDES)
    return {side: written.get(side) for side in SIDES}


def renewal_facts(scheme, as_of, bands, **known):
    """Return the ``Facts`` of somebody whose term ends.

    They have ``reviews.count``, ``reviews.latest``, ``reviews.without`` (years of the term that had
    no review) and ``reviews.bands.<band>``: how many years of each band there is.

    :param bands: ``{year: band}`` of all years of the term; None for one without a review, empty
        for one in which figures were missing: it was reviewed and says nothing.
    :param known: further facts, as ``complaints={"founded": 0}``, ``flags={…}``.
    """
    ranks = bands_of(scheme)
    names = [] if ranks is UNK else [one.label for one in ranks]
    reviewed = {year: band for year, band in bands.items() if band is not None}
    found = list(reviewed.values())
    said = {year: band for year, band in reviewed.items() if band}
    counts = {name: found.count(name) for name in [*names, *said.values()]}
    told = {"count": len(found), "without": len(bands) - len(found), "bands": counts}
    if said:
        told["latest"] = said[max(said)]
    return Facts({"as_of": as_of, "reviews": told, **known})


def recommended(scheme, facts):
    """Return the ``Recommendation`` of the rule for a person.

    :param facts: as ``renewal_facts`` makes them.
    """
    sides = renewal_of(scheme)
    if sides is UNK:
        return Recommendation(UNCLEAR)
    judge = Judge(scheme, facts)
    against, speaks = (
        judge.judge(sides[side], f"{AT}.{side}") if sides[side] is not None else None
        for side in (AGAINST, RECOMMEND)
    )
    if against is not None and against.result == PASS:
        return Recommendation(NOT_RENEW, deciding(against))
    waiting = tuple(
        reason
        for verdict in (against, speaks)
        if verdict is not None and verdict.result in (PENDING, UNKNOWN)
        for reason in deciding(verdict)
    )
    if waiting or speaks is None:
        return Recommendation(UNCLEAR, waiting=waiting)
    result = RENEW if speaks.result == PASS else UNCLEAR
    return Recommendation(result, deciding(speaks))


def deciding(verdict, clause="", result=None):
    """Return the single conditions that made a verdict what it is, each with its clause.

    Of a group where one was enough only those that held are told, and so on.
    """
    clause = verdict.clause or clause
    result = result or verdict.result
    if not verdict.of or verdict.kind in ("waived", "ruled", "each_year"):
        return (Reason(clause, verdict),)
    alike = [one for one in verdict.of if one.result == result]
    if verdict.kind == "not" or not alike:
        alike = verdict.of
    return tuple(reason for one in alike for reason in deciding(one, clause, one.result))


def conditions_of(scheme):
    """Yield (path, condition) of what the rule asks when a term ends."""
    sides = renewal_of(scheme)
    for side in () if sides is UNK else SIDES:
        if is_known(sides[side]) or sides[side] is UNK:
            yield f"{AT}.{side}", sides[side]
