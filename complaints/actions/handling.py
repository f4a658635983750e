"""A complaint is taken up and screened: accepted, refused, taken as a lead, or asked more about."""

from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import (
    pause_clocks,
    resume_clocks,
    start_clock,
    stop_all_clocks,
    stop_clock,
)
from complaints.actions.holding import (
    check_handler,
    check_reader,
    handling,
    tell,
    writing_on,
)
from complaints.actions.reading import give_access, take_access
from complaints.actions.stepping import stepping
from complaints.models import Complaint, ComplaintKey, ComplaintRefusal, Part, StatementKind
from complaints.notices import handling as notices
from complaints.queries import ties_of
from office.flow import Refused

K = ComplaintKey
FOR_MATERIAL = "material"
# What may be written beside the steps, and by which kind of statement it is kept.
WRITTEN = [StatementKind.QUESTION, StatementKind.NOTICE, StatementKind.NOTE]


def take_up(pk, *, by, today):
    """Take a new complaint up for screening: the officer handles it and may read it from now on.

    :raises Refused: if somebody took it up before, or was asked to.
    """
    with stepping("screen", pk, by=by, today=today) as complaint:
        if complaint.handler_id not in (None, by.pk):
            raise Refused(_("Somebody else was asked to handle this complaint."))
        complaint.handler = by
        give_access(complaint, by, Part.HANDLER, by=by, today=today)
    return complaint


def take_over(pk, *, by, today):
    """Go on with a complaint that nobody handles any more, in the state it is in.

    :raises Refused: if somebody handles it, or it is new and has to be taken up.
    """
    with writing_on(pk, "take_over", by=by, today=today, unsettled=True) as complaint:
        if complaint.handler_id is not None:
            raise Refused(_("Somebody handles this complaint."))
        if complaint.state == "received":
            raise Refused(_("The complaint is new: take it up for screening."))
        complaint.handler = by
        give_access(complaint, by, Part.HANDLER, by=by, today=today)
    return complaint


def hand_over(pk, *, to, by, today, reason=""):
    """Give a complaint to another handler; the one it had can read it no longer.

    What was joined to it goes along. A lead may do so without being able to read a word of it.

    :raises Refused: if the other may not handle it here or has to do with it.
    """
    note = {"by": by, "today": today, "reason": reason}
    with writing_on(pk, "hand_over", unsettled=True, **note) as complaint:
        if not by.has_perm("complaints.lead_complaint"):
            check_handler(complaint, by)
        if complaint.handler_id == to.pk:
            raise Refused(_("This person handles the complaint already."))
        if not Complaint.objects.within(to, "complaints.take_complaint").filter(pk=pk).exists():
            raise Refused(_("This person cannot handle the complaint."))
        for one in [complaint, *complaint.merged.all()]:
            if complaint.handler:
                take_access(one, complaint.handler, by=by, today=today)
            give_access(one, to, Part.HANDLER, by=by, today=today)
        complaint.handler = to
    return complaint


def classify(pk, *, by, today, about, urgency, grounds, mediator=None, organization=None):
    """Note what a complaint is about and how urgent it is, once it was read.

    The ledger is told the urgency and the kind of the one complained of, never who it is.

    :raises Refused: if it turns out to concern somebody the handler is tied to.
    """
    with writing_on(pk, "classify", by=by, today=today) as complaint:
        check_handler(complaint, by)
        complaint.about, complaint.urgency, complaint.grounds = about, urgency, grounds
        complaint.mediator, complaint.organization = mediator, organization
        _check_not_tied(by, mediator, organization)
    return complaint


def ask_material(pk, *, items, by, today):
    """Ask the complainant for all that is missing, once; the limit to accept stands still."""
    with handling("ask_material", pk, by=by, today=today) as complaint:
        pause_clocks(complaint, K.ACCEPT_DAYS, today=today, why=FOR_MATERIAL)
        clock = start_clock(complaint, K.MATERIAL_DAYS, today=today)
        text = notices.asking_for(items, clock.due_on)
        vault.say(complaint, StatementKind.QUESTION, text, today=today, by=by)
    return complaint


