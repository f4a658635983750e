"""One person of a dry run of a review rule, and the lines of its tables."""

from dataclasses import dataclass

from grading.actions.review_judging import WAITS
from grading.notices.review_words import plain
from grading.rules.review_reading import NEEDS_RULE
from grading.rules.reviews import DONE, MISSING, TOO_FEW

BAND, TIED, NO_BAND, VETO_OPEN = "band", "tied", "no_band", "veto_open"
NOT_GRADED, LOWERED, FAULTY = "not_graded", "lowered", "faulty"
IN_ORDER = (TIED, NO_BAND, VETO_OPEN, FAULTY, "not_assessed", "too_little", NEEDS_RULE, NOT_GRADED)


@dataclass(frozen=True)
class OfOne:
    """One person of a dry run: the sheet that nobody stores, and what the rule makes of it.

    ``band`` is that after the quota, None where it is open; ``ends`` are the reviews with the
    least and with the most points by hand, none where all points are known.
    """

    sheet: object
    figures: dict
    vetoes: tuple = ()
    review: object = None
    ends: tuple = ()
    band: str | None = None
    mediator: object = None
    said: str = ""
    # What of the figures does not fit the rule.
    fault: str = ""

    @property
    def pk(self):
        return self.sheet.mediator_id

    @property
    def score(self):
        return None if self.review is None else self.review.score

    @property
    def is_lowered(self):
        """Whether the quota left a lower band than the points."""
        return self.band is not None and self.band != self.review.band

    @property
    def outcome(self):
        """The name of what comes out: a band, or why there is none."""
        if self.fault:
            return FAULTY
        if self.review is None:
            return NOT_GRADED
        if any(answer == WAITS for _veto, answer in self.vetoes):
            return VETO_OPEN
        if self.review.state != DONE:
            return self.review.state
        if self.review.band is None:
            return NO_BAND
        return TIED if self.band is None else f"{BAND}:{self.band}"

    @property
    def span(self):
        """The score and band with the least and with the most points by hand, in words."""
        told = []
        for one in self.ends:
            known = one.score is not None
            told.append(f"{plain(one.score)} {one.band or ''}".strip() if known else "—")
        return " – ".join(dict.fromkeys(told))


@dataclass(frozen=True)
class Row:
    """A line of a table of the dry run: what, how many, and under which names they are shown."""

    words: str
    counts: tuple
    names: tuple


def names_of(one):
    yield one.outcome
    if one.review is None:
        return
    if one.is_lowered:
        yield LOWERED
    for line in one.review.lines:
        if line.state in (MISSING, TOO_FEW) and not line.indicator.is_given:
            yield f"{line.state}:{line.indicator.name}"
    for veto, answer in one.vetoes:
        yield f"{answer}:{veto.id}"


def best_first(people):
    return sorted(people, key=lambda one: (one.score is None, -(one.score or 0), one.pk))
