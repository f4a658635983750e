import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from office.sheets.errors import UnreadableSheet
from office.sheets.headings import Column
from office.sheets.heads import RowKind
from office.sheets.reading import open_sheet
from office.sheets.vetting import Limits
from office.sheets.writing import write_csv, write_xlsx

COLUMNS = [
    Column("name", "姓名", required=True, kind="name"),
    Column("resident_id", "身份证号码", ("身份证", "公民身份号码"), required=True, kind="id"),
    Column("organization", "所在调解组织", ("调解组织",), kind="text"),
    Column("phone", "联系电话", ("手机", "电话"), kind="phone"),
]
HEAD = ["序号", "姓名", "身份证号码", "所在调解组织", "联系电话"]
LI = [1, "李明", "330681197505022230", "枫桥镇人民调解委员会", "13812345678"]
WANG = [2, "王芳", "330681198006011222", "枫桥镇人民调解委员会", "13912345678"]


def workbook(*rows, merges=(), more_sheets=()):
    """Return an .xlsx as a file object; rows are lists, merges are ranges like "A1:E1"."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merges:
        book.active.merge_cells(cells)
    for title, state, extra in more_sheets:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in extra:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file


def csv_file(text, encoding="utf-8"):
    return io.BytesIO(text.encode(encoding))


def read(file, wanted=COLUMNS, **limits):
    """Return [(row number, {name: text})], the skipped rows and the sheet."""
    with open_sheet(file, wanted, limits=Limits(**limits)) as sheet:
        found = [(row.number, row.pick(sheet.mapping.positions)) for row in sheet.rows()]
        return found, [(row.number, row.kind) for row in sheet.skipped], sheet


def names(file):
    return [(number, cells["name"]) for number, cells in read(file)[0]]


def code_of(file, **limits):
    with pytest.raises(UnreadableSheet) as refusal:
        read(file, **limits)
    assert all(refusal.value.messages)
    return refusal.value.code


def test_the_rows_of_a_plain_table_are_read_with_their_numbers():
    found, skipped, sheet = read(workbook(HEAD, LI, WANG))

    assert found == [
        (2, dict(zip(["name", "resident_id", "organization", "phone"], LI[1:], strict=True))),
        (3, dict(zip(["name", "resident_id", "organization", "phone"], WANG[1:], strict=True))),
    ]
    assert skipped == []
    assert (sheet.head.first, sheet.head.last, sheet.name) == (1, 1, "Sheet")


def test_titles_notes_totals_signatures_and_empty_rows_are_no_data():
    file = workbook(
        ["诸暨市人民调解员名册"],
        ["填报单位：诸暨市司法局", None, None, "填报时间：2024年3月"],
        [],
        HEAD,
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        LI,
        ["小计", "1人"],
        [],
        HEAD,
        WANG,
        [3],
        ["合计", 2],
        ["注：本表一式两份。"],
        ["填表人：李明", None, "审核人：王芳"],
        merges=["A1:E1"],
    )

    found, skipped, sheet = read(file)

    assert [(number, cells["name"]) for number, cells in found] == [(6, "李明"), (10, "王芳")]
    assert skipped == [
        (5, RowKind.HEAD),
        (7, RowKind.TOTAL),
        (9, RowKind.HEAD),
        (12, RowKind.TOTAL),
        (13, RowKind.NOTE),
        (14, RowKind.NOTE),
    ]
    assert (sheet.head.first, sheet.head.last) == (4, 4)


def test_a_two_row_head_becomes_flat_headings_that_keep_their_group():
    file = workbook(
        ["枫桥镇人民调解员登记表"],
        ["序号", "姓名", "身份证号码", "联系方式", None, "备注"],
        [None, None, None, "手机", "座机", None],
        [1, "李明", "330681197505022230", "13812345678", "0575-87010000", ""],
        merges=["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"],
    )

    found, _skipped, sheet = read(file)

    assert [heading.flat for heading in sheet.head.headings] == [
        "序号",
        "姓名",
        "身份证号码",
        "联系方式 - 手机",
        "联系方式 - 座机",
        "备注",
    ]
    assert found == [
        (4, {"name": "李明", "resident_id": "330681197505022230", "phone": "13812345678"})
    ]
    assert (sheet.head.first, sheet.head.last, sheet.mapping.unsure) == (2, 3, [])


def test_a_two_row_head_in_a_csv_has_no_merges_and_is_read_all_the_same():
    text = (
        "序号,姓名,身份证,联系方式,,备注\n,,,手机,座机,\n1,李明,330681197505022230,13812345678,,\n"
    )

    found, _skipped, sheet = read(csv_file(text))

    assert found == [
        (3, {"name": "李明", "resident_id": "330681197505022230", "phone": "13812345678"})
    ]
    assert sheet.head.headings[3].flat == "联系方式 - 手机"


def test_groups_over_the_whole_head_are_kept():
    file = workbook(
        ["基本情况", None, "负责人", None],
        ["姓名", "身份证号码", "姓名", "电话"],
        ["李明", "330681197505022230", "王芳", "13912345678"],
        merges=["A1:B1", "C1:D1"],
    )

    found, _skipped, sheet = read(file)

    assert [heading.flat for heading in sheet.head.headings] == [
        "基本情况 - 姓名",
        "基本情况 - 身份证号码",
        "负责人 - 姓名",
        "负责人 - 电话",
    ]
    assert sheet.mapping.matches["name"].position == 0
    assert [match.column.name for match in sheet.mapping.unsure] == ["phone"]
    assert found[0][1]["name"] == "李明"


def test_a_section_line_is_a_note_and_a_person_called_like_one_is_not():
    file = workbook(HEAD, ["一、街道"], LI, [4, "备注", "330681197505022230", "某会", "1"])

    found, skipped, _sheet = read(file)

    assert [(number, cells["name"]) for number, cells in found] == [(3, "李明"), (4, "备注")]
    assert skipped == [(2, RowKind.NOTE)]


def test_a_row_with_a_name_alone_is_data_to_be_refused_by_its_reader():
    assert names(workbook(HEAD, LI, [None, "赵六"])) == [(2, "李明"), (3, "赵六")]


def test_a_cell_merged_over_rows_counts_for_each_of_them():
    file = workbook(HEAD, LI, [2, "王芳", "330681198006011222"], [3, "赵六"], merges=["D2:D3"])

    assert [cells["organization"] for _number, cells in read(file)[0]] == [LI[3], LI[3], ""]


def test_the_sheet_whose_head_fits_best_is_taken_and_hidden_ones_are_not():
    file = workbook(
        ["填写说明"],
        more_sheets=[
            ("旧名册", "hidden", [HEAD, LI]),
            ("汇总", "visible", [["姓名", "电话"], ["赵六", "1"]]),
            ("名册", "visible", [HEAD, WANG]),
        ],
    )

    found, _skipped, sheet = read(file)

    assert (sheet.name, [cells["name"] for _number, cells in found]) == ("名册", ["王芳"])


def test_a_formula_without_a_result_is_read_as_the_text_it_is():
    file = workbook(HEAD, [1, "李明", "330681197505022230", '=HYPERLINK("http://x","a&b")', ""])

    assert read(file)[0][0][1]["organization"] == '=HYPERLINK("http://x","a&b")'


def test_cells_that_are_only_formatted_do_not_count():
    file = workbook(HEAD, LI)
    book = openpyxl.load_workbook(file)
    book.active["XFD1"].font = Font(bold=True)
    book.active["A1048576"].font = Font(bold=True)
    file = io.BytesIO()
    book.save(file)

    assert names(file) == [(2, "李明")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_any_usual_encoding_and_with_any_usual_delimiter(encoding, delimiter):
    lines = [["诸暨市，名册"], HEAD, LI, [], WANG]
    text = "\r\n".join(delimiter.join(map(str, line)) for line in lines)

    assert names(csv_file(text, encoding)) == [(3, "李明"), (5, "王芳")]


def test_rare_characters_survive_gb18030():
    text = "姓名,身份证\n㛃𠮷·䶮,330681197505022230\n"

    assert names(csv_file(text, "gb18030")) == [(2, "㛃𠮷·䶮")]


def test_a_line_break_inside_quotes_does_not_shift_the_row_numbers():
    text = '姓名,身份证\n"李\n明",330681197505022230\n王芳,330681198006011222\n'

    assert names(csv_file(text)) == [(2, "李\n明"), (3, "王芳")]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_every_kind_of_line_end_is_a_line_end(end):
    assert names(csv_file(end.join(["姓名,身份证", "李明,1", "王芳,2", ""]))) == [
        (2, "李明"),
        (3, "王芳"),
    ]


def test_a_path_is_closed_again(tmp_path):
    path = tmp_path / "roster.bin"
    path.write_bytes(workbook(HEAD, LI).getvalue())

    assert names(path) == [(2, "李明")]
    assert names(str(path)) == [(2, "李明")]


def test_rows_can_be_read_twice():
    with open_sheet(workbook(HEAD, LI, ["合计"]), COLUMNS) as sheet:
        first = list(sheet.rows())

        assert list(sheet.rows()) == first
        assert [row.number for row in sheet.skipped] == [3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("\ufeff\r\n \n", "empty"),
        ("你好\n世界\n", "no_head"),
        ("a,b,c\n1,2,3\n", "no_head"),
        ("姓名,身份证\n", "no_rows"),
        ("姓名,身份证\n合计,0\n", "no_rows"),
        ('姓名,身份证\n"李明,1\n', "quotes"),
        ('姓名,身份证\n"李明"x,1\n', "quotes"),
        ("姓名,身份证\n李明,\x00\n", "wrong_type"),
    ],
)
def test_a_text_that_holds_no_table_is_refused_in_a_sentence(text, code):
    assert code_of(csv_file(text)) == code


def test_a_text_in_another_encoding_is_refused():
    assert code_of(io.BytesIO("姓名,身份证\n".encode() + b"\xff\xfe\xff\n")) == "encoding"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"rows": 3}, None),
        ({"rows": 2}, "too_many_rows"),
        ({"columns": 5}, None),
        ({"columns": 4}, "too_many_columns"),
        ({"file_size": 100}, "too_large"),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_table_beyond_the_limits_is_refused(kind, limits, code):
    text = "\n".join(",".join(map(str, line)) for line in [HEAD, LI, WANG])
    file = workbook(HEAD, LI, WANG) if kind == "xlsx" else csv_file(text)

    if code is None:
        assert len(read(file, **limits)[0]) == 2
    else:
        assert code_of(file, **limits) == code


def test_a_workbook_without_any_cell_has_no_head():
    assert code_of(workbook()) == "no_head"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co"]), max_size=20)
TABLES = st.lists(
    st.tuples(TEXTS.map("名{}".format), TEXTS.map("号{}".format), TEXTS), min_size=1, max_size=5
)
PLAIN_COLUMNS = [Column("name", "姓名"), Column("number", "证号"), Column("remark", "备注内容")]


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_what_is_written_is_read_again(rows):
    for write in (write_csv, lambda *args: write_xlsx(args[0], "名册", *args[1:])):
        file = io.BytesIO()
        write(file, ["姓名", "证号", "备注内容"], rows)

        found = read(file, PLAIN_COLUMNS)[0]

        assert [tuple(cells.values()) for _number, cells in found] == rows
