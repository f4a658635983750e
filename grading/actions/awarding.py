"""The places of a level are given: all at once, with everything they rest on, or not at all."""

from collections import defaultdict
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from grading.actions.rank_moves import level_being_ranked, locked_level
from grading.actions.ranking import Ranking, awarded_to, ranking_of
from grading.flows.application import APPLICATION, ApplicationState
from grading.models import Application
from grading.rules.evidence import digest_of
from grading.rules.references import reference
from office import ledger
from office.flow import Refused

MOST_ROWS = 500
S = ApplicationState
WRITTEN = [
    "state", "score", "raw_score", "place", "reserve_place", "outcome_reason", "outcome_by",
    "revision",
]  # fmt: skip
# What differs from row to row; the rest is written for all with one state at once.
OF_EACH = ["score", "raw_score", "place", "reserve_place", "outcome_reason"]
TOLD = frozenset({*WRITTEN, "outcome_by_id"})
EMPTY = {
    "score": None, "raw_score": None, "place": None, "reserve_place": None, "outcome_reason": "",
    "outcome_by": None,
}  # fmt: skip


@transaction.atomic
def award_level(pk, *, by, today, reason=""):
    """Give the places of a level by its ranking; returns the level.

    The level is locked first: whoever comes at the same moment finds the places given.

    :raises Refused: with everything that bars it: a reading that is missing or apart, equals at
        the cut that nobody has put in order, a move that waits, a number the rule does not know.
    """
    level = locked_level(pk)
    rows = _locked_applications(level, [S.ELIGIBLE])
    ranking = ranking_of(level)
    if ranking.faults:
        raise Refused(list(ranking.faults))
    if {row.pk for row in rows} != set(ranking.standings):
        raise Refused(_("An application of this level has an outcome already."))
    entries = [*_scored(level, rows, ranking, by=by, today=today, reason=reason)]
    entries += _given_out(rows, ranking, by=by, today=today, reason=reason)
    _write(rows)
    level.award = content_of(ranking)
    level.award_digest = digest_of(level.award)
    level.awarded_by, level.awarded_on = by, today
    level.save(update_fields=["award", "award_digest", "awarded_by", "awarded_on"])
    after = {"digest": level.award_digest, "places": len(ranking.chosen)}
    entries.append(
        ledger.draft("grading.roundlevel.award", level, by=by, reason=reason, after=after)
    )
    ledger.append_all(entries)
    return level


@transaction.atomic
def undo_award(pk, *, by, today, reason):
    """Take the places of a level back, as long as its round is being ranked; returns the level.

    :raises Refused: if none are given, or the round has gone on.
    """
    level = level_being_ranked(pk)
    if level.awarded_on is None:
        raise Refused(_("The places of this level are not given."))
    applications = _locked_applications(level, [S.SCORED, S.PROPOSED, S.NO_LEVEL])
    entries = []
    for row in applications:
        before = ledger.snapshot(row, TOLD)
        _step(row, "undo_ranking", today)
        for name, value in EMPTY.items():
            setattr(row, name, value)
        entries.append(_told(row, "undo_ranking", before, by=by, reason=reason))
    _write(applications)
    told = {"digest": level.award_digest, "awarded_by": level.awarded_by_id}
    level.award, level.award_digest, level.awarded_by, level.awarded_on = {}, "", None, None
    level.save(update_fields=["award", "award_digest", "awarded_by", "awarded_on"])
    entries.append(
        ledger.draft("grading.roundlevel.undo_award", level, by=by, reason=reason, before=told)
    )
    ledger.append_all(entries)
    return level


def _locked_applications(level, states):
    rows = Application.objects.filter(round_level=level, state__in=states)
    # The ranking reads their evidence itself, and nothing here looks at it.
    rows = rows.select_related("grading_round", "round_level").defer("evidence")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _write(rows):
    """Save what was written on locked applications."""
    alike = defaultdict(list)
    for row in rows:
        alike[row.state, row.outcome_by_id, row.revision].append(row.pk)
    for (state, officer, revision), pks in alike.items():
        for begin in range(0, len(pks), MOST_ROWS):
            some = Application.objects.filter(pk__in=pks[begin : begin + MOST_ROWS])
            some.update(state=state, outcome_by=officer, revision=revision)
    Application.objects.bulk_update(rows, OF_EACH, batch_size=MOST_ROWS)


def _step(row, name, today):
    """Take a step of the flow on a row that is saved later, with the others.

    :raises Refused: if the flow or a guard says no.
    """
    if reasons := APPLICATION.refusals(row, name, today):
        raise Refused(reasons)
    row.state = APPLICATION.steps[name].target
    row.revision += 1


def _told(row, name, before, *, by, reason):
    old, new = ledger.changes(before, ledger.snapshot(row, TOLD))
    return ledger.draft(
        f"grading.application.{name}", row, by=by, reason=reason, before=old, after=new
    )


def _scored(level, rows, ranking, *, by, today, reason):
    """Write the scores, where the level is scored; yields the ledger's entries."""
    if not level.is_scored:
        return
    for row in rows:
        standing, before = ranking.standings[row.pk], ledger.snapshot(row, TOLD)
        _step(row, "score", today)
        row.score, row.raw_score = standing.score, standing.raw
        yield _told(row, "score", before, by=by, reason=reason)


