"""The parts of a rule of the annual review, described for whoever reads or fills them in.

A part is what one page of the desk shows: its names, what fits each, and what it is called. What
the description does not name may stand there all the same and stays.
"""

from dataclasses import dataclass, field

from django.utils.translation import pgettext_lazy

from grading.rules.parts import LIST, NUMBER, TEXT, WORD
from grading.rules.review_terms import CONSEQUENCES, CYCLES, STEPS
from grading.rules.unknown import UNK

# Beside those of a grading rule: a few of some words, several in an order, a table of steps,
# numbers in an order, and any value.
FEW, ORDERED, TABLE, NUMBERS, ANY = "few", "ordered", "table", "numbers", "any"
# What the rule itself has to choose from.
BANDS, LOWER_BANDS, UPPER_BANDS, TIES, SCALABLE, GIVEN, METRICS = (
    "bands", "lower_bands", "upper_bands", "ties", "scalable", "given", "metrics",
)  # fmt: skip


@dataclass(frozen=True)
class Spec:
    """A name of a part; ``words`` are its closed words, or which of its own the rule offers.

    A dotted name stands within another: ``linear.from``.
    """

    name: str
    kind: str
    label: object
    words: object = field(default_factory=dict, hash=False)
    help: object = ""


@dataclass(frozen=True)
class Part:
    """A part. A bare value stands for its name ``short``; ``others`` are begun with it."""

    label: object
    specs: tuple = ()
    short: str = ""
    others: dict = field(default_factory=dict, hash=False)

    def spec(self, name):
        """Return the description of a name, None if it has none."""
        return next((one for one in self.specs if one.name == name), None)


CLAUSE = Spec("clause", TEXT, pgettext_lazy("review rule", "clause of the document"))
NOTE = Spec("note", TEXT, pgettext_lazy("review rule", "note"))
PROSE = (CLAUSE, NOTE)
DAY_KINDS = {
    "working": pgettext_lazy("rule", "working days"),
    "calendar": pgettext_lazy("rule", "calendar days"),
}
DAYS = (
    Spec("days", NUMBER, pgettext_lazy("review rule", "days")),
    Spec("day_kind", WORD, pgettext_lazy("review rule", "kind of days"), DAY_KINDS),
)
ROUNDINGS = {
    "half_up": pgettext_lazy("review rule", "half and more goes up"),
    "half_even": pgettext_lazy("review rule", "half goes to the even number"),
    "down": pgettext_lazy("review rule", "always down"),
    "up": pgettext_lazy("review rule", "always up"),
}
YEARS = {
    "passes": pgettext_lazy("review rule", "it is passed over"),
    "breaks": pgettext_lazy("review rule", "it breaks the run"),
    "counts": pgettext_lazy("review rule", "it counts as one of the run"),
}
POLICIES = {
    "tie_break": pgettext_lazy("review rule", "points of indicators tell them apart"),
    "exclude_all": pgettext_lazy("review rule", "none of the equals has the band"),
    "include_all": pgettext_lazy("review rule", "all equals have the band"),
    "lot": pgettext_lazy("review rule", "a lot is drawn"),
    "senior_body": pgettext_lazy("review rule", "a senior body decides"),
}
SHARE_HELP = pgettext_lazy("review rule", "A share: 1/3, or in per cent.")

