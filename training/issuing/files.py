"""The files of certificates: drawn when they are asked for, their digests kept."""

import hashlib

from django.conf import settings
from django.urls import reverse

from training.models import IssuedFile
from training.notices.certificate_paper import Content, certificate_pdf

MOST_STAMPS = 12


def address_of(code):
    """Return where a certificate can be verified."""
    return settings.SITE_URL.rstrip("/") + reverse("verify_certificate", args=[code])


def content_of(certificate, facts=None):
    """Return all that is drawn of a certificate."""
    return Content(
        facts=facts or certificate.facts,
        token=certificate.token,
        address=address_of(certificate.code),
        stamps=stamps_of(certificate) if certificate.kind.has_yearly_check else None,
        seal=picture_of(certificate.seal),
    )


def stamps_of(certificate):
    """Return {year: day of the check or None} for the years a certificate has a box for."""
    first = certificate.issued_on.year + 1
    until = certificate.valid_until_on
    last = min(first + MOST_STAMPS - 1, until.year) if until else first + MOST_STAMPS - 1
    checked = {check.year: check.checked_on for check in certificate.checks.all()}
    return {year: checked.get(year) for year in range(first, last + 1)}


def picture_of(seal):
    """Return the bytes of a seal's picture, None if there is none."""
    if seal is None:
        return None
    with seal.picture.open("rb") as picture:
        return picture.read()


def certificate_file(certificate, *, today, facts=None):
    """Return the PDF of a certificate; its digest is kept, so that a copy of it can be compared."""
    content = certificate_pdf(content_of(certificate, facts))
    IssuedFile.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"certificate": certificate, "made_on": today},
    )
    return content
