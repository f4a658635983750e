"""What becomes of consequences when the organisation they are addressed to is deregistered."""

from complaints.actions.consequences import leave
from complaints.models import Consequence, WhyNot
from registry.questions import Destination, Touched

SUBJECT = Consequence._meta.label_lower


def open_consequences_of(organization):
    """Return what a deregistration touches: what the organisation was asked to do and has not."""
    rows = Consequence.objects.open().filter(organization=organization)
    return [Touched.row(row, Destination.END) for row in rows.order_by("pk")]


def carry_out_consequence(item, *, by, today, reason):
    """Note that nobody is left to follow it; tell whether the item was a consequence."""
    if item.subject_type != SUBJECT:
        return False
    if Consequence.objects.open().filter(pk=item.subject_id).exists():
        leave(int(item.subject_id), by=by, today=today, reason=reason, why_not=WhyNot.NO_MORE_UNIT)
    return True
