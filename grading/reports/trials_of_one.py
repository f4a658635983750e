"""Why one person comes out as it does: each condition with its numbers and its clause."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.reports.schemes import place_words
from grading.reports.trials import words_of
from grading.rules.predicates import FAIL, PASS, PENDING

ANSWERS = {
    PASS: pgettext_lazy("condition", "fulfilled"),
    FAIL: pgettext_lazy("condition", "not fulfilled"),
    PENDING: pgettext_lazy("condition", "left open"),
}
VETO_ANSWERS = {
    PASS: gettext_lazy("applies"),
    FAIL: gettext_lazy("does not apply"),
    PENDING: pgettext_lazy("condition", "left open"),
}
TONES = {PASS: "ok", FAIL: "error", PENDING: "warn"}
VETO_TONES = {PASS: "error", FAIL: "ok", PENDING: "warn"}


@dataclass(frozen=True)
class Line:
    """A condition as it came out for one person."""

    place: str
    words: str
    found: str
    answer: str
    tone: str


def lines_of(scheme, judgment):
    """Return a line for each single condition, vetoes first, in the order of the rule."""
    vetoes = [leaf for _id, _effect, verdict in judgment.vetoes for leaf in verdict.leaves()]
    others = [leaf for part in judgment.parts for leaf in part.leaves()]
    return [
        *(_line(scheme, leaf, VETO_ANSWERS, VETO_TONES) for leaf in vetoes),
        *(_line(scheme, leaf, ANSWERS, TONES) for leaf in others if leaf.name),
    ]


def _line(scheme, leaf, answers, tones):
    place = leaf.path.rpartition(".")[0]
    return Line(
        place_words(scheme.document, place),
        words_of(scheme, place),
        found_words(leaf),
        str(answers[leaf.result]),
        tones[leaf.result],
    )


def found_words(leaf):
    """Return what was found, a share with both its numbers."""
    if leaf.part is None or leaf.whole is None:
        return _plain(leaf.found)
    numbers = f"{_plain(leaf.part)}／{_plain(leaf.whole)}"
    return numbers if leaf.found is None else f"{_plain(leaf.found * 100)}%（{numbers}）"


def _plain(found):
    if found is None:
        return _("nothing known")
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    if isinstance(found, Fraction | int):
        exact = Decimal(found.numerator) / Decimal(found.denominator)
        return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}"
    return str(found)
