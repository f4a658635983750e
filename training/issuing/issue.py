"""A certificate is issued: numbered, its facts frozen and signed, the one it follows superseded."""

from datetime import timedelta

from django.utils.translation import gettext as _

from office.flow import Refused, taking
from registry.actions.mediators import change_mediator
from registry.letters import bureau_of
from registry.models import Mediator
from registry.rules import months_later
from training.issuing.files import certificate_file
from training.issuing.keys import signing_key
from training.issuing.numbers import next_certificate_number
from training.models import Certificate, CertificateFacts, Seal, TrainingKey, TrainingPolicy
from training.rules.certificates import digest_of
from training.rules.signatures import token

DAY = timedelta(days=1)
# Where the wording of a kind names the level.
LEVEL_PLACE = "{level}"


def issue_certificate(pk, *, by, today, reason=""):
    """Issue a certificate: freeze and sign its facts, number it, supersede the one it follows.

    :raises Refused: if the officer approved the application, or a guard says no.
    """
    with step_of("issue", pk, by=by, today=today, reason=reason) as certificate:
        if certificate.examined_by_id == by.pk:
            raise Refused(_("Whoever approved the application does not issue the certificate."))
        if certificate.kind.is_of_duty:
            refuse_a_second_duty_certificate(certificate.mediator, certificate.follows)
        mediators = Mediator.objects.select_for_update(of=("self",))
        certificate.mediator = mediators.get(pk=certificate.mediator_id)
        _enter_dates(certificate, by=by, today=today)
        issuer = bureau_of(certificate.mediator.division_id)
        facts = _freeze(certificate, issuer=issuer, today=today)
        certificate_file(certificate, today=today, facts=facts)
        # What appends to the ledger comes last: its head is the last of all locks.
        _keep_instep_of(certificate, by=by, today=today)
        if certificate.follows_id:
            _supersede(certificate.follows_id, by=by, today=today, by_number=certificate.number)
    return certificate


def _enter_dates(certificate, *, by, today):
    kind, division_id = certificate.kind, certificate.mediator.division_id
    lifelong = kind.is_of_duty and certificate.mediator.certificate_number
    certificate.number = lifelong or next_certificate_number(kind, division_id, today=today)
    certificate.issued_by, certificate.issued_on = by, today
    certificate.valid_from_on = today
    if certificate.level_label:
        certificate.valid_until_on = _until_the_level_ends(certificate, today)
    else:
        certificate.valid_until_on = valid_until(kind, division_id, today)
    certificate.seal = Seal.objects.of(division_id, today)


def _until_the_level_ends(certificate, today):
    until = certificate.level_until_on
    if until is not None and until <= today:
        raise Refused(_("The level has run out; there is nothing to certify."))
    return until


def worded(certificate):
    """Return what a certificate certifies; of a level its label stands in the place for it."""
    wording, level = certificate.kind.wording, certificate.level_label
    if not level or LEVEL_PLACE in wording:
        return wording.replace(LEVEL_PLACE, level)
    return f"{level}：{wording}"


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
        "wording": worded(certificate),
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


def _keep_instep_of(certificate, *, by, today):
    """Enter the number of a duty certificate in the register, if the person has none there."""
    person = certificate.mediator
    if certificate.kind.is_of_duty and not person.certificate_number:
        reason = _("The duty certificate was issued.")
        number = {"certificate_number": certificate.number}
        change_mediator(person.pk, by=by, today=today, reason=reason, **number)


def _supersede(pk, *, by, today, by_number):
    reason = _("Reissued as %(number)s.") % {"number": by_number}
    with step_of("supersede", pk, by=by, today=today, reason=reason) as old:
        old.ended_on = today
        close_span(old, today)


def refuse_a_second_duty_certificate(mediator, follows):
    """Refuse a second duty certificate beside the one it follows. :raises Refused:"""
    held = Certificate.objects.held().filter(mediator=mediator, category="duty")
    if held.exclude(pk=follows.pk if follows else None).exists():
        raise Refused(_("This person holds a duty certificate: reissue that one."))


def close_span(certificate, today):
    """End the open suspension of a certificate, if there is one."""
    certificate.suspensions.filter(until_on=None).update(until_on=today)


def step_of(name, pk, **note):
    """Take a step of a certificate, as ``taking`` does."""
    rows = Certificate.objects.select_related("kind", "mediator", "organization", "follows", "run")
    return taking(name, rows, pk, **note)
