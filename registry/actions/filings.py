"""Filings are drawn up step by step: the event, the new values, the members."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.clocks import Calendar
from office.flow import Refused, changing, taking
from office.personal import lookup_hash
from registry.actions.mediators import add_mediator
from registry.actions.organizations import add_organization, change_organization
from registry.flows import AppointmentState, FilingKind, OrganizationState
from registry.flows.organization import members_of
from registry.models import (
    CHANGEABLE,
    Appointment,
    Filing,
    Mediator,
    Organization,
    Policy,
    PolicyKey,
    Route,
)

EVENT = ("event_on", "note", "term_number", "term_from_on")
ON_THE_ROSTER = {OrganizationState.LISTED, OrganizationState.RECTIFYING}


@transaction.atomic
def open_set_up(*, by, today, event_on, note="", reason="", **fields):
    """Draw up the filing of a new organisation, which enters the register as a draft with it."""
    body = add_organization(
        by=by, today=today, reason=reason or note, established_on=event_on, **fields
    )
    return _open(FilingKind.SET_UP, body, by=by, today=today, event_on=event_on, note=note)


@transaction.atomic
def open_filing(*, by, today, kind, organization, event_on, reason="", **given):
    """Draw up the filing of a change or re-election of an organisation on the roster.

    :raises Refused: if it is not on the roster, or a filing of it is open.
    """
    body = Organization.objects.select_for_update().get(pk=organization.pk)
    if body.state not in ON_THE_ROSTER:
        raise Refused(_("Only an organisation on the roster, with no change pending, files this."))
    if kind == FilingKind.CHANGE and body.state != OrganizationState.LISTED:
        raise Refused(_("While it is ordered to rectify, an organisation files no change."))
    return _open(kind, body, by=by, today=today, event_on=event_on, reason=reason, **given)


@transaction.atomic
def file_again(pk, *, by, today, reason):
    """Draw up a refused or withdrawn set-up once more; the organisation is a draft again.

    :raises Refused: if the organisation is in another state by now.
    """
    old = Filing.objects.select_related("organization").get(pk=pk)
    if old.kind != FilingKind.SET_UP:
        raise Refused(_("Only a set-up is filed again; for a change, draw up a new filing."))
    if old.organization.state == OrganizationState.NOT_LISTED:
        rows = Organization.objects
        with taking("refile", rows, old.organization_id, by=by, today=today, reason=reason):
            pass
    body = Organization.objects.get(pk=old.organization_id)
    if body.state != OrganizationState.DRAFT:
        raise Refused(_("This organisation is no longer a draft."))
    return _open(
        FilingKind.SET_UP, body, by=by, today=today, event_on=old.event_on, note=old.note,
        reason=reason,
    )  # fmt: skip


def _open(kind, body, *, by, today, event_on, reason="", **given):
    policy = Policy.objects.ruling(
        PolicyKey.FILING_LIMIT, division_id=body.division_id, on=event_on, kind=body.kind
    )
    filing = Filing(
        kind=kind, organization=body, policy=policy, event_on=event_on,
        opened_by=by, opened_on=today, **given,
    )  # fmt: skip
    filing.due_on = filing.deadline(Calendar.load()).due_on
    filing.full_clean()
    filing.save()
    after = ledger.filled(filing)
    ledger.append("registry.filing.add", filing, by=by, reason=reason, after=after)
    return filing


@transaction.atomic
def change_filing(pk, *, by, today, revision, reason="", **given):
    """Correct the event of a draft or returned filing; the limit is counted anew from it.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    rows = Filing.objects.select_related("policy", "organization")
    with changing(rows, pk, by=by, reason=reason, revision=revision) as filing:
        for name in EVENT:
            setattr(filing, name, given.get(name, getattr(filing, name)))
        filing.due_on = filing.deadline(Calendar.load()).due_on
    return filing


@transaction.atomic
def change_set_up(pk, *, by, today, revision, event_on, note="", reason="", **fields):
    """Correct the organisation that is to be set up, and the event with it.

    ``revision`` is that of the organisation.

    :raises Stale: if it was changed since.
    """
    filing = Filing.objects.select_for_update().get(pk=pk)
    fields["established_on"] = event_on
    rows = {"by": by, "today": today, "reason": reason}
    change_organization(filing.organization_id, revision=revision, **rows, **fields)
    return change_filing(pk, revision=filing.revision, event_on=event_on, note=note, **rows)


@transaction.atomic
def propose(pk, *, by, today, revision, reason="", **values):
    """Say which values a change gives; those that stay as they are are left out.

    ``values`` are as the database keeps them, by the name of the field.

    :raises Refused: if the filing is of no change, or a field may not be changed this way.
    """
    rows = Filing.objects.select_related("organization")
    with changing(rows, pk, by=by, reason=reason, revision=revision) as filing:
        if filing.kind != FilingKind.CHANGE or not set(values) <= set(CHANGEABLE):
            raise Refused(_("This is not changed by a filing."))
        body = filing.organization
        filing.proposed = {
            name: value
            for name, value in values.items()
            if value != getattr(body, body._meta.get_field(name).attname)
        }
    return filing


