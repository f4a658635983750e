"""Comparing outside of conditions: the same signs and words as these have.

民法典 art. 1259 counts the number itself into 以上 and 以下; other rules define 以下 without it. So
every rule set may bind each word anew, and may say that it does not know (``UNK``).
"""

from django.utils.translation import gettext as _

from grading.rules.measures import COMPARISONS
from grading.rules.predicates import WORDS
from grading.rules.spelling import fault
from grading.rules.unknown import UNK


def is_comparison(scheme, word):
    """Return whether a name is a sign or a word of comparing in this rule set."""
    return word in COMPARISONS or word in WORDS or word in scheme.section("words")


def sign(scheme, at, word):
    """Return the sign a word stands for, UNK if the rule set does not know.

    :raises SchemeFault: if it is neither a sign nor a word.
    """
    bound = {**WORDS, **scheme.section("words")}.get(word, word)
    if bound is UNK or bound in COMPARISONS:
        return bound
    raise fault(at, _("“%s” is no comparison of this rule set.") % word)


def compare(found, sign_of, limit):
    """Return whether a comparison holds, UNK if its sign or its limit is unknown."""
    if sign_of is UNK or limit is UNK:
        return UNK
    return COMPARISONS[sign_of](found, limit)
