"""Finding a certificate for somebody who holds a paper of it; nothing can be found by guessing."""

import hashlib

from django.utils.crypto import constant_time_compare

from training.models import Certificate, IssuedFile


def is_issued(code):
    """Whether there is an issued certificate of a code."""
    return Certificate.objects.public().filter(code=code).exists()


def certificate_of_code(code):
    """Return the issued certificate of a code, or None."""
    return Certificate.objects.public().printed().filter(code=code).first()


def code_of_number(number, name):
    """Return the code of the certificate of a number if its holder has the name, else "".

    A wrong name is looked for and answered as an unknown number is: in one query. Of several under
    one number for life, the one that stands comes first.
    """
    rows = Certificate.objects.public().filter(number=number).order_by("-pk")
    found = list(rows.values_list("code", "printed__facts", "ended_on"))
    found.sort(key=lambda row: row[2] is not None)
    for code, facts, _ended_on in found:
        if constant_time_compare(facts["name"], name):
            return code
    return ""


def certificate_of_file(upload):
    """Return the certificate that a file was issued for, unaltered, or None."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    files = IssuedFile.objects.select_related("certificate")
    found = files.filter(sha256=digest.hexdigest()).first()
    return found and certificate_of_code(found.certificate.code)
