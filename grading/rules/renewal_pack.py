"""The evidence a reappointment rests on, as plain data, and what the rule makes of it.

A pack is a dictionary fit for JSON; it is never changed once it was taken. Days are texts.
"""

from datetime import date

from grading.rules.evidence import facts_from, stored
from grading.rules.facts import Facts
from grading.rules.predicates import Verdict
from grading.rules.review_cycles import whole_year
from grading.rules.review_renewal import UNCLEAR, recommended, renewal_facts, renewal_of
from grading.rules.unknown import UNK

# Why a rule says nothing: there is none in force, or it is silent on the end of a term.
NO_RULE, SILENT = "no_rule", "silent"
# What a verdict keeps of itself; the conditions it is made of are told each on their own.
KEPT = ("result", "kind", "path", "clause", "name", "op", "found", "bound", "part", "whole")


def complete_years(from_on, until_on, as_of, scheme=None):
    """Return the years of a term that are over: each should have a review.

    A year begins and is called as the rule in force says; without one it is that of the calendar.

    >>> complete_years(date(2023, 12, 1), date(2026, 12, 1), date(2026, 11, 23))
    [2024, 2025]
    """
    last = min(until_on, as_of)
    years = range(from_on.year, last.year + 2)
    spans = ((year, *_span(scheme, year)) for year in years)
    return [year for year, begins, ends in spans if begins >= from_on and ends <= last]


def _span(scheme, year):
    """Return the first day of a year and the day after its last."""
    whole = None if scheme is None else whole_year(scheme, year)
    return (date(year, 1, 1), date(year + 1, 1, 1)) if whole is None else (whole.start, whole.end)


def bands_by_year(from_on, until_on, as_of, reviews, scheme=None):
    """Return {year: band} of a term as texts; None for a year without a review.

    Who was reviewed and not graded, for too short a service, had a review all the same. Each review
    says by itself which year it is called after.
    """
    found = {str(year): None for year in complete_years(from_on, until_on, as_of, scheme)}
    for one in reviews:
        if one["length"] == "year":
            found[one["year"]] = one["band"]
    return found


def missing_years(pack):
    """Return the years of the term that have no review, as texts."""
    return [year for year, band in sorted(pack["years"].items()) if band is None]


def facts_of_pack(scheme, pack):
    """Return the ``Facts`` the rule asks for, all of them from the evidence as it was frozen."""
    bands = {int(year): band for year, band in pack["years"].items()}
    known = facts_from(pack["facts"]).values
    return renewal_facts(scheme, date.fromisoformat(pack["as_of"]), bands, **known)


def judged(scheme, pack):
    """Return (recommendation, reasons as data) of the rule in force; ``scheme`` None is no rule."""
    if scheme is None:
        return UNCLEAR, [{"why": NO_RULE}]
    sides = renewal_of(scheme)
    if sides is UNK or not any(side is not None for side in sides.values()):
        return UNCLEAR, [{"why": SILENT}]
    found = recommended(scheme, facts_of_pack(scheme, pack))
    told = [(one, False) for one in found.reasons] + [(one, True) for one in found.waiting]
    return found.result, [_kept(one, is_open=is_open) for one, is_open in told]


def _kept(reason, *, is_open):
    verdict = {name: getattr(reason.verdict, name) for name in KEPT}
    verdict["clause"] = verdict["clause"] or reason.clause
    return {**stored(Facts(verdict)), "is_open": is_open}


def verdict_of(reason):
    """Return the ``Verdict`` that a reason was made of, to be told in the reader's language."""
    values = facts_from({name: reason.get(name) for name in KEPT}).values
    return Verdict(**{name: values[name] for name in KEPT})
