import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from office.sheets.cells import (
    LOST_DIGITS,
    Cleaned,
    clean,
    clean_choice,
    clean_date,
    clean_id,
    clean_name,
    clean_phone,
    clean_text,
    text_of,
)
from office.sheets.dates import IMPOSSIBLE, JANUARY_OR_OCTOBER, NOT_A_DATE, PartialDate

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text(alphabet="１2３xXｘ ．.·•‧\u3000\u200b张三欧阳AaＺ-－年月日/+86"),
)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("物业", Cleaned("物业")),
        ("", Cleaned("")),
        (None, Cleaned("")),
        (" \u3000 ", Cleaned("")),
        (3.0, Cleaned("3")),
        (3.5, Cleaned("3.5")),
        (dt.date(2024, 3, 1), Cleaned("2024-03-01")),
        ("２０２４年Ａ级", Cleaned("2024年A级", repaired=True)),
        ("\u3000物业\u3000纠纷 ", Cleaned("物业 纠纷", repaired=True)),
        ("物\u200b业\x00\ufeff", Cleaned("物业", repaired=True)),
        ("第一行\r\n第二行", Cleaned("第一行 第二行", repaired=True)),
        ("⼤调解", Cleaned("大调解", repaired=True)),
        ("（城区），一线。", Cleaned("（城区），一线。")),
        ("=1+1", Cleaned("=1+1")),
        ("\ue81e", Cleaned("龴", repaired=True)),
    ],
)
def test_text_loses_only_what_nobody_sees(raw, cleaned):
    assert clean_text(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "name", "repaired"),
    [
        ("张三", "张三", False),
        ("张 三", "张三", True),
        ("许\u3000勇", "许勇", True),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提", False),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提", True),
        ("阿卜杜拉‧买买提", "阿卜杜拉·买买提", True),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提", True),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提", True),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提", True),
        ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提", True),
        ("John  Smith", "John Smith", True),
        ("J. Smith", "J. Smith", False),
        ("𠮷田", "𠮷田", False),
        ("张 𠮷", "张𠮷", True),
        ("㛃䶮", "㛃䶮", False),
        ("", "", False),
    ],
)
def test_a_name_keeps_its_characters_and_loses_its_blanks(raw, name, repaired):
    assert clean_name(raw) == Cleaned(name, repaired=repaired)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("33068119600925255X", Cleaned("33068119600925255X")),
        ("33068119600925255x", Cleaned("33068119600925255X", repaired=True)),
        ("33068119600925255ｘ", Cleaned("33068119600925255X", repaired=True)),
        ("33068119600925255×", Cleaned("33068119600925255X", repaired=True)),
        ("３３０６８１１９７９１２３１８４７６", Cleaned("330681197912318476", repaired=True)),
        ("330681 19791231 8476", Cleaned("330681197912318476", repaired=True)),
        ("'330681197912318476", Cleaned("330681197912318476", repaired=True)),
        ("浙诸调xx字001", Cleaned("浙诸调xx字001")),
        (330681197912318.0, Cleaned("330681197912318")),
        (999_999_999_999_999, Cleaned("999999999999999")),
        (10**15, Cleaned(reason=LOST_DIGITS)),
        (3.3068119791231848e17, Cleaned(reason=LOST_DIGITS)),
        (float("nan"), Cleaned(reason=LOST_DIGITS)),
        ("3.30681E+17", Cleaned(reason=LOST_DIGITS)),
        ("", Cleaned("")),
    ],
)
def test_an_id_number_is_mended_but_lost_digits_are_never_invented(raw, cleaned):
    assert clean_id(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("13812345678", Cleaned("13812345678")),
        (13812345678.0, Cleaned("13812345678")),
        ("138 1234 5678", Cleaned("13812345678", repaired=True)),
        ("138-1234-5678", Cleaned("13812345678", repaired=True)),
        ("+86 13812345678", Cleaned("13812345678", repaired=True)),
        ("１３８１２３４５６７８", Cleaned("13812345678", repaired=True)),
        ("0575-87012345", Cleaned("0575-87012345")),
        ("0575－87012345", Cleaned("0575-87012345", repaired=True)),
        ("12345", Cleaned("12345")),
        ("1.38E+10", Cleaned(reason=LOST_DIGITS)),
    ],
)
def test_a_phone_number_is_brought_into_one_form(raw, cleaned):
    assert clean_phone(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("1975.03", "1975-03"),
        ("1975.3.8", "1975-03-08"),
        ("1975年3月1日", "1975-03-01"),
        ("1975年3月", "1975-03"),
        ("1975年", "1975"),
        ("1975", "1975"),
        ("1975-03", "1975-03"),
        ("197503", "1975-03"),
        ("19750301", "1975-03-01"),
        ("1975/3/1", "1975-03-01"),
        ("1975-03-08T00:00:00", "1975-03-08"),
        ("1975-03-08 10:20:30.5", "1975-03-08"),
        ("1975-03-08T00:00:00+08:00", "1975-03-08"),
        ("1975.1", "1975-01"),
        ("2024-02-29", "2024-02-29"),
        ("27461", "1975-03-08"),
        (27461.0, "1975-03-08"),
        (27461.75, "1975-03-08"),
        (1975.03, "1975-03"),
        (1975.12, "1975-12"),
        (197503.0, "1975-03"),
        (19750308, "1975-03-08"),
        (1975.0, "1975"),
        (dt.date(1975, 3, 8), "1975-03-08"),
        (dt.datetime(1975, 3, 8, 10, 0, tzinfo=dt.UTC), "1975-03-08"),
        ("1900-01-01", "1900-01-01"),
        ("2100-12-31", "2100-12-31"),
    ],
)
def test_a_date_is_read_with_the_precision_it_has(raw, shown):
    cleaned = clean_date(raw)

    assert (str(cleaned.value), cleaned.repaired, cleaned.reason) == (shown, False, "")


