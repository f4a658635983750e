"""What becomes of open cases when their organisation is deregistered."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.actions.cases import discard_draft, hand_over_case, transfer_case
from casework.flows import CaseState
from casework.models import CaseRecord
from registry.questions import Destination, Touched

SUBJECT = CaseRecord._meta.label_lower


def open_cases(organization):
    """Return what a deregistration touches: cases that wait for their end, and drafts."""
    rows = CaseRecord.objects.open_in(organization).order_by("pk")
    return [Touched.row(row, Destination.MOVE, Destination.END) for row in rows]


def carry_out_case(item, *, by, today, reason):
    """Give an open case to the organisation named, or end it; tell whether it was one.

    An ended case counts as passed on: it did not fail, and nobody withdrew it.

    :raises Refused: if the case no longer allows it.
    """
    if item.subject_type != SUBJECT:
        return False
    pk, note = int(item.subject_id), {"by": by, "today": today, "reason": reason}
    case = CaseRecord.objects.filter(pk=pk, state__in=[CaseState.DRAFT, CaseState.ACCEPTED]).first()
    if case is None:
        return True
    if item.destination == Destination.MOVE:
        hand_over_case(pk, organization=item.target, **note)
    elif case.state == CaseState.DRAFT:
        discard_draft(pk, **note)
    else:
        with override(settings.LANGUAGE_CODE):
            to = _("nobody: the organisation was deregistered")
        transfer_case(pk, transferred_to=to, **note)
    return True
