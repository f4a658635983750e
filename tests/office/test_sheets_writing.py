import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, override
from openpyxl.utils.escape import unescape

from office.sheets import writing
from office.sheets.errors import UnreadableSheet
from office.sheets.headings import Column
from office.sheets.reading import open_sheet
from office.sheets.writing import (
    ExportColumn,
    csv_lines,
    write_csv,
    write_template,
    write_xlsx,
)

PAYLOADS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x","点击")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "{=1+1}",
    "'=1+1",
    "''=1+1",
    "=",
    "http://example.org",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    "330681197505022230",
    "007",
    "1E5",
    "_x0041_",
    '";=1+1',
    "<f>1+1</f>",
]


def written(columns, rows, title="名册"):
    """Return the cells of the workbook as openpyxl finds them."""
    file = io.BytesIO()
    write_xlsx(file, title, columns, rows)
    return openpyxl.load_workbook(file).active


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_ever_becomes_a_formula_a_link_or_a_number_in_a_workbook(payload):
    sheet = written([payload], [[payload], ["李明"]], title=payload)

    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.hyperlink for cell in cells] == [None, None, None]
    assert unescape(cells[1].value) == payload.replace("\r", "\n")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_in_a_csv_begins_like_a_formula(payload):
    line = b"".join(csv_lines(["头"], [[payload]])).decode("utf-8-sig").split("\r\n", 1)[1]

    assert line[0] == '"'
    assert line[1] not in "=+-@＝＋－＠\t\r\n"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_our_own_reader_gives_back_what_was_guarded(payload):
    columns = [Column("name", "姓名"), Column("note", "情况记录")]
    for write in (write_csv, lambda *args: write_xlsx(args[0], "名册", *args[1:])):
        file = io.BytesIO()
        write(file, ["姓名", "情况记录"], [["李明", payload]])
        with open_sheet(file, columns) as sheet:
            cells = [row.cells[1] for row in sheet.rows()]

        assert cells == [payload.replace("\r", "\n")]


def test_values_keep_their_kind():
    row = [
        None,
        "",
        True,
        False,
        7,
        1.5,
        Decimal("12.50"),
        dt.date(2024, 3, 1),
        dt.datetime(2024, 3, 1, 2, 30, tzinfo=dt.UTC),
        gettext_lazy("Yes"),
    ]
    with override("en"):
        sheet = written([str(number) for number in range(10)], [row])

    assert [cell.value for cell in sheet[2]] == [
        None,
        None,
        "Yes",
        "No",
        7,
        1.5,
        12.5,
        dt.datetime(2024, 3, 1),  # noqa: DTZ001 - a cell has no time zone
        dt.datetime(2024, 3, 1, 10, 30),  # noqa: DTZ001
        "Yes",
    ]
    assert [sheet[2][place].number_format for place in (6, 7, 8)] == [
        "0.00",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm:ss",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10**15, "1000000000000000"),
        (Decimal("1234567890.123456"), "1234567890.123456"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (Decimal("NaN"), "NaN"),
        (dt.date(1899, 12, 31), "1899-12-31"),
        ("a\x00b\x1f\ufffec", "abc"),
        ("长" * 32_768, "长" * 32_766 + "…"),
    ],
)
def test_what_excel_cannot_hold_is_written_as_text(value, text):
    assert written(["a"], [[value]])["A2"].value == text


def test_a_number_of_fifteen_digits_stays_a_number():
    assert written(["a"], [[10**15 - 1]])["A2"].value == 999_999_999_999_999


def test_the_head_is_frozen_filtered_and_wide_enough():
    sheet = written([ExportColumn("姓名"), ExportColumn("备注", width=40)], [["李明", "无"]])

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert [round(sheet.column_dimensions[name].width) for name in "AB"] == [11, 41]


def test_a_column_can_carry_a_number_format():
    sheet = written([ExportColumn("率", number_format="0.0%")], [[0.875]])

    assert sheet["A2"].number_format == "0.0%"


@pytest.mark.parametrize(
    ("title", "name"),
    [("诸暨市/名册[1]", "诸暨市 名册 1"), ("名" * 40, "名" * 31), ("*?", "Sheet"), ("'a'", "a")],
)
def test_the_title_names_the_sheet(title, name):
    assert written(["a"], [], title=title).title == name


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 2)

    assert written(["a"], [[1], [2]]).max_row == 3
    with pytest.raises(ValidationError):
        written(["a"], [[1], [2], [3]])


def test_rows_are_taken_from_a_generator_and_paths_are_written(tmp_path):
    write_xlsx(tmp_path / "a.xlsx", "名册", ["姓名"], ([name] for name in ["李明", "王芳"]))
    write_csv(tmp_path / "a.csv", ["姓名"], ([name] for name in ["李明", "王芳"]))

    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active.max_row == 3
    assert (tmp_path / "a.csv").read_bytes() == (
        "\ufeff".encode() + '"姓名"\r\n"李明"\r\n"王芳"\r\n'.encode()
    )


def test_numbers_in_a_csv_are_not_guarded():
    lines = list(csv_lines(["a"], [[-5, Decimal("-1.50"), dt.date(2024, 3, 1), None, "-5"]]))

    assert lines[1] == b'"-5","-1.50","2024-03-01","","\'-5"\r\n'


FORM = [
    Column("name", "姓名", required=True, kind="name"),
    Column("employment", "专兼职", kind="choice", answers={"专职": "full", "兼职": "part"}),
]


def test_the_empty_form_is_read_back_when_it_is_filled_in():
    file = io.BytesIO()
    write_template(file, FORM, examples=[["张三", "专职"]])
    book = openpyxl.load_workbook(file)
    form = book.worksheets[0]
    form.append(["李明", "兼职"])
    filled = io.BytesIO()
    book.save(filled)

    assert [sheet.max_row for sheet in book.worksheets] == [2, 2]
    assert (form["A1"].value, form.column_dimensions["A"].number_format) == ("姓名*", "@")
    assert form.data_validations.dataValidation[0].formula1 == '"专职,兼职"'
    with open_sheet(filled, FORM) as sheet:
        assert [row.cells for row in sheet.rows()] == [["李明", "兼职"]]
        assert (sheet.mapping.unsure, sheet.mapping.missing) == ([], [])


def test_a_form_that_comes_back_empty_has_no_rows():
    file = io.BytesIO()
    write_template(file, FORM, examples=[["张三", "专职"]])

    with pytest.raises(UnreadableSheet) as refusal:
        open_sheet(file, FORM)
    assert refusal.value.code == "no_rows"
