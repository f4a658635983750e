"""Papers kept as evidence: vetted, stored where no address leads, noted in the ledger."""

import hashlib
import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from office import ledger
from office.models import Document
from office.pictures import MEGABYTE, reencode

MOST_BYTES = 20 * MEGABYTE
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PICTURES = {".jpg", ".jpeg", ".png", ".webp"}
# What a format keeps its main part in; a zip without it is something else.
PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
MACROS = "vbaProject.bin"


@transaction.atomic
def attach(obj, *, upload, kind, by, today, name="", reason=""):
    """Keep a file as a paper of a record; return it. Pictures are drawn anew, without metadata.

    :raises ValidationError: if the file is empty, too large, damaged or of no known format.
    """
    content, suffix = vetted(upload)
    digest = hashlib.sha256(content).hexdigest()
    document = Document(
        subject_type=obj._meta.label_lower,
        subject_id=str(obj.pk),
        area=getattr(obj, "area", None),
        kind=kind,
        name=(name or readable(upload.name))[:120],
        suffix=suffix,
        size=len(content),
        digest=digest,
        added_by=by,
        added_on=today,
    )
    same = Document.objects.filter(digest=digest, suffix=suffix).first()
    if same is None:
        document.file.save(f"{digest}{suffix}", ContentFile(content), save=False)
    else:
        document.file = same.file.name
    document.full_clean()
    document.save()
    act = f"{obj._meta.label_lower}.attach"
    after = {"document": document.name, "kind": kind}
    ledger.append(act, obj, by=by, reason=reason, evidence=evidence_of([document]), after=after)
    return document


def documents_of(obj, *kinds):
    """Return the papers of a record, of these kinds if any are named."""
    found = Document.objects.filter(subject_type=obj._meta.label_lower, subject_id=str(obj.pk))
    return found.filter(kind__in=kinds) if kinds else found


def evidence_of(documents):
    """Return what the ledger keeps of papers: name and digest of each."""
    return [{"name": one.name, "sha256": one.digest} for one in documents]


def vetted(upload):
    """Return the content to keep and its suffix.

    :raises ValidationError: if the file is empty, too large, damaged or of no known format.
    """
    suffix = PurePath(upload.name).suffix.lower()
    if suffix in PICTURES:
        return reencode(upload).read(), ".jpg"
    upload.seek(0)
    content = upload.read(MOST_BYTES + 1)
    if not content:
        raise ValidationError(_("The file is empty. Choose another one."))
    if len(content) > MOST_BYTES:
        limit = filesizeformat(MOST_BYTES)
        raise ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})
    if not _is_what_it_says(content, suffix):
        raise ValidationError(
            _("“%(name)s” is not a PDF, Word, Excel or picture file, or it is damaged.")
            % {"name": readable(upload.name)}
        )
    return content, suffix


def readable(filename):
    """Return a file's name without path and control characters."""
    return re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", PurePath(filename).name)


def _is_what_it_says(content, suffix):
    if suffix == ".pdf":
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    if suffix not in PARTS:
        return False
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return False
    return PARTS[suffix] in names and not any(name.endswith(MACROS) for name in names)
