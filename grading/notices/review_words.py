"""Numbers and results of the annual review as people read them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.rules.indicators import DEDUCTION, Linear
from grading.rules.review_cycles import HALF_YEAR, QUARTER, YEAR
from grading.rules.reviews import DONE, NEEDS_RULE, NOT_ASSESSED, TOO_LITTLE
from grading.rules.terms import label_of
from grading.rules.unknown import is_known

CENT = Decimal("0.01")
FINE = Decimal("0.0001")
RESULTS = {
    "": gettext_lazy("not worked out yet"),
    DONE: gettext_lazy("worked out"),
    NOT_ASSESSED: gettext_lazy("nothing could be assessed"),
    TOO_LITTLE: gettext_lazy("too little could be assessed"),
    NEEDS_RULE: gettext_lazy("the rule does not say how to go on"),
}


def plain(number):
    """Return an exact number with at most two decimals, and none that say nothing."""
    exact = Fraction(number)
    found = (Decimal(exact.numerator) / exact.denominator).quantize(CENT, ROUND_HALF_UP)
    return f"{found.normalize():f}"


def finely(number):
    """Return a sum as exactly as it is rounded by nobody yet: with four decimals at most."""
    exact = Fraction(number)
    found = (Decimal(exact.numerator) / exact.denominator).quantize(FINE, ROUND_HALF_UP)
    return f"{found.normalize():f}"


def said_of(code):
    """Return in words what the rule makes of a sheet."""
    return str(RESULTS[code] if code in RESULTS else label_of(code))


def period_words(length, period):
    """Return what a period of a rule is called."""
    told = {"year": period.year, "number": period.number}
    if length == YEAR:
        return _("the year %(year)d") % told
    if length == HALF_YEAR:
        return _("half-year %(number)d of %(year)d") % told
    if length == QUARTER:
        return _("quarter %(number)d of %(year)d") % told
    # A month is called as in the calendar, whichever is the first of the year.
    told = {"year": period.start.year, "number": period.start.month}
    return _("month %(number)d of %(year)d") % told


def how_of(indicator):
    """Return in words how points are earned; "" where nothing more is to be said."""
    how = indicator.how
    if indicator.is_given:
        return _("Points by hand.")
    if isinstance(how, Linear):
        if (how.low, how.high) == (0, 1):
            return _("The same share of the points as of the whole.")
        told = {"low": plain(how.low), "high": plain(how.high)}
        return _("In a line: none at %(low)s, all from %(high)s.") % told
    points, kind = getattr(how, "points", None), getattr(how, "kind", "")
    if kind == "steps" and is_known(points):
        steps = [pair for pair in points if all(is_known(one) for one in pair)]
        told = [{"least": plain(least), "worth": plain(worth)} for least, worth in steps]
        return "；".join(_("%(worth)s points from %(least)s on") % one for one in told)
    if kind in ("each", "deduct", "fixed") and is_known(points):
        lost = _("%(points)s points deducted each time.")
        said = lost if indicator.kind == DEDUCTION else _("%(points)s points each time.")
        return said % {"points": plain(points)}
    return ""
