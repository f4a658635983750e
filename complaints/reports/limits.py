"""The limits of a complaint in words and shades: what runs, what stands still, what is over."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from office.clocks import Shade
from office.templatetags.clocks import due_text

TONES = {Shade.CALM: "ok", Shade.AMBER: "warn", Shade.OVERDUE: "error"}
PROVISIONAL = "info"
WHY = {
    "material": gettext_lazy("waits for material"),
    "suspended": pgettext_lazy("complaint", "suspended"),
}


@dataclass(frozen=True)
class Limit:
    """One limit as it is shown: its name, its last day in words, and the shade of it."""

    label: str
    text: str
    tone: str
    due_on: date | None


def limit_of(clock, calendar, today):
    """Return a running clock as it is shown today."""
    deadline = clock.deadline(calendar)
    tone = PROVISIONAL if deadline.provisional else TONES[deadline.shade(today)]
    return Limit(clock.get_key_display(), due_text(deadline, today), tone, deadline.due_on)


def next_limit(clocks, calendar, today):
    """Return the limit that is over first among running clocks, or None.

    One with a last day comes first, then one that waits for a calendar, then one that stands still.
    """
    limits = [limit_of(clock, calendar, today) for clock in clocks]
    return min(limits, key=_order, default=None)


def _order(limit):
    return limit.due_on is None, limit.due_on or date.max, limit.tone != PROVISIONAL


def clock_lines(clocks, calendar, today):
    """Return every clock of a complaint for its page, pauses and figure with it."""
    return [
        {
            "clock": clock,
            "limit": limit_of(clock, calendar, today) if clock.stopped_on is None else None,
            "pauses": [(pause, WHY.get(pause.why, pause.why)) for pause in clock.pauses.all()],
            "figure": figure_of(clock),
        }
        for clock in clocks
    ]


def figure_of(clock):
    """Return under which figure a clock runs: amount, days added, and from when it holds."""
    policy = clock.policy
    text = f"{policy.amount} {policy.get_unit_display()}"
    if clock.extra_days:
        text += _(" and %(days)d more") % {"days": clock.extra_days}
    return _("%(figure)s, in force from %(day)s") % {"figure": text, "day": policy.from_on}
