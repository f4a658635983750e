"""A complaint is withdrawn; serious facts go on without the complainant, as a lead."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import stop_all_clocks
from complaints.actions.filing import file_complaint
from complaints.actions.handling import make_lead, take_up
from complaints.actions.holding import check_handler, handling, tell, writing_on
from complaints.actions.task_sheets import end_sheets
from complaints.models import Mode, StatementKind
from complaints.notices import handling as notices
from complaints.notices.progress import DESTROYED
from complaints.rules.naming import names_complainant
from office.flow import Refused

CARRIED = ("division", "about", "mediator", "organization", "grounds", "happened_on", "channel")


@transaction.atomic
def withdraw_complaint(pk, *, by, today, reason="", facts=""):
    """Note that the complainant withdrew; all limits stop.

    With ``facts`` they go on without the complainant, as with ``go_on_as_lead``. Returns the
    complaint withdrawn.
    """
    with handling("withdraw", pk, by=by, today=today, reason=reason) as complaint:
        end_withdrawn(complaint, by=by, today=today)
        complaint.settled_on = today
        tell(complaint, notices.WITHDRAWN, by=by, today=today)
    if facts:
        _go_on(complaint, facts, by=by, today=today)
    return complaint


def end_withdrawn(complaint, *, by, today):
    """Bring to its end what runs in a complaint that is withdrawn: sheets, limits, suspension."""
    end_sheets(complaint, by=by, today=today)
    complaint.closed_on, complaint.suspended_on = today, None
    stop_all_clocks(complaint, today=today)


def go_on_as_lead(pk, *, facts, by, today, reason=""):
    """Let the serious facts of a complaint that was withdrawn with its code go on as a lead.

    ``facts``, which the handler words so that they name nobody who complained, become a new
    anonymous complaint, taken as a lead at once. That the two belong together lies sealed in both.
    The complaint stays withdrawn, and its holder is told nothing else. Returns it.

    :raises Refused: if that was settled before, or the facts say who complained.
    """
    with _settling("go_on_as_lead", pk, by=by, today=today, reason=reason) as complaint:
        _go_on(complaint, facts, by=by, today=today)
    return complaint


def leave_withdrawn(pk, *, by, today, reason=""):
    """Leave a complaint that was withdrawn with its code at that.

    :raises Refused: if that was settled before.
    """
    with _settling("leave_withdrawn", pk, by=by, today=today, reason=reason) as complaint:
        pass
    return complaint


@contextmanager
def _settling(act, pk, *, by, today, reason):
    note = {"by": by, "today": today, "reason": reason}
    try:
        with writing_on(pk, act, unsettled=True, **note) as complaint:
            if not complaint.waits_to_be_settled:
                raise Refused(_("The complaint is not withdrawn."))
            check_handler(complaint, by)
            complaint.settled_on = today
            yield complaint
    except vault.Destroyed:
        raise Refused(str(DESTROYED)) from None


def _go_on(complaint, facts, *, by, today):
    if names_complainant(facts, vault.identity(complaint)):
        message = _("The text says who complained: take the name, number or address out.")
        raise Refused({"facts": message})
    given = {name: getattr(complaint, name) for name in CARRIED}
    # The form takes effect once; so does what it files.
    lead, _code = file_complaint(
        submission=f"goes on from {complaint.number}",
        mode=Mode.ANONYMOUS,
        facts=facts,
        today=today,
        by=by,
        **given,
    )
    take_up(lead.pk, by=by, today=today)
    make_lead(lead.pk, by=by, today=today)
    for one, other in [(complaint, lead), (lead, complaint)]:
        vault.say(one, StatementKind.NOTE, f"关联案件：{other.number}", today=today, by=by)
