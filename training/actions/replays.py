"""Whoever looks at the saved states of an attempt says why, and it is in the ledger."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from training.models import Attempt


@transaction.atomic
def look_at_saves(pk, *, by, today, reason):
    """Note that somebody looks at every saved state of an attempt; returns the attempt.

    :raises Refused: if one is to mark the exam and must not know whose answers these are.
    """
    attempt = Attempt.objects.select_related("exam").get(pk=pk)
    if attempt.exam.markers.of(by).exists():
        raise Refused(_("Who marks the exam does not look at whose answers these are."))
    ledger.append("training.attempt.replay", attempt, by=by, reason=reason)
    return attempt
