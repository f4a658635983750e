"""Papers of a record: vetted, and kept where no address leads."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from office.documents import MACROS, MOST_BYTES, attach, documents_of, evidence_of, vetted
from office.models import Document, LedgerEntry
from tests import make
from tests.make import TODAY

PDF = b"%PDF-1.7\n...\n%%EOF\n"


def upload(content=PDF, name="minutes.pdf"):
    return SimpleUploadedFile(name, content)


def archive(*names):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return target.getvalue()


def picture():
    target = BytesIO()
    Image.new("RGB", (8, 8), "white").save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "suffix"),
    [
        ("a.pdf", PDF, ".pdf"),
        ("A.PDF", PDF, ".pdf"),
        ("a.docx", archive("word/document.xml"), ".docx"),
        ("a.xlsx", archive("xl/workbook.xml"), ".xlsx"),
        ("a.png", picture(), ".jpg"),
    ],
)
def test_a_usable_file_is_taken_whatever_the_case_of_its_name(name, content, suffix):
    assert vetted(upload(content, name))[1] == suffix


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"PK\x03\x04"),
        ("a.pdf", b"%PDF-1.7 cut off"),
        ("a.docx", PDF),
        ("a.docx", archive("xl/workbook.xml")),
        ("a.docx", archive("word/document.xml", f"word/{MACROS}")),
        ("a.xlsx", b"not a zip"),
        ("a.exe", b"MZ"),
        ("a.html", b"<script>"),
        ("a", PDF),
        ("a.png", b"not a picture"),
        ("a.pdf", PDF + b" " * MOST_BYTES),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(ValidationError):
        vetted(upload(content, name))


@pytest.mark.django_db
def test_a_paper_is_kept_with_its_digest_and_the_ledger_names_it():
    body, officer = make.organization(), make.user()

    paper = attach(
        body, upload=upload(), kind="minutes", by=officer, today=TODAY, reason="Election."
    )

    entry = LedgerEntry.objects.of(body).get()
    with paper.file.open() as file:
        assert file.read() == PDF
    assert (entry.act, entry.reason) == ("registry.organization.attach", "Election.")
    assert (
        entry.evidence == evidence_of([paper]) == [{"name": "minutes.pdf", "sha256": paper.digest}]
    )


@pytest.mark.django_db
def test_papers_with_one_content_share_one_file():
    first, second = (
        attach(make.organization(), upload=upload(), kind="minutes", by=None, today=TODAY)
        for _number in range(2)
    )

    assert first.pk != second.pk
    assert first.file.name == second.file.name


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing():
    body = make.organization()

    with pytest.raises(ValidationError):
        attach(body, upload=upload(b"MZ"), kind="minutes", by=None, today=TODAY)

    assert not Document.objects.exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
def test_papers_are_those_of_the_record_and_of_the_kinds_asked_for():
    body, other = make.organization(), make.organization()
    for record, kind in [(body, "minutes"), (body, "photo"), (other, "minutes")]:
        attach(record, upload=upload(), kind=kind, by=None, today=TODAY)

    assert [one.kind for one in documents_of(body)] == ["minutes", "photo"]
    assert [one.kind for one in documents_of(body, "photo")] == ["photo"]


@pytest.mark.django_db
def test_a_name_is_kept_without_what_would_mislead():
    paper = attach(
        make.organization(),
        upload=upload(name="a\u202efdp.exe.pdf"),
        kind="minutes",
        by=None,
        today=TODAY,
    )

    assert paper.name == "afdp.exe.pdf"
