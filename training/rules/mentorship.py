"""Who may be paired: every condition as a sentence that bars, from values alone.

The figures are settings (``TrainingPolicy``); no law sets them.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from registry.rules import months_later


@dataclass(frozen=True)
class MentorStanding:
    """What is known of a mentor on a day; ``rank`` counts from the highest level, None is none."""

    in_post: bool
    rank: int | None
    serves_since: date | None
    open_pairings: int
    is_apprentice: bool
    has_upheld_complaint: bool | None
    term_until: date | None


@dataclass(frozen=True)
class Limits:
    """The figures in force: the lowest rank, years of service, apprentices, months of a pairing."""

    rank: int
    years: int
    load: int
    months_least: int
    months_most: int


def mentor_bars(mentor, limits, today):
    """Return why somebody may not be a mentor today; none means the person may."""
    found = []
    if not mentor.in_post:
        found.append(_("The mentor holds no post."))
    if mentor.rank is None or mentor.rank > limits.rank:
        found.append(_("The mentor does not hold the level that is needed."))
    if not has_served(mentor.serves_since, limits.years, today):
        found.append(_("The mentor has not served for %(years)d years.") % {"years": limits.years})
    if mentor.has_upheld_complaint:
        found.append(_("A complaint against the mentor was upheld."))
    if mentor.open_pairings >= limits.load:
        found.append(
            _("The mentor has %(load)d apprentices already, as many as are allowed.")
            % {"load": limits.load}
        )
    if mentor.is_apprentice:
        found.append(_("Who is an apprentice does not teach others at the same time."))
    return found


def apprentice_bars(*, serves, teaches):
    """Return why somebody may not be an apprentice today; none means the person may."""
    found = [] if serves else [_("The apprentice holds no post.")]
    return [*found, _("The apprentice teaches others at the moment.")] if teaches else found


def has_served(since, years, today):
    """Whether somebody serves for so many years today, the day itself included."""
    return since is not None and months_later(since, 12 * years) <= today


def period_bars(from_on, until_on, limits, term_ends):
    """Return why a pairing may not run ``[from_on, until_on)``; ``term_ends`` are last terms' ends.

    A term without an end bars nothing.
    """
    found = []
    if until_on < months_later(from_on, limits.months_least):
        found.append(
            _("A pairing runs for at least %(months)d months.") % {"months": limits.months_least}
        )
    if until_on > months_later(from_on, limits.months_most):
        found.append(
            _("A pairing runs for at most %(months)d months.") % {"months": limits.months_most}
        )
    if any(end is not None and until_on > end for end in term_ends):
        found.append(_("The pairing runs past the end of a term of office."))
    return found


def logs_wanted(from_on, today, until_on, each_month):
    """Return how many confirmed logs are wanted: so many for each full month that has passed."""
    last, months = min(today, until_on), 0
    while months_later(from_on, months + 1) <= last:
        months += 1
    return months * each_month
