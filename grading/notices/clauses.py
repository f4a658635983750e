"""Why one person comes out as it does: each condition with its numbers and its clause."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from grading.notices import review_rule_words
from grading.rules import nodes, wording
from grading.rules.parts import is_place_of_condition
from grading.rules.predicates import FAIL, PASS, PENDING, opposite
from grading.rules.terms import label_of, label_of_key, label_of_section

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
NOT_SAID = gettext_lazy("the rule does not say")
# What officers did to a condition, said beside its answer.
MARKS = {
    "ruled": pgettext_lazy("condition", "decided by officers"),
    "waived": pgettext_lazy("condition", "waived"),
}


@dataclass(frozen=True)
class Line:
    """A condition as it came out for one person.

    ``wanted`` is what the rule asks for, ``name`` the figure, ``mark`` says that officers decided.
    """

    place: str
    words: str
    found: str
    answer: str
    tone: str
    clause: str = ""
    wanted: str = ""
    name: str = ""
    mark: str = ""

    @property
    def condition(self):
        """The words without the clause, for where the clause is told beside them."""
        return self.words.removesuffix(f"〔{self.clause}〕") if self.clause else self.words


@dataclass(frozen=True)
class Leaf:
    """A single condition with what its groups make of it.

    ``negated``: the rule wants it not to be. ``needless``: another way was fulfilled already.
    """

    verdict: object
    mark: str = ""
    negated: bool = False
    needless: bool = False
    by_rule: str = ""
    lifted: str = ""

    @property
    def result(self):
        return opposite(self.verdict.result) if self.negated else self.verdict.result


def lines_of(scheme, judgment):
    """Return a line for each single condition, vetoes first, in the order of the rule."""
    return [line_of(scheme, leaf, *said) for leaf, said in leaves_of(judgment)]


def leaves_of(judgment):
    """Yield each single condition as a ``Leaf``, with how its answers are called and shown."""
    for _id, _effect, verdict in judgment.vetoes:
        for leaf in _leaves(verdict):
            yield leaf, (VETO_ANSWERS, VETO_TONES)
    for part in judgment.parts:
        for leaf in _leaves(part):
            if leaf.verdict.name:
                yield leaf, (ANSWERS, TONES)


def _leaves(verdict, above=None):
    """Yield every ``Leaf``; a group's clause is that of its members.

    What officers decided counts as they decided it; the numbers stay those that were found.
    """
    above = above or Leaf(verdict)
    verdict = replace(verdict, clause=verdict.clause or above.verdict.clause)
    if not verdict.of:
        yield replace(above, verdict=verdict)
        return
    if verdict.kind in MARKS:
        lifted = verdict.id if verdict.kind == "waived" else above.lifted
        decided = replace(above, verdict=verdict, mark=verdict.kind, lifted=lifted)
        for one in verdict.of:
            for leaf in _leaves(one, decided):
                counts = replace(leaf.verdict, result=verdict.result)
                by_rule = leaf.by_rule or leaf.verdict.result
                yield replace(leaf, verdict=counts, by_rule=by_rule)
        return
    inside = replace(
        above,
        verdict=verdict,
        negated=above.negated != (verdict.kind == "not"),
        needless=above.needless or _is_enough(verdict, negated=above.negated),
    )
    for one in verdict.of:
        yield from _leaves(one, inside)


def _is_enough(verdict, *, negated):
    """Whether a group of which not every member has to hold is fulfilled."""
    if negated:
        return verdict.kind == "all" and verdict.result == FAIL
    return verdict.kind in ("any", "k_of") and verdict.result == PASS


def line_of(scheme, leaf, answers, tones):
    """Return the ``Line`` of a ``Leaf``; of a condition on each year its year is told as well."""
    verdict = leaf.verdict
    place, _dot, last = verdict.path.rpartition(".")
    year = place.endswith(".each_year")
    place = place.removesuffix(".each_year")
    words = words_of(scheme, place, names_parameters=False)
    words = f"{words}（{last}）" if year else words
    if leaf.negated:
        words = pgettext("condition", "must not be: %(condition)s") % {"condition": words}
    is_needless = leaf.needless and leaf.result != PASS
    said = str(answers.get(leaf.result, NOT_SAID))
    return Line(
        place_words(scheme.document, place),
        words,
        found_words(verdict),
        pgettext("condition", "not needed") if is_needless else said,
        "plain" if is_needless else tones.get(leaf.result, "plain"),
        clause=verdict.clause,
        wanted=wanted_words(verdict),
        name=verdict.name,
        mark=str(MARKS[leaf.mark]) if leaf.mark else "",
    )


def words_of(scheme, path, *, names_parameters=True):
    """Return a condition of a rule set in one line of words."""
    try:
        keys = nodes.keys_of(scheme.document, path)
        value = nodes.at(scheme.document, path)
        return condition_or_value(scheme, keys, value, names_parameters=names_parameters)
    except nodes.NoSuchPlace:
        return path


def place_words(document, path):
    """Return a path as people read it: names of the places it leads through."""
    try:
        keys = nodes.keys_of(document, path)
    except nodes.NoSuchPlace:
        if not path.startswith("review."):
            return path
        keys = review_rule_words.keys_of_path(document, path)
    section = label_of_section(keys[0]) if keys else ""
    if keys[:1] == ("review",):
        return " › ".join([section, *review_rule_words.places_said(document, keys)])
    words = [str(key + 1) if type(key) is int else label_of_key(key) for key in keys[1:]]
    return " › ".join([section, *words])


def condition_or_value(scheme, keys, value, *, names_parameters=True):
    """Return any value of a rule set in one line."""
    if is_place_of_condition(scheme.document, keys):
        return wording.flat(wording.say(scheme, value, "", names_parameters=names_parameters))
    if keys[:1] == ("review",) and len(keys) > 1:
        return review_rule_words.told(scheme, keys, value)
    return wording.value_words(value)


def found_words(leaf):
    """Return what was found, a share with both its numbers."""
    if leaf.part is None or leaf.whole is None:
        return _plain(leaf.found)
    numbers = f"{_plain(leaf.part)}／{_plain(leaf.whole)}"
    return numbers if leaf.found is None else f"{_plain(leaf.found * 100)}%（{numbers}）"


def wanted_words(leaf):
    """Return what the rule compares with, "" where it asks for a yes."""
    if not leaf.op or leaf.op == "exists" or leaf.bound is None:
        return ""
    is_share = leaf.part is not None and leaf.whole is not None
    bounds = leaf.bound if isinstance(leaf.bound, list) else [leaf.bound]
    said = "、".join(f"{_plain(one * 100)}%" if is_share else _plain(one) for one in bounds)
    return f"{wording.op_words(leaf.op)} {said}"


def _plain(found):
    if found is None:
        return _("nothing known")
    if isinstance(found, bool):
        return pgettext("answer", "yes") if found else pgettext("answer", "no")
    if isinstance(found, Fraction | int):
        exact = Decimal(found.numerator) / Decimal(found.denominator)
        return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}"
    return label_of(found) if isinstance(found, str) else date_format(found)