POINTS = Part(
    pgettext_lazy("review rule", "Points and limits"),
    (
        Spec("full_mark", NUMBER, pgettext_lazy("review rule", "full mark of all indicators")),
        Spec("base", NUMBER, pgettext_lazy("review rule", "base points everybody begins with")),
        Spec("bonus_cap", NUMBER, pgettext_lazy("review rule", "most bonus points")),
        Spec("floor", NUMBER, pgettext_lazy("review rule", "deductions stop at this score")),
        Spec("cap", NUMBER, pgettext_lazy("review rule", "no score above")),
        Spec("decimals", NUMBER, pgettext_lazy("review rule", "decimals of the score")),
        Spec("rounding", WORD, pgettext_lazy("review rule", "rounded"), ROUNDINGS),
        *PROSE,
    ),
)
MISSING = Part(
    pgettext_lazy("review rule", "When data is missing"),
    (
        Spec(
            "spread", WORD, pgettext_lazy("review rule", "points of what is not assessed go to"),
            {
                "all": pgettext_lazy("review rule", "all other indicators"),
                "siblings": pgettext_lazy("review rule", "the same group first"),
            },
        ),
        Spec(
            "least_share", ANY,
            pgettext_lazy("review rule", "least share that must be assessed"), help=SHARE_HELP,
        ),
        *PROSE,
    ),
    short="spread",
)  # fmt: skip
CYCLE = Part(
    pgettext_lazy("review rule", "Cycle"),
    (
        Spec("length", WORD, pgettext_lazy("review rule", "length of a period"), CYCLES),
        Spec("first_month", NUMBER, pgettext_lazy("review rule", "month the year begins in")),
        Spec(
            "year_of", WORD, pgettext_lazy("review rule", "the year is called after"),
            {
                "start": pgettext_lazy("review rule", "the year it begins in"),
                "end": pgettext_lazy("review rule", "the year it ends in"),
            },
        ),
        *PROSE,
    ),
    short="length",
)  # fmt: skip
ROLLUP = Part(
    pgettext_lazy("review rule", "Periods added up to the year"),
    (
        Spec(
            "how", WORD, pgettext_lazy("review rule", "the year is"),
            {
                "mean": pgettext_lazy("review rule", "the mean of the periods"),
                "sum": pgettext_lazy("review rule", "the sum of the periods"),
                "latest": pgettext_lazy("review rule", "the last period"),
                "weighted": pgettext_lazy("review rule", "the periods by their weights"),
            },
        ),
        Spec(
            "missing", WORD, pgettext_lazy("review rule", "if a period is missing"),
            {
                "skip": pgettext_lazy("review rule", "the others make up the year"),
                "not_assessed": pgettext_lazy("review rule", "the year is not assessed"),
            },
        ),
        Spec(
            "weights", NUMBERS, pgettext_lazy("review rule", "weights of the periods in order"),
            help=pgettext_lazy("review rule", "As 40%、60%; together they are the whole."),
        ),
        Spec("least", NUMBER, pgettext_lazy("review rule", "periods that must be there")),
        *PROSE,
    ),
)  # fmt: skip
MINIMUM = Part(
    pgettext_lazy("review rule", "Least service to be graded"),
    (
        Spec("months", NUMBER, pgettext_lazy("review rule", "full months")),
        Spec("days", NUMBER, pgettext_lazy("review rule", "or days")),
        Spec("label", TEXT, pgettext_lazy("review rule", "who served less is called")),
        *PROSE,
    ),
)
PRORATE = Part(
    pgettext_lazy("review rule", "Part of the period served"),
    (
        Spec(
            "by", WORD, pgettext_lazy("review rule", "the part is counted in"),
            {
                "days": pgettext_lazy("review rule", "days of the calendar"),
                "months": pgettext_lazy("review rule", "full months of service"),
            },
        ),
        Spec(
            "what", WORD, pgettext_lazy("review rule", "what goes by it"),
            {
                "targets": pgettext_lazy("review rule", "what is asked for"),
                "counts": pgettext_lazy("review rule", "what was reached"),
                "none": pgettext_lazy("review rule", "nothing"),
            },
        ),
        Spec("indicators", FEW, pgettext_lazy("review rule", "for these indicators"), SCALABLE),
        *PROSE,
    ),
)  # fmt: skip
TOP = Part(
    pgettext_lazy("review rule", "Quota of a band"),
    (
        Spec("band", WORD, pgettext_lazy("review rule", "band"), UPPER_BANDS),
        Spec(
            "at_most", ANY, pgettext_lazy("review rule", "at most"),
            help=pgettext_lazy("review rule", "A share as 15%, or a number of people."),
        ),
        Spec("rounding", WORD, pgettext_lazy("review rule", "a share is rounded"), ROUNDINGS),
        Spec("least", NUMBER, pgettext_lazy("review rule", "in any case")),
        Spec(
            "of", WORD, pgettext_lazy("review rule", "counted of"),
            {
                "reviewed": pgettext_lazy("review rule", "everybody in the review"),
                "assessed": pgettext_lazy("review rule", "those with a score"),
            },
        ),
        Spec(
            "per", WORD, pgettext_lazy("review rule", "counted in each"),
            {
                "organization": pgettext_lazy("review rule", "organisation"),
                "division": pgettext_lazy("review rule", "division"),
                "whole": pgettext_lazy("review rule", "the whole review"),
            },
        ),
        Spec("tie", ORDERED, pgettext_lazy("review rule", "equals at the cut"), POLICIES),
        Spec("tie_break", ORDERED, pgettext_lazy("review rule", "told apart by"), TIES),
        Spec(
            "overflow", WORD, pgettext_lazy("review rule", "who has no place gets"),
            {"next_band": pgettext_lazy("review rule", "the next band")},
        ),
        *PROSE,
    ),
)  # fmt: skip
VETO = Part(
    pgettext_lazy("review rule", "Veto"),
    (
        Spec("id", TEXT, pgettext_lazy("review rule", "name")),
        Spec(
            "effect", WORD, pgettext_lazy("review rule", "effect"),
            {"zero": pgettext_lazy("review rule", "the score is nought")},
        ),
        Spec("effect.cap", WORD, pgettext_lazy("review rule", "or no band above"), LOWER_BANDS),
        Spec("window", TEXT, pgettext_lazy("review rule", "span of time")),
        CLAUSE,
        Spec("confirm_by", TEXT, pgettext_lazy("review rule", "confirmed by")),
        NOTE,
    ),
    others={"when": UNK},
)  # fmt: skip
STEP = Part(
    pgettext_lazy("review rule", "Step"),
    (
        Spec("id", WORD, pgettext_lazy("review rule", "who acts"), STEPS),
        Spec("label", TEXT, pgettext_lazy("review rule", "called")),
        *DAYS,
        Spec("indicators", LIST, pgettext_lazy("review rule", "gives points for"), GIVEN),
        Spec("share", LIST, pgettext_lazy("review rule", "share of its points"), GIVEN),
        *PROSE,
    ),
)
NOTICE = Part(
    pgettext_lazy("review rule", "Public notice of results"),
    (
        *DAYS,
        Spec(
            "shows", FEW, pgettext_lazy("review rule", "it shows"),
            {
                "name": pgettext_lazy("review rule", "name"),
                "organization": pgettext_lazy("review rule", "organisation"),
                "band": pgettext_lazy("review rule", "band"),
            },
            help=pgettext_lazy("review rule", "Neither scores nor figures are ever shown."),
        ),
        *PROSE,
    ),
)  # fmt: skip
OBJECTION = Part(pgettext_lazy("review rule", "Objections"), (*DAYS, *PROSE))
CONSEQUENCE = Part(
    pgettext_lazy("review rule", "Consequence"),
    (
        Spec("kind", WORD, pgettext_lazy("review rule", "what follows"), CONSEQUENCES),
        Spec("factor", NUMBER, pgettext_lazy("review rule", "factor of the performance pay")),
        Spec("amount", NUMBER, pgettext_lazy("review rule", "or amount in yuan")),
        *PROSE,
    ),
)
CONSECUTIVE = Part(
    pgettext_lazy("review rule", "Bad years running"),
    (
        Spec("bands", FEW, pgettext_lazy("review rule", "a bad year has one of these"), BANDS),
        Spec("years", NUMBER, pgettext_lazy("review rule", "so many years running")),
        Spec("excused", WORD, pgettext_lazy("review rule", "a year with a good reason"), YEARS),
        Spec("not_reviewed", WORD, pgettext_lazy("review rule", "a year without a review"), YEARS),
        *PROSE,
    ),
    others={"consequence": UNK},
)
BAND = Part(
    pgettext_lazy("review rule", "Band"),
    (Spec("label", TEXT, pgettext_lazy("review rule", "called")), *PROSE),
)
# How the ends of a band are written.
BOUND_LABELS = {
    "min": pgettext_lazy("review rule", "from, included"),
    "from": pgettext_lazy("review rule", "from, included"),
    "above": pgettext_lazy("review rule", "above"),
    "max": pgettext_lazy("review rule", "up to, included"),
    "to": pgettext_lazy("review rule", "up to, included"),
    "below": pgettext_lazy("review rule", "below"),
}
INDICATOR = Part(pgettext_lazy("review rule", "Indicator"))

