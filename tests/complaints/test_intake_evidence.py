"""Files of the public: vetted, drawn anew, few and small; nothing else comes in."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from complaints import vault
from complaints.models import Complaint, IntakeDraft
from complaints.views.intake.evidence import MOST_BYTES_A_FILE, MOST_BYTES_A_SENDING
from tests.complaints.make_complaints import figures
from tests.complaints.make_intake import NOW, PLACE_TAKEN, WHAT, Citizen, listed, picture
from tests.registry.cases import PDF

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)
    cache.clear()
    figures()


@pytest.fixture
def citizen(client):
    """Somebody at the step of the files."""
    client.cookies["django_language"] = "en"
    citizen = Citizen(client)
    citizen.begin()
    citizen.pick(listed())
    citizen.send("new/what", **WHAT)
    return citizen


def named(name, content):
    return SimpleUploadedFile(name, content)


def bomb():
    """A picture of a few bytes that says it has ten thousand million pixels."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def test_a_picture_keeps_what_one_sees_and_loses_place_and_device(citizen):
    upload = picture(size=(3200, 2000))
    assert PLACE_TAKEN.encode() in upload.read()
    upload.seek(0)

    citizen.send("new/evidence", files=[upload])
    citizen.send("new/check")

    (row, name), *none = vault.files(Complaint.objects.get())
    content = vault.content_of(row)
    assert (name, row.suffix, none) == ("证据.jpg", ".jpg", [])
    assert PLACE_TAKEN.encode() not in content
    assert b"HUAWEI" not in content
    with Image.open(BytesIO(content)) as kept:
        assert (dict(kept.getexif()), kept.size) == ({}, (1600, 1000))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("照片.jpg", b"MZ\x90\x00" + b"\0" * 500, "is not a picture"),
        ("照片.jpg", SVG, "is not a picture"),
        ("照片.svg", SVG, "is not a PDF"),
        ("照片.html", b"<script>alert(1)</script>", "is not a PDF"),
        ("病毒.exe", b"MZ\x90\x00", "is not a PDF"),
        ("照片.png", bomb(), "too many pixels"),
        ("空.jpg", b"", "empty"),
        ("断.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100, "picture"),
        ("假.pdf", b"%PDF-1.4 and no end", "is not a PDF"),
        ("表.docx", b"PK\x03\x04 broken", "is not a PDF"),
        ("大.pdf", PDF + b"\0" * MOST_BYTES_A_FILE, "larger than 8.0"),
        ("大.jpg", b"\xff\xd8" + b"\0" * MOST_BYTES_A_FILE, "larger than 8.0"),
    ],
)
def test_what_is_no_evidence_is_refused_by_name_and_leaves_nothing(citizen, name, content, told):
    citizen.send("new/evidence", files=[named(name, content)])
    assert citizen.page.status_code == 422
    assert f"{name}: " in citizen.text
    assert told in citizen.text
    assert "<title>Error: " in citizen.text
    assert IntakeDraft.objects.count() == 1


def test_of_several_files_the_good_ones_stay_and_the_others_are_told(citizen):
    files = [named("结算.pdf", PDF), named("照片.svg", SVG), picture("二.png", form="PNG")]
    citizen.send("new/evidence", files=files)
    assert citizen.page.status_code == 422
    assert "照片.svg: " in citizen.text
    assert "2 files are kept" in citizen.text
    citizen.send("new/evidence")
    citizen.send("new/check")
    kept = [(name, row.suffix) for row, name in vault.files(Complaint.objects.get())]
    assert kept == [("结算.pdf", ".pdf"), ("二.png", ".jpg")]


def test_a_file_can_be_taken_away_again_and_is_gone(citizen):
    citizen.send("new/evidence", files=[picture(), named("结算.pdf", PDF)], add="yes")
    assert IntakeDraft.objects.count() == 3
    first = citizen.text.partition('name="remove" value="')[2].partition('"')[0]

    citizen.send("new/evidence", remove=first)
    citizen.send("new/evidence", remove=first)

    assert "证据.jpg" not in citizen.text
    assert "结算.pdf" in citizen.text
    assert IntakeDraft.objects.count() == 2


def test_five_files_are_possible_and_the_sixth_is_refused(citizen):
    files = [picture(f"{number}.jpg") for number in range(1, 7)]
    citizen.send("new/evidence", files=files)
    assert citizen.page.status_code == 422
    assert "6.jpg: At most 5 files are possible." in citizen.text
    assert 'type="file"' not in citizen.text
    assert IntakeDraft.objects.count() == 6


def test_a_picture_is_shown_small_before_it_is_sent_and_no_other_file_is(citizen):
    citizen.send("new/evidence", files=[picture(size=(900, 600)), named("a.pdf", PDF)], add="yes")
    shown = citizen.text.count('<img src="/complaints/new/evidence/')
    address = citizen.text.partition('<img src="')[2]
    while not address.startswith("/complaints/"):
        address = address.partition('<img src="')[2]
    page = citizen.client.get(address.partition('"')[0])
    assert shown == 1
    assert page["Cache-Control"] == "no-store, private"
    with Image.open(BytesIO(page.content)) as small:
        assert small.size == (240, 160)


def test_the_field_takes_pictures_from_the_album_not_only_the_camera(citizen):
    citizen.open("new/evidence")
    assert 'type="file"' in citizen.text
    assert "capture" not in citizen.text
    assert "multiple" in citizen.text


def test_more_than_a_form_may_hold_is_refused_before_it_is_read(citizen):
    large = named("大.pdf", b"\0" * (MOST_BYTES_A_SENDING + 1))
    citizen.send("new/evidence", files=[large])
    assert citizen.page.status_code == 413
    assert "12348" in citizen.text
    assert IntakeDraft.objects.count() == 1
    citizen.send("new/what", **(WHAT | {"text": "字" * 100_000}))
    assert citizen.page.status_code == 413
