"""A person's career on one time line: posts, levels, consents, and what the ledger tells."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from registry.rules import last_day

WIDTH, ROW, LEFT, TOP = 640, 26, 8, 24
FEWEST_YEARS = 3
LABELS = 8  # years named along the axis, at most


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; with ``until`` it lasted, and None there is "until now"."""

    on: date
    kind: str
    text: str
    until: date | None = None
    lasting: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar of the drawing, in units of the drawing."""

    x: float
    y: int
    width: float
    kind: str
    text: str


@dataclass(frozen=True)
class Career:
    """The whole time line: events newest first, and the drawing of those that last."""

    events: list
    bars: list
    years: list
    height: int
    width: int = WIDTH


def career(mediator, appointments, acts, discipline, today):
    """Return the career of a mediator as far as it is known.

    ``appointments`` and ``discipline`` are those the reader may see, ``acts`` the ledger's entries
    as told. Levels and consents are read from the mediator.
    """
    events = [
        *map(_appointed, appointments),
        *map(_level_held, mediator.levels.all()),
        *(event for consent in mediator.consents.all() for event in _consented(consent)),
        *map(_disciplined, discipline),
        *map(_recorded, acts),
    ]
    events.sort(key=lambda event: event.on, reverse=True)
    lasting = sorted((event for event in events if event.lasting), key=lambda event: event.on)
    return _drawn(events, lasting, today)


def _appointed(held):
    text = _("%(post)s (%(employment)s), %(organization)s: %(state)s") % {
        "post": held.get_post_display(),
        "employment": held.get_employment_display(),
        "organization": held.organization,
        "state": held.get_state_display(),
    }
    return Event(held.from_on, "post", text, held.until_on, lasting=True)


def _level_held(holding):
    text = _("Level: %(level)s") % {"level": holding.level}
    return Event(holding.from_on, "level", text, last_day(holding.until_on), lasting=True)


def _consented(consent):
    told = {"field": consent.get_field_display()}
    yield Event(consent.given_on, "consent", _("Consent to publish: %(field)s") % told)
    if consent.withdrawn_on:
        text = _("Consent withdrawn: %(field)s") % told
        yield Event(consent.withdrawn_on, "consent", text)


def _disciplined(record):
    text = f"{record.get_kind_display()}: {record.get_ground_display() or record.unit}"
    return Event(record.decided_on, "discipline", text)


def _recorded(told):
    text = _("%(act)s, by %(by)s") % {"act": told.act, "by": told.entry.done_by}
    return Event(localdate(told.entry.at), "record", text)


def _drawn(events, lasting, today):
    if not lasting:
        return Career(events, [], [], 0)
    first = min(lasting[0].on.year, today.year - FEWEST_YEARS + 1)
    start, end = date(first, 1, 1), date(today.year + 1, 1, 1)
    scale = (WIDTH - 2 * LEFT) / (end - start).days

    def x(day):
        return round(LEFT + (min(max(day, start), end) - start).days * scale, 1)

    bars = [
        Bar(
            x(event.on),
            TOP + number * ROW,
            max(3, round(x(event.until or today) - x(event.on), 1)),
            event.kind,
            event.text,
        )
        for number, event in enumerate(lasting)
    ]
    step = -(-(end.year - first) // LABELS)
    years = [(x(date(year, 1, 1)), year) for year in range(first, end.year, step)]
    return Career(events, bars, years, TOP + len(bars) * ROW)
