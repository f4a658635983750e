"""Who complained: seen by the handler alone, on a reason, for a quarter of an hour."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.holding import check_handler
from complaints.models import Complaint, IdentityView
from complaints.notices.mail import tell_leads
from complaints.rules.routes import IDENTITY_MINUTES
from office import ledger
from office.flow import Refused

REASON = "identity view reason"


@transaction.atomic
def open_identity(pk, *, by, now, today, reason):
    """Open who complained to the handler; returns the view, which ends by itself.

    The reason is sealed: it tends to say who it is. The heads of the bureau are told that there is
    something new, and read in their log what. One view is one row and one entry of the ledger.

    :raises Refused: if the complaint names nobody, or was not given to the officer.
    """
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
    check_handler(complaint, by)
    if complaint.is_anonymous:
        raise Refused(_("The complaint is anonymous: nothing is kept of who complained."))
    view = IdentityView(
        complaint=complaint,
        user=by,
        sealed_reason=vault.seal_text(complaint, reason, REASON),
        opened_at=now,
        until_at=now + timedelta(minutes=IDENTITY_MINUTES),
    )
    view.full_clean()
    view.save()
    ledger.append("complaints.complaint.unmask", complaint, by=by)
    tell_leads(complaint, today=today)
    return view


def identity_shown(view, *, by, now):
    """Return who complained as a mapping while a view of one's own is open.

    :raises Refused: if it is another's, over, or the complaint is no longer in one's hands.
    """
    check_handler(view.complaint, by)
    if view.user_id != by.pk:
        raise Refused(_("This view was opened by somebody else."))
    if now >= view.until_at:
        raise Refused(_("The time of this view is over. Say why again to see it once more."))
    return vault.identity(view.complaint)


def reason_of(view):
    """Return why an identity was seen; for those who steer, never for a list."""
    return vault.open_text(view.complaint, view.sealed_reason, REASON)