# By the way to the place: ``[]`` is any row, ``*`` any name.
PARTS = {
    "": POINTS,
    "indicators": Part(pgettext_lazy("review rule", "Indicators")),
    "indicators[]": INDICATOR,
    "bands": Part(pgettext_lazy("review rule", "Bands")),
    "bands[]": BAND,
    "missing": MISSING,
    "cycle": CYCLE,
    "rollup": ROLLUP,
    "minimum_service": MINIMUM,
    "prorate": PRORATE,
    "top": Part(pgettext_lazy("review rule", "Quota of the top bands")),
    "top[]": TOP,
    "vetoes": Part(pgettext_lazy("review rule", "Vetoes")),
    "vetoes[]": VETO,
    "steps": Part(pgettext_lazy("review rule", "Steps, and who gives points")),
    "steps[]": STEP,
    "notice": NOTICE,
    "objection": OBJECTION,
    "consequences": Part(pgettext_lazy("review rule", "What follows from each band")),
    "consequences.*": Part(pgettext_lazy("review rule", "What follows")),
    "consequences.*[]": CONSEQUENCE,
    "consecutive": CONSECUTIVE,
    "renewal": Part(pgettext_lazy("review rule", "Recommendation when a term ends")),
    "renewal.recommend": Part(pgettext_lazy("review rule", "The rule recommends renewal if")),
    "renewal.against": Part(pgettext_lazy("review rule", "The rule speaks against it if")),
}
SECTIONS = tuple(name for name in PARTS if name and "[" not in name and "." not in name)
# Sections of rows: each row has a page of its own.
OF_ROWS = ("indicators", "bands", "top", "vetoes", "steps", "consequences.*")
