"""People are nominated, vetted, accepted and take up their posts; posts are suspended, resumed.

How a post ends: ``registry.actions.departures``.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from office import ledger
from office.documents import attach, evidence_of
from office.flow import Refused, changing, taking
from office.identity import check_resident_id
from registry.actions.court import TOLD_OF, is_seated, lock_letters, tell_of_member
from registry.actions.mediators import add_mediator
from registry.actions.notices import draft_notice, lock_notices, publish_notice, withdraw_notice
from registry.flows import APPOINTMENT, AppointmentState, OrganizationState
from registry.models import Appointment, Mediator, Organization, Policy, PolicyKey
from registry.notices.appointments import NOT_CARRIED_ON, announcement
from registry.notices.objections import UPHELD, reason_of_an_objection
from registry.overlaps import told_of_overlaps
from registry.rules import LONGEST_TERM_YEARS, months_later, right_bodies
from registry.search.upkeep import refresh_mediators

APPOINTING = {
    OrganizationState.DRAFT,
    OrganizationState.LISTED,
    OrganizationState.CHANGE_PENDING,
    OrganizationState.RECTIFYING,
}
LEAVING = {
    OrganizationState.CLOSING,
    OrganizationState.DEREGISTERED,
    OrganizationState.NOT_LISTED,
}


@contextmanager
def stepping(name, pk, *, by, today, reason, document=None, evidence=None, legal_basis=""):
    """Take a step of an appointment, keep its paper, and bring the public roster up to date.

    Where the step changes who sits on a committee, the court is told.

    ``document`` is a file that becomes a paper of the appointment, called by the step's name, and
    evidence of the step; ``evidence`` is a callable of the row that returns more of it.

    :raises Refused: if a guard says no, or if the post would overlap another one of the person.
    """
    with told_of_overlaps():
        if name in TOLD_OF:
            # Before the person, as filings and deregistrations do it.
            Organization.objects.select_for_update(of=("self",)).get(appointments=pk)
        row = _locked(pk)
        if reasons := APPOINTMENT.refusals(row, name, today):
            raise Refused(reasons)
        if told := name in TOLD_OF and is_seated(row):
            lock_letters(row.organization, today=today)
        found = list(evidence(row)) if evidence else []
        if document:
            paper = attach(row, upload=document, kind=name, by=by, today=today, reason=reason)
            found += evidence_of([paper])
        given = {"by": by, "today": today, "reason": reason, "legal_basis": legal_basis}
        with taking(name, Appointment.objects, pk, evidence=found, **given) as appointment:
            yield appointment
        if told:
            tell_of_member(appointment, by=by, today=today, reason=reason)
        refresh_mediators([appointment.mediator_id], today=today)


def add_appointment(*, by, today, reason, **fields):
    """Enter a post that is held already; returns the appointment.

    :raises Refused: if the organisation is leaving the roster or has left it.
    """
    appointment = Appointment(**fields)
    with told_of_overlaps():
        _lock_person(appointment.mediator_id)
        appointment.full_clean()
        if appointment.organization.state not in APPOINTING:
            raise Refused(_("Nobody can be appointed in an organisation that leaves the roster."))
        store(appointment, by=by, reason=reason)
        refresh_mediators([appointment.mediator_id], today=today)
    return appointment


def change_appointment(pk, *, by, today, reason, revision, **fields):
    """Correct an appointment.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with told_of_overlaps():
        _locked(pk)
        rows = Appointment.objects
        with changing(rows, pk, by=by, reason=reason, revision=revision) as appointment:
            for name, value in fields.items():
                setattr(appointment, name, value)
        refresh_mediators([appointment.mediator_id], today=today)
    return appointment


def nominate(
    *, by, today, reason, organization, mediator=None, name="", id_number="", phone="", **fields
):
    """Put somebody forward for a post; returns the appointment of the candidate.

    Without ``mediator`` the person is known by the ID number, or enters the register with it.

    :raises Refused: if the organisation takes nobody, or number and name do not belong together.
    """
    with told_of_overlaps():
        if organization.state in LEAVING:
            raise Refused(_("Nobody can be appointed in an organisation that leaves the roster."))
        if mediator is None:
            numbers = {"name": name, "id_number": id_number, "phone": phone}
            mediator = _person(organization, by=by, today=today, reason=reason, **numbers)
        candidate = Appointment(
            mediator=mediator,
            organization=organization,
            state=AppointmentState.CANDIDATE,
            nominated_by=by,
            **fields,
        )
        candidate.full_clean()
        return store(candidate, by=by, reason=reason, act="nominate")


