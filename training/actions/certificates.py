"""Certificates are applied for, examined by one officer, issued by another, and live on.

What is printed is frozen at issue; a change of facts is a new certificate that takes the place of
the old one.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from office.personal import mask_name
from office.scopes import body_of
from registry.actions.mediators import change_mediator
from registry.models import Appointment, Division, Mediator
from registry.rules import county_code, months_later
from training.actions.certificate_files import certificate_file
from training.actions.certificate_keys import signing_key
from training.actions.certificate_numbers import next_certificate_number
from training.flows.certificate import HELD
from training.models import (
    Certificate,
    CertificateCheck,
    CertificateFacts,
    CertificateKind,
    CertificateSuspension,
    Seal,
    TrainingKey,
    TrainingPolicy,
)
from training.rules.certificates import digest_of, years_to_check
from training.rules.signatures import token

DAY = timedelta(days=1)


@transaction.atomic
def apply_for_certificate(
    *, mediator, kind, basis, by, today, reason="", organization=None, follows=None, run=None
):
    """File an application for a person; returns it.

    :raises Refused: if the kind is not issued there, or the person holds a duty certificate that
        the new one does not follow.
    """
    Mediator.objects.select_for_update(of=("self",)).get(pk=mediator.pk)
    if not CertificateKind.objects.issued_in(mediator.division_id, today).filter(pk=kind.pk):
        raise Refused({"kind": _("Certificates of this kind are not issued there.")})
    if kind.is_of_duty:
        _test_that_duty_is_held_once(mediator, follows)
    certificate = Certificate(
        mediator=mediator,
        kind=kind,
        category=kind.category,
        basis=basis,
        organization=organization or organization_of(mediator, today),
        follows=follows,
        run=run,
        applied_on=today,
        applied_by=by,
    )
    certificate.full_clean()
    certificate.save()
    after = ledger.filled(certificate)
    ledger.append("training.certificate.apply", certificate, by=by, reason=reason, after=after)
    return certificate


def organization_of(mediator, today):
    """Return the organisation of a person's post, a full-time one first; None without a post."""
    posts = Appointment.objects.in_post(today).filter(mediator=mediator)
    post = posts.select_related("organization").order_by("employment", "from_on", "pk").first()
    return post and post.organization


def _test_that_duty_is_held_once(mediator, follows):
    held = Certificate.objects.held().filter(mediator=mediator, category="duty")
    if held.exclude(pk=follows.pk if follows else None).exists():
        raise Refused(_("This person holds a duty certificate: reissue that one."))


def reissue_certificate(pk, *, by, today, reason, basis, organization=None):
    """Apply for a certificate that will take the place of this one, with the facts of then.

    :raises Refused: if this one is superseded or revoked.
    """
    old = Certificate.objects.select_related("kind", "mediator").get(pk=pk)
    if old.state not in HELD:
        raise Refused(_("A certificate that has ended cannot be reissued."))
    kinds = CertificateKind.objects.issued_in(old.mediator.division_id, today)
    kind = kinds.filter(code=old.kind.code).first()
    if kind is None:
        raise Refused(_("Certificates of this kind are not issued any more."))
    return apply_for_certificate(
        mediator=old.mediator,
        kind=kind,
        basis=basis,
        organization=organization,
        follows=old,
        by=by,
        today=today,
        reason=reason,
    )


def examine_certificate(pk, *, by, today, reason=""):
    """Approve an application; somebody else issues the certificate."""
    with _step("examine", pk, by=by, today=today, reason=reason) as certificate:
        certificate.examined_by = by
    return certificate


def decline_certificate(pk, *, by, today, reason):
    """Decline an application."""
    with _step("decline", pk, by=by, today=today, reason=reason) as certificate:
        pass
    return certificate


def issue_certificate(pk, *, by, today, reason=""):
    """Issue a certificate: freeze and sign its facts, number it, supersede the one it follows.

    :raises Refused: if the officer approved the application, or a guard says no.
    """
    with _step("issue", pk, by=by, today=today, reason=reason) as certificate:
        if certificate.examined_by_id == by.pk:
            raise Refused(_("Whoever approved the application does not issue the certificate."))
        if certificate.kind.is_of_duty:
            _test_that_duty_is_held_once(certificate.mediator, certificate.follows)
        mediators = Mediator.objects.select_for_update(of=("self",))
        certificate.mediator = mediators.get(pk=certificate.mediator_id)
        _enter_dates(certificate, by=by, today=today)
        facts = _freeze(certificate, issuer=_issuer(certificate, by), today=today)
        certificate_file(certificate, today=today, facts=facts)
        # What appends to the ledger comes last: its head is the last of all locks.
        _keep_in_step(certificate, by=by, today=today)
        if certificate.follows_id:
            _supersede(certificate.follows_id, by=by, today=today, by_number=certificate.number)
    return certificate


def _issuer(certificate, by):
    # Of an account without a post, which only a demo or a test has, the county speaks.
    county = int(county_code(certificate.mediator.division_id).ljust(12, "0"))
    return body_of(by) or Division.objects.get(pk=county).name


def _enter_dates(certificate, *, by, today):
    kind, division_id = certificate.kind, certificate.mediator.division_id
    lifelong = kind.is_of_duty and certificate.mediator.certificate_number
    certificate.number = lifelong or next_certificate_number(kind, division_id, today=today)
    certificate.issued_by, certificate.issued_on = by, today
    certificate.valid_from_on = today
    certificate.valid_until_on = valid_until(kind, division_id, today)
    certificate.seal = Seal.objects.of(division_id, today)


