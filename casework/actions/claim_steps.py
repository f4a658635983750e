"""Batches are handed in, checked, returned, approved and paid; nobody takes two steps in a row."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from casework.actions.claim_lines import (
    NOTHING,
    examine,
    lock_disputes,
    recount,
    require_disputes_are_free,
)
from casework.flows.claim import WITH_THE_CLERK, ClaimState, LineState
from casework.models import CaseworkKey, CaseworkPolicy, ClaimBatch, ClaimStep
from office import ledger
from office.clocks import Calendar, due
from office.documents import attach, documents_of, evidence_of
from office.flow import Refused, taking
from office.roles import Role
from office.scopes import grants_of

ONE_DAY = timedelta(days=1)
REVIEW_PAPER = "review"
ROWS = ClaimBatch.objects.select_related("organization__division", "policy")


def submit_batch(pk, *, by, today, declares, reason=""):
    """Hand a batch in to the justice office; each line is looked at and priced once more.

    :raises Refused: with every reason that bars it, and if one of its disputes is claimed
        elsewhere.
    """
    return _hand_in("submit", pk, declares, by=by, today=today, reason=reason)


def submit_batch_directly(pk, *, by, today, declares, reason=""):
    """Hand a batch in to the bureau: there is no justice office above the organisation.

    :raises Refused: as ``submit_batch``.
    """
    return _hand_in("submit_directly", pk, declares, by=by, today=today, reason=reason)


def resubmit_batch(pk, *, by, today, declares, reason=""):
    """Hand a returned batch in again: it begins with the first check."""
    return _hand_in("resubmit", pk, declares, by=by, today=today, reason=reason)


def resubmit_batch_directly(pk, *, by, today, declares, reason=""):
    """Hand a returned batch in again to the bureau."""
    return _hand_in("resubmit_directly", pk, declares, by=by, today=today, reason=reason)


@transaction.atomic
def pass_first_check(pk, *, by, today, reason):
    """Let a batch through the first check of the justice office."""
    with _moving("check_first", pk, by=by, today=today, reason=reason) as batch:
        pass
    return batch


@transaction.atomic
def pass_second_check(pk, *, by, today, reason):
    """Let a batch through the second check, that of the head of the justice office."""
    with _moving("check_second", pk, by=by, today=today, reason=reason) as batch:
        pass
    return batch


@transaction.atomic
def record_review(pk, *, by, today, reason, leader, reviewed_on, document):
    """Record that the township's leader reviewed a batch, with the paper that was signed.

    :raises Refused: if the day of the signature lies ahead or before the batch was handed in.
    """
    batch = ClaimBatch.objects.select_for_update().get(pk=pk)
    if not (batch.submitted_on or today) <= reviewed_on <= today:
        raise Refused(_("The leader signs between the day it was handed in and today."))
    note = {"by": by, "today": today, "reason": reason}
    attach(batch, upload=document, kind=REVIEW_PAPER, **note)
    signed = {"signed_by": leader, "signed_on": reviewed_on}
    with _moving("record_review", pk, signed=signed, **note) as batch:
        pass
    return batch


@transaction.atomic
def check_totals(pk, *, by, today, reason):
    """Let a batch through the bureau's check; what it adds up to is counted anew."""
    with _moving("check_totals", pk, by=by, today=today, reason=reason) as batch:
        pass
    return batch


@transaction.atomic
def approve_batch(pk, *, by, today, reason):
    """Approve a batch: the second officer of the bureau.

    :raises Refused: if the officer took the step before it.
    """
    with _moving("approve", pk, by=by, today=today, reason=reason) as batch:
        batch.approved_on = today
    return batch


@transaction.atomic
def pay_batch(pk, *, by, today, paid_on, voucher, reason=""):
    """Record that a batch was paid: on which day, under which voucher of the finance office.

    :raises Refused: if the day lies ahead or before the approval.
    """
    approved_on = ClaimBatch.objects.values_list("approved_on", flat=True).get(pk=pk)
    if paid_on > today or (approved_on and paid_on < approved_on):
        raise Refused(_("It is paid between the day of its approval and today."))
    with _moving("pay", pk, by=by, today=today, reason=reason or voucher) as batch:
        batch.paid_on, batch.voucher = paid_on, voucher
    return batch


