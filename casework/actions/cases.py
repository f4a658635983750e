"""A case in the ledger: entered, carried through its life, corrected, struck out."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework.actions.case_writing import (
    ALWAYS_FREE,
    OUTCOME,
    ask_leave,
    check,
    fill,
    locked,
    next_number,
    noting,
    put_people,
    told_shares,
)
from casework.flows import CLOSED, CaseState
from casework.models import CaseRecord, DraftInput
from office import documents, ledger
from office.flow import Refused, changing, taking
from office.personal import unmasked

S = CaseState
# What decides which class of difficulty a case can have.
CLASSED = {"difficulty_id", "accepted_on", "organization_id"}
CLOSING = ("succeed", "fail", "withdraw", "transfer")


@transaction.atomic
def begin_case(
    *, by, today, organization, reason="", division=None, shares=(), parties=(), typed="", **fields
):
    """Enter a draft: a case nobody counts yet; returns it. ``typed`` is kept beside it, encrypted.

    ``shares`` are (mediator, role, weight); ``parties`` mappings of side, name, phone, is_unit.

    :raises Refused: if a date, a class or the parts cannot be.
    """
    case = CaseRecord(
        organization=organization, division=division or organization.division, entered_by=by
    )
    fields.setdefault("accepted_on", today)
    fill(case, fields)
    case.full_clean()
    check(case, today, class_is_new=True)
    case.save()
    _before, people = put_people(case, shares, parties)
    _keep_typed(case, typed)
    after = ledger.filled(case) | people
    ledger.append("casework.caserecord.begin_draft", case, by=by, reason=reason, after=after)
    return case


@transaction.atomic
def enter_case(*, by, today, reason="", draft=None, close=None, **given):
    """Enter a case, or take up the ``draft`` (its pk), accept it and, with ``close``, end it.

    ``given`` is that of ``begin_case``. ``close`` maps "step" to one of ``CLOSING`` and the other
    arguments of that step to their values. All of it is done, or nothing.

    :raises Refused: for every reason for which a step or a fact cannot be.
    """
    note = {"by": by, "today": today, "reason": reason}
    case = keep_draft(draft, **note, **given) if draft else begin_case(**note, **given)
    case = accept_case(case.pk, **note)
    return close_case(case.pk, **note, close=close) if close else case


def close_case(pk, *, by, today, close, reason=""):
    """Close a case as ``close`` says: its "step", and the other arguments of that step.

    :raises Refused: if the flow or a date says no.
    """
    outcome = dict(close)
    take = STEPS[outcome.pop("step")]
    return take(pk, by=by, today=today, reason=reason, **outcome)


def add_case(*, by, today, reason="", as_draft=False, close=None, **given):
    """Enter what an officer typed: a draft, or a case of the ledger.

    :raises Refused: for every reason for which a step or a fact cannot be.
    """
    note = {"by": by, "today": today, "reason": reason}
    if as_draft:
        return begin_case(**note, **given)
    return enter_case(**note, close=close, **given)


@transaction.atomic
def keep_draft(
    pk, *, by, today, reason="", shares=None, parties=None, typed="", organization=None,
    division=None, **fields,
):  # fmt: skip
    """Write a draft anew as it was typed.

    :raises Refused: if it is a draft no longer, or a fact cannot be.
    """
    said = _("This draft was entered in the ledger already.")
    with noting("keep_draft", pk, [S.DRAFT], said, by=by, reason=reason) as case:
        if organization is not None:
            case.organization, case.division = organization, division or organization.division
        fill(case, fields)
        check(case, today, class_is_new=True)
        put_people(case, shares, parties)
        _keep_typed(case, typed)
    return case


def _keep_typed(case, typed):
    DraftInput.objects.filter(case=case).delete()
    if typed:
        DraftInput.objects.create(case=case, typed=typed)


@transaction.atomic
def discard_draft(pk, *, by, today, reason=""):
    """Throw a draft away; the ledger keeps that there was one.

    :raises Refused: if it is a case already, or papers were filed with it.
    """
    case = locked(pk)
    if case.state != S.DRAFT:
        raise Refused(_("Only a draft can be discarded: a case is struck out."))
    if documents.documents_of(case):
        raise Refused(_("Papers were added to this draft: accept it and strike it out."))
    before = ledger.filled(case) | {"shares": told_shares(case)}
    ledger.append("casework.caserecord.discard_draft", case, by=by, reason=reason, before=before)
    for rows in (case.shares, case.parties, DraftInput.objects.filter(case=case)):
        rows.all().delete()
    case.delete()


def change_case(
    pk, *, by, today, reason, revision=None, shares=None, parties=None, organization=None,
    division=None, **fields,
):  # fmt: skip
    """Correct a case. What money depends on is asked about above; only a draft changes its place.

    :raises Stale: if the case has moved on since ``revision``.
    :raises Refused: if it was struck out, was claimed for, or a fact cannot be.
    """
    rows, note = CaseRecord.objects, {"by": by, "reason": reason, "revision": revision}
    with changing(rows, pk, **note) as case:
        before = ledger.snapshot(case)
        if organization is not None and organization.pk != case.organization_id:
            if case.state != S.DRAFT:
                raise Refused(_("A case stays with the organisation that accepted it."))
            case.organization, case.division = organization, division or organization.division
        fill(case, fields)
        changed = set(ledger.changes(before, ledger.snapshot(case))[1])
        if (changed - ALWAYS_FREE or shares is not None) and case.state in CLOSED:
            ask_leave(case, today)
        check(case, today, class_is_new=bool(changed & CLASSED))
        old, new = put_people(case, shares, parties)
        if new != old and new:
            act = "casework.caserecord.change_people"
            ledger.append(act, case, by=by, reason=reason, before=old, after=new)
    return case


def accept_case(pk, *, by, today, reason=""):
    """Enter a draft in the ledger: it gets its number and counts from now on."""
    note = {"by": by, "today": today, "reason": reason}
    with taking("accept", CaseRecord.objects, pk, **note) as case:
        case.number = next_number(case.division_id, case.accepted_on.year)
        check(case, today, class_is_new=True)
        DraftInput.objects.filter(case=case).delete()
    return case


def succeed_case(pk, *, by, today, reason="", closed_on=None, **outcome):
    """Close a case as succeeded. ``outcome``: agreement, agreed_on, fulfilment, due_on and so on.

    :raises Refused: if the flow or a date says no.
    """
    closed_on = closed_on or today
    outcome.setdefault("agreed_on", closed_on)
    return _close("succeed", pk, by=by, today=today, reason=reason, closed_on=closed_on, **outcome)


def fail_case(pk, *, by, today, reason="", closed_on=None):
    """Close a case as failed: no agreement was reached."""
    outcome = {"agreement": "none", "closed_on": closed_on or today}
    return _close("fail", pk, by=by, today=today, reason=reason, **outcome)


def withdraw_case(pk, *, by, today, reason="", closed_on=None):
    """Close a case that the parties took back."""
    outcome = {"closed_on": closed_on or today}
    return _close("withdraw", pk, by=by, today=today, reason=reason, **outcome)


def transfer_case(pk, *, by, today, reason="", closed_on=None, transferred_to=""):
    """Close a case that was passed on to another body."""
    outcome = {"closed_on": closed_on or today, "transferred_to": transferred_to}
    return _close("transfer", pk, by=by, today=today, reason=reason, **outcome)


def _close(step, pk, *, by, today, reason, **outcome):
    note = {"by": by, "today": today, "reason": reason}
    with taking(step, CaseRecord.objects, pk, **note) as case:
        fill(case, outcome)
        check(case, today)
    return case


STEPS = dict(zip(CLOSING, (succeed_case, fail_case, withdraw_case, transfer_case), strict=True))


def reopen_case(pk, *, by, today, reason):
    """Open a closed case again; what was known of its end is taken back and stays in the ledger."""
    with taking("reopen", CaseRecord.objects, pk, by=by, today=today, reason=reason) as case:
        fill(case, OUTCOME)
    return case


def void_case(pk, *, by, today, reason):
    """Strike a case out: it keeps its number and counts nowhere.

    :raises Refused: if something was claimed or paid for it, or other entries rest on it.
    """
    if not reason.strip():
        raise Refused({"reason": _("Say why the case is struck out.")})
    with taking("void", CaseRecord.objects, pk, by=by, today=today, reason=reason) as case:
        if case.same_as_id or case.twins.exists():
            raise Refused(_("Other entries of the dispute are joined with it: part them first."))
    return case


def note_fulfilment(pk, *, by, today, reason="", fulfilment, **known):
    """Note what became of an agreement. ``known``: due_on, fulfilled_on, is_voluntary.

    :raises Refused: if the case did not succeed, or a date cannot be.
    """
    said = _("Only a case that succeeded can be fulfilled.")
    with noting("note_fulfilment", pk, [S.SUCCEEDED], said, by=by, reason=reason) as case:
        fill(case, {"fulfilment": fulfilment, **known})
        check(case, today)
    return case


def note_confirmation(pk, *, by, today, reason="", **court):
    """Note what a court did: confirmation and its day (art. 33), or a later judgment.

    A late request is no bar here: whether it came too late is the court's to say.

    :raises Refused: if the case did not succeed, or a date cannot be.
    """
    said = _("A court confirms only an agreement.")
    with noting("note_confirmation", pk, [S.SUCCEEDED], said, by=by, reason=reason) as case:
        fill(case, court)
        check(case, today)
    return case


def hand_over_case(pk, *, organization, by, today, reason):
    """Give an open case to another organisation, which goes on with it under the same number.

    :raises Refused: if the case is closed.
    """
    said = _("Only an open case can be handed over.")
    note = {"by": by, "reason": reason}
    with noting("hand_over_case", pk, [S.DRAFT, S.ACCEPTED], said, **note) as case:
        case.organization, case.division = organization, organization.division
    return case


@transaction.atomic
def unmask_parties(pk, *, by, today, reason):
    """Return the parties of a case in full; the ledger says who saw them and why."""
    case = CaseRecord.objects.get(pk=pk)
    shown = [_unmasked_party(party, reason) for party in case.parties.all()]
    shown_summary = unmasked(case, "summary", reason=reason)
    ledger.append("casework.caserecord.unmask_parties", case, by=by, reason=reason)
    return {"parties": shown, "summary": shown_summary}


def _unmasked_party(party, reason):
    return {
        "side": party.get_side_display(),
        "name": unmasked(party, "name", reason=reason),
        "phone": unmasked(party, "phone", reason=reason),
    }
