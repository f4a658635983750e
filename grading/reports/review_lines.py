"""A review sheet told line by line: what counted, from where, for how many points, and why."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from casework.models import DifficultyClass
from grading.actions.review_judging import recomputed, reviews_of
from grading.actions.review_years import parts_told
from grading.models.review_parts import Actor, FigureState
from grading.notices.review_words import finely, how_of, plain, said_of
from grading.reports.review_years import parts_of
from grading.rules.indicators import BONUS, DEDUCTION
from grading.rules.reviews import ASSESSED, TOO_FEW
from grading.rules.terms import label_of
from grading.rules.unknown import is_known

TONES = {ASSESSED: "ok", TOO_FEW: "warn"}


@dataclass(frozen=True)
class Line:
    """One indicator of a sheet. ``lost`` are the points that were not earned, or taken away.

    ``marks`` are (actor, points, note, who, day), ``mix`` are (kind of case, number).
    """

    name: str
    label: str
    most: str
    state: str
    said: str
    tone: str
    how: str
    source: str = ""
    part: str = ""
    whole: str = ""
    value: str = ""
    least: int = 0
    mix: list = field(default_factory=list)
    points: str = ""
    lost: Fraction = Fraction(0)
    is_deduction: bool = False
    is_bonus: bool = False
    counted_on: object = None
    correction: str = ""
    marks: list = field(default_factory=list)

    @property
    def is_assessed(self):
        return self.state == ASSESSED

    @property
    def lost_told(self):
        return plain(self.lost)


@dataclass(frozen=True)
class Told:
    """A sheet as the rule makes it: its lines, and (label, value) of what they add up to."""

    lines: list
    sums: list
    # The same without score and band, which a sheet that is decided keeps itself.
    added: list = field(default_factory=list)
    # What a year is made up of, where it is not made of lines.
    parts: list = field(default_factory=list)

    @property
    def flagged(self):
        return [line for line in self.lines if not line.is_assessed]

    @property
    def improvable(self):
        """The lines that lost points, those that lost most first."""
        lost = [line for line in self.lines if line.lost > 0]
        return sorted(lost, key=lambda line: -line.lost)


def review_of(sheet):
    """Return what a sheet comes to: as it was kept with the result, or as its rows stand now."""
    if "figures" in sheet.content:
        return recomputed(sheet.content, sheet.cycle.rules)
    return reviews_of([sheet])[sheet.pk]


def _parts(sheet, review):
    if review.year is None:
        return []
    told = sheet.content.get("parts") or parts_told([sheet])[sheet.pk]
    return parts_of(sheet.cycle.rules, told, review.year)


def told_of(sheet):
    """Return a sheet told line by line, in a fixed number of queries."""
    review = review_of(sheet)
    figures = {one.indicator: one for one in sheet.figures.standing()}
    given = {}
    for mark in sheet.marks.standing().select_related("by").order_by("pk"):
        told = (_actor_of(mark, sheet), plain(mark.points), mark.note, mark.by, mark.on)
        given.setdefault(mark.indicator, []).append(told)
    lines = lines_of(sheet.cycle.rules, review, figures, given)
    return Told(lines, sums_of(review), added_of(review), _parts(sheet, review))


def lines_of(rules, review, figures, given):
    """Return the lines of a review, with its figures and the points given by hand by indicator."""
    kinds, lines = _kinds(figures.values()), []
    for one in review.lines:
        name = one.indicator.name
        lines.append(_line(rules, one, figures.get(name), given.get(name, []), kinds))
    return lines


def _actor_of(mark, sheet):
    """Return whose points they are; nobody is said to have given what an officer put right."""
    actor = mark.get_actor_display()
    if mark.actor != Actor.SELF or mark.by_id in (None, sheet.mediator.user_id):
        return actor
    return _("%(actor)s, put right by an officer") % {"actor": actor}


def _kinds(figures):
    """Return {code: name} of the classes of cases that figures rest on."""
    codes = {code for one in figures for code in one.mix}
    rows = DifficultyClass.objects.filter(code__in=codes).order_by("pk") if codes else ()
    return {row.code: str(row) for row in rows}


def _line(rules, line, figure, marks, kinds):
    indicator = line.indicator
    earned = line.points
    return Line(
        name=indicator.name,
        label=indicator.label,
        most=plain(indicator.most) if is_known(indicator.most) else "",
        state=line.state,
        said=_said(line),
        tone=TONES.get(line.state, "warn"),
        how=how_of(indicator),
        points="" if earned is None else _signed(indicator, earned),
        lost=_lost(indicator, earned),
        is_deduction=indicator.kind == DEDUCTION,
        is_bonus=indicator.kind == BONUS,
        least=indicator.least_n,
        marks=marks,
        **_figure(rules, indicator, figure, kinds),
    )


def _figure(rules, indicator, figure, kinds):
    if not indicator.metric:
        return {}
    told = {"source": source_of(rules, indicator.metric)}
    if figure is None:
        return told
    told["counted_on"] = figure.counted_on
    mix = [(kinds.get(code, code) or _("of no class"), n) for code, n in figure.mix.items()]
    told["mix"] = sorted(mix, key=lambda pair: (-pair[1], pair[0]))
    if figure.by_id is not None:
        told["correction"] = figure.reason
    if figure.part is not None and figure.whole:
        told["part"], told["whole"] = plain(figure.part), plain(figure.whole)
        value = Fraction(figure.part) / Fraction(figure.whole)
        is_rate = "ratio" in _metric(rules, indicator.metric)
        told["value"] = f"{plain(value * 100)}%" if is_rate else plain(value)
    return told


def _metric(rules, name):
    found = rules.section("metrics").get(name)
    return found if isinstance(found, dict) else {}


def source_of(rules, metric):
    """Return from what a figure is made: the names of its two numbers, or of the one."""
    written = _metric(rules, metric)
    if isinstance(written.get("ratio"), list):
        return " ÷ ".join(label_of(str(name)) for name in written["ratio"])
    if isinstance(written.get("field"), str):
        return label_of(written["field"])
    return str(written.get("label") or label_of(metric))


def _said(line):
    """Return why a line counted or did not."""
    indicator = line.indicator
    if line.state == ASSESSED:
        return str(FigureState.ASSESSED.label)
    if line.state == TOO_FEW:
        told = {"found": plain(line.found.number), "least": indicator.least_n}
        return _("It rests on %(found)s; the rule asks for %(least)s. Not assessed.") % told
    if indicator.is_given:
        return _("Nobody has given points yet.")
    return _("There is no figure. Not assessed, and not counted as nothing.")


def _signed(indicator, points):
    return f"-{plain(points)}" if indicator.kind == DEDUCTION and points else plain(points)


def _lost(indicator, points):
    if points is None or indicator.kind == BONUS:
        return Fraction(0)
    if indicator.kind == DEDUCTION:
        return Fraction(points)
    return Fraction(indicator.most) - points


def sums_of(review):
    """Return (label, value) of what the lines add up to, with the score and its band."""
    if review.score is None:
        return added_of(review)
    return [
        *added_of(review),
        (_("Score"), plain(review.score)),
        (_("Band by points"), review.band),
    ]


def added_of(review):
    """Return (label, value) of what the lines add up to, without what comes of it."""
    found = [] if review.year is not None else [(_("Points earned"), finely(review.earned))]
    if review.weighted is not None and review.weighted != review.earned:
        found.append((_("With what was not assessed spread over the rest"), plain(review.weighted)))
    if review.bonus:
        found.append((_("Bonus"), plain(review.bonus)))
    if review.deducted:
        found.append((_("Deducted"), f"-{plain(review.deducted)}"))
    found.append((_("By the rule"), said_of(review.state)))
    if review.held:
        found.append((_("Vetoes that took effect"), "、".join(map(_veto, review.held))))
    return found


def _veto(effect):
    if isinstance(effect, dict):
        return _("at most “%s”") % effect.get("cap", "")
    return _("score nought")