@transaction.atomic
def propose_member(pk, *, by, today, mediator, post, employment, reason=""):
    """Name a person of the register for a post; the person enters into it when it is filed.

    :raises Refused: if the filing has no members, or the person holds a post there already.
    """
    filing = _with_members(pk)
    candidate = Appointment(
        mediator=mediator,
        organization=filing.organization,
        post=post,
        employment=employment,
        route=Route.ELECTED,
        from_on=filing.term_from_on or filing.event_on,
        state=AppointmentState.CANDIDATE,
    )
    candidate.full_clean()
    candidate.save()
    after = ledger.filled(candidate)
    ledger.append("registry.appointment.nominate", candidate, by=by, reason=reason, after=after)
    filing.named = [*filing.named, candidate.pk]
    _note(filing, "name_member", mediator, by=by, reason=reason)
    return candidate


@transaction.atomic
def propose_new_member(pk, *, by, today, post, employment, reason="", **person):
    """Name somebody for a post who may not be in the register yet, and enter the person if so.

    Whoever has the same ID number and name is this person.

    :raises Refused: if the ID number belongs to somebody of another name.
    """
    filing = _with_members(pk)
    number = person.get("id_number")
    known = number and Mediator.objects.filter(
        id_number_hash=lookup_hash(Mediator, "id_number", number)
    )
    mediator = known.first() if known else None
    if mediator is not None and mediator.name != person["name"]:
        raise Refused({"id_number": _("This ID number belongs to somebody of another name.")})
    if mediator is None:
        division = filing.organization.division
        mediator = add_mediator(by=by, today=today, reason=reason, division=division, **person)
    return propose_member(
        pk, by=by, today=today, mediator=mediator, post=post, employment=employment, reason=reason
    )


@transaction.atomic
def drop_member(pk, *, by, today, appointment, reason=""):
    """Take a person who was only named off the draft; nobody who was in post is removed by this.

    :raises Refused: if there is no such candidate.
    """
    filing = _with_members(pk)
    candidate = (
        filing.organization.appointments.select_for_update()
        .filter(pk=appointment, state=AppointmentState.CANDIDATE)
        .first()
    )
    if candidate is None:
        raise Refused(_("This person is not among those named."))
    before = ledger.filled(candidate)
    ledger.append("registry.appointment.drop", candidate, by=by, reason=reason, before=before)
    filing.named = [named for named in filing.named if named != candidate.pk]
    _note(filing, "drop_member", candidate.mediator, by=by, reason=reason)
    # Only ever a line of a draft: nobody outside has seen it, and the ledger keeps it.
    candidate.delete()
    return filing


@transaction.atomic
def name_leaving(pk, *, by, today, revision, leaving, reason=""):
    """Say which members in post were not elected again.

    :raises Refused: if the filing is of no re-election, or one of them is no member in post.
    """
    rows = Filing.objects.select_related("organization")
    with changing(rows, pk, by=by, reason=reason, revision=revision) as filing:
        held = {m.pk for m in members_of(filing.organization) if m.state != "candidate"}
        chosen = sorted(row.pk for row in leaving)
        if filing.kind != FilingKind.RE_ELECTION or not set(chosen) <= held:
            raise Refused(_("These are not members in post."))
        filing.leaving = chosen
    return filing


def _with_members(pk):
    """Lock a filing whose members may be named now."""
    rows = Filing.objects.select_related("organization__division")
    filing = rows.select_for_update(of=("self",)).get(pk=pk)
    if filing.state not in filing.flow.editable:
        raise Refused(_("In this state the record may not be edited."))
    if filing.kind == FilingKind.CHANGE:
        raise Refused(_("A change of data names no members."))
    return filing


def _note(filing, act, mediator, *, by, reason):
    filing.revision += 1
    filing.save()
    after = {"member": mediator.name}
    ledger.append(f"registry.filing.{act}", filing, by=by, reason=reason, after=after)


@transaction.atomic
def recount_deadlines():
    """Count the last days of open filings anew, by which lists are sorted; returns how many moved.

    A deadline that crosses into a year without a calendar is provisional until the year is loaded.
    """
    calendar, moved = Calendar.load(), []
    rows = Filing.objects.open().select_related("policy").order_by("pk")
    for filing in rows.select_for_update(of=("self",)):
        due_on = filing.deadline(calendar).due_on
        if due_on != filing.due_on:
            filing.due_on = due_on
            moved.append(filing)
    Filing.objects.bulk_update(moved, ["due_on"], batch_size=500)
    return len(moved)
