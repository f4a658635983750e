"""The vault of a complaint: who complained, what was said, and the files, under a key of its own.

Nothing here asks whether somebody may read: actions do (``complaints.actions.reading``), and the
holder of the receipt code is shown what the code opens (``complaints.actions.following``).
"""

import hashlib
import json
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile

from complaints.models import (
    Evidence,
    Receipt,
    SealedIdentity,
    Statement,
    VaultKey,
)
from office.documents import readable, vetted
from office.identity import plain
from office.personal import keyed_hash, new_key, open_under, seal_under
from office.receipts import code_of

CODE_CONTEXT = "complaints.receipt"


class Destroyed(Exception):
    """The key of this complaint was destroyed: nothing that was sealed can be read again."""


def make_key(complaint):
    """Give a new complaint its key."""
    VaultKey.objects.create(complaint=complaint, key=new_key())


def key_of(complaint):
    """Return the key of a complaint. :raises Destroyed: if there is none any more."""
    key = VaultKey.objects.get(complaint=complaint).key
    if key is None:
        raise Destroyed(complaint.number)
    return key


def say(complaint, kind, text, *, today, by=None):
    """Keep something that was said in a complaint; returns the row."""
    statement = Statement(complaint=complaint, kind=kind, said_on=today, by=by)
    statement.sealed = _seal(complaint, text, "statement")
    statement.full_clean()
    statement.save()
    return statement


def statements(complaint, *kinds):
    """Return what was said, in order, as ``(row, text)``; of these kinds, if any are named."""
    rows = Statement.objects.filter(complaint=complaint).select_related("by")
    rows = rows.filter(kind__in=kinds) if kinds else rows
    key = key_of(complaint)
    return [(row, _open(key, complaint, row.sealed, "statement")) for row in rows]


def put_identity(complaint, identity):
    """Keep who complained: a mapping of ``name``, ``phone``, ``address``."""
    text = json.dumps(identity, ensure_ascii=False)
    SealedIdentity.objects.create(complaint=complaint, sealed=_seal(complaint, text, "identity"))


def identity(complaint):
    """Return who complained as a mapping; an anonymous complaint has an empty one."""
    row = SealedIdentity.objects.filter(complaint=complaint).first()
    if row is None:
        return {}
    return json.loads(_open(key_of(complaint), complaint, row.sealed, "identity"))


def keep_file(complaint, upload, *, today, by=None):
    """Keep a file as evidence, vetted, drawn anew if a picture, and sealed; returns the row.

    :raises ValidationError: if the file is empty, too large, damaged or of no known format.
    """
    content, suffix = vetted(upload)
    return keep_content(complaint, content, suffix, readable(upload.name), today=today, by=by)


def keep_content(complaint, content, suffix, name, *, today, by=None):
    """Keep a file that was vetted before; returns the row."""
    evidence = Evidence(
        complaint=complaint, suffix=suffix, size=len(content), added_on=today, by=by
    )
    evidence.sealed_name = _seal(complaint, name[:120], "evidence name")
    sealed = seal_under(key_of(complaint), content, _context(complaint, "evidence"))
    evidence.file.save(f"{uuid4().hex}.sealed", ContentFile(sealed.encode()), save=False)
    evidence.full_clean()
    evidence.save()
    return evidence


def files(complaint):
    """Return the evidence of a complaint, in order, as ``(row, name)``."""
    rows = Evidence.objects.filter(complaint=complaint)
    key = key_of(complaint)
    return [(row, _open(key, complaint, row.sealed_name, "evidence name")) for row in rows]


def content_of(evidence):
    """Return the bytes of a piece of evidence."""
    complaint = evidence.complaint
    with evidence.file.open("rb") as file:
        sealed = file.read().decode()
    return open_under(key_of(complaint), sealed, _context(complaint, "evidence"))


def seal_text(complaint, text, what):
    """Seal a text of another table under the key of its complaint; ``what`` names the column."""
    return _seal(complaint, text, what)


def open_text(complaint, sealed, what):
    """Open what ``seal_text`` sealed."""
    return _open(key_of(complaint), complaint, sealed, what)


def destroy(complaint, *, today):
    """Destroy the key: the sealed rows stay, and nobody can ever read them."""
    VaultKey.objects.filter(complaint=complaint, key__isnull=False).update(
        key=None, destroyed_on=today
    )


def put_receipt(complaint, code_hash):
    """Keep the slow hash of the code the complainant was shown."""
    Receipt.objects.create(complaint=complaint, code_hash=code_hash)


def receipt_code(submission):
    """Return the receipt code of the complaint that one sending of a form becomes."""
    return code_of(submission, "complaints.code")


def slow_hash(code):
    """Return the slow hash of a receipt code; case, width, blanks and dashes make no difference.

    The salt is one of the house, kept outside the database: a code is the only thing its holder
    has, so that the row must be found by the code alone. It has 79 bits of chance.
    """
    salt = keyed_hash("salt", CODE_CONTEXT).encode()
    typed = plain(code).replace("-", "").upper()
    cost = {"n": settings.RECEIPT_HASH_COST, "r": 8, "p": 1, "maxmem": 2**26}
    return hashlib.scrypt(typed.encode(), salt=salt, dklen=32, **cost).hex()


def digest_of(text):
    """Return the keyed hash by which the same text is known again, without being read."""
    return keyed_hash("".join(text.split()), "complaints.text") or ""


def _context(complaint, what):
    return f"complaint {complaint.pk} {what}"


def _seal(complaint, text, what):
    return seal_under(key_of(complaint), text.encode(), _context(complaint, what))


def _open(key, complaint, sealed, what):
    return open_under(key, sealed, _context(complaint, what)).decode()
