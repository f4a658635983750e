"""The papers: what is drawn can be read again, and is drawn as Chinese print wants it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from office.papers import (
    OFFICIAL,
    QR,
    Facts,
    Gap,
    Heading,
    Paper,
    Rows,
    Text,
    missing_glyphs,
    render,
)
from office.papers.blocks import fair_widths
from office.papers.flowables import dark_runs
from office.papers.fonts import BOLD, REGULAR, font, to_unicode
from office.papers.lines import CLOSING, OPENING, break_lines, even_lines

DAY = date(2026, 3, 9)
RARE = "㑇䶮𬱖𫖯堃喆犇淼燚㛃"
UNKNOWN = "\U00020001"
UNKNOWN_TOO = "\U0002a6b0"
LAW = "根据《中华人民共和国人民调解法》第十四条“人民调解员”的规定，现将结果（2026年度）予以公示。"


def paper(*body, **fields):
    """Return a paper of `body`, plain unless a style is given."""
    return Paper(**{"title": "公告", "issuer": "绍兴市司法局", "body": body, **fields})


def pages(made):
    """Return the text of each page of a rendered paper."""
    return [page.extract_text() for page in PdfReader(BytesIO(render(made))).pages]


def joined(text):
    """Return `text` without the white space that reading a page adds."""
    return re.sub(r"\s", "", text)


def em(text):
    """Measure as if every character were one wide."""
    return len(text)


def texts(lines):
    """Return the texts of broken lines."""
    return [line.text for line in lines]


# Fonts


@pytest.mark.parametrize("name", [REGULAR, BOLD])
def test_the_fonts_draw_the_whole_of_gbk_but_one_sign(name):
    lows = [low for low in range(0x40, 0xFF) if low != 0x7F]
    codes = (bytes([high, low]) for high in range(0x81, 0xFF) for low in lows)
    gbk = {ord(char) for code in codes for char in code.decode("gbk", errors="ignore")}

    assert sorted(gbk - font(name).face.charToGlyph.keys()) == [ord("≒")]


@pytest.mark.parametrize("name", [REGULAR, BOLD])
def test_the_fonts_draw_every_unified_ideograph_and_extension_a(name):
    wanted = {*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0)}

    assert wanted - font(name).face.charToGlyph.keys() == set()


@pytest.mark.parametrize("char", RARE)
def test_a_rare_name_character_has_an_outline_in_both_weights(char):
    for name in (REGULAR, BOLD):
        face = font(name).face
        glyph = face.charToGlyph[ord(char)]
        assert face.glyphPos[glyph + 1] > face.glyphPos[glyph]


def test_both_weights_draw_the_same_characters():
    regular, bold = (font(name).face.charToGlyph.keys() for name in (REGULAR, BOLD))

    assert regular == bold


def test_a_font_is_read_once():
    assert font(REGULAR) is font(REGULAR)


def test_missing_glyphs_names_each_character_once_in_order():
    assert missing_glyphs(f"王{UNKNOWN_TOO}{UNKNOWN}\n{UNKNOWN_TOO}䶮") == [UNKNOWN_TOO, UNKNOWN]


def test_missing_glyphs_overlooks_signs_that_ask_for_no_glyph():
    assert missing_glyphs("葛\U000e0100\u200b\ufe00\n\t\ufeff") == []


def test_codes_beyond_the_bmp_are_written_as_utf16():
    assert "<02> <D873DC56>" in to_unicode("F1+0", [0, ord("A"), ord("𬱖")]).splitlines()


def test_a_block_of_codes_holds_at_most_a_hundred():
    counts = re.findall(r"(\d+) beginbfchar", to_unicode("F1+0", list(range(256))))

    assert counts == ["100", "100", "55"]


# Reading back


def test_extracted_text_equals_the_rare_names_drawn():
    assert joined(pages(paper(Text(RARE)))[0]) == f"公告{RARE}第1页共1页"


def test_more_characters_than_one_subset_holds_are_read_back():
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 700))) + RARE

    assert text in joined("".join(pages(paper(Text(text)))))


def test_markup_in_text_is_drawn_as_typed():
    assert "<b>&amp;</b><font>" in pages(paper(Text("<b>&amp;</b><font>")))[0]


def test_an_unknown_character_is_substituted_and_named_in_a_note():
    read = joined(pages(paper(Text(f"王{UNKNOWN}、李{UNKNOWN_TOO}、王{UNKNOWN}")))[0])

    assert read == (
        "公告王〓①、李〓②、王〓①"
        "注：〓代替字库中没有的字，各字的统一码为：〓①U+20001；〓②U+2A6B0。第1页共1页"
    )


@pytest.mark.parametrize(
    "made",
    [
        paper(title=f"王{UNKNOWN}"),
        paper(Heading(f"王{UNKNOWN}")),
        paper(Facts([("姓名", f"王{UNKNOWN}")])),
        paper(Rows([f"王{UNKNOWN}"], [["一"]])),
        paper(QR("https://example.invalid/1", f"王{UNKNOWN}")),
        paper(footnote=f"王{UNKNOWN}"),
        paper(issuer=f"王{UNKNOWN}", style=OFFICIAL),
    ],
)
def test_an_unknown_character_is_never_a_silent_blank(made):
    read = joined(pages(made)[0])

    assert [read.count("王〓①"), read.count("〓①U+20001")] == [1, 1]


def test_the_paper_names_its_issuer_number_language_and_date():
    made = paper(Text("正文"), title="关于䶮的公告", number="越司〔2026〕12号", dated_on=DAY)
    reader = PdfReader(BytesIO(render(made)))
    facts = reader.metadata

    assert (facts.title, facts.author, facts.subject) == (
        "关于䶮的公告",
        "绍兴市司法局",
        "越司〔2026〕12号",
    )
    assert facts.creation_date.isoformat() == "2026-03-09T00:00:00+08:00"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_only_the_vendored_fonts_are_named_and_both_are_embedded():
    reader = PdfReader(BytesIO(render(paper(Text("正文")))))
    fonts = [used.get_object() for used in reader.pages[0]["/Resources"]["/Font"].values()]

    assert sorted(used["/BaseFont"].partition("+")[2] for used in fonts) == [BOLD, REGULAR]
    assert all("/FontFile2" in used["/FontDescriptor"] for used in fonts)


def test_equal_papers_give_equal_bytes():
    first, second = (
        paper(Text(LAW), QR("https://example.invalid/1"), dated_on=DAY) for _ in range(2)
    )

    assert render(first) == render(second)


def test_papers_of_different_text_differ():
    assert render(paper(Text("甲"))) != render(paper(Text("乙")))


def test_papers_drawn_at_the_same_time_do_not_spoil_each_other():
    made = [paper(Text(LAW * count), dated_on=DAY) for count in range(1, 7)]
    alone = [render(one) for one in made]

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(render, made)) == alone


# Pages


def test_pages_are_numbered_with_their_count():
    read = pages(paper(*[Text("正文")] * 100))

    assert [joined(text)[-6:] for text in read] == ["第1页共3页", "第2页共3页", "第3页共3页"]


def test_the_footnote_stands_on_every_page():
    read = pages(paper(*[Text("正文")] * 100, footnote="咨询电话12348"))

    assert [text.count("咨询电话12348") for text in read] == [1, 1, 1]


def test_the_head_of_a_table_is_repeated_and_no_row_is_lost():
    rows = [[str(number), f"调解员{number}"] for number in range(90)]
    read = pages(paper(Rows(["序号", "姓名"], rows)))

    assert [joined(text).count("序号姓名") for text in read] == [1] * len(read)
    assert re.findall(r"调解员(\d+)", "".join(read)) == [str(number) for number in range(90)]


def test_a_table_without_rows_shows_its_head():
    assert "序号姓名" in joined(pages(paper(Rows(["序号", "姓名"], [])))[0])


def test_a_cell_taller_than_a_page_goes_on_over_the_next():
    text = "调解" * 2500
    read = joined("".join(pages(paper(Rows(["意见"], [[text]])))))

    assert read.count("调解") == 2500


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="zip"):
        render(paper(Rows(["序号", "姓名"], [["1"]])))


def test_a_heading_goes_to_the_page_of_its_text():
    read = pages(paper(*[Gap(1)], Gap(216), Heading("标题"), Text("正文")))

    assert ["标题" in text for text in read] == [False, True]


@pytest.mark.parametrize("height", range(170, 225, 5))
def test_a_heading_is_on_the_page_on_which_its_table_begins(height):
    table = Rows(["指标"], [[f"第{number}行"] for number in range(60)])
    read = pages(paper(Gap(1), Gap(height), Heading("标题"), table))

    assert ["标题" in text for text in read] == ["第0行" in text for text in read]


def test_an_official_page_holds_22_lines_of_28_characters():
    made = paper(Text("国" * 28 * 60, indent=0), style=OFFICIAL)
    lines = [line.count("国") for line in pages(made)[1].splitlines()]

    assert lines[:22] == [28] * 22
    assert sum(lines[22:]) == 0


def test_an_official_paper_ends_with_issuer_over_date():
    read = joined(pages(paper(Text("正文"), dated_on=DAY, style=OFFICIAL))[0])

    assert read == "公告正文绍兴市司法局2026年3月9日第1页共1页"


@pytest.mark.parametrize("count", range(14, 24))
def test_the_signature_never_stands_alone_on_a_page(count):
    made = paper(*[Text("正文")] * count, dated_on=DAY, style=OFFICIAL)

    assert "正文" in pages(made)[-1]


def test_a_plain_paper_names_number_and_date_under_its_title():
    read = joined(pages(paper(Text("正文"), number="越培1号", dated_on=DAY))[0])

    assert read == "公告编号：越培1号日期：2026年3月9日正文第1页共1页"


@pytest.mark.parametrize(
    ("wanted", "widths"),
    [
        ([10, 10], [50, 50]),
        ([20, 200], [20, 80]),
        ([90, 90, 10], [45, 45, 10]),
    ],
)
def test_columns_share_the_width_fairly(wanted, widths):
    assert fair_widths(wanted, 100) == widths


# QR codes


def test_the_code_drawn_is_the_code_of_the_address():
    url = "https://example.invalid/verify/7Q2M4K9P1XZ8"
    page = PdfReader(BytesIO(render(paper(QR(url))))).pages[0]
    matrix = segno.make(url, error="m", micro=False).matrix
    drawn = set()
    for left, bottom, width, _ in re.findall(
        rb"(\d+) (\d+) (\d+) (\d+) re", page.get_contents().get_data()
    ):
        row = len(matrix) + 3 - int(bottom)
        drawn |= {(row, int(left) - 4 + step) for step in range(int(width))}

    assert drawn == {
        (row, column)
        for row, modules in enumerate(matrix)
        for column, dark in enumerate(modules)
        if dark
    }
    assert page["/Annots"][0].get_object()["/A"]["/URI"] == url


def test_dark_runs_join_neighbours_of_a_row():
    assert list(dark_runs([[1, 1, 0, 1], [0, 0, 0, 0]])) == [(0, 0, 2), (0, 3, 1)]


# Lines


@pytest.mark.parametrize("mark", "。，、；：？！）》”’】〕")
def test_no_line_starts_with_a_closing_mark(mark):
    assert texts(break_lines(f"甲乙丙丁{mark}戊", em, 4)) == ["甲乙丙", f"丁{mark}戊"]


@pytest.mark.parametrize("mark", "（《“‘【〔")
def test_no_line_ends_with_an_opening_mark(mark):
    assert texts(break_lines(f"甲乙丙{mark}丁戊", em, 4)) == ["甲乙丙", f"{mark}丁戊"]


def test_several_closing_marks_stay_together():
    assert texts(break_lines("甲乙丙丁。”）戊", em, 5)) == ["甲乙丙", "丁。”）戊"]


@pytest.mark.parametrize("pair", ["——", "……"])
def test_a_dash_and_an_ellipsis_are_not_cut(pair):
    assert texts(break_lines(f"甲乙丙{pair}丁", em, 4)) == ["甲乙丙", f"{pair}丁"]


def test_a_number_and_a_word_are_not_cut():
    assert texts(break_lines("电话12348或mediator", em, 8)) == ["电话12348或", "mediator"]


def test_a_word_wider_than_a_line_is_cut():
    assert texts(break_lines("见mediator。", em, 5)) == ["见medi", "ator。"]


def test_spaces_at_a_break_are_dropped():
    assert texts(break_lines("ab cd ef", em, 5)) == ["ab cd", "ef"]


def test_an_empty_paragraph_is_an_empty_line():
    assert texts(break_lines("甲\n\n乙", em, 4)) == ["甲", "", "乙"]


def test_each_paragraph_is_indented_and_its_end_is_marked():
    lines = break_lines("甲乙丙丁\n戊己", em, 4, indent=2)

    assert [(line.text, line.last) for line in lines] == [
        ("甲乙", False),
        ("丙丁", True),
        ("戊己", True),
    ]


def test_the_lines_of_a_title_are_of_like_width():
    assert texts(even_lines("甲乙丙丁戊己", em, 5)) == ["甲乙丙", "丁戊己"]


def test_a_title_of_one_line_is_left_alone():
    assert texts(even_lines("甲乙丙丁", em, 5)) == ["甲乙丙丁"]


WRITING = st.text(alphabet="国调解abc19 。，（）《》“”—…䶮𬱖.:/", max_size=80)


@given(WRITING, st.integers(min_value=3, max_value=20))
def test_no_character_is_lost_and_no_line_is_too_wide(text, room):
    lines = break_lines(text, em, room)

    assert joined("".join(texts(lines))) == joined(text)
    assert all(line.width <= room for line in lines)


@given(st.lists(st.sampled_from(["国", "国。", "《调解》", "（国。）", "“法”，", "2026", "……"])))
def test_lines_break_at_no_forbidden_place(parts):
    lines = texts(break_lines("".join(parts), em, 12))

    assert [line for line in lines if line and (line[0] in CLOSING or line[-1] in OPENING)] == []