@pytest.mark.parametrize("raw", ["１９７５．０３", "1975\u3000.03", " 1975.03"])
def test_a_date_in_full_width_or_with_blanks_counts_as_repaired(raw):
    assert clean_date(raw) == Cleaned(PartialDate(dt.date(1975, 3, 1), "month"), repaired=True)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("2023-02-29", IMPOSSIBLE),
        ("1975.13", IMPOSSIBLE),
        ("1975.00", IMPOSSIBLE),
        ("1975年4月31日", IMPOSSIBLE),
        ("1899-12-31", IMPOSSIBLE),
        ("2101-01-01", IMPOSSIBLE),
        ("19751301", IMPOSSIBLE),
        ("75.3", NOT_A_DATE),
        ("不详", NOT_A_DATE),
        ("至今", NOT_A_DATE),
        ("9999", IMPOSSIBLE),
        ("9999999", NOT_A_DATE),
        (1975.1, JANUARY_OR_OCTOBER),
        (-5, NOT_A_DATE),
        (float("nan"), NOT_A_DATE),
        (float("inf"), NOT_A_DATE),
        (True, NOT_A_DATE),
        (dt.time(10, 0), NOT_A_DATE),
        ("١٩٧٥-٠٣", NOT_A_DATE),
    ],
)
def test_what_is_no_date_gives_its_reason(raw, reason):
    assert clean_date(raw) == Cleaned(reason=str(reason))


@pytest.mark.parametrize("raw", ["", None, "  ", "\u3000"])
def test_an_empty_date_is_no_date_and_no_mistake(raw):
    assert clean_date(raw) == Cleaned()


def test_partial_dates_sort_by_day():
    march = PartialDate(dt.date(1975, 3, 1), "month")
    april = PartialDate(dt.date(1975, 4, 1), "day")

    assert sorted([april, march]) == [march, april]


ANSWERS = {"专职": "full", "兼职": "part"}


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("专职", Cleaned("full")),
        ("兼 职", Cleaned("part")),
        ("\u3000专职", Cleaned("full", repaired=True)),
        ("", Cleaned()),
        ("其他", Cleaned(reason="“其他” is not one of: 专职、兼职.")),
    ],
)
def test_a_choice_is_one_of_its_answers_or_says_which_there_are(raw, cleaned):
    with override("en"):
        assert clean_choice(raw, ANSWERS) == cleaned


@pytest.mark.parametrize("kind", ["text", "name", "id", "phone", "date"])
@given(raw=CELLS)
def test_cleaning_never_fails_and_a_clean_cell_stays_as_it_is(kind, raw):
    once = clean(kind, raw)
    again = clean(kind, str(once.value) if isinstance(once.value, PartialDate) else once.value)

    if not once.reason:
        assert again == Cleaned(once.value)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_clean_text_has_no_invisible_characters(text):
    value = clean_text(text).value

    assert (value.strip(), value.isprintable() or not value.isascii()) == (value, True)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_way_of_writing_a_day_gives_that_day(day):
    written = [
        day,
        dt.datetime(day.year, day.month, day.day, 23, 59, tzinfo=dt.UTC),
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day} 0:00:00",
    ]

    assert {clean_date(raw).value for raw in written} == {PartialDate(day)}


def test_a_long_number_is_shown_as_excel_stored_it():
    assert text_of(1e15) == "1000000000000000.0"
