"""A complaint leaves its handler: withdrawn, joined to another, or passed to another body."""

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import stop_all_clocks
from complaints.actions.filing import file_complaint
from complaints.actions.handling import make_lead, take_up
from complaints.actions.holding import (
    check_handler,
    check_not_suspended,
    check_reader,
    handling,
    tell,
    writing_on,
)
from complaints.actions.reading import take_access
from complaints.actions.task_sheets import end_sheets
from complaints.flows import ComplaintState
from complaints.flows.complaint import BEFORE_DECISION
from complaints.models import Complaint, Mode, StatementKind
from complaints.notices import handling as notices
from complaints.notices.mail import holders
from complaints.notices.mail import tell as mail
from office.flow import Refused
from office.roles import Role

S = ComplaintState
# Once a unit has a task sheet, a complaint comes back from there before it goes elsewhere.
TRANSFERABLE = [S.RECEIVED, S.SCREENING, S.AWAITING_MATERIAL, S.ACCEPTED, S.LEAD]
CARRIED = ("division", "about", "mediator", "organization", "grounds", "happened_on", "channel")


@transaction.atomic
def withdraw_complaint(pk, *, by, today, reason="", facts=""):
    """Note that the complainant withdrew; all limits stop.

    Serious facts go on without the complainant: with ``facts``, which the handler words so that
    they name nobody who complained, a new anonymous complaint is filed and taken as a lead at once.
    That the two belong together lies sealed in both. Returns the complaint withdrawn.
    """
    with handling("withdraw", pk, by=by, today=today, reason=reason) as complaint:
        end_sheets(complaint, by=by, today=today)
        complaint.suspended_on = None
        complaint.closed_on = today
        stop_all_clocks(complaint, today=today)
        tell(complaint, notices.WITHDRAWN, by=by, today=today)
    if facts:
        _go_on_as_a_lead(complaint, facts, by=by, today=today)
    return complaint


def _go_on_as_a_lead(complaint, facts, *, by, today):
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


@transaction.atomic
def merge(pk, *, into, by, today, reason=""):
    """Join a complaint to another about the same person or organisation; both sides are told.

    Neither complainant is told anything of the other.

    :raises Refused: if the other is not undecided, about somebody else, or not given to read.
    """
    # Both rows in one order, or two officers joining crosswise would wait for each other.
    keys = sorted([pk, into.pk])
    rows = Complaint.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    main = {row.pk: row for row in rows}.get(into.pk)
    with handling("merge", pk, by=by, today=today, reason=reason) as complaint:
        _check_main(main, complaint, by)
        end_sheets(complaint, by=by, today=today)
        complaint.merged_into = main
        complaint.closed_on = today
        stop_all_clocks(complaint, today=today)
        tell(complaint, notices.JOINED, by=by, today=today)
        tell(main, notices.TAKEN_IN, by=by, today=today)
    return complaint


def _check_main(main, complaint, by):
    check_reader(main, by)
    if main.pk == complaint.pk or main.state not in BEFORE_DECISION:
        raise Refused(_("Only a complaint that is not decided yet can take another in."))
    if not Complaint.objects.about_the_same(complaint).filter(pk=main.pk).exists():
        raise Refused(_("The two complaints are not about the same person or organisation."))
    if complaint.merged.exists():
        raise Refused(_("Other complaints were joined to this one: join the other one to this."))


def transfer(pk, *, division, by, today, reason=""):
    """Pass a complaint to the body of another place: one number, and its limits run on.

    Nobody here can read it any longer; the complainant is told which body has it now.

    :raises Refused: if a unit has its task sheet, it is decided, or it lies there already.
    """
    with writing_on(pk, "transfer", by=by, today=today, reason=reason) as complaint:
        if not by.has_perm("complaints.lead_complaint"):
            check_handler(complaint, by)
        check_not_suspended(complaint)
        if complaint.state not in TRANSFERABLE:
            raise Refused(_("In this state the complaint cannot be passed on."))
        if complaint.division_id == division.pk:
            raise Refused(_("The complaint lies there already."))
        end_sheets(complaint, by=by, today=today)
        tell(complaint, notices.passed_on(division.pk), by=by, today=today)
        complaint.division, complaint.handler = division, None
        _take_all_access(complaint, by=by, today=today)
        mail(holders(Role.HANDLER, complaint, today=today))
    return complaint


def _take_all_access(complaint, *, by, today):
    for one in [complaint, *complaint.merged.all()]:
        for grant in one.grants.filter(until_on=None).select_related("user"):
            take_access(one, grant.user, by=by, today=today)
