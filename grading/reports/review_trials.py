"""A dry run of a rule of the annual review: what it would make of the real figures of a period.

Nothing of it is stored. Points by hand are not known: the result is that of the figures of the
registers alone, weighed as the rule weighs what is missing, with what those points may make of it.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import SimpleNamespace

from django.utils.translation import gettext as _

from grading.actions.review_freezing import posts_in, sheets_from
from grading.actions.review_judging import HOLDS, WAITS, effects_in, found_in, share_of
from grading.actions.review_placing import groups_of
from grading.evaluation import Everybody
from grading.evaluation.review_figures import OfPeople
from grading.flows.review import SheetState
from grading.models import ReviewCycle, ReviewFigure
from grading.notices.review_words import said_of
from grading.reports.review_lines import lines_of, sums_of
from grading.reports.review_trial_rows import (
    BAND,
    FAULTY,
    IN_ORDER,
    LOWERED,
    NO_BAND,
    NOT_GRADED,
    TIED,
    VETO_OPEN,
    OfOne,
    Row,
    best_first,
    names_of,
)
from grading.rules.indicators import indicators_of
from grading.rules.review_ranges import ends_of, given_of
from grading.rules.review_reading import NEEDS_RULE
from grading.rules.review_service import minimum_of
from grading.rules.review_top import Standing, placed, tops_of
from grading.rules.review_vetoes import vetoes_of
from grading.rules.reviews import MISSING, TOO_FEW, Found, bands_of, reviewed
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK, is_known
from registry.models import Mediator

MOST_SHOWN = 50
# So many can be worked out while somebody waits for the page.
MOST_TRIED = 10_000
FINE = Decimal("0.0001")


@dataclass(frozen=True)
class ReviewTrial:
    """The dry run of a version over whoever held one of some posts in a period.

    :param posts: a queryset of them: those an officer may see, where the rule holds.
    :param chosen: those of them in the places that were chosen, None for everywhere; of whoever
        has one of these in the period all posts count.
    :param period: ``(length, from_on, until_on)``; it is over on the day ``counted_on``.
    """

    version: object
    period: tuple
    posts: object
    counted_on: object
    chosen: object = None
    # Of one person alone no quota is counted.
    has_quota: bool = True

    @cached_property
    def cycle(self):
        """A review of the period that nobody sets up."""
        length, from_on, until_on = self.period
        return ReviewCycle(version=self.version, length=length, from_on=from_on, until_on=until_on)

    @property
    def rules(self):
        return self.version.rules

    @cached_property
    def rows(self):
        """The posts held in the period."""
        rows = posts_in(self.cycle, among=self.posts)
        if self.chosen is None:
            return rows
        there = posts_in(self.cycle, among=self.chosen).order_by()
        return rows.filter(mediator__in=there.values("mediator"))

    @cached_property
    def count(self):
        """How many people there are."""
        return self.rows.order_by().values("mediator").distinct().count()

    @cached_property
    def people(self):
        """Everybody, by key, as the quota leaves them: a fixed number of queries."""
        sheets = list(sheets_from(self.cycle, self.rows, SimpleNamespace))
        graded = [one for one in sheets if one.state != SheetState.NOT_GRADED]
        figures, vetoes = self._figures(graded), self._vetoes(graded)
        found = {one.mediator_id: OfOne(one, {}) for one in sheets}
        for one in graded:
            pk = one.mediator_id
            found[pk] = self._of_one(one, figures.get(pk, {}), vetoes.get(pk, ()))
        if not self.has_quota:
            return {
                pk: replace(one, band=one.review and one.review.band) for pk, one in found.items()
            }
        bands = self._placement(found).bands
        return {pk: replace(one, band=bands[pk]) for pk, one in found.items()}

    def _mediators(self):
        return Mediator.objects.filter(pk__in=self.rows.order_by().values("mediator"))

    def _figures(self, graded):
        """Return {person: {indicator: figure}} as plain values."""
        found = {}
        if not graded:
            return found
        _length, *period = self.period
        counting = OfPeople(self.rules, tuple(period), self.counted_on, sheets=self._mediators())
        metrics = {one.name: one.metric for one in counting.indicators}
        for pk, name, state, part, whole, mix in counting.fetched():
            found.setdefault(pk, {})[name] = {
                "metric": metrics[name], "state": state, "part": _stored(part),
                "whole": _stored(whole), "mix": mix,
            }  # fmt: skip
        return found

    def _vetoes(self, graded):
        """Return {person: ((veto, whether it holds or waits), …)} by one statement for all."""
        vetoes = vetoes_of(self.rules)
        if vetoes is UNK or not vetoes or not graded:
            return {}
        last_day = self.cycle.until_on - timedelta(days=1)
        everybody = Everybody(self.rules, "", last_day, people=self._mediators())
        known = [one for one in vetoes if one.when is not UNK]
        found = {}
        for pk, answers in everybody.answered([(f"{one.at}.when", one.when) for one in known]):
            answered = dict(zip((one.id for one in known), answers, strict=True))
            told = ((one, _of_veto(one, answered.get(one.id))) for one in vetoes)
            found[pk] = tuple(pair for pair in told if pair[1])
        return found

    @cached_property
    def given(self):
        """The indicators whose points are given by hand: a dry run knows none of them."""
        return given_of(self.rules)

    def of_one(self, mediator):
        """Return the person as points make it, None if the dry run does not hold the person."""
        chosen = self.rows.order_by().filter(mediator=mediator)
        alone = replace(self, posts=chosen, chosen=None, has_quota=False)
        return alone.people.get(mediator.pk)

    @cached_property
    def others(self):
        return {}

    @property
    def names_given(self):
        return "、".join(one.label for one in self.given)

    @cached_property
    def _ends(self):
        return ends_of(self.rules)

    def _of_one(self, sheet, figures, vetoes):
        found = found_in(self.rules, figures)
        told = [{"effect": veto.effect, "answer": answer} for veto, answer in vetoes]
        given = {"vetoes": effects_in(told), "share": self._share_of(sheet)}
        try:
            return OfOne(sheet, figures, vetoes, *self._reviews(found, given))
        except SchemeFault as fault:
            return OfOne(
                sheet, figures, vetoes, fault="；".join(said for _at, said in fault.faults)
            )

    def _reviews(self, found, given):
        """Return the review of somebody's figures, and those with the ends of points by hand."""
        if not self.given:
            return reviewed(self.rules, found, **given), ()
        later = {one.name for one in self.given}
        review = reviewed(self.rules, found, later=later, **given)
        both = (reviewed(self.rules, {**found, **end}, **given) for end in self._ends)
        return review, tuple(both)

    @cached_property
    def _shares(self):
        return {}

    def _share_of(self, sheet):
        """Return the part of the period somebody served; most served as others did."""
        span = sheet.in_from, sheet.in_until, sheet.days_in
        if span not in self._shares:
            self._shares[span] = share_of(sheet)
        return self._shares[span]

    def _placement(self, people):
        standings = [self._standing(pk, one) for pk, one in people.items()]
        return placed(self.rules, standings)

    def _standing(self, pk, one):
        group, review = groups_of(one.sheet), one.review
        if review is None or review.score is None:
            return Standing(pk, group=group)
        values = {
            line.indicator.name: line.points for line in review.lines if is_known(line.points)
        }
        return Standing(pk, review.score, group, review.band, values)

    @cached_property
    def is_quota_known(self):
        return self._placement({}).state != NEEDS_RULE

    # What the page tells.

    @cached_property
    def named(self):
        """The people by each name they can be shown under."""
        found = {}
        for one in self.people.values():
            for name in names_of(one):
                found.setdefault(name, []).append(one)
        return found

    def _row(self, words, *names):
        return Row(words, tuple(len(self.named.get(name, ())) for name in names), names)

    def results(self):
        """Return how many come out how: the bands from the highest down, then why there is none."""
        ranks = bands_of(self.rules)
        labels = [] if ranks is UNK else [one.label for one in ranks]
        bands = [self._row(label, f"{BAND}:{label}") for label in labels]
        others = [self._row(self.said(name), name) for name in IN_ORDER if name in self.named]
        return [*bands, *others] if self.people else []

    def unassessed(self):
        """Return by indicator how many have no figure, and how many too few to say anything."""
        rows = []
        for one in indicators_of(self.rules):
            names = (f"{MISSING}:{one.name}", f"{TOO_FEW}:{one.name}")
            if not one.is_given and any(name in self.named for name in names):
                rows.append(self._row(one.label, *names))
        return rows

    def vetoes(self):
        """Return by veto for how many it holds, and for how many nobody can say."""
        found = vetoes_of(self.rules)
        return [
            self._row(one.clause or one.id, f"{HOLDS}:{one.id}", f"{WAITS}:{one.id}")
            for one in (() if found is UNK else found)
        ]

    def lowered(self):
        """Return how many come down by the quota."""
        return self._row(_("Come down by the quota"), LOWERED)

    def said(self, name):
        """Return what people are shown under, in words."""
        kind, _colon, rest = name.partition(":")
        if kind == BAND:
            return rest
        if kind in (MISSING, TOO_FEW):
            return _("Not assessed: %(indicator)s") % {"indicator": self._label(rest)}
        if kind in (HOLDS, WAITS):
            return _("Veto: %(veto)s") % {"veto": self._veto(rest)}
        words = {
            TIED: _("equals at the cut: left open"),
            NO_BAND: _("the rule has no band for the score"),
            VETO_OPEN: _("the registers do not tell whether a veto holds"),
            FAULTY: _("a figure does not fit the rule"),
            NOT_GRADED: _("served too short to be graded"),
            LOWERED: _("Come down by the quota"),
        }
        return str(words.get(name) or said_of(name))

    def _label(self, name):
        return next((one.label for one in indicators_of(self.rules) if one.name == name), name)

    def _veto(self, name):
        vetoes = vetoes_of(self.rules)
        found = (one for one in (() if vetoes is UNK else vetoes) if one.id == name)
        return next((one.clause or one.id for one in found), name)

    def people_with(self, name):
        """Return some of the people shown under a name, the best first."""
        return self._with_names(best_first(self.named.get(name, ()))[:MOST_SHOWN])

    def _with_names(self, people):
        rows = Mediator.objects.select_related("division").in_bulk([one.pk for one in people])
        return [
            replace(one, mediator=rows[one.pk], said=self.said(one.outcome))
            for one in people
            if one.pk in rows
        ]

    def by(self, other):
        """Return the same dry run by another version."""
        return self.others.setdefault(other.pk, replace(self, version=other))

    def against(self, other):
        """Return (words before, words after, how many, some of the people) for each change."""
        before = self.by(other)
        pairs = {
            pk: (before.people[pk].outcome, one.outcome)
            for pk, one in self.people.items()
            if before.people[pk].outcome != one.outcome
        }
        counted = Counter(pairs.values())
        some = {pair: [] for pair in counted}
        for one in best_first(self.people[pk] for pk in pairs):
            if len(some[pairs[one.pk]]) < MOST_SHOWN:
                some[pairs[one.pk]].append(one)
        every = [one for rows in some.values() for one in rows]
        named = {one.pk: one for one in self._with_names(every)}
        return [
            (before.said(old), self.said(new), count, [named[one.pk] for one in some[old, new]])
            for (old, new), count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        ]

    def lines(self, one):
        """Return one person line by line, and (label, value) of what the lines add up to."""
        if one.review is None:
            return [], []
        figures = {
            name: ReviewFigure(indicator=name, counted_on=self.counted_on, **told)
            for name, told in one.figures.items()
        }
        return lines_of(self.rules, one.review, figures, {}), sums_of(one.review)


def try_out(scheme):
    """Read all of a rule that a dry run asks for.

    :raises SchemeFault: if something of it is not understood.
    """
    bands_of(scheme), tops_of(scheme), vetoes_of(scheme), minimum_of(scheme)
    counted = (one for one in indicators_of(scheme) if one.metric and not one.is_given)
    # Days one by one are asked of what grows with them.
    plain_ones = (one for one in counted if getattr(one.how, "kind", "") != "growing")
    full = {one.name: Found(Fraction(1)) for one in plain_ones}
    for end in ends_of(scheme):
        reviewed(scheme, {**full, **end})


def _of_veto(veto, answer):
    """Return whether a veto holds or waits for an answer, "" if it does not hold."""
    if answer is False:
        return ""
    return HOLDS if answer and veto.effect is not UNK else WAITS


def _stored(number):
    """Return a number as a sheet would store it."""
    return number if number is None else number.quantize(FINE)
