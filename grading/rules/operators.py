"""Comparisons: the signs and words that a rule compares by, the same in every section.

民法典 art. 1259 counts the number itself into 以上 and 以下; other rules define 以下 without it. So
every rule set may bind each word anew, and may say that it does not know (``UNK``).
"""

from django.utils.translation import gettext as _

from grading.rules.measures import COMPARISONS
from grading.rules.spelling import fault
from grading.rules.unknown import UNK

WORDS = {
    "以上": ">=",
    "不低于": ">=",
    "满": ">=",
    "不超过": "<=",
    "超过": ">",
    "不满": "<",
    "以下": "<=",
}
# What conditions know besides: a number or word against several, or against none.
OF_CONDITIONS = (*COMPARISONS, "between", "in", "exists")


def meaning(scheme, word):
    """Return what a sign or a word stands for; UNK if the rule set does not know, else itself."""
    return {**WORDS, **scheme.section("words")}.get(word, word) if isinstance(word, str) else word


def is_comparison(scheme, word):
    """Return whether a name is a sign or a word of comparing in this rule set."""
    return word in COMPARISONS or word in WORDS or word in scheme.section("words")


def sign(scheme, at, word, known=tuple(COMPARISONS)):
    """Return the sign a word stands for, UNK if the rule set does not know.

    :raises SchemeFault: if it is neither a sign nor a word.
    """
    bound = meaning(scheme, word)
    if bound is UNK or bound in known:
        return bound
    raise fault(at, _("“%s” is no comparison of this rule set.") % word)


def compare(found, sign_of, limit):
    """Return whether a comparison holds, UNK if its sign or its limit is unknown."""
    if sign_of is UNK or limit is UNK:
        return UNK
    return COMPARISONS[sign_of](found, limit)
