"""The reserve of a level whose results are on notice, read from what its places rest on."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.flows.application import ApplicationState
from grading.rules import awards
from grading.rules.cutting import ShareLimit
from grading.rules.ranking import Entry, Line
from grading.rules.references import reference
from grading.rules.reserve import next_up

S = ApplicationState
HOLDING = {S.PROPOSED, S.IN_NOTICE, S.OBJECTED, S.FORWARDED, S.CONFIRMED}


def first_in_reserve(level):
    """Return the keys of the applications that may move up now; several are equals.

    Where the rule names no reserve, whoever got nothing for want of places stands by in the order
    of the ranking.
    """
    award = level.award
    if not award:
        return []
    rows = {row.pk: row for row in level.applications.filter(pk__in=award["standings"].keys())}
    lines = [_line(award, pk, rank) for pk, rank, _computed in award["lines"]]
    is_named = "reserve" in level.grading_round.rules.section(awards.AT)
    named = set(award["reserve"]) if is_named else rows.keys()
    waiting = [
        line
        for line in lines
        if line.person in named and _waits(rows.get(line.person), award["standings"])
    ]
    holding = [one for one in lines if one.person in rows and rows[one.person].state in HOLDING]
    districts = {line.entry.district for line in lines}
    # What a rule may write for a value was settled when the places were given.
    terms = replace(
        awards.terms(
            level.grading_round.rules,
            level.code,
            len(lines),
            districts,
            base=award.get("percentage_of"),
        ),
        limits=tuple(_limits(award)),
        coverage=award["coverage"],
    )
    places = len(award["chosen"])
    if award["places"] is not None:
        places = min(places, award["places"])
    senior = [*orders_of(level), *award["order_of_equals"]]
    return next_up(waiting, holding, places, terms, seed=award["seed"], senior=senior)


def orders_of(level):
    """Return the keys of equals of the reserve as two officers ordered them, the last order first.

    Whoever was ordered twice stands where the later order puts them.
    """
    rows = level.moves.filter(in_reserve=True, dropped_on=None).exclude(confirmed_on=None)
    orders = in_orders(rows.order_by("pk"))
    return [row.application_id for order in reversed(orders) for row in order]


def in_orders(rows):
    """Return rows of a level, by their keys, as the orders they were made in, the oldest first.

    The rows of one order are kept at once, the first place first.
    """
    orders = []
    for row in rows:
        if row.place == 1 or not orders:
            orders.append([])
        orders[-1].append(row)
    return orders


def bars_to_moving_up(application):
    """Return the sentences by which somebody does not take a place that has become free."""
    first = first_in_reserve(application.round_level)
    if not first:
        return [_("No place of this level is free, or nobody in the reserve may take it.")]
    if application.pk not in first:
        return [_("Somebody else stands first in the reserve of this level.")]
    if len(first) > 1:
        equals = "、".join(reference(application.grading_round_id, pk) for pk in sorted(first))
        said = _(
            "Equals stand first in the reserve, and nothing orders them: %(equals)s. Two officers"
            " order them on the page of the level."
        )
        return [said % {"equals": equals}]
    return []


def _limits(award):
    for by, category, number, share in award.get("limits", ()):
        part = None if share is None else Fraction(share)
        yield ShareLimit(category, number=number, share=part, by=by)


def _line(award, pk, rank):
    kept = award["standings"][str(pk)]
    entry = Entry(
        pk, Decimal(0), {}, kept["category"], kept["district"], kept.get("properties", {})
    )
    return Line(entry, rank, rank)


def _waits(row, standings):
    """Whether somebody passed, got nothing, and was not dropped after an objection."""
    if row is None or row.state != S.NO_LEVEL or row.objection_id is not None:
        return False
    return standings[str(row.pk)]["passes"]
