"""A year that is made up of its shorter reviews: which they are, and what each says of somebody.

Whoever has no sheet in one of them was not in post then; that part neither counts nor is missing.
"""

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from grading.actions.review_freezing import posts_in
from grading.flows.review import CycleState
from grading.models import ReviewCycle, ReviewSheet
from grading.rules.review_cycles import cycle_of, period_of, periods, rolled_up
from grading.rules.reviews import Review
from office import ledger
from office.flow import Refused

AT_A_TIME = 500


def join_parts(year, *, by, reason):
    """Tie the shorter reviews of a year to it that nobody tied to one before.

    :raises Refused: if there is none at all.
    """
    rows = ReviewCycle.objects.filter(
        Q(part_of=None) | Q(part_of__state=CycleState.ABANDONED),
        division=year.division_id,
        version__scheme=year.version.scheme_id,
        length=cycle_of(year.rules).length,
        from_on__gte=year.from_on,
        until_on__lte=year.until_on,
    ).exclude(state=CycleState.ABANDONED)
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        row.part_of = year
        row.revision += 1
        row.save(update_fields=["part_of", "revision", "changed_at"])
        after = {"part_of_id": ledger.snapshot(row)["part_of_id"]}
        ledger.append("grading.reviewcycle.join", row, by=by, reason=reason, after=after)
    if not any(part for _period, part in parts_of(year)):
        raise Refused(
            _("By the rule the year is made up of shorter reviews, and it has none here.")
        )


def parts_of(year):
    """Return (period, review) of each period of a year in order; None where none was held."""
    held = {
        (row.from_on, row.until_on): row
        for row in year.parts.exclude(state=CycleState.ABANDONED).defer("version__text")
    }
    called = period_of(year.rules, year.from_on).year
    return [(one, held.get((one.start, one.end))) for one in periods(year.rules, called)]


def parts_told(rows):
    """Return {sheet: what each period of the year says of the person}, as plain values.

    :param rows: sheets of one year; a fixed number of queries for all of them.
    """
    parts = parts_of(rows[0].cycle)
    held = [part.pk for _period, part in parts if part is not None]
    there = ReviewSheet.objects.standing().filter(
        cycle__in=held, mediator__in=[row.mediator_id for row in rows]
    )
    sheets = {(one.cycle_id, one.mediator_id): one for one in there.defer("content")}
    spans = _spans_of(rows)
    return {
        row.pk: [
            _told(period, part, part and sheets.get((part.pk, row.mediator_id)), spans[row.pk])
            for period, part in parts
        ]
        for row in rows
    }


def _told(period, part, sheet, spans):
    in_post = any(from_on < period.end and until_on > period.start for from_on, until_on in spans)
    score = None if sheet is None else sheet.score
    return {
        "number": period.number,
        "period": [period.start.isoformat(), period.end.isoformat()],
        "served": sheet is not None or in_post,
        "review": part and part.pk,
        "sheet": sheet and sheet.pk,
        "digest": sheet.digest if sheet else "",
        "result": sheet.result if sheet else "",
        "score": None if score is None else str(score),
        "band": sheet.band if sheet else "",
    }


def _spans_of(rows):
    """Return {sheet: spans of days in post}; who was in post all along is as it was frozen."""
    found = {row.pk: [(row.in_from, row.in_until)] for row in rows}
    broken = {
        row.mediator_id: row for row in rows if row.days_in < (row.in_until - row.in_from).days
    }
    posts = posts_in(rows[0].cycle).filter(mediator__in=broken) if broken else ()
    spans = {}
    for post in posts:
        row = broken[post.mediator_id]
        span = max(post.from_on, row.in_from), min(post.until_on or row.in_until, row.in_until)
        if span[0] < span[1]:
            spans.setdefault(row.pk, []).append(span)
    return found | spans


def year_from(scheme, parts, effects):
    """Return the ``Review`` of a year from what its parts say, and from vetoes that hold."""
    scores = {one["number"]: Decimal(one["score"]) for one in parts if one["score"] is not None}
    serving = {one["number"] for one in parts if one["served"]}
    year = rolled_up(scheme, scores, serving=serving, vetoes=effects)
    return Review(year.state, (), year.score, year.band, held=year.held, year=year)


def bar_stale(rows):
    """Refuse results of a year whose parts have changed since they were worked out.

    :param rows: sheets of one review.
    :raises Refused: naming the people.
    """
    worked_out = [row for row in rows if "parts" in row.content]
    stale = []
    for begin in range(0, len(worked_out), AT_A_TIME):
        some = worked_out[begin : begin + AT_A_TIME]
        now = parts_told(some)
        stale += [row for row in some if row.content["parts"] != now[row.pk]]
    if stale:
        named = ", ".join(str(row.mediator) for row in stale)
        sentence = _("A shorter review has changed since: check anew the sheets of %(people)s.")
        raise Refused(sentence % {"people": named})
