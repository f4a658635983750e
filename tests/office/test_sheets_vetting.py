import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.sheets.errors import UnreadableSheet
from office.sheets.headings import Column
from office.sheets.reading import open_sheet
from office.sheets.vetting import Limits, survey
from office.sheets.writing import write_xlsx

COLUMNS = [Column("name", "姓名", required=True), Column("resident_id", "身份证号码")]
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)
ROOT = RELS.replace("/worksheet", "/officeDocument").replace("worksheets/sheet1", "xl/workbook")
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>身份证号码</t></is></c></row>'
)


def cell(reference, text="李明"):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_xml(rows, tail=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'


def package(rows="", tail="", xml=None, **more):
    """Return a workbook whose one sheet holds these rows, given as XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELS)
        archive.writestr("xl/worksheets/sheet1.xml", xml or sheet_xml(HEAD + rows, tail))
        for name, content in more.items():
            archive.writestr(name, content)
    return file


def code_of(content, **limits):
    file = content if hasattr(content, "read") else io.BytesIO(content)
    with pytest.raises(UnreadableSheet) as refusal:
        open_sheet(file, COLUMNS, limits=Limits(**limits))
    assert all(refusal.value.messages)
    return refusal.value.code


def numbers(file):
    with open_sheet(file, COLUMNS) as sheet:
        return [row.number for row in sheet.rows()]


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\0" * 100, "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n", "wrong_type"),
        (b"\xff\xd8\xff\xe0", "wrong_type"),
        (b"GIF89a", "wrong_type"),
        (b"{\\rtf1", "wrong_type"),
        (b"Rar!\x1a\x07", "wrong_type"),
        (b"\x1f\x8b\x08", "wrong_type"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "wrong_type"),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html>", "wrong_type"),
        (b"<?xml version='1.0'?><Workbook/>", "wrong_type"),
        (ole("Workbook"), "wrong_type"),
        (ole("WordDocument"), "wrong_type"),
        (ole("EncryptedPackage"), "password"),
        (ole("Other"), "wrong_type"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"PK\x05\x06" + bytes(18), "wrong_type"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_refused_by_its_content(content, code):
    assert code_of(content) == code


@pytest.mark.parametrize("part", ["xl/workbook.bin", "word/document.xml", "content.xml", "a.txt"])
def test_another_kind_of_package_is_refused(part):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, "x")

    assert code_of(file) == "wrong_type"


def test_a_small_package_is_read():
    assert numbers(package(f'<row r="7">{cell("A7")}</row>')) == [7]


def test_a_part_that_unpacks_to_more_than_allowed_is_a_bomb():
    file = package(tail=" " * 2_000_000)

    assert code_of(file, unpacked_size=1_000_000) == "bomb"


def test_an_incredible_ratio_is_a_bomb(monkeypatch):
    monkeypatch.setattr("office.sheets.vetting.SMALL", 1_000_000)
    file = package(tail=" " * 2_000_000)

    assert code_of(file, ratio=100) == "bomb"


def test_too_many_parts_are_a_bomb():
    file = package(**{f"xl/media/{number}.png": "" for number in range(20)})

    assert code_of(file, entries=24) == "bomb"


def test_a_part_that_unpacks_to_more_than_it_declares_is_a_bomb():
    lie = 400
    real = sheet_xml(HEAD + f'<row r="2">{cell("A2")}</row>' * 1000).encode()
    content = bytearray(package(xml=real).getvalue())
    size, crc = struct.pack("<I", len(real)), struct.pack("<I", zlib.crc32(real))
    assert content.count(crc + content[content.index(crc) + 4 :][:4] + size) == 2
    content = content.replace(size, struct.pack("<I", lie))
    content = content.replace(crc, struct.pack("<I", zlib.crc32(real[:lie])))

    assert code_of(bytes(content)) == "bomb"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f'<row r="1048576">{cell("A1048576")}</row>', "too_many_rows"),
        (f'<row r="2">{cell("A250001")}</row>', "too_many_rows"),
        (f'<row r="2">{cell("XFD2")}</row>', "too_many_columns"),
        (f'<row r="2">{cell("CW2")}</row>', "too_many_columns"),
        (f'<row r="2">{cell("DA2")}</row>', "too_many_columns"),
        ("<row>" + "<c><v>1</v></c>" * 101 + "</row>", "too_many_columns"),
        ("<row>" + "<c><v>1</v></c>" * 100 + "</row>", None),
        (f'<row r="2">{cell("CV2")}</row>', None),
        (f'<row r="250000">{cell("A250000")}</row>', None),
        (f"<row r='2'>{cell('XFD2').replace(chr(34), chr(39))}</row>", "too_many_columns"),
        (f'<row r="2">{cell("XFD2").replace("r=", "r = ")}</row>', "too_many_columns"),
        (f'<row r="2">{cell("xfd2")}</row>', "too_many_columns"),
        ('<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="1"/></row>', None),
    ],
)
def test_a_cell_far_away_costs_nothing(row, code):
    if code is None:
        assert len(numbers(package(row))) == 1
    else:
        assert code_of(package(row)) == code


def test_a_sheet_under_another_name_is_looked_at_too():
    file = package(**{"elsewhere.xml": sheet_xml(f'<row r="2">{cell("XFD2")}</row>')})

    assert code_of(file) == "too_many_columns"


def test_long_parts_without_rows_do_no_harm():
    file = package(f'<row r="2">{cell("A2")}</row>', **{"docProps/long.xml": "x" * 3_000_000})

    assert numbers(file) == [2]


def test_rows_without_numbers_are_counted():
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"

    assert code_of(package(row * 10), rows=10) == "too_many_rows"


def test_formulas_without_result_are_found_wherever_they_stand():
    formulas = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>A&amp;"b"</f><v></v></c></row>'
        '<row r="3"><c r="AB3"><f>NOW()</f></c><c r="AC3" s="1"><f>X()</f><v/></c></row>'
    )

    assert survey(package(formulas), Limits()) == {
        "名册": {(1, 1): '=A&"b"', (2, 27): "=NOW()", (2, 28): "=X()"}
    }


def workbook():
    file = io.BytesIO()
    write_xlsx(file, "名册", ["姓名", "身份证号码"], [["李明", "1"], ["王芳", "2"]])
    return file.getvalue()


SOUND = workbook()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe"]))
def test_any_garbage_is_refused_and_never_fails_otherwise(garbage, start):
    with pytest.raises(UnreadableSheet):
        open_sheet(io.BytesIO(start + garbage), COLUMNS)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused_but_never_fails_otherwise(place, garbage):
    content = SOUND[:place] + garbage + SOUND[place + len(garbage) :]
    with suppress(UnreadableSheet):
        numbers(io.BytesIO(content))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SOUND) - 1))
def test_a_workbook_cut_short_is_refused(length):
    with pytest.raises(UnreadableSheet):
        numbers(io.BytesIO(SOUND[:length]))


XML = sheet_xml(HEAD + f'<row r="2">{cell("A2")}{cell("B2")}</row>')
PIECES = st.sampled_from(
    ["<", ">", '"', "/>", "</c>", "<row>", "<c>", "<v>9</v>", "&", "&#0;", "\0", "A0", "r=", '"s"']
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(XML) - 1), st.integers(0, 8), PIECES)
def test_broken_xml_is_read_or_refused_but_never_fails_otherwise(place, length, piece):
    xml = XML[:place] + piece + XML[place + length :]
    with suppress(UnreadableSheet):
        numbers(package(xml=xml))