def _given_out(rows, ranking, *, by, today, reason):
    """Propose whoever has a place, and give the others none; yields the ledger's entries."""
    places = {pk: place for place, pk in enumerate(ranking.chosen, 1)}
    reserve = {pk: place for place, pk in enumerate(ranking.reserve, 1)}
    for row in rows:
        before = ledger.snapshot(row, TOLD)
        name = "propose" if row.pk in places else "give_none"
        _step(row, name, today)
        row.place, row.reserve_place = places.get(row.pk), reserve.get(row.pk)
        row.outcome_by = by
        row.outcome_reason = _outcome(ranking, row.pk, places)
        yield _told(row, name, before, by=by, reason=reason)


def _outcome(ranking, pk, places):
    """Return why, in the language of the site: the applicant reads it."""
    with translation.override(settings.LANGUAGE_CODE):
        if pk in places:
            if ranking.terms.places is None:
                return _("Eligible; the rule sets no number of places.")
            return _("Place %(place)d of %(places)d.") % {
                "place": places[pk],
                "places": ranking.terms.places,
            }
        if not ranking.standings[pk].passes:
            return _("The score does not reach the pass mark.")
        return _("All places went to applicants who rank higher.")


def content_of(ranking: Ranking):
    """Return everything the places of a level rest on, as plain values."""
    level, panel = ranking.level, ranking.level.panel
    content = {
        "version": level.grading_round.version.digest,
        "level": level.code,
        "seed": level.seed,
        "places": ranking.terms.places,
        "percentage_of": ranking.terms.base,
        "policies": list(ranking.terms.policies),
        "coverage": ranking.terms.coverage,
        "uncovered": [level.uncovered_reason, level.uncovered_by_id, level.uncovered_second_id],
        "limits": [
            [one.by, one.category, one.number, None if one.share is None else str(one.share)]
            for one in ranking.terms.limits
            if one.is_hard
        ],
        "standings": {str(pk): _plain(one) for pk, one in ranking.standings.items()},
        "lines": [[line.person, line.rank, line.computed_rank] for line in ranking.lines],
        "moves": [
            [one.application_id, one.place, one.reason, one.by_id, one.second_id]
            for one in ranking.moves
        ],
        "order_of_equals": list(ranking.senior),
        "vote": ranking.vote,
        "chosen": ranking.chosen,
        "reserve": ranking.reserve,
        "tied": ranking.tied,
        "panel": None,
        "sheets": [],
    }
    if panel is not None and level.is_scored:
        content["panel"] = {
            "pk": panel.pk,
            "seed": panel.seed,
            "reads": panel.reads,
            "limit_points": _text(panel.limit_points),
            "third_rule": panel.third_rule,
            "calibration_minimum": panel.calibration_minimum,
        }
        content["sheets"] = _sheets(panel, ranking)
    return content


def _plain(standing):
    entry = standing.entry
    return {
        "raw": _text(standing.raw),
        "calibrated": _text(standing.given),
        "score": _text(standing.score),
        "is_calibrated": not standing.why_raw,
        "counted": {name: str(one) for name, one in standing.extra.points.items()},
        "not_counted": list(standing.extra.left_out),
        "band": standing.band,
        "passes": standing.passes,
        "values": {name: str(one) for name, one in entry.values.items()},
        "category": entry.category,
        "district": entry.district,
        "properties": dict(entry.properties),
    }


def _text(number):
    """Return a number in the one way in which it is written, whatever the database gives back."""
    if number is None:
        return None
    return f"{Decimal(number).normalize():f}"


def _sheets(panel, ranking):
    rows = panel.readings.filter(state__in=["submitted", "abstained"]).order_by("pk")
    ranked = set(ranking.standings)
    return [
        {
            "reading": row.pk,
            "application": row.application_id,
            "member": row.member_id,
            "state": row.state,
            "is_third": row.is_third,
            "is_calibration": row.is_calibration,
            "scores": row.scores,
        }
        for row in rows
        if row.application_id in ranked or row.is_calibration
    ]


def award_faults(level, ranking=None):
    """Work the ranking of a level out anew; return a sentence for all that is not as it was.

    :param ranking: the one worked out anew, where it is in hand.
    What is stored is never changed by this. Empty: the places follow from the stored sheets.
    """
    if level.awarded_on is None:
        return [_("The places of this level are not given.")]
    found = []
    if digest_of(level.award) != level.award_digest:
        found.append(_("What the places rest on was altered: its digest is another."))
    pks, base = awarded_to(level)
    anew = content_of(ranking_of(level, pks, base) if ranking is None else ranking)
    found += [
        _("Worked out anew, “%(part)s” is not what was stored.") % {"part": name}
        for name in anew
        if anew[name] != level.award.get(name)
    ]
    return found + _faults_of_rows(level, anew, pks)


def _faults_of_rows(level, anew, pks):
    """Yield a sentence for each application that holds another score or place."""
    rows = Application.objects.filter(pk__in=pks).order_by("pk")
    held_of = rows.values_list("pk", "score", "raw_score", "place", "reserve_place")
    places = {pk: place for place, pk in enumerate(anew["chosen"], 1)}
    reserve = {pk: place for place, pk in enumerate(anew["reserve"], 1)}
    found = []
    for pk, score, raw_score, place, reserve_place in held_of:
        standing = anew["standings"][str(pk)]
        held = (_text(score), _text(raw_score), place, reserve_place)
        wanted = (standing["score"], standing["raw"], places.get(pk), reserve.get(pk))
        if held != wanted:
            named = reference(level.grading_round_id, pk)
            said = _("%(application)s holds another score or place than the ranking gives.")
            found.append(said % {"application": named})
    return found
