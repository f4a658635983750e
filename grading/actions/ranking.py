"""The ranking of a level, worked out anew from stored sheets, evidence, moves and the rule."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from django.db.models import F
from django.utils.translation import gettext as _

from grading.actions.properties import (
    district_of,
    employments_of,
    known_values,
    properties_of,
    unknown_of,
)
from grading.flows.application import ApplicationState
from grading.models import RankMove
from grading.queries.bodies import committees_of
from grading.rules import awards, cutting, sheets
from grading.rules.calibration import calibrated
from grading.rules.cutting import Selection, selected
from grading.rules.divergence import NEEDS_RULE, NEEDS_THIRD
from grading.rules.evidence import facts_from
from grading.rules.extras import Extra, extra, rests_on_evidence, whole_score
from grading.rules.ranking import Entry, Move, ranked, replayed
from grading.rules.references import reference
from grading.rules.rounding import exactly, mean, rounded
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from registry.models import Appointment, Organization

PLACES = 2
# Where a level keeps the ranking that its page shows.
RANKING = "_ranking_shown"
S = ApplicationState
# By which names a rule may speak of those of whom its quota is a percentage.
HANDED_IN = ("handed_in", "applications")
SERVING = ("serving", "in_post", "mediators")
RANKED = [S.ELIGIBLE, S.SCORED, S.PROPOSED, S.NO_LEVEL]


@dataclass(frozen=True)
class Standing:
    """What one application has to show: points as given, calibrated, counted, and in all.

    ``raw`` and ``score`` are None where the level is not scored. ``why_raw`` says why the points as
    given stand uncalibrated.
    """

    application: object
    entry: Entry
    raw: Decimal | None = None
    given: Decimal | None = None
    score: Decimal | None = None
    why_raw: str = ""
    extra: Extra = field(default_factory=lambda: Extra({}))
    band: str | None = None
    passes: bool = True


@dataclass(frozen=True)
class Ranking:
    """A level's ranking. ``faults`` are sentences that bar the award, worst first."""

    level: object
    standings: dict
    lines: tuple = ()
    terms: awards.Terms = field(default_factory=awards.Terms)
    selection: Selection | None = None
    moves: tuple = ()
    waiting: tuple = ()
    senior: tuple = ()
    faults: tuple = ()
    vote: dict = field(default_factory=dict)

    @cached_property
    def chosen(self):
        """The keys of the applications that get a place, best first."""
        return [line.person for line in self.selection.chosen] if self.selection else []

    @cached_property
    def reserve(self):
        """The keys of those who stand by, in their order."""
        return [line.person for line in self.selection.reserve] if self.selection else []

    @cached_property
    def tied(self):
        """The keys of those whom a tie at the cut concerns."""
        return [line.person for line in self.selection.tied] if self.selection else []


def ranking_of(level, pks=None, base=None):
    """Return the ``Ranking`` of a ``RoundLevel``; nothing is written.

    :param pks: of which applications, where their states have moved on since the award.
    :param base: of how many people the quota was a percentage then.
    """
    rules = level.grading_round.rules
    rows = _rows(level, pks, rules)
    given, faults = _given(level, rows)
    standings = {}
    categories = employments_of(rows, level.grading_round.as_of)
    for row in rows:
        place = Entry(
            row.pk, Decimal(0), {}, categories.get(row.pk, ""), district_of(level, row),
            properties_of(level, row),
        )  # fmt: skip
        standing, found = _standing(rules, row, given.get(row.pk), place)
        standings[row.pk] = standing
        faults += found
    moves = RankMove.objects.filter(round_level=level, dropped_on=None, in_reserve=False)
    moves = list(moves.order_by("pk"))
    made = Ranking(level, standings, faults=tuple(faults))
    if faults:
        return made
    return _ranked(made, rules, moves, base_of(level) if base is None else base)


def _rows(level, pks, rules):
    """Return the applications of a ranking, with the evidence only if points depend on it."""
    rows = level.applications.select_related("mediator", "organization")
    rows = rows.filter(state__in=RANKED) if pks is None else rows.filter(pk__in=pks)
    try:
        is_read = rests_on_evidence(rules)
    except SchemeFault:
        # It is told of each application, as a sentence that bars the award.
        is_read = True
    if not is_read:
        # Of the evidence of thousands only what places may be limited by.
        rows = rows.defer("evidence").annotate(told_flags=F("evidence__flags"))
    rows = list(rows.order_by("pk"))
    for row in rows:
        row.grading_round = level.grading_round
    return rows


