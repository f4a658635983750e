"""What a review sheet comes to, with everything it rests on; a fixed number of queries for many."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.actions.judging import versions_above
from grading.actions.review_years import parts_told, year_from
from grading.evaluation import facts_of
from grading.evaluation.review_figures import is_share
from grading.models import ReviewFigure, ReviewMark
from grading.models.review_parts import FigureState
from grading.rules import review_vetoes
from grading.rules.evidence import digest_of
from grading.rules.indicators import indicators_of
from grading.rules.review_service import MONTHS, prorate_of, service_in
from grading.rules.review_steps import BUREAU, found_by_hand, steps_of
from grading.rules.reviews import DONE, Found, reviewed
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK, is_known
from office.flow import Refused

AT_A_TIME = 500
HOLDS, WAITS = "holds", "waits"
# What of a sheet is worked out, and goes when it is opened again.
WORKED_OUT = ["result", "score", "band", "band_earned", "content", "digest", "flagged_on"]


@dataclass
class Basis:
    """What a sheet rests on as plain values: figures, points by actor, vetoes, parts."""

    figures: dict = field(default_factory=dict)
    marks: dict = field(default_factory=dict)
    vetoes: list = field(default_factory=list)
    # What the shorter reviews of a year say; None where the result is not made of them.
    parts: list | None = None


def plain(number):
    """Return a decimal as text without needless noughts, None if there is none."""
    return None if number is None else f"{Decimal(number).normalize():f}"


def told_of_figure(row):
    """Return a figure as plain values."""
    told = {"metric": row.metric, "state": row.state}
    return {**told, "part": plain(row.part), "whole": plain(row.whole)}


def bases_of(sheets):
    """Return {sheet: ``Basis``} of its standing figures and points, and of the rule's vetoes.

    :param sheets: rows of one cycle.
    """
    rows = list(sheets)
    found = {row.pk: Basis() for row in rows}
    for begin in range(0, len(rows), AT_A_TIME):
        some = rows[begin : begin + AT_A_TIME]
        if some[0].cycle.is_rolled_up:
            for pk, parts in parts_told(some).items():
                found[pk].parts = parts
        else:
            _read_rows(found, [row.pk for row in some])
        _read_vetoes(found, some)
    return found


def _read_rows(found, pks):
    for row in ReviewFigure.objects.standing().filter(sheet__in=pks).order_by("pk"):
        found[row.sheet_id].figures[row.indicator] = told_of_figure(row)
    for row in ReviewMark.objects.standing().filter(sheet__in=pks).order_by("pk"):
        told = {"points": plain(row.points), "by": row.by_id}
        found[row.sheet_id].marks.setdefault(row.indicator, {})[row.actor] = told


def _read_vetoes(found, rows):
    """Answer the vetoes of the rule by the registers, as they stand for the last day."""
    cycle = rows[0].cycle
    vetoes = review_vetoes.vetoes_of(cycle.rules)
    if vetoes is UNK or not vetoes:
        return
    people, last_day = {row.mediator_id for row in rows}, cycle.until_on - timedelta(days=1)
    facts = facts_of(people, last_day)
    for row in rows:
        answers = review_vetoes.answered(cycle.rules, facts[row.mediator_id])
        found[row.pk].vetoes = [
            {
                "id": one.veto.id,
                "clause": one.veto.clause,
                "effect": None if one.veto.effect is UNK else one.veto.effect,
                "answer": HOLDS if one.holds else WAITS,
            }
            for one in answers
            if one.holds or one.waits
        ]


def share_of(sheet):
    """Return the part of the period that somebody served, as the rule counts it."""
    cycle = sheet.cycle
    prorate = prorate_of(cycle.rules)
    if prorate is not UNK and prorate.by == MONTHS:
        span = (sheet.in_from, sheet.in_until)
        return service_in(cycle.rules, [span], cycle.from_on, cycle.until_on).share
    return Fraction(sheet.days_in, (cycle.until_on - cycle.from_on).days)


def review_from(scheme, figures, marks, vetoes, share):
    """Return the ``Review`` of plain values, as they are stored with a sheet.

    :raises SchemeFault: if points do not fit the rule.
    """
    found = found_in(scheme, figures) | _by_hand(scheme, marks)
    return reviewed(scheme, found, vetoes=effects_in(vetoes), share=share)


def found_in(scheme, figures):
    """Return ``{indicator: Found}`` of figures as plain values."""
    leaves = {one.name for one in indicators_of(scheme)}
    return {name: _found(scheme, told) for name, told in figures.items() if name in leaves}


def effects_in(vetoes):
    """Return the effects of those vetoes that hold."""
    return tuple(one["effect"] for one in vetoes if one["answer"] == HOLDS)


def review_of(sheet, basis):
    """Return the ``Review`` of what a sheet rests on."""
    rules = sheet.cycle.rules
    if basis.parts is not None:
        return year_from(rules, basis.parts, effects_in(basis.vetoes))
    return review_from(rules, basis.figures, basis.marks, basis.vetoes, share_of(sheet))


def _found(scheme, told):
    if told["state"] == FigureState.MISSING or told["part"] is None:
        return Found(None)
    part, whole = Fraction(told["part"]), Fraction(told["whole"])
    if is_share(scheme, told["metric"]):
        return Found(part / whole, part, whole)
    # A plain number stands over one and rests on itself.
    return Found(part / whole)


def _by_hand(scheme, marks):
    points = {
        name: {actor: Fraction(one["points"]) for actor, one in by_actor.items()}
        for name, by_actor in marks.items()
    }
    if steps_of(scheme) is None:
        leaves = {one.name: one for one in indicators_of(scheme)}
        for name, by_actor in points.items():
            leaves[name].points(by_actor[BUREAU])
        return {name: Found(by_actor[BUREAU]) for name, by_actor in points.items()}
    return found_by_hand(scheme, points)[0]


def content_of(sheet, basis, above):
    """Return (everything a result rests on and the result, the ``Review``).

    No name and no word of anybody stands in it, so that it may be kept for good.
    """
    cycle, review = sheet.cycle, review_of(sheet, basis)
    score = None if review.score is None else str(review.score)
    content = {
        "version": cycle.version.digest,
        "above": above,
        "mediator": sheet.mediator_id,
        "number": sheet.number,
        "period": [cycle.from_on.isoformat(), cycle.until_on.isoformat()],
        "served": [sheet.in_from.isoformat(), sheet.in_until.isoformat(), sheet.days_in],
        "share": str(share_of(sheet)),
        "figures": basis.figures,
        "marks": basis.marks,
        "vetoes": basis.vetoes,
        "not_assessed": [one.indicator.name for one in review.flagged],
        "result": review.state,
        "score": score,
        "band_earned": review.band or "",
        "band": review.band or "",
    }
    if basis.parts is not None:
        content |= {"parts": basis.parts, **told_of_year(review.year)}
    return content, review


def told_of_year(year):
    """Return how the parts make up a year as plain values."""
    weights = {str(number): str(weight) for number, weight in year.weights}
    return {"weights": weights, "missing": list(year.missing)}


def work_out(sheet, basis, above):
    """Write on a sheet what its basis comes to; the caller saves it.

    :raises Refused: if points do not fit the rule, or a veto cannot be answered.
    """
    waiting = [one for one in basis.vetoes if one["answer"] == WAITS]
    if waiting:
        named = ", ".join(one["clause"] or one["id"] for one in waiting)
        raise Refused(
            _("The registers do not tell whether this veto holds: %(vetoes)s.") % {"vetoes": named}
        )
    try:
        content, review = content_of(sheet, basis, above)
    except SchemeFault as fault:
        raise Refused([sentence for _path, sentence in fault.faults]) from fault
    sheet.result, sheet.score = review.state, review.score
    sheet.band = sheet.band_earned = review.band or ""
    sheet.content, sheet.digest = content, digest_of(content)
    sheet.flagged_on = None
    return sheet


def lower(sheet, band):
    """Write on a sheet the band that the quota leaves; the one by points stays beside it."""
    sheet.band = band
    sheet.content = {**sheet.content, "band": band}
    sheet.digest = digest_of(sheet.content)


def work_out_all(sheets):
    """Work out sheets of one cycle in a fixed number of queries a batch; the caller saves them."""
    rows = list(sheets)
    if not rows:
        return rows
    above = digests_above(rows[0].cycle)
    bases = bases_of(rows)
    for row in rows:
        work_out(row, bases[row.pk], above)
    return rows


def digests_above(cycle):
    """Return the digests of the rule sets that the rule of a cycle takes over from."""
    return [one.digest for one in versions_above(cycle.version)]


def recomputed(content, scheme):
    """Return the ``Review`` of stored content, from nothing but the content and the rule."""
    if "parts" in content:
        return year_from(scheme, content["parts"], effects_in(content["vetoes"]))
    parts = (content["figures"], content["marks"], content["vetoes"])
    return review_from(scheme, *parts, Fraction(content["share"]))


def reviews_of(sheets):
    """Return {sheet: ``Review``} of standing figures and points, in a fixed number of queries.

    :param sheets: rows of one cycle, ``with_all()``.
    """
    rows = list(sheets)
    bases = bases_of(rows) if rows else {}
    return {row.pk: review_of(row, bases[row.pk]) for row in rows}


def values_of(content, scheme):
    """Return the points by indicator of stored content: by them equals are told apart."""
    if content.get("result") != DONE:
        return {}
    lines = recomputed(content, scheme).lines
    return {one.indicator.name: one.points for one in lines if is_known(one.points)}