def go_on(pk, *, by, today, reason=""):
    """Go on screening: the material came. By nobody if the complainant sent it with the code."""
    with stepping("go_on", pk, by=by, today=today, reason=reason) as complaint:
        if by is not None:
            check_handler(complaint, by)
        stop_clock(complaint, K.MATERIAL_DAYS, today=today)
        resume_clocks(complaint, today=today, why=FOR_MATERIAL)
    return complaint


def lapse(pk, *, by, today, reason=""):
    """Close a complaint for which the material never came."""
    with handling("lapse", pk, by=by, today=today, reason=reason) as complaint:
        _end(complaint, notices.LAPSED, by=by, today=today)
    return complaint


def accept(pk, *, by, today, reason=""):
    """Accept a complaint: its task sheet has to go out, and it has to be decided, in time.

    The limit to decide runs from the day of acceptance, not from that of receipt: so the
    neighbouring procedures of the specification count it (so many days to accept, then so many days
    to decide, extended once), and the time the complainant took to send material is then no part
    of it. The start is therefore the day this step is taken, under the figure of that day. One that
    runs already, because a unit objected and the complaint was screened again, runs on.
    """
    with handling("accept", pk, by=by, today=today, reason=reason) as complaint:
        _begin_inquiry(complaint, by=by, today=today)
    return complaint


def reject(pk, *, ground, by, today, more="", reason=""):
    """Do not accept a complaint, and tell the complainant why and where to turn instead."""
    with handling("reject", pk, by=by, today=today, reason=reason) as complaint:
        refusal = ComplaintRefusal(complaint=complaint, ground=ground, refused_on=today)
        refusal.full_clean()
        refusal.save()
        _end(complaint, notices.refused(ground, more), by=by, today=today)
    return complaint


def make_lead(pk, *, by, today, reason=""):
    """Take a complaint that names nobody as a lead: no limit runs, and no reply is owed."""
    with handling("make_lead", pk, by=by, today=today, reason=reason) as complaint:
        stop_all_clocks(complaint, today=today)
        tell(complaint, notices.LEAD, by=by, today=today)
    return complaint


def pursue(pk, *, by, today, reason=""):
    """Accept a lead that proved true as a complaint; its limits run from today."""
    with handling("pursue", pk, by=by, today=today, reason=reason) as complaint:
        tell(complaint, notices.PURSUED, by=by, today=today)
        _begin_inquiry(complaint, by=by, today=today)
    return complaint


def write(pk, *, kind, text, by, today):
    """Write a question or a notice to the complainant, or a note of one's own.

    :raises Refused: if it is no such kind.
    """
    if kind not in WRITTEN:
        raise Refused(_("This cannot be written by an officer."))
    with writing_on(pk, "write", by=by, today=today, told={"statement": kind}) as complaint:
        check_reader(complaint, by)
        return vault.say(complaint, kind, text, today=today, by=by)


def _begin_inquiry(complaint, *, by, today):
    stop_clock(complaint, K.ACCEPT_DAYS, today=today)
    start_clock(complaint, K.ASSIGN_DAYS, today=today)
    total = start_clock(complaint, K.TOTAL_DAYS, today=today)
    tell(complaint, notices.accepted(total.due_on), by=by, today=today)


def _end(complaint, text, *, by, today):
    stop_all_clocks(complaint, today=today)
    complaint.closed_on = today
    tell(complaint, text, by=by, today=today)


def _check_not_tied(user, mediator, organization):
    ties = ties_of(user)
    knows = mediator and mediator.pk in ties.people | ties.mediators
    if knows or (organization and organization.pk in ties.organizations):
        raise Refused(_("You have to do with who is complained of: stand back from the complaint."))
