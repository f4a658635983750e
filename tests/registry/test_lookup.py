"""The public pages of the register, as anybody sees them."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from registry.models import Consent, Mediator, MediatorRow
from registry.search import lookup, upkeep
from tests import make
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    cache.clear()
    time_machine.move_to(f"{TODAY}T09:00:00+08:00", tick=False)


def listed(name="陈宏玉", body=None, **fields):
    post = {key: fields.pop(key) for key in ("employment", "state") if key in fields}
    body = body or make.organization(
        name="枫桥镇人民调解委员会", kind="township", phone="0575-87010000"
    )
    person = make.mediator(name=name, in_division=body.division, **fields)
    make.appointment(person, body, **post)
    upkeep.refresh_organizations([body.pk], today=TODAY)
    return person


def text_of(response):
    """Return what a page says, without its tags."""
    html = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def heading(response):
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/mediators/", "2 mediators are on the roster"),
        ("/mediators/?q=zhch", "Nothing found for “zhch”"),
        ("/mediators/?q=chenhongyu", "1 mediator found"),
        ("/mediators/?q=沉红", "1 mediator found"),
        ("/mediators/?q=枫桥", "2 mediators found"),
        ("/mediators/?q=枫桥&employment=full_time", "1 mediator found"),
        ("/mediators/?employment=full_time&employment=part_time", "2 mediators found"),
        ("/mediators/?division=330681&page=2", "2 mediators found"),
        ("/mediators/?division=330682", "0 mediators found"),
        ("/mediators/?q=·", "Find a mediator"),
        ("/organizations/", "1 committee is on the roster"),
        ("/organizations/?q=枫桥&kind=township", "1 committee found"),
        ("/organizations/?q=枫桥&kind=village", "Nothing found for “枫桥”"),
    ],
)
def test_the_heading_tells_how_many_were_found(client, address, said):
    body = listed(employment="full_time").appointments.get().organization
    listed("王红", body)
    make.division("330682")

    assert heading(english(client).get(address)) == said


def test_a_card_shows_what_one_chooses_by(client):
    person = listed(employment="full_time")
    person.specialities.add(make.speciality(), make.speciality("property", "物业", "Property"))
    make.level_holding(person, 1)
    upkeep.refresh_mediators([person.pk], today=TODAY)

    [card] = client.get("/mediators/").context["cards"]

    with override("zh-hans"):
        assert card._asdict() == {
            "url": f"/mediators/{person.public_id}/",
            "name": "陈宏玉",
            "level": "一级",
            "is_rated": True,
            "employment": str(person.appointments.get().get_employment_display()),
            "organization": "枫桥镇人民调解委员会",
            "specialities": card.specialities,
            "phone": "0575-87010000",
            "only_sounds_alike": False,
        }


@pytest.mark.parametrize(
    "query",
    ["q=" + "长" * 51, "q=%00", "q=！？", "q=" + "+".join("一二三四五六七八九"), "q=%ff%fe"],
)
def test_what_cannot_be_searched_for_is_explained_and_kept(client, query):
    listed()

    response = english(client).get(f"/mediators/?{query}")

    assert response.status_code == 200
    assert response.context["question"].refusal != ""
    typed = response.wsgi_request.GET["q"].replace("\x00", "")
    assert f'name="q" value="{typed}"' in response.content.decode()
    assert response.context["cards"] == []


@pytest.mark.parametrize(
    "query",
    [
        "division=999999", "division=abc", "division=33068100000000000", "division=３３０６８１",
        "level=l9", "speciality=%27", "kind=%00", "employment=full", "language=klingon",
    ],
)  # fmt: skip
def test_an_odd_value_is_left_out_with_a_sentence_and_loses_nothing(client, query):
    listed()

    response = english(client).get(f"/mediators/?q=陈&{query}")

    assert heading(response) == "1 mediator found"
    [sentence] = response.context["question"].choices.unknown
    assert sentence.endswith("was left out.")


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "1e3", "²"])
def test_an_odd_page_is_the_first_or_the_last(client, page):
    listed()

    assert english(client).get("/mediators/", {"page": page}).context["answer"].rows != []


def test_markup_is_shown_as_typed_and_does_nothing(client):
    response = client.get("/mediators/", {"q": '"><script>alert(1)</script>'})

    assert b"<script>alert" not in response.content


def test_a_chip_takes_its_own_filter_away_and_keeps_the_rest(client):
    listed(employment="full_time")

    question = client.get("/mediators/?q=陈&division=330681&employment=full_time").context[
        "question"
    ]

    assert [chip.url for chip in question.chips()] == [
        "?q=%E9%99%88&employment=full_time",
        "?q=%E9%99%88&division=330681",
    ]


def test_nothing_found_proposes_wider_questions_with_their_numbers(client):
    listed("李大明")
    make.division("330682")

    response = english(client).get("/mediators/?q=李小明&division=330682")

    assert [tuple(suggestion) for suggestion in response.context["suggestions"]] == [
        (
            "By the surname “李”, without any filter",
            "?q=%E6%9D%8E",
            "1",
        )
    ]


def test_options_tell_how_many_they_would_find_and_those_that_find_nobody_are_left_out(client):
    listed(employment="full_time")
    response = client.get("/mediators/")

    counts = {
        (one.name, option.code): option.count
        for one, options in response.context["options"]
        for option in options
    }

    assert counts["employment", "full_time"] == 1
    assert ("employment", "part_time") not in counts
    assert counts["kind", "township"] == 1


@pytest.mark.parametrize(
    "address", ["/mediators/", "/mediators/?q=陈", "/organizations/", "/organizations/?q=枫"]
)
def test_a_list_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, address):
    body = listed().appointments.get().organization
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    listed("陈二", body)
    listed("陈三", make.organization(name="枫桥二"))

    with django_assert_num_queries(len(for_one)):
        assert len(client.get(address).context["cards"]) == (3 if "mediators" in address else 2)


def test_no_more_than_five_pages_are_shown(client, monkeypatch):
    monkeypatch.setattr(lookup, "PAGE_SIZE", 1)
    body = listed().appointments.get().organization
    for name in "甲乙丙丁戊己":
        listed(name, body)

    pages = [client.get(f"/mediators/?page={number}").context["cards"] for number in (5, 6, 7)]

    assert pages[0] == pages[1] == pages[2]


def test_without_script_every_part_works_by_plain_addresses(client):
    listed()

    html = client.get("/mediators/?q=陈&division=330681").content.decode()

    assert re.findall(r"<form action=\"/mediators/\" method=\"(\w+)\"", html) == ["get"]
    assert re.findall(r"\son\w+=", html) == []
    assert re.findall(r"\sstyle=", html) == []


# --- One mediator -------------------------------------------------------------------------------


def test_the_page_of_a_mediator_shows_the_public_fields(client):
    person = listed(sex="female", certificate_number="ZJ330681000123")
    make.level_holding(person, 1)
    person.specialities.add(make.speciality())
    person.languages.add(make.language())
    upkeep.refresh_mediators([person.pk], today=TODAY)

    response = english(client).get(person.get_absolute_url())

    assert heading(response) == "陈宏玉"
    assert {fact["term"]: str(fact["value"]) for fact in response.context["facts"]} == {
        "Sex": "Female",
        "Level": "Level 1, held from May 7, 2026",
        "Specialities": "Neighbours",
        "Languages and dialects": "Mandarin",
        "Place": "Division 330681",
        "Work phone": "0575-87010000",
        "Certificate": "On record, number ZJ**********23",
        "On the roster": "from Oct. 19, 2025",
    }


def test_until_its_last_day_a_level_is_told_with_that_day_and_not_after(client, time_machine):
    person = listed()
    make.level_holding(person, 1, until_on=TODAY + DAY)

    def shown(today):
        time_machine.move_to(f"{today}T12:00:00+08:00")
        upkeep.refresh_mediators([person.pk], today=today)
        facts = english(client).get(person.get_absolute_url()).context["facts"]
        return next(str(fact["value"]) for fact in facts if fact["term"] == "Level")

    assert shown(TODAY) == "Level 1, held from May 7, 2026 until Nov. 23, 2026"
    assert shown(TODAY + DAY) == "Not rated"


def test_every_running_public_post_is_shown(client):
    person = listed(employment="full_time")
    make.appointment(person, make.organization(name="乙"), employment="part_time")
    make.appointment(person, make.organization("draft", name="丙"), employment="part_time")
    make.appointment(
        person, make.organization(name="丁"), employment="part_time", state="candidate"
    )

    posts = client.get(person.get_absolute_url()).context["posts"]

    assert sorted(post["organization"].name for post in posts) == ["乙", "枫桥镇人民调解委员会"]


@pytest.mark.parametrize(
    ("state", "until_on", "status"),
    [
        ("ended", TODAY - DAY, 410),
        ("suspended", None, 410),
        ("candidate", None, 404),
        ("vetting", None, 404),
        ("rejected", None, 404),
    ],
)
def test_who_left_has_a_page_without_the_person_and_who_never_came_has_none(
    client, state, until_on, status
):
    person = make.mediator(name="陈宏玉")
    make.appointment(person, state=state, until_on=until_on)
    upkeep.refresh_mediators([person.pk], today=TODAY)

    response = client.get(person.get_absolute_url())

    assert response.status_code == status
    assert "陈宏玉" not in text_of(response)


def test_an_unknown_id_answers_as_one_that_never_was(client):
    never = client.get("/mediators/abcdefgh2345/")
    candidate = make.appointment(state="candidate").mediator
    hidden = client.get(candidate.get_absolute_url())

    assert never.status_code == hidden.status_code == 404
    assert text_of(never) == text_of(hidden)


@pytest.mark.parametrize(
    ("consents", "status"), [([], 404), ([{}], 200), ([{"withdrawn_on": TODAY}], 404)]
)
def test_a_photo_is_public_only_with_consent(client, settings, tmp_path, consents, status):
    person = listed()
    person.photo.save("x.jpg", ContentFile(b"\xff\xd8picture"))
    for fields in consents:
        Consent.objects.create(
            mediator=person, field="photo", given_on=TODAY, recorded_by=make.user(), **fields
        )

    response = client.get(f"{person.get_absolute_url()}photo/")
    assert response.status_code == status
    if status == 200:
        assert response.getvalue() == b"\xff\xd8picture"
    assert client.get(person.get_absolute_url()).context["has_photo"] is (status == 200)


# --- One organisation ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("listed", 200), ("change_pending", 200), ("rectifying", 200), ("closing", 200),
        ("deregistered", 200), ("draft", 404), ("first_review", 404), ("returned", 404),
        ("filing", 404), ("not_listed", 404),
    ],
)  # fmt: skip
def test_an_organization_is_public_from_its_listing_on(client, state, status):
    assert client.get(make.organization(state).get_absolute_url()).status_code == status


def test_an_order_to_rectify_leaves_no_mark_in_public(client):
    ordered, listed = make.organization("rectifying"), make.organization("listed")

    shown = [
        english(client).get(row.get_absolute_url()).context["state"] for row in (ordered, listed)
    ]
    upkeep.refresh_organizations([ordered.pk], today=TODAY)
    answer = english(client).get(reverse("organizations"), {"q": ordered.name})

    assert shown[0] == shown[1]
    assert [(card.state, card.state_tag) for card in answer.context["cards"]] == [("listed", "ok")]


def test_a_deregistered_organization_names_its_successor_and_no_members(client):
    heir = make.organization(name="后继")
    gone = make.organization("deregistered", name="旧", phone="0575-1", successor=heir)
    make.appointment(body=gone)

    response = english(client).get(gone.get_absolute_url())

    assert "后继" in text_of(response)
    assert "0575-1" not in text_of(response)
    assert response.context["members"] == []
    assert response.context["state"]["meaning"] == (
        "It has left the roster and may not mediate under its name."
    )


def test_an_organization_lists_those_in_post(client):
    body = listed().appointments.get().organization
    listed("王红", body, state="suspended")

    members = client.get(body.get_absolute_url()).context["members"]

    assert [member["name"] for member in members] == ["陈宏玉"]


# --- What is never public -----------------------------------------------------------------------

ALLOWED = {
    "rank", "mediator_id", "public_id", "name", "sex", "division_id", "place",
    "organization_public_id", "organization_name", "organization_kind", "work_phone", "post",
    "employment", "from_on", "term_until_on", "level", "level_from_on", "level_until_on",
    "specialities", "languages", "certificate_masked",
}  # fmt: skip


def test_the_roster_row_has_no_field_that_is_not_allowed():
    assert {field.attname for field in MediatorRow._meta.concrete_fields} == ALLOWED


PRIVATE = {
    "id_number": "330681197503011233",
    "phone": "13812345678",
    "ethnicity": "秘密民族",
    "political_status": "秘密面貌",
    "note": "秘密备注",
    "other_specialities": "秘密专长",
}


@pytest.fixture
def person_with_secrets(db):
    body = make.organization(
        name="枫桥镇人民调解委员会", kind="township", founding_unit="秘密设立单位"
    )
    person = listed(
        body=body,
        born_on=TODAY - 20_000 * DAY,
        education="doctor",
        certificate_number="ZJ330681000123",
        **PRIVATE,
    )
    Consent.objects.create(mediator=person, field="phone", given_on=TODAY, recorded_by=make.user())
    return person


def test_no_public_answer_holds_a_private_string(client, person_with_secrets):
    body = person_with_secrets.appointments.get().organization
    secrets = [
        *PRIVATE.values(),
        "秘密",
        "000123",
        str(TODAY - 20_000 * DAY),
        "1972",
        str(person_with_secrets.pk).zfill(12),
    ]
    addresses = [
        "/mediators/", "/mediators/?q=陈", "/mediators/?q=ZJ330681000999", "/mediators/?level=l9",
        person_with_secrets.get_absolute_url(), "/organizations/", body.get_absolute_url(),
    ]  # fmt: skip

    found = {
        (address, secret)
        for address in addresses
        for secret in secrets
        if secret in client.get(address).content.decode()
    }

    assert found == set()


@pytest.mark.parametrize("field", [*PRIVATE, "born_on", "certificate_part"])
def test_nobody_is_found_by_what_is_private(client, person_with_secrets, field):
    born_on = TODAY - 20_000 * DAY
    typed = {**PRIVATE, "born_on": f"{born_on:%Y%m%d}", "certificate_part": "000123"}[field]

    assert client.get("/mediators/", {"q": typed}).context["cards"] == []


def test_a_whole_certificate_number_finds_its_holder(client, person_with_secrets):
    cards = client.get("/mediators/", {"q": "zj 330681000123"}).context["cards"]

    assert [card.name for card in cards] == ["陈宏玉"]


# --- Carrying the roster off --------------------------------------------------------------------


def test_a_visitor_sees_so_many_people_an_hour_and_no_more(client, settings, time_machine):
    settings.ROSTER_RECORDS_PER_HOUR = 2
    body = make.organization()
    people = [listed(name, body) for name in ("甲一", "乙二", "丙三")]
    addresses = [person.get_absolute_url() for person in people]

    statuses = [client.get(address).status_code for address in [*addresses, addresses[0]]]

    assert statuses == [200, 200, 429, 200]
    time_machine.move_to(f"{TODAY}T10:00:01+08:00")
    assert client.get(addresses[2]).status_code == 200


def test_signed_in_people_are_not_limited(client, settings):
    settings.ROSTER_RECORDS_PER_HOUR = 1
    body = make.organization()
    people = [listed(name, body) for name in ("甲一", "乙二")]
    client.force_login(make.user())

    assert {client.get(person.get_absolute_url()).status_code for person in people} == {200}


def test_the_limit_holds_in_lists_and_on_pages_of_organizations(client, settings):
    settings.ROSTER_RECORDS_PER_HOUR = 1
    body = make.organization()
    for name in ("甲一", "乙二"):
        listed(name, body)

    assert client.get("/mediators/").status_code == 429
    assert client.get(body.get_absolute_url()).status_code == 429
    assert client.get("/organizations/").status_code == 200


def test_the_limit_can_be_switched_off(client, settings):
    settings.ROSTER_RECORDS_PER_HOUR = 0
    listed()

    assert client.get("/mediators/").status_code == 200


# --- Caches -------------------------------------------------------------------------------------


def test_a_page_that_did_not_change_is_not_sent_again(client):
    listed()
    first = client.get("/mediators/?q=陈")

    again = client.get("/mediators/?q=陈", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=60"
    assert again.status_code == 304


def test_a_page_for_signed_in_people_is_kept_nowhere(client):
    client.force_login(make.user())

    assert "no-store" in client.get("/mediators/")["Cache-Control"].split(", ")


@pytest.mark.parametrize("name", ["mediators", "organizations"])
def test_only_reading_is_possible(client, name):
    assert client.post(reverse(name)).status_code == 405


def test_models_of_people_are_untouched_by_looking(client):
    person = listed()
    client.get(person.get_absolute_url())

    assert Mediator.objects.get().changed_at == person.changed_at
