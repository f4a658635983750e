"""A workbook read as a stream gives the rows that the workbook reader gives."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter

from office.sheets.errors import UnreadableSheet
from office.sheets.grids import xlsx_grids
from office.sheets.vetting import Limits

LIMITS = Limits()
STREAMED = replace(LIMITS, streamed_size=0)


def book(fill, **options):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, **options}) as made:
        fill(made)
    content.seek(0)
    return content


def rows(content, limits):
    """The rows of every sheet, without the blanks at their ends."""
    found = []
    for grid in xlsx_grids(content, limits):
        for cells in grid.rows():
            kept = list(cells)
            while kept and kept[-1] == "":
                kept.pop()
            found.append((grid.name, kept))
    while found and not found[-1][1]:
        found.pop()
    return found


def fill(made):
    sheet = made.add_worksheet("表一")
    sheet.write_row(0, 0, ["甲", "乙", "", "丁"])
    sheet.write_row(3, 1, ["=1+1", "<&>", 7, 1.5, True])
    sheet.write_rich_string(4, 0, "枫", made.add_format({"bold": True}), "桥", "镇")
    sheet.write_formula(5, 27, "=1+1", value=2)
    sheet.write(6, 0, " 空 ")
    made.add_worksheet("二").write(0, 0, "x")
    hidden = made.add_worksheet("藏")
    hidden.write(0, 0, "secret")
    hidden.hide()


@pytest.mark.parametrize("constant_memory", [False, True])
def test_a_streamed_workbook_reads_like_one_in_memory(constant_memory):
    content = book(fill, constant_memory=constant_memory)
    streamed = rows(content, STREAMED)
    assert streamed == rows(content, LIMITS)
    assert ("表一", ["", "=1+1", "<&>", 7.0, 1.5, True]) in streamed
    assert not any(name == "藏" for name, _cells in streamed)


def test_a_streamed_sheet_is_read_as_often_as_wanted():
    (grid, *_others) = xlsx_grids(book(fill), STREAMED)
    assert list(grid.rows()) == list(grid.rows())


def test_a_day_is_the_number_the_cell_holds():
    def days(made):
        look = made.add_format({"num_format": "yyyy-mm-dd"})
        made.add_worksheet().write_datetime(0, 0, date(2026, 3, 5), look)

    assert rows(book(days), STREAMED)[0][1] == [46086.0]


def changed(content, name, change):
    target = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == name else data)
    target.seek(0)
    return target


BROKEN = [
    ("xl/worksheets/sheet1.xml", lambda data: data.replace(b"</row>", b"</rwo>", 1)),
    ("xl/worksheets/sheet1.xml", lambda data: data.replace(b"<v>0</v>", b"<v>99</v>")),
    ("xl/worksheets/sheet1.xml", lambda data: data.replace(b"<v>7</v>", b"<v>x</v>")),
    ("xl/sharedStrings.xml", lambda data: data[:-9]),
    ("xl/workbook.xml", lambda data: data[:-9]),
    ("xl/workbook.xml", lambda data: b'<!DOCTYPE a [<!ENTITY b "c">]>' + data[55:]),
]


@pytest.mark.parametrize(("name", "change"), BROKEN)
def test_a_damaged_part_is_refused(name, change):
    with pytest.raises(UnreadableSheet):
        rows(changed(book(fill), name, change), STREAMED)
