"""Mediators on the desk: list, person's page, numbers, photo, consents, duplicates, export."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from python_calamine import CalamineWorkbook

from office.models import LedgerEntry
from office.roles import Role
from registry.models import Consent, Mediator
from registry.rules import Likeness
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from tests.registry.rosters import id_number

pytestmark = pytest.mark.django_db
ID_NUMBER, OTHER_ID_NUMBER = "330681197509012696", "33068119750901270X"
PHONE = "15520471852"


def named(response):
    return [row.name for row, _url, _cells in response.context["listed"]]


def person(**given):
    return make.mediator(**{"name": "陈一", "sex": "male", "born_on": date(1975, 9, 1), **given})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        someone = make.mediator(in_division=place)
        make.appointment(someone, make.organization(in_division=place))
        make.level_holding(someone)
    client.get(url("mediators", "index"))

    with django_assert_num_queries(14):
        client.get(url("mediators", "index"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_one_post_as_for_three(
    client, county, rows, django_assert_num_queries
):
    someone = make.mediator(id_number=ID_NUMBER)
    for _number in range(rows):
        make.appointment(someone, make.organization())
        client.post(url("mediators", "act", someone.pk, "give-consent"), sent())
    make.level_holding(someone)
    client.get(url("mediators", "inspect", someone.pk))

    with django_assert_num_queries(22):
        client.get(url("mediators", "inspect", someone.pk))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"name": "丽"}, ["王丽"]),
        ({"certificate_number": "0002"}, ["李强"]),
        ({"division": 330681001000}, ["李强"]),
        ({"employment": "full_time"}, ["王丽"]),
        ({"employment": "part_time"}, []),
        ({"level": "level"}, ["王丽"]),
        ({"speciality": "speciality"}, ["李强"]),
    ],
)
def test_the_list_answers_its_query(client, county, query, names):
    wang = make.mediator(name="王丽")
    li = make.mediator(
        name="李强", certificate_number="ZJ0002", in_division=make.division("330681001")
    )
    make.appointment(wang, employment="full_time")
    make.appointment(li, state="ended", until_on=TODAY)
    make.level_holding(wang)
    make.level_holding(li, until_on=TODAY)
    li.specialities.add(make.speciality())
    rows = {"level": make.level().pk, "speciality": make.speciality().pk}

    typed = {name: rows.get(value, value) for name, value in query.items()}

    assert named(client.get(url("mediators", "index"), typed)) == names


def test_numbers_are_masked_on_the_page_and_in_the_form(client, county):
    someone = person(id_number=ID_NUMBER, phone=PHONE)

    page = client.get(url("mediators", "inspect", someone.pk)).content.decode()
    form = client.get(url("mediators", "edit", someone.pk)).content.decode()

    for text in (page, form):
        assert "33*************696" in text
        assert "155****1852" in text
        assert ID_NUMBER not in text
        assert PHONE not in text


def test_numbers_are_shown_in_full_once_for_a_reason(client, at_desk):
    officer = at_desk(password_shown=True)
    someone = person(id_number=ID_NUMBER, phone=PHONE)
    unmask = url("mediators", "act", someone.pk, "unmask")

    asked = client.get(unmask)
    form = sent()
    response = client.post(unmask, form)
    again = client.post(unmask, form)

    entry = LedgerEntry.objects.of(someone).get()
    assert ID_NUMBER not in asked.content.decode()
    assert ID_NUMBER in response.content.decode()
    assert PHONE in response.content.decode()
    assert response["Cache-Control"].startswith("no-store, private")
    assert again.url == url("mediators", "inspect", someone.pk)
    assert (entry.act, entry.actor, entry.reason) == ("registry.mediator.unmask", officer, REASON)
    assert ID_NUMBER not in str(vars(entry))


def test_numbers_are_not_shown_without_a_reason(client, at_desk):
    at_desk(password_shown=True)
    someone = person(id_number=ID_NUMBER)

    response = client.post(url("mediators", "act", someone.pk, "unmask"), sent(reason=" "))

    assert ID_NUMBER not in response.content.decode()
    assert LedgerEntry.objects.of(someone).count() == 0


def test_numbers_are_not_shown_before_the_password_is_asked_again(client, county):
    someone = person(id_number=ID_NUMBER)

    response = client.post(url("mediators", "act", someone.pk, "unmask"), sent())

    assert response.status_code == 302
    assert "reauthenticate" in response.url
    assert LedgerEntry.objects.of(someone).count() == 0


def test_a_number_left_empty_stays_and_one_typed_replaces_it(client, county):
    someone = person(id_number=ID_NUMBER, phone=PHONE)
    page = url("mediators", "edit", someone.pk)

    form = fields(client.get(page)) | {"phone": "１３８ 1234 5678", "reason": REASON}
    client.post(page, form)

    someone.refresh_from_db()
    entry = LedgerEntry.objects.of(someone).get()
    assert (someone.id_number, someone.phone) == (ID_NUMBER, "13812345678")
    assert (entry.before, entry.after) == ({"phone": True}, {"phone": True})
    [told] = client.get(url("mediators", "history", someone.pk)).context["acts"]
    assert told.changes == [("Personal phone", "recorded", "changed")]


def test_an_id_number_gives_date_of_birth_and_sex_or_contradicts_them(client, county):
    typed = {"name": "陈一", "division": make.division("330681").pk, "id_number": ID_NUMBER}

    wrong = client.post(url("mediators", "add"), sent(**typed, sex="female"))
    client.post(url("mediators", "add"), sent(**typed))

    assert wrong.context["form"].errors == {"sex": ["This does not agree with the ID number."]}
    someone = Mediator.objects.get()
    assert (someone.born_on, someone.sex) == (date(1975, 9, 1), "male")


def test_the_same_id_number_cannot_stand_twice(client, county):
    person(id_number=ID_NUMBER, in_division=elsewhere())
    typed = {"name": "陈二", "division": make.division("330681").pk, "id_number": ID_NUMBER}

    response = client.post(url("mediators", "add"), sent(**typed))

    assert response.context["form"].non_field_errors() == [
        "A mediator with this ID number is already in the register."
    ]
    assert Mediator.objects.count() == 1


def test_nor_be_changed_to_that_of_somebody_else(client, county):
    taken = id_number()
    person(id_number=taken, born_on=None)
    someone = person(id_number=ID_NUMBER, born_on=None)
    page = url("mediators", "edit", someone.pk)

    form = fields(client.get(page)) | {"id_number": taken, "reason": REASON}
    response = client.post(page, form)

    assert response.context["form"].non_field_errors() == [
        "A mediator with this ID number is already in the register."
    ]
    someone.refresh_from_db()
    assert someone.id_number == ID_NUMBER


def test_specialities_are_changed_and_told(client, county):
    someone = person()
    first, second = make.speciality(), make.speciality("labour", "劳动争议", "Labour")
    someone.specialities.add(first)
    page = url("mediators", "edit", someone.pk)

    form = fields(client.get(page)) | {"specialities": [second.pk], "reason": REASON}
    client.post(page, form)

    assert list(someone.specialities.all()) == [second]
    [told] = client.get(url("mediators", "history", someone.pk)).context["acts"]
    assert told.changes == [("Specialities", "Neighbours", "Labour")]


def picture():
    target = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (40, 30), "green").save(target, "JPEG", exif=exif)
    return SimpleUploadedFile("face.jpg", target.getvalue(), "image/jpeg")


def test_a_photo_is_drawn_anew_and_shown_only_within_the_scope(client, county):
    someone = person()
    act = url("mediators", "act", someone.pk, "photo")

    client.post(act, sent(photo=picture()))

    someone.refresh_from_db()
    shown = client.get(url("mediators", "photo", someone.pk))
    content = b"".join(shown.streaming_content)
    assert Image.open(BytesIO(content)).size == (40, 30)
    assert b"taken at home" not in content
    assert LedgerEntry.objects.of(someone).get().act == "registry.mediator.change"
    other = person(in_division=elsewhere(), photo=someone.photo.name)
    assert client.get(url("mediators", "photo", other.pk)).status_code == 404
    assert client.get(url("mediators", "photo", person(name="无").pk)).status_code == 404


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(client, county):
    someone = person()
    upload = SimpleUploadedFile("face.jpg", b"MZ nothing", "image/jpeg")

    response = client.post(url("mediators", "act", someone.pk, "photo"), sent(photo=upload))

    assert response.context["form"].non_field_errors() == [
        "This file is not a picture in JPEG, PNG or WebP format. Choose another one."
    ]
    someone.refresh_from_db()
    assert not someone.photo


def test_a_consent_is_recorded_once_and_withdrawn(client, county):
    someone = person()
    give = url("mediators", "act", someone.pk, "give-consent")
    withdraw = url("mediators", "act", someone.pk, "withdraw-consent")

    future = client.post(give, sent(field="photo", given_on=(TODAY + DAY).isoformat()))
    client.post(give, sent(field="photo", given_on=TODAY.isoformat()))
    twice = client.post(give, sent(field="photo", given_on=TODAY.isoformat()))
    client.post(withdraw, sent(field="photo"))
    gone = client.post(withdraw, sent(field="photo"))

    said = [answer.context["form"].non_field_errors() for answer in (future, twice, gone)]
    assert said == [
        ["A consent cannot be given in the future."],
        ["This consent is on record already."],
        ["There is no such consent on record."],
    ]
    consent = Consent.objects.get()
    assert (consent.given_on, consent.withdrawn_on, consent.recorded_by) == (TODAY, TODAY, county)
    acts = client.get(url("mediators", "history", someone.pk)).context["acts"]
    assert [(told.act, told.changes) for told in acts] == [
        ("Withdraw a consent", [("Consent to publish", "—", "photo")]),
        ("Record a consent", [("Consent to publish", "—", "photo")]),
    ]


@pytest.mark.parametrize("number", [ID_NUMBER, "155 2047 1852", "zj-001"])
def test_an_exact_number_finds_the_person_within_the_scope(client, county, number):
    own = person(id_number=ID_NUMBER, phone=PHONE, certificate_number="ZJ-001")

    response = client.post(url("mediators", "find"), {"number": number})

    assert response.url == url("mediators", "inspect", own.pk)


@pytest.mark.parametrize("number", [ID_NUMBER, ID_NUMBER[:17], "0", "x" * 40])
def test_a_number_of_another_county_or_a_part_of_one_finds_nobody(client, county, number):
    person(id_number=ID_NUMBER, in_division=elsewhere())
    person(id_number="", certificate_number=None)

    response = client.post(url("mediators", "find"), {"number": number})

    assert response.context["found"] == []


def test_a_number_is_never_taken_from_an_address(client, county):
    person(id_number=ID_NUMBER)

    response = client.get(url("mediators", "find"), {"number": ID_NUMBER})

    assert ID_NUMBER not in response.content.decode()


@pytest.mark.parametrize(
    ("one", "two", "likeness"),
    [
        ({}, {}, Likeness.CERTAIN),
        ({"sex": "", "phone": PHONE}, {"born_on": None, "phone": PHONE}, Likeness.CERTAIN),
        ({"id_number": ID_NUMBER}, {}, Likeness.CERTAIN),
        ({"id_number": ID_NUMBER}, {"id_number": OTHER_ID_NUMBER}, Likeness.POSSIBLE),
        ({"sex": ""}, {"sex": ""}, Likeness.POSSIBLE),
        ({}, {"born_on": date(1975, 9, 30)}, Likeness.POSSIBLE),
        ({}, {"born_on": date(1975, 10, 1)}, Likeness.NONE),
        ({}, {"born_on": date(1976, 9, 1)}, Likeness.NONE),
        ({}, {"born_on": None}, Likeness.NONE),
        ({"phone": PHONE}, {"name": "陈二", "phone": PHONE}, Likeness.POSSIBLE),
        ({}, {"name": "陈二"}, Likeness.NONE),
    ],
)
def test_how_sure_it_is_that_two_are_one(client, county, one, two, likeness):
    first, second = person(**one), person(**two)

    for row, other in [(first, second), (second, first)]:
        found = Mediator.objects.with_likeness(Mediator.objects.all()).get(pk=row.pk)
        assert found.likeness == likeness
        alike = [(p.pk, p.likeness) for p in Mediator.objects.all().like(row)]
        assert alike == ([(other.pk, likeness)] if likeness != "none" else [])
    listed = named(client.get(url("mediators", "index"), {"duplicates": likeness}))
    assert len(listed) == 2


def test_a_double_in_another_county_is_neither_counted_nor_shown(client, county):
    own, _other = person(), person(in_division=elsewhere())

    listed = client.get(url("mediators", "index"), {"duplicates": "certain"})
    page = client.get(url("mediators", "inspect", own.pk))

    assert named(listed) == []
    assert "alike" not in [section.name for section in page.context["sections"]]


def test_a_double_within_the_county_is_shown_on_the_page(client, county):
    own, other = person(), person(in_division=make.division("330681003"))

    page = client.get(url("mediators", "inspect", own.pk)).content.decode()

    assert url("mediators", "inspect", other.pk) in page
    assert "certain duplicate" in page


def test_the_career_is_told_on_one_time_line(client, county):
    someone = person()
    body = make.organization(name="枫源村调委会")
    first, second = date(2020, 1, 1), date(2023, 1, 1)
    make.appointment(someone, body, from_on=first, until_on=second, state="ended")
    make.appointment(someone, body, from_on=second)
    make.appointment(someone, make.organization(in_division=elsewhere()), from_on=first)
    make.level_holding(someone, from_on=date(2022, 6, 1))

    page = client.get(url("mediators", "inspect", someone.pk))

    [section] = [s for s in page.context["sections"] if s.name == "career"]
    career = section.context["career"]
    told = [(e.on.year, e.kind, e.until and e.until.year) for e in career.events]
    assert told == [(2023, "post", None), (2022, "level", None), (2020, "post", 2023)]
    assert len(career.bars) == 3
    assert [year for _x, year in career.years] == list(range(2020, 2027))
    assert "<svg" in page.content.decode()


def rows_of(response):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    head, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_export_is_masked_scoped_and_asks_for_a_reason(client, at_desk):
    at_desk(password_shown=True)
    someone = person(name="=HYPERLINK()", id_number=ID_NUMBER, phone=PHONE)
    make.appointment(someone, make.organization(name="枫源村调委会"))
    person(in_division=elsewhere())
    page = url("mediators", "export")

    without_reason = client.post(page, sent(format="xlsx", reason=""))
    response = client.post(page, sent(format="xlsx"))

    [row] = rows_of(response)
    assert without_reason.context["form"].errors == {"reason": ["This field is required."]}
    assert row["Person's name"] == "=HYPERLINK()"
    assert row["ID number (masked)"] == "33*************696"
    assert row["Personal phone (masked)"] == "155****1852"
    assert (row["Organisation"], row["Full-time or part-time"]) == ("枫源村调委会", "part-time")
    entry = LedgerEntry.objects.get(act="registry.mediator.export")
    assert (entry.reason, entry.after["rows"]) == (REASON, 1)
    assert response["Cache-Control"].startswith("no-store, private")


def test_the_export_asks_for_the_password_again(client, county):
    response = client.post(url("mediators", "export"), sent(format="xlsx"))

    assert "reauthenticate" in response.url
    assert LedgerEntry.objects.filter(act__endswith=".export").count() == 0


def test_a_city_officer_sees_numbers_in_full_but_cannot_edit(client, at_desk):
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")), password_shown=True)
    someone = person(id_number=ID_NUMBER)

    response = client.post(url("mediators", "act", someone.pk, "unmask"), sent())

    assert ID_NUMBER in response.content.decode()
    assert client.get(url("mediators", "edit", someone.pk)).status_code == 404