def vet_appointment(pk, *, by, today, reason):
    """Note that a candidate was looked at; the ledger keeps how each condition stood that day."""
    with stepping("vet", pk, by=by, today=today, reason=reason, evidence=_vetted(today)) as row:
        row.vetted_by = by
    return row


@transaction.atomic
def reject_appointment(pk, *, by, today, reason, told=NOT_CARRIED_ON):
    """Turn a candidate down; the reason is told to the organisation.

    ``told`` is what the public reads in the place of the notice, if one was put up.
    """
    with stepping("reject", pk, by=by, today=today, reason=reason, evidence=_vetted(today)) as row:
        lock_notices(pk=row.notice_id)
    if row.notice is not None:
        # After the candidate is rejected: until then the nomination bars the withdrawal.
        withdraw_notice(row.notice_id, by=by, today=today, reason=told)
    return row


def reject_for_an_objection(objection, *, by, today, reason):
    """Turn down the candidate whose notice the objection was raised to, if it still runs."""
    rows = Appointment.objects.on_notice(objection.notice_id)
    for person in rows.values_list("mediator_id", flat=True):
        _lock_person(person)
    said = reason_of_an_objection(objection, reason)
    for pk in rows.values_list("pk", flat=True):
        reject_appointment(pk, by=by, today=today, reason=said, told=UPHELD)


def publish_appointment(pk, *, by, today, reason):
    """Put a candidate on public notice for the term that the policy of the place sets.

    :raises Refused: if no policy sets a term, or the calendar it reaches into is not loaded.
    """
    note = {"by": by, "today": today, "reason": reason}
    with stepping("publish", pk, evidence=_vetted(today), **note) as row:
        body = row.organization
        title, text = announcement(row)
        drafted = draft_notice(
            kind="appointment", title=title, body=text, division=body.division, subject=body, **note
        )
        notice = publish_notice(drafted.pk, organization_kind=body.kind, **note)
        row.notice, row.notice_policy = notice, notice.policy
        row.notice_from_on, row.notice_until_on = notice.starts_on, notice.ends_on
    return row


def accept_appointment(pk, *, by, today, reason, route, unit_body, unit, decided_on, document):
    """Record that the right body elected or appointed a candidate, with its decision.

    :raises Refused: if the body is not the right one for the kind of organisation, or if the
        officer is the one who nominated or vetted the person.
    """
    with stepping(
        "accept", pk, by=by, today=today, reason=reason, document=document, evidence=_vetted(today)
    ) as row:
        if by and by.pk in {row.nominated_by_id, row.vetted_by_id}:
            raise Refused(_("Who nominated or vetted a person does not accept the person as well."))
        if unit_body not in right_bodies(row.organization.kind, route, row.post):
            raise Refused({"unit_body": _("This body does not fill this post (art. 9, 13).")})
        if decided_on > today:
            raise Refused({"decided_on": _("This day lies in the future.")})
        row.route, row.unit_body, row.unit, row.decided_on = route, unit_body, unit, decided_on
    return row


def begin_probation(pk, *, by, today, reason, from_on=None, months=None):
    """Let an accepted person begin on probation; without ``months`` as long as the policy sets.

    :raises Refused: if no policy sets a probation, or if it is to last longer than the policy's.
    """
    with stepping("begin_probation", pk, by=by, today=today, reason=reason) as row:
        policy = _policy(row, PolicyKey.PROBATION_MONTHS, today)
        if policy is None:
            raise Refused(_("No policy sets how long the probation lasts."))
        months = policy.amount if months is None else months
        if not 1 <= months <= policy.amount:
            said = _("A probation lasts from 1 to %(most)d months here.")
            raise Refused({"months": said % {"most": policy.amount}})
        _take_up(row, from_on, today)
        row.probation_policy = policy
        row.probation_until_on = months_later(row.from_on, months)
    return row


