"""An officer stands back from a complaint, and never sees it again."""

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.reading import take_access
from complaints.actions.stepping import IN_THE_CASE
from complaints.models import Complaint, DeclaredRecusal, StatementKind
from office import ledger
from office.flow import Refused


@transaction.atomic
def recuse(pk, *, by, today, reason):
    """Declare that one has to do with a complaint; one that was handled goes back to the queue.

    :raises Refused: if that was declared before.
    """
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
    if complaint.recusals.filter(user=by).exists():
        raise Refused(_("You stood back from this complaint before."))
    vault.say(complaint, StatementKind.NOTE, reason, today=today, by=by)
    declared = DeclaredRecusal(complaint=complaint, user=by, declared_on=today)
    declared.full_clean()
    declared.save()
    _release(complaint, by)
    take_access(complaint, by, by=by, today=today)
    for merged in complaint.merged.all():
        take_access(merged, by, by=by, today=today)
    ledger.append("complaints.complaint.recuse", complaint, by=by, reason=IN_THE_CASE)
    return complaint


def _release(complaint, user):
    if complaint.handler_id != user.pk:
        return
    complaint.handler = None
    complaint.revision += 1
    complaint.full_clean()
    complaint.save(update_fields=["handler", "revision", "changed_at"])
