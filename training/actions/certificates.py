"""Certificates are applied for, examined by one officer, issued by another, and live on.

What is printed is frozen at issue; a change of facts is a new certificate that takes the place of
the old one.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from office.personal import mask_name
from registry.models import Appointment, Mediator
from training.flows.certificate import HELD
from training.issuing.issue import (
    close_span,
    issue_certificate,
    refuse_a_second_duty_certificate,
    step_of,
)
from training.models import (
    Certificate,
    CertificateCheck,
    CertificateFacts,
    CertificateKind,
    CertificateSuspension,
)
from training.rules.certificates import years_to_check

__all__ = [
    "apply_for_certificate",
    "check_certificate",
    "decline_certificate",
    "examine_certificate",
    "forget_holder",
    "issue_certificate",
    "keep_certificate",
    "keep_suspended",
    "propose_revocation",
    "reissue_certificate",
    "resume_certificate",
    "revoke_certificate",
    "suspend_certificate",
]


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
        refuse_a_second_duty_certificate(mediator, follows)
    certificate = Certificate(
        mediator=mediator,
        kind=kind,
        category=kind.category,
        basis=basis,
        organization=organization or organization_of(mediator, today),
        follows=follows,
        run=run,
        level_label=follows.level_label if follows else "",
        level_until_on=follows.level_until_on if follows else None,
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
    with step_of("examine", pk, by=by, today=today, reason=reason) as certificate:
        certificate.examined_by = by
    return certificate


def decline_certificate(pk, *, by, today, reason):
    """Decline an application."""
    with step_of("decline", pk, by=by, today=today, reason=reason) as certificate:
        pass
    return certificate


def suspend_certificate(pk, *, by, today, reason):
    """Suspend a certificate from today on."""
    with step_of("suspend", pk, by=by, today=today, reason=reason) as certificate:
        CertificateSuspension.objects.create(certificate=certificate, from_on=today)
    return certificate


def resume_certificate(pk, *, by, today, reason):
    """End a suspension: from today on the certificate is valid again."""
    with step_of("resume", pk, by=by, today=today, reason=reason) as certificate:
        close_span(certificate, today)
    return certificate


def propose_revocation(pk, *, by, today, reason):
    """Propose to revoke a certificate; until somebody else decides it stands as it stood."""
    with step_of("propose_revocation", pk, by=by, today=today, reason=reason) as certificate:
        certificate.revocation_proposed_by = by
    return certificate


def revoke_certificate(pk, *, by, today, reason):
    """Revoke a certificate that somebody else proposed to revoke.

    :raises Refused: if the officer proposed it.
    """
    with step_of("revoke", pk, by=by, today=today, reason=reason) as certificate:
        if certificate.revocation_proposed_by_id == by.pk:
            raise Refused(_("Whoever proposed the revocation does not decide on it."))
        certificate.ended_on = today
        close_span(certificate, today)
    return certificate


def keep_certificate(pk, *, by, today, reason):
    """Do not revoke a certificate: it is issued as before."""
    with step_of("keep", pk, by=by, today=today, reason=reason) as certificate:
        certificate.revocation_proposed_by = None
    return certificate


def keep_suspended(pk, *, by, today, reason):
    """Do not revoke a certificate that was suspended before: it stays suspended."""
    with step_of("keep_suspended", pk, by=by, today=today, reason=reason) as certificate:
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
    stamp = CertificateCheck(certificate=certificate, year=year, checked_on=today, checked_by=by)
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
