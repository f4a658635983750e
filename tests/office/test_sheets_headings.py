import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from office.sheets.headings import Certainty, Column, Heading, normalised, recognise

NAME = Column("name", "姓名", ("调解员姓名",), required=True, kind="name")
ID = Column("resident_id", "身份证号码", ("身份证", "公民身份号码"), required=True, kind="id")
PHONE = Column("phone", "联系电话", ("手机", "手机号码", "电话"), kind="phone")
ORGANIZATION = Column("organization", "所在调解组织", ("调解组织", "所属调委会"), required=True)
COLUMNS = [NAME, ID, PHONE, ORGANIZATION]


def heads(*texts):
    return [Heading(position, text) for position, text in enumerate(texts)]


def found(mapping):
    return {name: (match.position, match.certainty) for name, match in mapping.matches.items()}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("身份证号码", "身份证"),
        ("身份证号", "身份证"),
        ("身 份 证\n号 码", "身份证"),
        ("身份证号码*", "身份证"),
        ("＊身份证号码（18位）", "身份证"),
        ("3.身份证号码", "身份证"),
        ("三、身份证号码：", "身份证"),
        ("①姓名", "姓名"),
        ("专/兼职", "专兼职"),
        ("专、兼职", "专兼职"),
        ("2024年等级", "2024年等级"),
        ("序号", "序号"),
        ("证号", "证号"),
        ("（姓名）", "姓名"),
        ("ＩＤ", "id"),
        ("", ""),
    ],
)
def test_a_heading_is_compared_without_its_trimmings(text, plain):
    assert normalised(text) == plain


@given(st.text())
def test_normalising_a_heading_never_fails(text):
    assert isinstance(normalised(text), str)


def test_exact_synonyms_are_settled():
    mapping = recognise(heads("序号", "姓 名", "公民身份号码", "手机号", "所属调委会"), COLUMNS)

    assert found(mapping) == {
        "name": (1, Certainty.EXACT),
        "resident_id": (2, Certainty.EXACT),
        "phone": (3, Certainty.EXACT),
        "organization": (4, Certainty.EXACT),
    }
    assert (mapping.missing, mapping.unsure) == ([], [])
    assert mapping.unmatched == [Heading(0, "序号")]


def test_a_heading_of_other_words_is_not_proposed():
    mapping = recognise(heads("姓名", "身份证", "工作单位"), [NAME, ID, ORGANIZATION])

    assert found(mapping)["organization"] == (None, Certainty.NONE)


@pytest.mark.parametrize("text", ["现所在调解组织名称", "所在的调解组织"])
def test_a_heading_that_holds_a_synonym_or_nearly_does_is_close(text):
    mapping = recognise(heads("姓名", "身份证", text), COLUMNS)

    assert found(mapping)["organization"] == (2, Certainty.CLOSE)
    assert [match.column for match in mapping.unsure] == [ORGANIZATION]
    assert mapping.missing == []


def test_two_exact_headings_for_one_column_are_left_to_a_person():
    mapping = recognise(heads("姓名", "身份证", "手机", "电话", "调解组织"), COLUMNS)

    phone = mapping.matches["phone"]
    assert (phone.position, phone.certainty) == (None, Certainty.CLOSE)
    assert phone.candidates == (Heading(2, "手机"), Heading(3, "电话"))
    assert [heading.text for heading in mapping.unmatched] == ["手机", "电话"]


def test_one_heading_that_fits_two_columns_is_left_to_a_person():
    director = Column("director", "负责人", ("联系人",))
    contact = Column("contact", "联络人", ("联系人",))

    mapping = recognise(heads("联系人"), [director, contact])

    assert found(mapping) == {"director": (None, "close"), "contact": (None, "close")}


def test_one_heading_similar_to_two_columns_is_left_to_a_person():
    mapping = recognise(heads("电话姓名"), [NAME, PHONE])

    assert found(mapping) == {"name": (None, "close"), "phone": (None, "close")}


def test_an_exact_heading_is_not_offered_to_another_column():
    contact = Column("contact", "联系人")
    mapping = recognise(heads("联系电话", "联系人电话"), [PHONE, contact])

    assert found(mapping) == {"phone": (0, Certainty.EXACT), "contact": (1, Certainty.CLOSE)}


def test_required_columns_without_heading_are_missing():
    mapping = recognise(heads("姓名", "年龄"), COLUMNS)

    assert mapping.missing == [ID, ORGANIZATION]


def test_a_neutral_group_leaves_the_heading_sure():
    headings = [Heading(0, "姓名", "基本情况"), Heading(1, "手机", "联系方式")]

    assert found(recognise(headings, [NAME, PHONE])) == {
        "name": (0, Certainty.EXACT),
        "phone": (1, Certainty.EXACT),
    }


def test_a_telling_group_makes_the_heading_unsure():
    headings = [Heading(0, "姓名", "配偶")]

    assert found(recognise(headings, [NAME])) == {"name": (0, Certainty.CLOSE)}
    assert headings[0].flat == "配偶 - 姓名"


def test_a_group_can_be_part_of_the_synonym():
    mapping = recognise([Heading(0, "姓名", "调解员")], [NAME])

    assert found(mapping) == {"name": (0, Certainty.EXACT)}


def test_a_person_can_choose_another_heading():
    mapping = recognise(heads("姓名", "身份证", "手机", "电话", "单位"), COLUMNS)

    settled = mapping.overridden({"phone": 3, "organization": 4})

    assert found(settled) == {
        "name": (0, Certainty.EXACT),
        "resident_id": (1, Certainty.EXACT),
        "phone": (3, Certainty.CHOSEN),
        "organization": (4, Certainty.CHOSEN),
    }
    assert settled.positions == {"name": 0, "resident_id": 1, "phone": 3, "organization": 4}
    assert (settled.missing, settled.unsure) == ([], [])


def test_a_person_can_leave_a_column_out():
    mapping = recognise(heads("姓名", "手机"), [NAME, PHONE]).overridden({"phone": None})

    assert mapping.positions == {"name": 0}


def test_a_chosen_heading_is_taken_from_the_column_that_had_it():
    mapping = recognise(heads("姓名", "手机"), [NAME, PHONE]).overridden({"phone": 0})

    assert found(mapping) == {"name": (None, "none"), "phone": (0, "chosen")}
    assert mapping.missing == [NAME]


@pytest.mark.parametrize(
    ("choices", "code"),
    [({"phone": 9}, "heading"), ({"age": 0}, "column"), ({"name": 0, "phone": 0}, "twice")],
)
def test_an_impossible_choice_is_refused(choices, code):
    mapping = recognise(heads("姓名", "手机"), [NAME, PHONE])

    with pytest.raises(ValidationError) as refusal:
        mapping.overridden(choices)
    assert refusal.value.code == code


def test_a_column_cleans_its_cells_by_kind():
    assert (NAME.clean("张 三").value, ID.clean("33068119600925255x").value) == (
        "张三",
        "33068119600925255X",
    )
