"""Hours are credited from what was learnt and reversed with a reason; nobody types them."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from registry.models import Mediator
from training.models import HourEntry, HourEntryKind


@transaction.atomic
def credit_hours(mediator, *, hours, content_class, source, title, done_on, by, today):
    """Credit class hours (a ``Decimal``) from ``source``, a row; returns the entry.

    What already stands credited from that row is returned as it is: the same learning counts once.
    """
    # The row of the person is the lock: two credits from one source wait for each other.
    Mediator.objects.select_for_update(of=("self",)).get(pk=mediator.pk)
    given = HourEntry.objects.filter(
        mediator=mediator,
        kind=HourEntryKind.CREDITED,
        source_type=source._meta.label_lower,
        source_id=str(source.pk),
    )
    if standing := given.filter(reversal=None).first():
        return standing
    entry = HourEntry(
        mediator=mediator,
        kind=HourEntryKind.CREDITED,
        hours=hours,
        content_class=content_class,
        done_on=done_on,
        entered_on=today,
        source_type=source._meta.label_lower,
        source_id=str(source.pk),
        source_title=title,
        serial=given.count() + 1,
        entered_by=by,
    )
    return _entered("training.hourentry.credit", entry, by=by)


@transaction.atomic
def reverse_hours(pk, *, by, today, reason):
    """Take a credit back with a reason; the credit stays and the reversal stands beside it.

    :raises Refused: if the entry is itself a reversal, or was reversed already.
    """
    entry = HourEntry.objects.select_for_update(of=("self",)).get(pk=pk)
    if entry.kind != HourEntryKind.CREDITED:
        raise Refused(_("Only a credit can be reversed."))
    if HourEntry.objects.filter(reversal_of=entry).exists():
        raise Refused(_("These hours were reversed already."))
    reversal = HourEntry(
        mediator=entry.mediator,
        kind=HourEntryKind.REVERSED,
        hours=entry.hours,
        content_class=entry.content_class,
        done_on=entry.done_on,
        entered_on=today,
        source_type=entry.source_type,
        source_id=entry.source_id,
        source_title=entry.source_title,
        serial=entry.serial,
        reversal_of=entry,
        reason=reason,
        entered_by=by,
    )
    return _entered("training.hourentry.reverse", reversal, by=by, reason=reason)


def _entered(act, entry, **note):
    entry.full_clean()
    entry.save()
    ledger.append(act, entry, after=ledger.filled(entry), **note)
    return entry
