"""Vetoes of the annual review: a condition, and what it does to score or band (一票否决)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from grading.rules import review_reading as reading
from grading.rules import spelling
from grading.rules.predicates import FAIL, PASS, Judge
from grading.rules.reviews import ZERO, bands_of
from grading.rules.scheme import SchemeFault
from grading.rules.spans import span_of
from grading.rules.unknown import UNK, is_known

AT = "review.vetoes"
ANY_DAY = date(2999, 12, 31)


@dataclass(frozen=True)
class Veto:
    """A condition under which the score is nought, or the band at most ``{cap: band}``."""

    id: str
    at: str
    when: object
    effect: object
    clause: str = ""


@dataclass(frozen=True)
class Answer:
    """What a veto comes to for one person, with the verdict on its condition."""

    veto: Veto
    verdict: object

    @property
    def holds(self):
        """Whether the veto takes effect."""
        return self.verdict.result == PASS and self.veto.effect is not UNK

    @property
    def waits(self):
        """Whether nobody can say yet: no review may be proposed before somebody does."""
        return self.verdict.result != FAIL and not self.holds


def vetoes_of(scheme):
    """Return the vetoes in the order of the rule, UNK if the rule does not know them.

    :raises SchemeFault: with every fault of theirs.
    """
    written = reading.said(scheme, "vetoes")
    if written is UNK:
        return UNK
    ranks = bands_of(scheme)
    names = [] if ranks is UNK else [one.label for one in ranks]
    found = reading.every([_reader(at, row, names) for at, row in reading.rows(AT, written)])
    ids = [one.id for one in found]
    for one in ids:
        if ids.count(one) > 1:
            raise spelling.fault(AT, _("“%s” stands here twice.") % one)
    return tuple(found)


def _reader(at, row, names):
    return lambda: _veto(at, row, names)


def _veto(at, row, names):
    reading.settings_of(at, row, ("id", "when", "effect"), ("window",))
    when = row["when"]
    if "window" in row:
        when = _within(f"{at}.window", row["window"], when)
    clause = str(row["clause"]) if is_known(row.get("clause")) else ""
    return Veto(str(row["id"]), at, when, _effect(f"{at}.effect", row["effect"], names), clause)


def _within(at, window, when):
    """Return a flag within a span of time; other conditions have spans in what they measure."""
    if when is UNK:
        return UNK
    if not isinstance(when, dict) or "flag" not in when:
        raise spelling.fault(at, _("Only a flag has a span of time here."))
    try:
        span_of(window, ANY_DAY, lambda _name: None)
    except SchemeFault as fault:
        raise SchemeFault([(at, sentence) for _place, sentence in fault.faults]) from None
    return {**when, "window": window}


def _effect(at, written, names):
    if not is_known(written) or written == ZERO:
        return ZERO if written == ZERO else UNK
    if not isinstance(written, dict):
        raise spelling.fault(at, _("One of %s is needed here.") % "zero, {cap: …}")
    band = reading.settings_of(at, written, ("cap",))["cap"]
    if not is_known(band):
        return UNK
    if names and str(band) not in names[1:]:
        raise spelling.fault(f"{at}.cap", _("“%s” is no band with another above it.") % band)
    return {"cap": str(band)}


def answered(scheme, facts):
    """Return what each veto comes to for a person; nothing where the rule does not know them.

    :param facts: ``Facts`` of the person, with the day ``as_of``.
    """
    found = vetoes_of(scheme)
    judge = Judge(scheme, facts)
    return tuple(
        Answer(one, judge.judge(one.when, f"{one.at}.when"))
        for one in (() if found is UNK else found)
    )


def effects_of(answers):
    """Return the effects that hold, as ``reviews.reviewed`` takes them."""
    return tuple(one.veto.effect for one in answers if one.holds)
