"""A sample of credits is drawn by a seed, checked against the papers, and taken back if wrong."""

import secrets

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from office.flow import Refused
from office.samples import drawn
from registry.actions.entering import acting, entered
from training.actions.hours import reverse_hours
from training.models import AuditFinding, AuditItem, HourEntry, HoursAudit


@transaction.atomic
def draw_audit(*, by, today, reason, division, year, size, seed=""):
    """Draw a sample of the credits of a year in a division; returns the audit.

    Without ``seed`` one is made by chance. The same seed draws the same sample (``credits_of``).

    :raises Refused: if no hours were credited there that year.
    """
    last = HourEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    audit = HoursAudit(
        division=division,
        year=year,
        size=size,
        seed=seed or secrets.token_hex(8),
        last_entry=last,
        drawn_by=by,
        drawn_on=today,
    )
    chosen = credits_of(audit)
    if not chosen:
        raise Refused(_("No hours were credited here in this year."))
    entered(audit, by=by, reason=reason, act="draw", also={"drawn": len(chosen)})
    AuditItem.objects.bulk_create([AuditItem(audit=audit, entry_id=pk) for pk in chosen])
    return audit


def credits_of(audit):
    """Return the numbers of the entries an audit draws: a matter of its seed alone."""
    entries = HourEntry.objects.in_division(audit.division).filter(
        kind="credited", done_on__year=audit.year, pk__lte=audit.last_entry
    )
    pks = entries.order_by("pk").values_list("pk", flat=True)
    return drawn(pks.iterator(), seed=audit.seed, size=audit.size)


def check_credit(pk, *, by, today, reason, finding):
    """Note what the check of a credit found; hours that are not borne out are taken back.

    :raises Refused: if the credit was checked already.
    """
    with acting("check", AuditItem.objects, pk, by=by, reason=reason) as item:
        if item.finding != AuditFinding.OPEN:
            raise Refused(_("This credit was checked already."))
        item.finding, item.note = finding, reason
        item.checked_by, item.checked_on = by, today
        taken_back = HourEntry.objects.filter(reversal_of=item.entry_id).exists()
        if finding == AuditFinding.NOT_BORNE_OUT and not taken_back:
            reverse_hours(item.entry_id, by=by, today=today, reason=reason)
    return item