def ranking_shown(level):
    """Return the ``Ranking`` of a level for a page: worked out once, however often it asks.

    Once places are given it is that of the applications they were given to. Actions ask
    ``ranking_of``, on the row that they locked.
    """
    kept = vars(level)
    if RANKING not in kept:
        kept[RANKING] = ranking_of(level, *awarded_to(level))
    return kept[RANKING]


def awarded_to(level):
    """Return the applications (keys) that a level's award rests on, and its base; () without."""
    if level.awarded_on is None:
        return ()
    pks = [int(pk) for pk in level.award.get("standings", {})]
    return pks, level.award.get("percentage_of")


def base_of(level):
    """Return how many people the quota of a level is a percentage of, where they are not ranked.

    None if the rule names nobody else, or somebody who is not counted here.
    """
    of, named = level.grading_round, awards.base_named(level.grading_round.rules, level.code)
    if named in HANDED_IN:
        return level.applications.handed_in().count()
    if named in SERVING and of.is_of_bodies:
        return committees_of(of.division).count()
    if named in SERVING:
        posts = Appointment.objects.in_post(of.as_of).filter(
            organization__in=Organization.objects.in_division(of.division)
        )
        return posts.values("mediator").distinct().count()
    return None


def _ranked(made, rules, moves, base):
    level, standings = made.level, made.standings
    confirmed = [one for one in moves if one.confirmed_on]
    by_hand = tuple(one for one in confirmed if not one.decides_tie)
    order = sorted((one for one in confirmed if one.decides_tie), key=lambda one: one.place)
    senior = tuple(one.application_id for one in order)
    vote = order[0].vote if order else {}
    lines = ranked([one.entry for one in standings.values()], awards.tie_breaks(rules))
    faults = []
    try:
        lines = replayed(lines, [_move(one) for one in by_hand])
    except ValueError as fault:
        faults.append(str(fault))
    passing = tuple(line for line in lines if standings[line.person].passes)
    rows = [one.application for one in standings.values()]
    districts = {one.entry.district for one in standings.values()}
    known = known_values(level, rows)
    terms = awards.terms(rules, level.code, len(lines), districts, base=base, known=known)
    if level.uncovered_on is not None:
        terms = replace(terms, coverage={})
    faults += [*terms.faults, *unknown_of(rows, [line.entry for line in lines], terms.limits)]
    ties = awards.ties(terms, seed=level.seed, senior=senior)
    selection = None
    if not faults:
        selection, found = _selected(passing, terms, ties)
        faults += found
    waiting = tuple(one for one in moves if not one.confirmed_on)
    if waiting:
        faults.append(_("A move or an order of equals waits for a second officer."))
    return Ranking(
        level, standings, lines, terms, selection, by_hand, waiting, senior, tuple(faults), vote
    )


def _selected(passing, terms, ties):
    places = len(passing) if terms.places is None else terms.places
    try:
        found = selected(
            passing, places, ties=ties, coverage=terms.coverage, limits=terms.limits,
            reserve=terms.reserve,
        )  # fmt: skip
    except ValueError as fault:
        return None, [str(fault)]
    said = said_of_state(found.state, by_vote=terms.by_vote)
    return found, [said] if said else []


def said_of_state(state, *, by_vote=False):
    """Return the sentence for a selection that is not decided; empty if it is."""
    if by_vote and state == cutting.TIE_NEEDS_SENIOR_BODY:
        return _("Equals stand at the cut: the panel votes on them.")
    return {
        cutting.DECIDED: "",
        cutting.TIE_NEEDS_POLICY: _(
            "Equals stand at the cut, and the rule does not say what is done: two officers decide"
            " on their order."
        ),
        cutting.TIE_NEEDS_SENIOR_BODY: _(
            "Equals stand at the cut: two officers decide on their order."
        ),
        cutting.TIE_NEEDS_SEED: _("Equals stand at the cut, and no seed of the lot was recorded."),
        cutting.COVERAGE_ABOVE_QUOTA: _(
            "There are too few places to cover everybody: two officers leave the minimum of each"
            " place aside, or a new version of the rule has other numbers."
        ),
    }[state]


