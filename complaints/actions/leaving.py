"""A complaint leaves its handler: joined to another, or passed to another body."""

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.actions.calling_back import call_back
from complaints.actions.clocks import start_clock, stop_all_clocks
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
from complaints.models import Complaint, ComplaintKey
from complaints.notices import handling as notices
from complaints.notices.mail import holders
from complaints.notices.mail import tell as mail
from office.flow import Refused
from office.roles import Role

S = ComplaintState
# From a unit that has its task sheet a complaint comes back first, in the same act.
TRANSFERABLE = [
    S.RECEIVED, S.SCREENING, S.AWAITING_MATERIAL, S.ACCEPTED, S.ASSIGNED, S.LEAD,
]  # fmt: skip


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


@transaction.atomic
def transfer(pk, *, division, by, today, reason=""):
    """Pass a complaint to the body of another place: one number, and its limits run on.

    A task sheet that a unit has is taken back before. Nobody here can read the complaint any
    longer; the complainant is told which body has it now.

    :raises Refused: if the findings are in, it is decided, or it lies there already.
    """
    call_back(pk, by=by, today=today)
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
        if complaint.state == S.ACCEPTED:
            start_clock(complaint, ComplaintKey.ASSIGN_DAYS, today=today)
        _take_all_access(complaint, by=by, today=today)
        mail(holders(Role.HANDLER, complaint, today=today))
    return complaint


def _take_all_access(complaint, *, by, today):
    for one in [complaint, *complaint.merged.all()]:
        for grant in one.grants.filter(until_on=None).select_related("user"):
            take_access(one, grant.user, by=by, today=today)
