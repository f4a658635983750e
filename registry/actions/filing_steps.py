"""Filings are handed in, reviewed and decided; the organisation moves in the same transaction."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from office import ledger
from office.documents import documents_of, evidence_of
from office.flow import Refused, taking
from office.models import LedgerEntry
from office.roles import Role
from office.scopes import grants_of
from registry.actions.appointments import lock_members, take_office_with_the_committee
from registry.actions.court import draw_court_notice
from registry.actions.numbers import lock_series, next_number
from registry.flows import AppointmentState, FilingKind
from registry.flows.filing import step_of_the_organization
from registry.flows.organization import members_of
from registry.models import (
    CommitteeTerm,
    CourtSubject,
    EndedBy,
    Filing,
    Organization,
    Policy,
    PolicyKey,
    Route,
)
from registry.rules import COMMITTEES, years_later
from registry.search.upkeep import refresh_organizations

K = FilingKind
FILED_AS = {
    K.SET_UP: CourtSubject.LISTING,
    K.CHANGE: CourtSubject.CHANGE,
    K.RE_ELECTION: CourtSubject.RE_ELECTION,
}


def submit_filing(pk, *, by, today, reason):
    """Hand a filing in to the justice office.

    :raises Refused: with every reason that bars it.
    """
    return _hand_in("submit", pk, by=by, today=today, reason=reason)


def submit_filing_directly(pk, *, by, today, reason):
    """Hand a filing in to the county bureau.

    :raises Refused: with every reason that bars it.
    """
    return _hand_in("submit_directly", pk, by=by, today=today, reason=reason)


def resubmit_filing(pk, *, by, today, reason):
    """Hand a corrected filing in again to the justice office that returned it."""
    return _hand_in("resubmit", pk, by=by, today=today, reason=reason)


def resubmit_filing_directly(pk, *, by, today, reason):
    """Hand a corrected filing in again to the county bureau."""
    return _hand_in("resubmit_directly", pk, by=by, today=today, reason=reason)


@transaction.atomic
def pass_on_filing(pk, *, by, today, reason):
    """Pass a filing on to the county bureau with the opinion of the justice office."""
    with _moving("pass_on", pk, by=by, today=today, reason=reason) as (filing, _body):
        filing.passed_on_by = by
    return filing


@transaction.atomic
def send_back_filing(pk, *, by, today, reason):
    """Return a filing for correction; the reasons are shown to whoever handed it in."""
    with _moving("send_back", pk, by=by, today=today, reason=reason) as (filing, _body):
        filing.returned_from = Filing.objects.values_list("state", flat=True).get(pk=pk)
        filing.reasons = reason
    return filing


@transaction.atomic
def file_filing(pk, *, by, today, reason):
    """File the event: list the organisation, change its data, or open the new term.

    :raises Refused: if the officer had a hand in the filing, or any guard says no.
    """
    filing = Filing.objects.select_related("organization__division").get(pk=pk)
    _require_another_officer(filing, by)
    with _moving("file", pk, by=by, today=today, reason=reason) as (filing, body):
        lock_members([body.pk])
        lock_series(body.division_id, today=today)
        filing.decided_by, filing.decided_on = by, today
        told = CARRIED_OUT[filing.kind](filing, body, by=by, today=today, reason=reason)
        body.full_clean()
        subject = FILED_AS[filing.kind]
        draw_court_notice(body, subject, by=by, today=today, filing=filing, **told)
    refresh_organizations([filing.organization_id], today=today)
    return filing


@transaction.atomic
def refuse_filing(pk, *, by, today, reason):
    """Refuse a filing with reasons; the organisation stays, or is, as if it had not been made.

    :raises Refused: if the officer had a hand in the filing.
    """
    filing = Filing.objects.select_related("organization__division").get(pk=pk)
    _require_another_officer(filing, by)
    return _end("refuse", pk, by=by, today=today, reason=reason)


def withdraw_filing(pk, *, by, today, reason):
    """Take a filing back; what was drawn up stays readable."""
    return _end("withdraw", pk, by=by, today=today, reason=reason)


@transaction.atomic
def _hand_in(name, pk, *, by, today, reason):
    with _moving(name, pk, by=by, today=today, reason=reason) as (filing, _body):
        filing.submitted_by, filing.submitted_on = by, filing.submitted_on or today
        filing.reasons = ""
    refresh_organizations([filing.organization_id], today=today)
    return filing


@transaction.atomic
def _end(name, pk, *, by, today, reason):
    with _moving(name, pk, by=by, today=today, reason=reason) as (filing, body):
        filing.replaced = _held(filing, body)
        filing.decided_by, filing.decided_on, filing.reasons = by, today, reason
        if filing.kind == K.RE_ELECTION:
            _drop_candidates(filing, by=by, reason=reason)
    refresh_organizations([filing.organization_id], today=today)
    return filing


@contextmanager
def _moving(name, pk, *, by, today, reason):
    """Take a step of a filing, and with it that of its organisation; yields both, locked."""
    rows = Filing.objects.select_related("organization__division", "policy")
    moved = step_of_the_organization(rows.select_for_update(of=("self",)).get(pk=pk), name)
    told = {"by": by, "today": today, "reason": reason}
    evidence = evidence_of(documents_of(Filing(pk=pk)))
    with taking(name, rows, pk, **told, evidence=evidence) as filing:
        if moved:
            bodies = Organization.objects.select_related("division")
            with taking(moved, bodies, filing.organization_id, **told, evidence=evidence) as body:
                yield filing, body
        else:
            bodies = Organization.objects.select_for_update(of=("self",))
            yield filing, bodies.select_related("division").get(pk=filing.organization_id)


def _require_another_officer(filing, by):
    """Nobody decides on what one drew up, corrected, handed in or passed on."""
    handled = LedgerEntry.objects.of(filing).filter(actor=by)
    if handled.exclude(act="registry.filing.send_back").exists():
        raise Refused(_("Whoever prepared or passed on a filing does not decide on it."))
    roles = {grant.role for grant in grants_of(by, "registry.file_filing")}
    if roles == {Role.CITY_BUREAU} and filing.organization.division.level != "city":
        raise Refused(_("The city bureau decides on organisations of the city only."))


def _set_up(filing, body, *, by, today, reason):
    """List the organisation with its number, its members in post and its first term."""
    body.number = body.number or next_number(body.division_id, today=today)
    body.filed_on = body.confirmed_on = today
    term = None
    if body.kind in COMMITTEES and not body.terms.exists():
        term = _open_term(filing, body, number=1, from_on=filing.event_on)
    candidates = body.appointments.filter(state=AppointmentState.CANDIDATE)
    _enter(candidates, term, filing, by=by, today=today, reason=reason)
    return {"term": term}


def _change(filing, body, *, by, today, reason):
    """Give the organisation its new data; the old stays on the filing and in the ledger."""
    filing.replaced = _held(filing, body)
    for name, value in filing.proposed.items():
        setattr(body, body._meta.get_field(name).attname, value)
    # The letter is in Chinese, whatever language the officer reads.
    with translation.override("zh-hans"):
        return {"differences": [[str(cell or "") for cell in r] for r in filing.differences()]}


def _re_election(filing, body, *, by, today, reason):
    """Open the new term, close the one before it, and let members enter, stay and leave."""
    body.terms.select_for_update().filter(closed_on=None).update(closed_on=filing.term_from_on)
    term = _open_term(filing, body, number=filing.term_number, from_on=filing.term_from_on)
    for member in members_of(body):
        if member.pk in filing.leaving:
            changes = {
                "state": AppointmentState.ENDED,
                "until_on": term.from_on,
                "ended_by": EndedBy.LAPSED,
            }
            _write(member, "step_down", changes, by=by, reason=reason)
        elif member.state != AppointmentState.CANDIDATE:
            _write(member, "stay", {"term_until_on": term.until_on}, by=by, reason=reason)
    named = body.appointments.filter(pk__in=filing.named)
    _enter(named, term, filing, by=by, today=today, reason=reason)
    return {"term": term}


CARRIED_OUT = {K.SET_UP: _set_up, K.CHANGE: _change, K.RE_ELECTION: _re_election}


def _held(filing, body):
    """Return the values the change would replace, as the register has them now."""
    names = {name: body._meta.get_field(name).attname for name in filing.proposed}
    return {name: getattr(body, attname) for name, attname in names.items()}


def _open_term(filing, body, *, number, from_on):
    policy = Policy.objects.ruling(
        PolicyKey.TERM_YEARS, division_id=body.division_id, on=filing.event_on, kind=body.kind
    )
    term = CommitteeTerm(
        organization=body,
        number=number,
        elected_on=filing.event_on,
        from_on=from_on,
        until_on=years_later(from_on, policy.amount),
        policy=policy,
        filing=filing,
    )
    term.full_clean()
    term.save()
    after = ledger.filled(term)
    ledger.append("registry.committeeterm.add", term, by=filing.decided_by, after=after)
    return term


def _enter(candidates, term, filing, *, by, today, reason):
    """Let those who were named take office with the committee, for its term if it has one."""
    body = filing.organization
    for member in candidates.select_for_update().order_by("pk"):
        elected = {
            "route": member.route or Route.ELECTED,
            "unit": member.unit or body.founding_unit or body.name,
            "decided_on": member.decided_on or filing.event_on,
        }
        if term is not None:
            elected["term_until_on"] = term.until_on
        _write(member, "elect", elected, by=by, reason=reason)
        from_on = term.from_on if term else filing.event_on
        take_office_with_the_committee(
            member.pk, by=by, today=today, reason=reason, from_on=from_on
        )


def _drop_candidates(filing, *, by, reason):
    """Take those who were named for a term that does not begin off the organisation."""
    named = filing.organization.appointments.select_for_update().filter(
        pk__in=filing.named, state=AppointmentState.CANDIDATE
    )
    for candidate in named:
        before = ledger.filled(candidate)
        ledger.append("registry.appointment.drop", candidate, by=by, reason=reason, before=before)
        candidate.delete()


def _write(member, act, changes, *, by, reason):
    before = ledger.snapshot(member)
    for name, value in changes.items():
        setattr(member, name, value)
    member.revision += 1
    member.full_clean()
    member.save()
    old, new = ledger.changes(before, ledger.snapshot(member))
    ledger.append(
        f"registry.appointment.{act}", member, by=by, reason=reason, before=old, after=new
    )


HAND_IN = {
    "submit": submit_filing,
    "submit_directly": submit_filing_directly,
    "resubmit": resubmit_filing,
    "resubmit_directly": resubmit_filing_directly,
}
