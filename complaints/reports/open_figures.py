"""The figures of complaints that are open to everybody: for each year that is over."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.models import Channel, Complaint
from complaints.queries import open_figures as asked
from complaints.queries.insight import years_of
from complaints.reports.refusals import refusals, refusals_of
from complaints.reports.tables import (
    NOTHING,
    WITHHELD_SIGN,
    figure,
    share_text,
    sign,
)
from complaints.rules.medians import median
from complaints.rules.routes import Refusal
from complaints.rules.suppression import suppressed_row
from office.sheets.writing import ExportColumn

YEARS_SHOWN = 5
EVERYWHERE = 0


@dataclass(frozen=True)
class OpenFigures:
    """Heads and rows, the newest year first; ``least`` is the smallest number shown."""

    heads: list
    rows: list
    least: int

    @property
    def lines(self):
        """The rows: the year, and each text with its head."""
        return [(row[0], list(zip(self.heads[1:], row[1:], strict=True))) for row in self.rows]

    @property
    def columns(self):
        return [ExportColumn(head) for head in self.heads]


def open_figures(today):
    """Return the figures of the last years that are over.

    The running year is left out: seen day by day its numbers would tell of single complaints.
    """
    complaints = Complaint.objects.all()
    least = figure("cell_least", division_id=EVERYWHERE, today=today)
    first = years_of(complaints) or today.year
    years = range(today.year - 1, max(first, today.year - YEARS_SHOWN) - 1, -1)
    received = asked.by_year_and_channel(complaints)
    in_time = asked.accepted_in_time(complaints)
    found = asked.findings(complaints)
    refused = refusals(complaints)
    days = asked.days_to_the_end(complaints)
    rows = [
        [
            year,
            *_received([received.get((year, channel), 0) for channel in Channel.values], least),
            _in_time(in_time.get(year, (0, 0)), least),
            *_refused(refused, year, least),
            *_findings(found.get(year, (0, 0)), least),
            _median(days.get(year, {}), least),
        ]
        for year in years
    ]
    return OpenFigures(heads(), rows, least)


def heads():
    """Return the heads of the columns."""
    return [
        _("Year"),
        pgettext("how many", "Received"),
        *(str(label) for label in Channel.labels),
        _("Accepted or refused within the limit"),
        _("Not accepted in the year"),
        *(_("Not accepted: %(reason)s") % {"reason": label} for label in Refusal.labels),
        _("Founded, at least in part"),
        _("Decided"),
        _("Founded share"),
        _("Median days until closed"),
    ]


def _received(counts, least):
    """Return how many were received in all, and on each channel."""
    *channels, whole = [sign(cell, least) for cell in suppressed_row(counts, least)]
    return [whole, *channels]


def _in_time(pair, least):
    """Return the share kept in time. It tells of the bureau, so that its parts may be small."""
    kept, asked_for = pair
    if not asked_for:
        return NOTHING
    return f"{100 * kept / asked_for:.1f}%" if asked_for >= least else WITHHELD_SIGN


def _refused(found, year, least):
    """Return how many were refused in all, and for each reason."""
    *reasons, whole = refusals_of(found, year, least)
    return [whole, *reasons]


def _findings(pair, least):
    founded, decided = pair
    part, _rest, whole = suppressed_row([founded, decided - founded], least)
    if not decided:
        return [NOTHING] * 3
    return [sign(part, least), sign(whole, least), share_text(part, whole, least)]


def _median(days, least):
    number = sum(days.values())
    if not number:
        return NOTHING
    return f"{median(days):g}" if number >= least else WITHHELD_SIGN
