"""A step of a complaint: the reason lies sealed in the case, never in the ledger."""

from contextlib import contextmanager

from complaints import vault
from complaints.models import Complaint, Milestone, StatementKind
from office.flow import taking

# What the ledger says instead of a reason, which would tell of the case.
IN_THE_CASE = "理由存于案内。"


@contextmanager
def stepping(name, pk, *, by, today, reason="", legal_basis=""):
    """Take a step of a complaint; ``reason`` is kept as a sealed note of the case.

    Guards, lock, write and entry are those of ``office.flow.taking``.

    :raises Refused: if the flow or any guard says no. Nothing is written then.
    """
    told = IN_THE_CASE if reason else ""
    note = {"by": by, "today": today, "reason": told, "legal_basis": legal_basis}
    with taking(name, Complaint.objects, pk, **note) as complaint:
        if reason and by is not None:
            vault.say(complaint, StatementKind.NOTE, reason, today=today, by=by)
        Milestone.objects.create(complaint=complaint, step=name, taken_on=today)
        yield complaint
