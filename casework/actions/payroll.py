"""Who is on the public payroll: some schemes pay them nothing for cases."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework.models import PublicPayroll
from office import ledger
from office.flow import Refused, changing


@transaction.atomic
def add_payroll(*, by, today, mediator, employer, from_on, reason=""):
    """Note that somebody is on the public payroll from a day on.

    :raises Refused: if this is noted already.
    """
    running = PublicPayroll.objects.filter(mediator=mediator, until_on=None)
    if running.select_for_update().exists():
        raise Refused(_("This person is entered as on the public payroll already."))
    row = PublicPayroll(mediator=mediator, employer=employer, from_on=from_on)
    row.full_clean()
    row.save()
    after = ledger.filled(row)
    ledger.append("casework.publicpayroll.add", row, by=by, reason=reason, after=after)
    return row


def end_payroll(pk, *, by, today, until_on, reason):
    """Note the first day on which somebody is not on the public payroll any more."""
    with changing(PublicPayroll.objects, pk, by=by, reason=reason) as row:
        row.until_on = until_on
    return row
