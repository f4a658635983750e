"""Numbers of people and bodies: what is accepted, what is refused and in which words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from office import identity
from office.identity import Sex

TODAY = date(2026, 11, 21)
BORN_ON = date(1975, 9, 1)
# Invented, like every number here: the sample of GB 11643 itself is the first one.
STANDARD_SAMPLE = "11010519491231002X"

resident_ids = st.builds(
    identity.resident_id_for,
    st.sampled_from(["330681", "330602", "510202", "110105", "650102"]),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)
credit_codes = st.builds(
    identity.credit_code_for,
    st.sampled_from(["51", "54", "92", "G1"]),
    st.sampled_from(["330600", "330681"]),
    st.text(identity.CREDIT_CODE_ALPHABET, min_size=9, max_size=9),
)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def refusal(check, *args, **kwargs):
    with pytest.raises(ValidationError) as refused:
        check(*args, **kwargs)
    return refused.value.messages


def test_the_sample_of_the_standard_is_read():
    read = identity.check_resident_id(STANDARD_SAMPLE, today=TODAY)

    assert (read.number, read.division_code, read.born_on, read.sex) == (
        STANDARD_SAMPLE,
        "110105",
        date(1949, 12, 31),
        Sex.FEMALE,
    )


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231　002X ",
        "\u200b11010519491231002X\ufeff",
    ],
)
def test_full_width_blanks_invisible_marks_and_small_x_are_repaired(text):
    assert identity.check_resident_id(text).number == STANDARD_SAMPLE


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "An ID number has 18 characters; this one has 0."),
        ("1101051949123100", "An ID number has 18 characters; this one has 16."),
        (
            "110105491231002",
            "This is an old 15-digit ID number; give the 18-digit number of the present card.",
        ),
        (
            "11010519491231X02X",
            "An ID number consists of 17 digits and, at the end, a digit or the letter X.",
        ),
        (
            "11010519491231002Y",
            "An ID number consists of 17 digits and, at the end, a digit or the letter X.",
        ),
        (
            "1101051949123100٢X",
            "An ID number consists of 17 digits and, at the end, a digit or the letter X.",
        ),
        ("99010519491231002X", "The first two digits of the ID number name no province."),
        ("11010519490231002X", "The ID number holds a birth date that does not exist."),
        ("11010500001231002X", "The ID number holds a birth date that does not exist."),
        ("11010517991231002X", "The ID number holds a birth date that does not exist."),
        (
            "110105194912310021",
            "The check digit of the ID number is wrong: one of its characters was mistyped.",
        ),
    ],
)
def test_a_wrong_id_number_is_refused_with_what_is_wrong(text, sentence):
    assert refusal(identity.check_resident_id, text, today=TODAY) == [sentence]


@pytest.mark.parametrize(
    ("born_on", "messages"),
    [
        (TODAY, []),
        (date(2026, 11, 22), ["The ID number holds a birth date in the future."]),
    ],
)
def test_a_birth_date_in_the_future_is_refused_from_the_day_after_today(born_on, messages):
    number = identity.resident_id_for("330681", born_on, 1)

    if messages:
        assert refusal(identity.check_resident_id, number, today=TODAY) == messages
    assert identity.check_resident_id(number).born_on == born_on


def test_a_division_code_that_no_longer_exists_is_accepted():
    number = identity.resident_id_for("510202", BORN_ON, 12)

    assert identity.check_resident_id(number).division_code == "510202"


def test_a_read_number_keeps_itself_out_of_its_repr():
    assert repr(identity.check_resident_id(STANDARD_SAMPLE)) == "ResidentId()"


@given(
    st.sampled_from(["330681", "110105"]), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999)
)
def test_a_made_number_reads_back_as_what_it_was_made_of(division_code, born_on, serial):
    number = identity.resident_id_for(division_code, born_on, serial)

    read = identity.check_resident_id(number, today=TODAY)

    assert (read.division_code, read.born_on) == (division_code, born_on)
    assert read.sex == (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(resident_ids, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_mistyped_character_of_an_id_number_is_found(number, place, character):
    assume(number[place] != character)

    refusal(identity.check_resident_id, number[:place] + character + number[place + 1 :])


@given(resident_ids, st.integers(0, 16))
def test_every_swap_of_two_neighbours_in_an_id_number_is_found(number, place):
    left, right = number[place], number[place + 1]
    assume(left != right)

    refusal(identity.check_resident_id, number[:place] + right + left + number[place + 2 :])


@given(st.text())
def test_any_text_is_either_read_or_refused_without_repeating_it(text):
    assume(len(text) > 3)

    assert [text in said for said in refusal(identity.check_resident_id, text)] == [False]


def test_a_credit_code_is_read():
    number = identity.credit_code_for("51", "330681", "MJ8765432")

    assert identity.check_credit_code(f" {number.lower()} ") == identity.CreditCode(
        number, "330681"
    )


def test_the_check_character_agrees_with_a_worked_out_example():
    # 5*1 + 1*3 + 3*9 + 3*27 = 116; 116 mod 31 = 23; 31 - 23 = 8
    assert identity.credit_code_check_character("51330000000000000") == "8"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "5133068",
            "A unified social credit code has 18 characters; this one has 7.",
        ),
        (
            "5133O681MJ87654321",
            "A unified social credit code consists of digits and capital letters "
            "other than I, O, S, V and Z.",
        ),
        (
            "51A30681MJ87654321",
            "The third to eighth characters of a unified social credit code must be digits.",
        ),
        (
            "513300000000000009",
            "The check character of the unified social credit code is wrong: "
            "one of its characters was mistyped.",
        ),
    ],
)
def test_a_wrong_credit_code_is_refused_with_what_is_wrong(text, sentence):
    assert refusal(identity.check_credit_code, text) == [sentence]


@given(credit_codes, st.integers(0, 17), st.sampled_from(identity.CREDIT_CODE_ALPHABET))
def test_every_single_mistyped_character_of_a_credit_code_is_found(number, place, character):
    assume(number[place] != character)

    refusal(identity.check_credit_code, number[:place] + character + number[place + 1 :])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("0086-138-1234-5678", "13812345678"),
        ("0575-88123456", "0575-88123456"),
        ("(0575) 8812 3456", "0575-88123456"),
        ("０５７５－８８１２３４５６", "0575-88123456"),
        ("+86 575 8812 3456", "0575-88123456"),
        ("0575-8812345", "0575-8812345"),
        ("010—62345678", "010-62345678"),
        ("0575-88123456-801", "0575-88123456-801"),
        ("0575-88123456转801", "0575-88123456-801"),
        ("057588123456 ext. 801", "0575-88123456-801"),
        ("0575-88123456分机801", "0575-88123456-801"),
    ],
)
def test_a_telephone_number_gets_its_one_written_form(text, number):
    assert identity.check_phone(text) == number


MOBILE_REFUSED = "A mobile number has 11 digits and begins with 13 to 19."
PHONE_REFUSED = "Give a mobile number of 11 digits, or a landline with its area code."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", PHONE_REFUSED),
        ("+86", PHONE_REFUSED),
        ("12345", PHONE_REFUSED),
        ("88123456", PHONE_REFUSED),
        ("010-6234567", PHONE_REFUSED),
        ("0575-18123456", PHONE_REFUSED),
        ("0575-88123456转", PHONE_REFUSED),
        ("无", PHONE_REFUSED),
        ("1381234567", MOBILE_REFUSED),
        ("138123456789", MOBILE_REFUSED),
        ("12812345678", MOBILE_REFUSED),
        ("138123４5٦78", PHONE_REFUSED),
    ],
)
def test_an_impossible_telephone_number_is_refused(text, sentence):
    assert refusal(identity.check_phone, text) == [sentence]


@given(st.text("0123456789+-()转# ", max_size=20))
def test_the_written_form_of_a_telephone_number_is_its_own_written_form(text):
    try:
        number = identity.check_phone(text)
    except ValidationError:
        return
    assert identity.check_phone(number) == number


@pytest.mark.parametrize(
    ("number", "mobile"), [("13812345678", True), ("0575-88123456", False), ("", False)]
)
def test_mobile_numbers_are_told_from_landlines(number, mobile):
    assert identity.is_mobile(number) is mobile


@pytest.mark.parametrize(
    ("born_on", "today", "age"),
    [
        (date(2008, 11, 22), TODAY, 17),
        (date(2008, 11, 21), TODAY, 18),
        (date(2008, 11, 20), TODAY, 18),
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (TODAY, TODAY, 0),
    ],
)
def test_an_age_is_reached_on_the_birthday_and_on_28_february_where_there_is_no_29(
    born_on, today, age
):
    assert identity.age_on(born_on, today) == age


@given(st.dates(date(1900, 1, 1), date(2000, 1, 1)), st.integers(0, 120))
def test_an_age_begins_on_its_birthday_and_not_a_day_earlier(born_on, years):
    reached = identity.birthday(born_on, years)

    assert identity.age_on(born_on, reached) == years
    assert identity.age_on(born_on, date.fromordinal(reached.toordinal() - 1)) == years - 1
