"""Why complaints were not accepted, in numbers that tell of no single one."""

from django.utils.translation import gettext as _

from complaints.models import ComplaintRefusal
from complaints.reports.tables import Table, sign
from complaints.rules.routes import Refusal
from complaints.rules.suppression import suppressed_row


def refusals(complaints):
    """Return {(year, reason): number} of these complaints."""
    return ComplaintRefusal.objects.by_year_and_ground(complaints)


def refusals_of(found, year, least):
    """Return what is shown of a year: one text for each reason, and the last for all of them."""
    counts = [found.get((year, ground), 0) for ground in Refusal.values]
    return [sign(cell, least) for cell in suppressed_row(counts, least)]


def refusal_table(complaints, year, least):
    """Return how many complaints were not accepted in a year, by reason and right way to go."""
    *texts, whole = refusals_of(refusals(complaints), year, least)
    rows = [(str(label), [text]) for label, text in zip(Refusal.labels, texts, strict=True)]
    heading, first = _("By reason and right way to go"), _("Reason")
    return Table(heading, first, [_("Not accepted")], rows, (_("In all"), [whole]))
