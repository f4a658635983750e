"""How an indicator earns its points, described for whoever reads or fills it in."""

from django.utils.translation import pgettext_lazy

from grading.rules.parts import NUMBER, TEXT, WORD, YES_NO
from grading.rules.review_parts import CLAUSE, METRICS, NOTE, NUMBERS, TABLE, Part, Spec

# How an indicator earns its points; the first three names are those of every kind.
FULL = Spec("weight", NUMBER, pgettext_lazy("review rule", "full points"))
METRIC = Spec("metric", WORD, pgettext_lazy("review rule", "figure it comes from"), METRICS)
LEAST = Spec(
    "least_n", NUMBER, pgettext_lazy("review rule", "assessed from so many on"),
    help=pgettext_lazy("review rule", "With fewer, the figure says nothing and is not assessed."),
)  # fmt: skip
BONUS = Spec("bonus", YES_NO, pgettext_lazy("review rule", "is a bonus"))
CAP = Spec("cap", NUMBER, pgettext_lazy("review rule", "at most so many points"))
FLOOR = Spec(
    "floor", NUMBER, pgettext_lazy("review rule", "points do not fall below"),
    help=pgettext_lazy("review rule", "Of full points what is left; otherwise as -20."),
)  # fmt: skip
MEASURED = (FULL, METRIC, LEAST)
KINDS = {
    "share": Part(pgettext_lazy("review rule", "by a share: the same share of its points"),
                  (*MEASURED, BONUS)),
    "line": Part(
        pgettext_lazy("review rule", "in a line from none to all points"),
        (*MEASURED,
         Spec("linear.from", NUMBER, pgettext_lazy("review rule", "no points up to")),
         Spec("linear.to", NUMBER, pgettext_lazy("review rule", "all points from")), BONUS),
    ),
    "steps": Part(
        pgettext_lazy("review rule", "by a table of steps"),
        (*MEASURED,
         Spec("steps", TABLE, pgettext_lazy("review rule", "steps"),
              help=pgettext_lazy("review rule", "A line each: from so many on：points.")),
         CAP, BONUS),
    ),
    "each": Part(
        pgettext_lazy("review rule", "so many points each time"),
        (*MEASURED, Spec("each", NUMBER, pgettext_lazy("review rule", "points each time")),
         CAP, FLOOR, BONUS),
    ),
    "fixed": Part(
        pgettext_lazy("review rule", "fixed points once"),
        (*MEASURED, Spec("fixed", NUMBER, pgettext_lazy("review rule", "points")), BONUS),
    ),
    "deduct": Part(
        pgettext_lazy("review rule", "a deduction each time"),
        (*MEASURED, Spec("deduct", NUMBER, pgettext_lazy("review rule", "deducted each time")),
         CAP, FLOOR),
    ),
    "climbing": Part(
        pgettext_lazy("review rule", "a deduction that grows with each time"),
        (*MEASURED,
         Spec("deduct.costs", NUMBERS,
              pgettext_lazy("review rule", "the first time costs, then the second, and so on"),
              help=pgettext_lazy("review rule", "As 2、4、6; every later time costs the last.")),
         Spec("deduct.more", NUMBER,
              pgettext_lazy("review rule", "every further time costs so much more")),
         CAP, FLOOR),
    ),
    "growing": Part(
        pgettext_lazy("review rule", "a deduction that grows with the days"),
        (*MEASURED,
         Spec("growing.first", NUMBER, pgettext_lazy("review rule", "the first day costs")),
         Spec("growing.then", NUMBER, pgettext_lazy("review rule", "every further day costs")),
         Spec("growing.once", YES_NO,
              pgettext_lazy("review rule", "the first number only at the very first time")),
         CAP, FLOOR),
    ),
    "hand": Part(
        pgettext_lazy("review rule", "by hand, up to the full points"),
        (FULL, BONUS),
    ),
    "range": Part(
        pgettext_lazy("review rule", "by hand, between two numbers"),
        (FULL, Spec("range.min", NUMBER, pgettext_lazy("review rule", "from")),
         Spec("range.max", NUMBER, pgettext_lazy("review rule", "to")), BONUS),
    ),
    "group": Part(pgettext_lazy("review rule", "a group of indicators")),
}  # fmt: skip
NAMED = (
    Spec("id", TEXT, pgettext_lazy("review rule", "name in the rule")),
    Spec("label", TEXT, pgettext_lazy("review rule", "called")),
)
SAID = (
    CLAUSE,
    Spec("evidence", TEXT, pgettext_lazy("review rule", "evidence that is needed")),
    NOTE,
)
