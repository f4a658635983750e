"""What becomes of open cases and claims when their organisation is deregistered."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.actions.cases import discard_draft, hand_over_case, transfer_case
from casework.actions.claim_steps import withdraw_batch
from casework.flows import CaseState
from casework.models import CaseRecord, ClaimBatch
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


def open_claims(organization):
    """Return the claims of an organisation that are not paid.

    What the organisation still holds is withdrawn; what it handed in is work that was done: the
    offices and the bureau go on with it to the payment.
    """
    held = ClaimBatch.objects.with_the_clerk().filter(organization=organization)
    unpaid = ClaimBatch.objects.unpaid().filter(organization=organization)
    return [
        *[Touched.row(batch, Destination.END) for batch in held.order_by("pk")],
        *[Touched.row(batch, Destination.HAND_OVER) for batch in unpaid.order_by("pk")],
    ]


def carry_out_claim(item, *, by, today, reason):
    """Withdraw a claim that the organisation still holds; tell whether it was a claim.

    :raises Refused: if the claim no longer allows it.
    """
    if item.subject_type != ClaimBatch._meta.label_lower:
        return False
    held = ClaimBatch.objects.with_the_clerk().filter(pk=item.subject_id)
    if item.destination == Destination.END and held.exists():
        withdraw_batch(int(item.subject_id), by=by, today=today, reason=reason)
    return True
