"""Awards are entered, corrected and withdrawn; none is taken out of the register."""

from django.db import transaction
from django.utils.translation import gettext as _

from office.flow import Refused, changing
from registry.actions.entering import acting, entered
from registry.models import Award


@transaction.atomic
def add_award(*, by, today, reason, **fields):
    """Enter an honour given to a mediator or an organisation; returns it.

    :raises Refused: if it was given in the future.
    """
    award = Award(**fields)
    _refuse_the_future(award, today)
    return entered(award, by=by, reason=reason)


@transaction.atomic
def change_award(pk, *, by, today, reason, revision, **fields):
    """Correct what is written of an award; whom it honours stays.

    :raises Stale: if it was changed since the form with this revision was opened.
    :raises Refused: if it was withdrawn, or would be given in the future.
    """
    with changing(Award.objects, pk, by=by, reason=reason, revision=revision) as award:
        if award.withdrawn_on:
            raise Refused(_("The award was withdrawn; it stays as it was."))
        for name, value in fields.items():
            setattr(award, name, value)
        _refuse_the_future(award, today)
    return award


@transaction.atomic
def withdraw_award(pk, *, by, today, reason):
    """Record that an award was withdrawn; the public page no longer shows it.

    :raises Refused: if it was withdrawn before.
    """
    with acting("withdraw", Award.objects, pk, by=by, reason=reason) as award:
        if award.withdrawn_on:
            raise Refused(_("The award was withdrawn already."))
        award.withdrawn_on, award.withdrawn_because = today, reason
    return award


def _refuse_the_future(award, today):
    if award.awarded_on > today:
        raise Refused({"awarded_on": _("An award cannot be given in the future.")})