def begin_appointment(pk, *, by, today, reason, from_on=None):
    """Let a person take up the post; after a probation the post is held since that began."""
    with stepping("begin", pk, by=by, today=today, reason=reason) as row:
        if row.probation_until_on is None:
            _take_up(row, from_on, today)
    return row


def take_office_with_the_committee(pk, *, by, today, reason, from_on=None):
    """Let a candidate take office because the committee is filed and listed with its members."""
    with stepping(
        "take_office_with_the_committee",
        pk,
        by=by,
        today=today,
        reason=reason,
        evidence=_vetted(today),
    ) as row:
        _take_up(row, from_on, today)
    return row


def suspend_appointment(pk, *, by, today, reason):
    """Take a mediator out of choice for a time; the appointment itself goes on."""
    with stepping("suspend", pk, by=by, today=today, reason=reason) as row:
        pass
    return row


def resume_appointment(pk, *, by, today, reason):
    """Let a suspended mediator mediate again."""
    with stepping("resume", pk, by=by, today=today, reason=reason) as row:
        pass
    return row


def store(appointment, *, by, reason, act="add", evidence=()):
    """Store a new appointment and tell the ledger; returns it."""
    appointment.save()
    ledger.append(
        f"registry.appointment.{act}",
        appointment,
        by=by,
        reason=reason,
        evidence=evidence,
        after=ledger.filled(appointment),
    )
    return appointment


def longest_term(appointment, from_on):
    """Return the last day a term that begins then may end on: by the policy, at most by law."""
    policy = _policy(appointment, PolicyKey.TERM_YEARS, from_on)
    years = min(policy.amount, LONGEST_TERM_YEARS) if policy else LONGEST_TERM_YEARS
    return months_later(from_on, 12 * years)


def _take_up(row, from_on, today):
    """Set the first day of a post, and the end of its term where none was planned."""
    row.from_on = from_on or today
    if row.from_on > today:
        raise Refused({"from_on": _("This day lies in the future.")})
    longest = longest_term(row, row.from_on)
    row.term_until_on = row.term_until_on or longest
    if row.term_until_on > longest:
        said = _("A term that begins then ends on %(day)s at the latest (art. 9).")
        raise Refused(said % {"day": date_format(longest)})


def _vetted(today):
    """Return the callable that tells how the conditions of entry stand, as evidence."""

    def told(row):
        return [
            {"condition": one.name, "met": one.met, "said": one.said}
            for one in row.conditions(today)
        ]

    return told


def _policy(row, key, on):
    body = row.organization
    try:
        return Policy.objects.ruling(key, division_id=body.division_id, on=on, kind=body.kind)
    except Policy.DoesNotExist:
        return None


def _person(organization, *, by, today, reason, name, id_number, phone):
    known = Mediator.objects.filter(id_number_hash__of=id_number).first()
    if known is not None:
        if known.name != name:
            raise Refused({"name": _("This name does not belong to the ID number.")})
        return known
    read = check_resident_id(id_number, today=today)
    numbers = {"id_number": read.number, "born_on": read.born_on, "sex": read.sex}
    return add_mediator(
        by=by,
        today=today,
        reason=reason,
        name=name,
        phone=phone,
        division=organization.division,
        **numbers,
    )


def lock_members(organizations):
    """Lock the people of organisations, what they hold there and their notices, before writing.

    People go first, as in every act on one of them; returns those whose post has no end.
    """
    held = Appointment.objects.filter(organization__in=organizations, until_on=None)
    people = set(held.values_list("mediator_id", flat=True))
    rows = Mediator.objects.select_for_update().filter(pk__in=people)
    list(rows.order_by("pk").values_list("pk"))
    list(held.select_for_update(of=("self",)).order_by("pk"))
    lock_notices(appointment__in=held)
    return people


def _locked(pk):
    """Return the appointment, locked after its person: acts on one person take turns."""
    _lock_person(Appointment.objects.values_list("mediator_id", flat=True).get(pk=pk))
    return Appointment.objects.select_for_update(of=("self",)).get(pk=pk)


def _lock_person(pk):
    Mediator.objects.select_for_update().filter(pk=pk).values_list("pk").first()
