"""What every act of a handler has in common: a locked row, a case that was given, an entry."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.reading import NotGiven, may_read
from complaints.actions.stepping import IN_THE_CASE, stepping
from complaints.models import Complaint, StatementKind
from office import ledger
from office.flow import Refused

# Whom a complaint is about and on what grounds is no business of those who read the ledger only.
UNTOLD = ("mediator_id", "organization_id", "grounds", "happened_on")


class NotTheHandler(Refused):
    """Somebody else handles the complaint."""

    def __init__(self):
        super().__init__(_("You are not the handler of this complaint."))


@contextmanager
def handling(name, pk, *, by, today, reason=""):
    """Take a step as the handler of a complaint, who was given it to read.

    :raises NotTheHandler: if somebody else handles it. :raises NotGiven: if it was taken away.
    """
    with stepping(name, pk, by=by, today=today, reason=reason) as complaint:
        check_handler(complaint, by)
        yield complaint


@contextmanager
def writing_on(pk, act, *, by, today, reason="", told=None, unsettled=False):
    """Lock a complaint for an act that is no step, then save and log it.

    As with steps the reason is kept sealed in the case. ``told`` is added to what the ledger says.
    ``unsettled`` lets the act be done on one that was withdrawn and still has to be looked at.

    :raises Refused: if the complaint has ended.
    """
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
        if complaint.closed_on and not (unsettled and complaint.waits_to_be_settled):
            raise Refused(_("The complaint has ended."))
        before = _snapshot(complaint)
        yield complaint
        if reason:
            vault.say(complaint, StatementKind.NOTE, reason, today=today, by=by)
        complaint.revision += 1
        complaint.full_clean()
        complaint.save()
        old, new = ledger.changes(before, _snapshot(complaint))
        note = {"before": old, "after": new | (told or {}), "reason": IN_THE_CASE if reason else ""}
        ledger.append(f"complaints.complaint.{act}", complaint, by=by, **note)


def check_handler(complaint, user):
    """:raises NotTheHandler: if somebody else is. :raises NotGiven: if it was taken away."""
    if complaint.handler_id != user.pk:
        raise NotTheHandler
    if not may_read(complaint, user):
        raise NotGiven


def check_reader(complaint, user):
    """:raises NotGiven: if the complaint was not given to the user to read."""
    if not may_read(complaint, user):
        raise NotGiven


def check_not_suspended(complaint):
    """:raises Refused: if the complaint stands still."""
    if complaint.is_suspended:
        raise Refused(_("The complaint is suspended: end the suspension first."))


def tell(complaint, text, *, by, today):
    """Tell the complainant something, to be read with the receipt code."""
    return vault.say(complaint, StatementKind.NOTICE, text, today=today, by=by)


def _snapshot(complaint):
    told = ledger.snapshot(complaint)
    return {name: value for name, value in told.items() if name not in UNTOLD}
