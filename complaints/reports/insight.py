"""What the figures of complaints show at a glance: limits, ages, findings, patterns."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from complaints.flows import ENDED, ComplaintState
from complaints.models import Channel, ComplaintGround
from complaints.queries import insight as asked
from complaints.reports.tables import Table, counts, shares, sign
from complaints.rules.suppression import suppressed_row
from office.clocks import Calendar, Shade
from registry.models import Division, OrganizationKind

SHADES = {
    Shade.CALM: gettext_lazy("within the limit"),
    Shade.AMBER: gettext_lazy("limit is near"),
    Shade.OVERDUE: gettext_lazy("overdue"),
}
RANK = {Shade.OVERDUE: 0, Shade.AMBER: 1, Shade.CALM: 2}
# The drawing: shares of a limit from none to one and a half, dots side by side or stacked.
WIDTH, LEFT, STEP, FARTHEST = 600, 12, 13, 1.5
AMBER_SHARE = 0.7
MOST_DOTS = 400


@dataclass(frozen=True)
class Standing:
    """How an open complaint stands with its most urgent limit today."""

    complaint: object
    limit: str
    share: float | None
    shade: Shade
    due_on: date | None
    is_provisional: bool

    @property
    def percent(self):
        return None if self.share is None else round(100 * self.share)

    @property
    def label(self):
        return SHADES[self.shade]


@dataclass(frozen=True)
class Dot:
    """A standing with its place in the drawing; without an address it leads nowhere."""

    standing: Standing
    x: float
    y: float
    address: str


@dataclass(frozen=True)
class Dots:
    """All dots with what it takes to draw the bands behind them."""

    dots: list
    height: int
    left_out: int
    width: int = WIDTH

    @property
    def bands(self):
        """(class, from, width) of calm, amber and overdue."""
        edges = [0, AMBER_SHARE, 1, FARTHEST]
        return [
            (shade.value, place_of(low), round(place_of(high) - place_of(low), 1))
            for shade, low, high in zip(SHADES, edges, edges[1:], strict=False)
        ]

    @property
    def base(self):
        return self.height - STEP


def place_of(share):
    """Return where a share of a limit lies in the drawing."""
    return round(LEFT + min(share, FARTHEST) * (WIDTH - 2 * LEFT) / FARTHEST, 1)


def standings(complaints, today):
    """Return how every open complaint with a running limit stands, the most urgent first."""
    calendar, found = Calendar.load(), {}
    for clock in asked.running_clocks(complaints):
        told = _standing(clock, calendar, today)
        known = found.get(clock.complaint_id)
        if known is None or _urgency(told) < _urgency(known):
            found[clock.complaint_id] = told
    return sorted(found.values(), key=_urgency)


def _standing(clock, calendar, today):
    deadline = clock.deadline(calendar)
    share = deadline.used_share(today)
    return Standing(
        complaint=clock.complaint,
        limit=clock.get_key_display(),
        share=None if share is None else float(share),
        shade=deadline.shade(today),
        due_on=deadline.due_on,
        is_provisional=deadline.provisional,
    )


def _urgency(standing):
    share = AMBER_SHARE if standing.share is None else standing.share
    return RANK[standing.shade], -share, standing.complaint.pk


def drawn(found, address_of):
    """Return the ``Dots`` of standings; ``address_of`` names the page of a complaint."""
    stacks, dots = {}, []
    shown = found[:MOST_DOTS]
    for standing in shown:
        share = AMBER_SHARE if standing.share is None else standing.share
        column = round(place_of(share) / STEP)
        level = stacks[column] = stacks.get(column, 0) + 1
        dots.append((standing, column * STEP, level))
    height = STEP * (max(stacks.values(), default=0) + 3)
    return Dots(
        [
            Dot(standing, x, height - STEP - STEP * level, address_of(standing.complaint))
            for standing, x, level in dots
        ],
        height,
        len(found) - len(shown),
    )


def shade_table(found, least):
    """Return how many complaints stand in which band, for those who see no single one."""
    numbers = [sum(one.shade == shade for one in found) for shade in SHADES]
    # Without their sum, which the table of ages would tell.
    texts = [sign(cell, least) for cell in suppressed_row(numbers, least)[:-1]]
    heads = [str(label) for label in SHADES.values()]
    return Table(_("Limits"), "", heads, [(_("Open complaints"), texts)])


def age_tables(complaints, today, least):
    """Return how long open complaints have been open, by state and by channel.

    Where small numbers are hidden there is one table only: two would tell them by their sums.
    """
    found = asked.ages(complaints, today)
    states = [choice for choice in ComplaintState.choices if choice[0] not in ENDED]
    by_state = {"choices": states, "place": 0, "least": least}
    tables = [_age_table(_("By state"), _("State"), found, **by_state)]
    if least <= 1:
        by_channel = {"choices": Channel.choices, "place": 1, "least": least}
        tables.append(_age_table(_("By channel"), _("Channel"), found, **by_channel))
    return tables


def _age_table(heading, first, found, *, choices, place, least):
    bands = range(len(asked.AGES) + 1)
    rows = [
        [
            sum(n for key, n in found.items() if key[place] == value and key[2] == band)
            for band in bands
        ]
        for value, _label in choices
    ]
    labels = [str(label) for _value, label in choices]
    return counts(heading, first, labels, age_heads(), rows, least=least)


def age_heads():
    """Return the heads of the bands of days."""
    firsts = [0, *(days + 1 for days in asked.AGES)]
    heads = [
        _("%(first)d to %(last)d days") % {"first": first, "last": last}
        for first, last in zip(firsts, asked.AGES, strict=False)
    ]
    return [*heads, _("more than %(days)d days") % {"days": asked.AGES[-1]}]


def finding_tables(complaints, year, least):
    """Return what was found, by ground, kind of organisation and county, each by what it is of."""
    by_ground = asked.findings_by_ground(complaints, year)
    found = asked.findings_by_place(complaints, year)
    nothing = (0, 0)
    grounds = [(str(label), by_ground.get(key, nothing)) for key, label in ComplaintGround.choices]
    kinds = [(str(label), _summed(found, 0, value)) for value, label in OrganizationKind.choices]
    kinds.append((pgettext("kind of organisation", "not known"), _summed(found, 0, None)))
    return [
        shares(
            _("By ground"),
            _("Ground"),
            grounds,
            least,
            adds_up=False,
            note=_("A complaint that names several grounds is in several rows."),
        ),
        shares(_("By kind of organisation"), _("Kind"), kinds, least),
        shares(_("By county"), _("County"), _by_county(found), least),
    ]


def _by_county(found):
    numbers = sorted({county for _kind, county in found})
    places = Division.objects.in_bulk([number * asked.BELOW_COUNTY for number in numbers])
    names = {number: places.get(number * asked.BELOW_COUNTY) for number in numbers}
    return [(str(names[number] or number), _summed(found, 1, number)) for number in numbers]


def _summed(found, place, value):
    told = [pair for key, pair in found.items() if key[place] == value]
    return sum(founded for founded, _all in told), sum(decided for _founded, decided in told)


@dataclass(frozen=True)
class Pattern:
    """Complaints that have something in common, and what."""

    what: str
    complaints: list


def pattern_groups(complaints, *, least, months, today):
    """Return complaints about one person or organisation, and those of one text."""
    given = {"months": months, "today": today}
    people = asked.patterns(complaints, "mediator", least=least, **given)
    bodies = asked.patterns(complaints, "organization", least=least, **given)
    texts = asked.patterns(complaints, "text_digest", least=2, **given)
    return [
        *_groups(people, "mediator_id", lambda row: row.mediator.name),
        *_groups(bodies, "organization_id", lambda row: row.organization.name),
        *_groups(texts, "text_digest", lambda row: _("One text, sent several times")),
    ]


def _groups(rows, field, label):
    return [
        Pattern(label(members[0]), members)
        for _key, group in groupby(rows, key=lambda row: getattr(row, field))
        if (members := list(group))
    ]