def valid_until(kind, division_id, day):
    """Return the first day on which a certificate issued on a day is no longer valid, or None."""
    if not kind.is_limited:
        return None
    months = kind.valid_months
    if months is None:
        key = TrainingKey.CERTIFICATE_MONTHS
        months = TrainingPolicy.objects.ruling(key, division_id=division_id, on=day).amount
    return months_later(day, months)


def _freeze(certificate, *, issuer, today):
    """Keep and sign every fact that will be printed; return them."""
    kind, person, until = certificate.kind, certificate.mediator, certificate.valid_until_on
    facts = {
        "code": certificate.code,
        "kind": kind.code,
        "kind_name": kind.name,
        "kind_name_en": kind.name_en,
        "number": certificate.number,
        "name": person.name,
        "sex": person.sex,
        "organization": certificate.organization.name if certificate.organization else "",
        "basis": certificate.basis,
        "wording": kind.wording,
        "issuer": issuer,
        "issued_on": certificate.issued_on.isoformat(),
        "valid_from": certificate.valid_from_on.isoformat(),
        # The last day, as people write it; the row has the first day after it.
        "valid_until": (until - DAY).isoformat() if until else "",
    }
    certificate.digest = digest_of(facts)
    certificate.token = token(facts, signing_key(today=today))
    CertificateFacts.objects.create(certificate=certificate, facts=facts)
    return facts


def _keep_in_step(certificate, *, by, today):
    """Enter the number of a duty certificate in the register, if the person has none there."""
    person = certificate.mediator
    if certificate.kind.is_of_duty and not person.certificate_number:
        reason = _("The duty certificate was issued.")
        number = {"certificate_number": certificate.number}
        change_mediator(person.pk, by=by, today=today, reason=reason, **number)


def _supersede(pk, *, by, today, by_number):
    reason = _("Reissued as %(number)s.") % {"number": by_number}
    with _step("supersede", pk, by=by, today=today, reason=reason) as old:
        old.ended_on = today
        _close_span(old, today)


def suspend_certificate(pk, *, by, today, reason):
    """Suspend a certificate from today on."""
    with _step("suspend", pk, by=by, today=today, reason=reason) as certificate:
        CertificateSuspension.objects.create(certificate=certificate, from_on=today)
    return certificate


def resume_certificate(pk, *, by, today, reason):
    """End a suspension: from today on the certificate is valid again."""
    with _step("resume", pk, by=by, today=today, reason=reason) as certificate:
        _close_span(certificate, today)
    return certificate


def _close_span(certificate, today):
    certificate.suspensions.filter(until_on=None).update(until_on=today)


def propose_revocation(pk, *, by, today, reason):
    """Propose to revoke a certificate; until somebody else decides it stands as it stood."""
    with _step("propose_revocation", pk, by=by, today=today, reason=reason) as certificate:
        certificate.revocation_proposed_by = by
    return certificate


def revoke_certificate(pk, *, by, today, reason):
    """Revoke a certificate that somebody else proposed to revoke.

    :raises Refused: if the officer proposed it.
    """
    with _step("revoke", pk, by=by, today=today, reason=reason) as certificate:
        if certificate.revocation_proposed_by_id == by.pk:
            raise Refused(_("Whoever proposed the revocation does not decide on it."))
        certificate.ended_on = today
        _close_span(certificate, today)
    return certificate


def keep_certificate(pk, *, by, today, reason):
    """Do not revoke a certificate: it is issued as before."""
    with _step("keep", pk, by=by, today=today, reason=reason) as certificate:
        certificate.revocation_proposed_by = None
    return certificate


def keep_suspended(pk, *, by, today, reason):
    """Do not revoke a certificate that was suspended before: it stays suspended."""
    with _step("keep_suspended", pk, by=by, today=today, reason=reason) as certificate:
        certificate.revocation_proposed_by = None
    return certificate


@transaction.atomic
def check_certificate(pk, *, by, today, reason, year):
    """Stamp the check of a year; returns the certificate.

    :raises Refused: if the kind has no checks, the year needs none or is stamped, or the
        certificate has ended.
    """
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("kind", "mediator")
    certificate = rows.get(pk=pk)
    if faults := check_refusals(certificate, year, today):
        raise Refused(faults)
    stamp = CertificateCheck(
        certificate=certificate, year=year, checked_on=today, checked_by=by
    )
    stamp.full_clean()
    stamp.save()
    after = {"year": year}
    ledger.append("training.certificate.check", certificate, by=by, reason=reason, after=after)
    return certificate


def check_refusals(certificate, year, today):
    """Return why the check of a year cannot be stamped."""
    if not certificate.kind.has_yearly_check:
        return [_("Certificates of this kind have no yearly check.")]
    if certificate.state not in HELD:
        return [_("Only a certificate that stands is checked.")]
    if year not in years_to_check(certificate.issued_on, today):
        return [_("No check is due for this year.")]
    if certificate.checks.filter(year=year).exists():
        return [_("This year is stamped already.")]
    return []


@transaction.atomic
def forget_holder(mediator, *, by, today, reason):
    """Mask the name on all certificates of a person who was erased; returns how many.

    Number, dates, digest and signature stay, so that the certificates can still be verified.
    """
    rows = CertificateFacts.objects.select_for_update(of=("self",)).filter(
        certificate__mediator=mediator, forgotten_on=None
    )
    printed = list(rows.select_related("certificate__mediator"))
    for one in printed:
        one.facts = {**one.facts, "name": mask_name(one.facts["name"]), "sex": ""}
        one.forgotten_on = today
        one.save()
    entries = [
        ledger.draft("training.certificate.forget_holder", one.certificate, by=by, reason=reason)
        for one in printed
    ]
    if entries:
        ledger.append_all(entries)
    return len(printed)


def _step(name, pk, **note):
    rows = Certificate.objects.select_related("kind", "mediator", "organization", "follows", "run")
    return taking(name, rows, pk, **note)
