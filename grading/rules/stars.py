"""How many stars a level of a rule is, and how many its scheme gives at most (P3)."""

from grading.rules import spelling
from grading.rules.scheme import exact
from grading.rules.unknown import UNK

FOR_BODIES = "committee"


def is_for_bodies(scheme):
    """Whether a rule set grades organisations."""
    return scheme.document.get("subject") == FOR_BODIES


def stars_of(scheme, code):
    """Return the stars of a level, UNK if the rule does not say a whole number above nought.

    The number is never taken from a label or a rank.
    """
    named = spelling.level_of(scheme, code).code
    row = next(one for one in scheme.rows("levels") if str(one["code"]) == named)
    number = exact(scheme.value(row.get("stars", UNK)))
    if number is None or number < 1 or number != int(number):
        return UNK
    return int(number)


def most_stars(scheme):
    """Return the most stars that a level of the rule is, UNK if one does not say its number."""
    found = [stars_of(scheme, level.code) for level in scheme.levels]
    return UNK if UNK in found else max(found)


def level_of_stars(scheme, stars):
    """Return the code of the level of so many stars, None if the rule has none."""
    codes = (level.code for level in scheme.levels)
    return next((code for code in codes if stars_of(scheme, code) == stars), None)
