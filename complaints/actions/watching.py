"""The head of the bureau looks after those who look at identities."""

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.identity import reason_of
from complaints.models import IdentityView
from office import ledger
from office.flow import Refused


@transaction.atomic
def read_view_reason(pk, *, by, today):
    """Return why somebody looked at who complained; the reading itself is one entry.

    The reason may tell who it is, so it is opened by itself, and never listed or exported.

    :raises Refused: if the key of the complaint was destroyed.
    """
    view = IdentityView.objects.select_related("complaint").get(pk=pk)
    try:
        reason = reason_of(view)
    except vault.Destroyed:
        raise Refused(_("What was sealed in this complaint was destroyed.")) from None
    ledger.append("complaints.identityview.read_reason", view, by=by)
    return reason
