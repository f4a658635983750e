"""The parts of a year told one by one: what each came to, and what became of it in the year."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grading.notices.review_words import period_words, plain, said_of
from grading.rules.review_cycles import cycle_of, period_of
from grading.rules.review_service import NOT_GRADED
from grading.rules.reviews import DONE

ONE_DAY = date.resolution


@dataclass(frozen=True)
class Part:
    """A period of the year; ``sheet`` is the key of its sheet, if the person has one."""

    label: str
    first_day: date
    last_day: date
    sheet: int | None
    score: str
    band: str
    became: str
    counts: bool

    @property
    def days(self):
        told = {"first": date_format(self.first_day), "last": date_format(self.last_day)}
        return _("%(first)s to %(last)s") % told


def parts_of(scheme, parts, year):
    """Return a ``Part`` for each period of a year.

    :param parts: as they are kept with the result; ``year`` is what the rule makes of them.
    """
    weights = dict(year.weights)
    return [_part(scheme, one, year, weights.get(one["number"])) for one in parts]


def _part(scheme, told, year, weight):
    first, after = (date.fromisoformat(day) for day in told["period"])
    return Part(
        label=period_words(cycle_of(scheme).length, period_of(scheme, first)),
        first_day=first,
        last_day=after - ONE_DAY,
        sheet=told["sheet"],
        score="" if told["score"] is None else plain(Fraction(told["score"])),
        band=told["band"],
        became=_became(told, year, weight),
        counts=bool(weight),
    )


def _became(told, year, weight):
    if not told["served"]:
        return _("Not in post: it neither counts nor is missing.")
    if told["number"] in year.missing:
        return _missing(told, year)
    if year.state != DONE:
        return _("The year has no result.")
    if not weight:
        return _("By the rule it does not count in the year.")
    return _("It counts for %(share)s%% of the year.") % {"share": plain(weight * 100)}


def _missing(told, year):
    why = _why_missing(told)
    if year.state != DONE:
        return _("Missing: %(why)s. The year has no result.") % {"why": why}
    return _("Missing: %(why)s. It is not counted as nothing.") % {"why": why}


def _why_missing(told):
    if told["review"] is None:
        return _("there was no review")
    if told["sheet"] is None:
        return _("there is no sheet")
    if told["result"] == NOT_GRADED or not told["result"]:
        return _("not graded")
    return said_of(told["result"])