def _move(row):
    return Move(row.application_id, row.place, row.reason, row.by_id, row.second_id)


@dataclass(frozen=True)
class _Given:
    """What the members gave one application, as far as it counts."""

    raw: Decimal
    calibrated: Decimal
    why_raw: str
    means: dict


def _given(level, rows):
    """Return ({application: ``_Given``}, faults) of a level that a panel has read."""
    if not level.is_scored:
        return {}, []
    panel = level.panel
    if panel is None:
        return {}, [_("No panel reads for this level.")]
    if faults := panel.unapplied():
        return {}, faults
    try:
        totals = panel.totals()
        settled, compared = panel.settlements(totals), calibration_of(panel, totals=totals)
    except ValueError:
        if faults := panel.malformed():
            return {}, faults
        raise
    criteria = panel.criteria()
    scores = {(row.application_id, row.member_id): row.scores for row in panel.readings.counting()}
    found, faults = {}, []
    for row in rows:
        one = settled.get(row.pk)
        if one is None or one.blocks_ranking:
            faults.append(_blocked(row, one))
            continue
        sheets_used = [scores[row.pk, member] for member in one.used]
        means = {
            item.code: mean(Decimal(str(sheet[item.code]).strip()) for sheet in sheets_used)
            for item in criteria
        }
        found[row.pk] = _counted(row, one, compared, means)
    return found, faults


def _counted(row, settled, compared, means):
    if compared is None:
        return _Given(settled.score, settled.score, "", means)
    readings = [compared.readings[row.pk][member] for member in settled.used]
    whys = dict.fromkeys(one.why for one in readings if one.why)
    score = rounded(mean(one.calibrated for one in readings), PLACES)
    return _Given(settled.score, score, " ".join(whys), means)


def calibration_of(panel, *, leaving_out=frozenset(), totals=None):
    """Return the ``Calibration`` of a panel's readings, None where it is not asked for.

    :param leaving_out: applications (keys) that whoever reads it must not see, not even in a mean.
    :param totals: what ``Panel.totals`` gave, where it is in hand.
    """
    if panel.calibration_minimum is None:
        return None
    first, third = panel.totals() if totals is None else totals
    totals = {pk: of_members | third.get(pk, {}) for pk, of_members in first.items()}
    read_by_all = panel.readings.filter(state="submitted", is_calibration=True)
    for reading in read_by_all.select_related("panel__grading_round__version"):
        totals.setdefault(reading.application_id, {})[reading.member_id] = reading.total
    totals = {pk: of_members for pk, of_members in totals.items() if pk not in leaving_out}
    items = frozenset({panel.calibration_item_id} - {None})
    return calibrated(totals, minimum=panel.calibration_minimum, items=items)


def _blocked(row, settled):
    said = {"application": reference(row.grading_round_id, row.pk)}
    if settled is not None and settled.state in (NEEDS_THIRD, NEEDS_RULE):
        return _("%(application)s: the readers are too far apart and nothing settles it.") % said
    return _("%(application)s has no score: nobody has handed in a sheet for it.") % said


def _standing(rules, row, given, entry):
    """Return the ``Standing`` of an application, and the sentences that bar the ranking.

    :param entry: with no score yet.
    """
    if given is None:
        return Standing(row, entry), []
    without = Standing(row, entry, given.raw, given.calibrated)
    try:
        # Of whom no evidence was taken nothing can be counted: every item is named as left out.
        # Where it was not read nothing of it is counted; it is not asked for row by row here.
        evidence = vars(row).get("evidence") or {"as_of": None}
        counted = extra(rules, facts_from(evidence))
        whole = whole_score(rules, exactly(given.calibrated), counted)
        line = sheets.pass_line(rules)
        if UNK in (whole, line):
            return without, [_("The rule does not know a number of its sheet.")]
        score = sheets.stated(rules, whole, PLACES)
        band = sheets.band(rules, score)
    except SchemeFault as fault:
        return without, [sentence for _path, sentence in fault.faults]
    values = {**given.means, **counted.points}
    entry = replace(entry, score=score, values=values)
    passes = line is None or score >= line
    return Standing(
        row, entry, given.raw, given.calibrated, score, given.why_raw, counted, band, passes
    ), []
