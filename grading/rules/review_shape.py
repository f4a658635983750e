"""Whether a document is a rule of the annual review: every fault with its path."""

from difflib import get_close_matches

from django.utils.translation import gettext as _

from grading.rules.indicators import indicators_of
from grading.rules.review_consequences import consequences_of, running_of
from grading.rules.review_cycles import cycle_of, rollup_of
from grading.rules.review_notice import notice_of, objection_of
from grading.rules.review_renewal import conditions_of, renewal_of
from grading.rules.review_service import minimum_of, prorate_of
from grading.rules.review_steps import steps_of
from grading.rules.review_top import tops_of
from grading.rules.review_vetoes import vetoes_of
from grading.rules.reviews import bands_of, in_decimals, missing_of, number_of
from grading.rules.scheme import SchemeFault
from grading.rules.shape import Shape
from grading.rules.unknown import UNK, is_known

# In the order in which they are read: what others rest on comes first.
READERS = {
    "indicators": indicators_of,
    "bands": bands_of,
    "missing": missing_of,
    "cycle": cycle_of,
    "rollup": rollup_of,
    "minimum_service": minimum_of,
    "prorate": prorate_of,
    "top": tops_of,
    "vetoes": vetoes_of,
    "steps": steps_of,
    "notice": notice_of,
    "objection": objection_of,
    "consequences": consequences_of,
    "consecutive": running_of,
    "renewal": renewal_of,
}
FIRST = ("indicators", "bands", "cycle")
NUMBERS = ("full_mark", "base", "floor", "cap", "bonus_cap")
PROSE = ("note", "clause", "source")
KEYS = (*READERS, *NUMBERS, "decimals", "rounding", *PROSE)


def review_faults(scheme):
    """Return all faults of a rule of a review as pairs of a path and a sentence."""
    return [*ReviewShape(scheme).faults()]


class ReviewShape(Shape):
    """As a grading rule, with indicators and bands in place of levels."""

    def _scales(self):
        if not isinstance(self.document.get("review"), dict):
            yield "review", _("Names with values are needed here.")
            return
        if "vetoes" in self.document:
            yield "vetoes", _("The vetoes of a review stand in “review”.")
        yield from self._strangers(self.document["review"])
        first = [fault for name in FIRST for fault in _read(READERS[name], self.scheme)]
        yield from first
        yield from self._numbers()
        for name in () if first else READERS:
            if name not in FIRST:
                yield from _read(READERS[name], self.scheme)

    def _strangers(self, section):
        for key in section:
            if key not in KEYS:
                near = get_close_matches(str(key), KEYS, n=1, cutoff=0.6)
                told = {"key": key, "near": near[0] if near else ""}
                known = _("“%(key)s” is not of the format. Is “%(near)s” meant?") % told
                yield f"review.{key}", known if near else _("“%s” is not of the format.") % key

    def _numbers(self):
        for name in NUMBERS:
            yield from _read(lambda scheme, name=name: number_of(scheme, name), self.scheme)
        section = self.document["review"]
        if is_known(section.get("decimals")) and is_known(section.get("rounding")):
            yield from _read(lambda scheme: in_decimals(scheme, 0), self.scheme)

    def _conditions(self):
        yield from super()._conditions()
        vetoes = vetoes_of(self.scheme)
        for one in () if vetoes is UNK else vetoes:
            yield from self._condition(one.when, f"{one.at}.when")
        for path, condition in conditions_of(self.scheme):
            yield from self._condition(condition, path)


def _read(reader, scheme):
    try:
        reader(scheme)
    except SchemeFault as fault:
        yield from fault.faults
