"""Who failed an exam may sit it again after a gap: an exam of its own, with those who failed."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from training.actions.candidates import failed_at
from training.models import Exam

COPIED = ("purpose", "division", "paper", "minutes", "pass_share", "attempts_allowed")


@transaction.atomic
def announce_resit(pk, *, by, today, reason, title, opens_at, closes_at):
    """Plan a resit with the paper and figures of an exam whose results are out; returns it.

    Its candidates, named when it is scheduled, are those who failed.

    :raises Refused: if nobody failed, or it would begin before the gap is over.
    """
    first = Exam.objects.select_for_update(of=("self",)).get(pk=pk)
    if not first.is_released:
        raise Refused(_("The results are not out."))
    if not failed_at(first).exists():
        raise Refused(_("Nobody failed this exam."))
    fields = {name: getattr(first, name) for name in COPIED}
    resit = Exam(title=title, opens_at=opens_at, closes_at=closes_at, resit_of=first, **fields)
    resit.full_clean()
    if not resit.keeps_the_gap():
        raise Refused(_("The resit would begin before the gap that is set is over."))
    resit.save()
    ledger.append("training.exam.resit", resit, by=by, reason=reason, after=ledger.filled(resit))
    return resit