@transaction.atomic
def return_batch(pk, *, by, today, reason):
    """Return a batch; the reasons are shown to the organisation, and all steps are kept."""
    with _moving("send_back", pk, by=by, today=today, reason=reason) as batch:
        batch.returned_from = ClaimBatch.objects.values_list("state", flat=True).get(pk=pk)
        batch.reasons, batch.approved_on = reason, None
    return batch


@transaction.atomic
def withdraw_batch(pk, *, by, today, reason):
    """Take a batch back; its cases may be claimed in another."""
    with _moving("withdraw", pk, by=by, today=today, reason=reason) as batch:
        lines = batch.lines.standing()
        lines.update(state=LineState.WITHDRAWN)
    return batch


@transaction.atomic
def disclose_batch(pk, *, by, today, reason):
    """Disclose what was paid, for the days of the policy that holds today.

    :raises Refused: if the batch is not paid, or was disclosed already.
    """
    batch = ROWS.select_for_update(of=("self",)).get(pk=pk)
    if reasons := bars_to_disclosure(batch, today):
        raise Refused(reasons)
    policy = CaseworkPolicy.objects.ruling(
        CaseworkKey.DISCLOSURE_DAYS, division_id=batch.division_id, on=today
    )
    before = ledger.snapshot(batch)
    batch.disclosed_on = today
    # Where the calendar of the last day's year is not out yet, the notice runs as many plain days.
    until = due(Calendar.load(), today, policy.term).due_on
    batch.disclosed_until_on = until or today + policy.amount * ONE_DAY
    batch.revision += 1
    batch.full_clean()
    batch.save()
    old, new = ledger.changes(before, ledger.snapshot(batch))
    ledger.append(
        "casework.claimbatch.disclose", batch, by=by, reason=reason, before=old, after=new
    )
    return batch


def bars_to_disclosure(batch, today):
    """Return every reason why a batch may not be disclosed."""
    said = []
    if batch.state != ClaimState.PAID:
        said.append(_("Only what was paid is disclosed."))
    if batch.disclosed_on:
        said.append(_("It was disclosed already."))
    return said


@transaction.atomic
def _hand_in(name, pk, declares, *, by, today, reason):
    if not declares:
        raise Refused(_("Declare that nobody else has paid, and who is on the public payroll."))
    batch = ROWS.select_for_update(of=("self",)).get(pk=pk)
    if batch.state in WITH_THE_CLERK:
        lines = lock_disputes(batch)
        for line in lines:
            line.paid_elsewhere = line.paid_elsewhere or NOTHING
        require_disputes_are_free(batch, lines)
        examine(batch, lines)
        recount(batch)
    with _moving(name, pk, by=by, today=today, reason=reason) as batch:
        batch.submitted_on = batch.submitted_on or today
        batch.turn += 1
        batch.reasons = batch.returned_from = ""
    return batch


@contextmanager
def _moving(name, pk, *, by, today, reason, signed=None):
    """Take a step of a batch and keep it with those before; yields the batch, locked."""
    _require_another(name, pk, by)
    evidence = evidence_of(documents_of(ClaimBatch(pk=pk)))
    note = {"by": by, "today": today, "reason": reason}
    with taking(name, ROWS, pk, evidence=evidence, **note) as batch:
        before, batch.moved_by = batch.moved_by, by
        yield batch
        step = ClaimStep(
            batch=batch, turn=batch.turn, name=name, by=by, after=before, on=today,
            opinion=reason, total=batch.total_approved, **(signed or {}),
        )  # fmt: skip
        step.full_clean()
        step.save()


def _require_another(name, pk, by):
    """Nobody takes two steps in a row, and the city bureau takes those of its own bodies only."""
    batch = ROWS.select_for_update(of=("self",)).get(pk=pk)
    if by is not None and batch.moved_by_id == by.pk:
        raise Refused(_("Whoever took the last step does not take the next one."))
    if by is None or by.is_superuser or name not in OF_THE_BUREAU:
        return
    roles = {grant.role for grant in grants_of(by, f"casework.{name}_claimbatch")}
    if roles == {Role.CITY_BUREAU} and batch.organization.division.level != "city":
        raise Refused(_("The city bureau decides on organisations of the city only."))


OF_THE_BUREAU = {"check_totals", "approve", "pay"}
HAND_IN = {
    "submit": submit_batch,
    "submit_directly": submit_batch_directly,
    "resubmit": resubmit_batch,
    "resubmit_directly": resubmit_batch_directly,
}
