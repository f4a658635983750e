"""Finding a certificate for somebody who holds a paper of it; nothing can be found by guessing."""

import hashlib

from django.utils.crypto import constant_time_compare

from training.models import Certificate, IssuedFile


def certificate_of_code(code):
    """Return the issued certificate of a code, or None."""
    return Certificate.objects.public().printed().filter(code=code).first()


def certificate_of_number(number, name):
    """Return the certificate of a number if its holder has the name, or None.

    A wrong name is answered as an unknown number is. Of several under one number for life, the one
    that stands comes first.
    """
    rows = Certificate.objects.public().printed().filter(number=number).order_by("-pk")
    held = sorted(rows, key=lambda row: row.ended_on is not None)
    return next((row for row in held if constant_time_compare(row.facts["name"], name)), None)


def certificate_of_file(upload):
    """Return the certificate that a file was issued for, unaltered, or None."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    files = IssuedFile.objects.select_related("certificate")
    found = files.filter(sha256=digest.hexdigest()).first()
    return found and certificate_of_code(found.certificate.code)
