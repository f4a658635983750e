"""The form for the public, walked through without script: named, confidential and anonymous."""

import re

import pytest
from django.core.cache import cache

from complaints import vault
from complaints.actions.filing import find_by_code
from complaints.models import Complaint, ComplaintPolicy, IntakeDraft, SealedIdentity, StatementKind
from tests import make
from tests.complaints.make_complaints import figures, said
from tests.complaints.make_intake import CONTACT, NOW, WHAT, Citizen, listed
from tests.make import TODAY

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b(?:[2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}\b")


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)
    cache.clear()  # of what tests before this one have sent
    figures()


@pytest.fixture
def citizen(client):
    client.cookies["django_language"] = "en"
    return Citizen(client)


def test_an_anonymous_complaint_without_files_takes_nine_clicks_at_most(citizen):
    person = listed()
    citizen.open("")
    citizen.up_to_check(person)
    grounds_ticked = 1

    citizen.send("new/check")

    assert citizen.at == "receipt"
    assert citizen.clicks + grounds_ticked <= 9
    made = Complaint.objects.get()
    assert find_by_code(CODE.search(citizen.text)[0]) == made
    assert (made.mode, made.channel, made.about) == ("anonymous", "web", "mediator")
    assert (made.mediator, made.division.code) == (person, "330681")
    assert made.organization == person.appointments.get().organization
    assert (made.grounds, str(made.happened_on)) == (WHAT["grounds"], WHAT["happened_on"])
    assert made.entered_by is None
    assert said(made, StatementKind.FACTS) == [WHAT["text"]]
    assert not SealedIdentity.objects.exists()


@pytest.mark.parametrize("mode", ["named", "confidential"])
def test_whoever_gives_a_name_is_asked_for_it_and_it_is_sealed(citizen, mode):
    citizen.up_to_check(listed(), mode)
    assert citizen.at == "new/check"
    assert CONTACT["name"] in citizen.text

    citizen.send("new/check")

    made = Complaint.objects.get()
    assert made.mode == mode
    assert vault.identity(made) == {"name": "钱一民", "phone": "13900001111", "address": ""}


def test_an_organisation_can_be_picked_as_well(citizen):
    body = listed().appointments.get().organization
    citizen.begin()
    citizen.send("new/whom", q=body.name)
    citizen.send("new/whom", pick=f"organization:{body.public_id}")
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence")
    citizen.send("new/check")

    made = Complaint.objects.get()
    assert (made.about, made.mediator, made.organization) == ("organization", None, body)


def test_somebody_without_a_name_is_described_and_the_county_is_in_charge(citizen):
    county = make.division("330682")
    citizen.begin()
    citizen.send("new/whom", describe="yes", description="穿蓝衣服的人", county=county.pk)
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence")
    assert "穿蓝衣服的人" in citizen.text
    citizen.send("new/check")

    made = Complaint.objects.get()
    assert (made.about, made.mediator, made.organization) == ("unknown", None, None)
    assert made.division == county
    assert said(made, StatementKind.WHOM) == ["穿蓝衣服的人"]


@pytest.mark.parametrize(
    ("place", "in_charge"), [("330681101201", "330681"), ("330681", "330681"), ("3306", "3306")]
)
def test_the_county_of_the_unit_is_in_charge_and_above_it_the_city(citizen, place, in_charge):
    person = listed(in_division=make.division(place))
    citizen.up_to_check(person)
    citizen.send("new/check")
    assert Complaint.objects.get().division.code == in_charge


@pytest.mark.parametrize(("params", "channel"), [({"from": "wechat"}, "wechat"), ({}, "web")])
def test_an_entry_from_wechat_is_counted_as_one(citizen, params, channel):
    hidden = citizen.client.get("/complaints/", params).content.decode()
    assert f'name="from" value="{channel}"' in hidden

    citizen.begin(**{"from": channel})
    citizen.pick(listed())
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence")
    citizen.send("new/check")

    assert Complaint.objects.get().channel == channel


def test_an_unknown_entry_is_the_website(citizen):
    citizen.begin(**{"from": "hotline"})
    citizen.pick(listed())
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence")
    citizen.send("new/check")
    assert Complaint.objects.get().channel == "web"


def test_from_a_page_of_the_register_nobody_has_to_be_looked_up(citizen):
    person = listed()
    page = citizen.client.get("/complaints/", {"about": person.public_id}).content.decode()
    assert person.name in page
    assert f'name="about" value="{person.public_id}"' in page

    assert (
        f'name="about" value="{person.public_id}"'
        in citizen.client.get(person.row.get_absolute_url()).content.decode()
    )

    citizen.send("", about=person.public_id)
    citizen.send("new/way", mode="anonymous")

    assert citizen.at == "new/what"
    unknown = citizen.client.get("/complaints/", {"about": "nobody"})
    assert unknown.status_code == 200
    assert 'name="about"' not in unknown.content.decode()


def test_a_step_can_be_changed_from_the_check_and_leads_back_to_it(citizen):
    citizen.up_to_check(listed())
    for step in ["way", "whom", "what", "evidence"]:
        assert f'href="/complaints/new/{step}/"' in citizen.text

    citizen.send("new/what", **(WHAT | {"text": "另外写的一段话，说明情况。"}))

    assert citizen.at == "new/check"
    assert "另外写的一段话" in citizen.text


def test_a_change_to_a_name_asks_for_it_and_a_change_to_none_forgets_it(citizen):
    citizen.up_to_check(listed())
    citizen.send("new/way", mode="named")
    assert citizen.at == "new/contact"
    citizen.send("new/contact", **CONTACT)
    assert citizen.at == "new/check"

    citizen.send("new/way", mode="anonymous")
    assert citizen.at == "new/check"
    citizen.send("new/way", mode="named")

    assert citizen.at == "new/contact"
    assert CONTACT["name"] not in citizen.text


def test_no_step_can_be_reached_before_its_turn(citizen):
    citizen.begin()
    for step in ["what", "evidence", "contact", "check"]:
        citizen.open(f"new/{step}")
        assert citizen.at == "new/whom"
    citizen.send("new/check")
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("mode", ["", "secret"])
def test_a_way_must_be_chosen(citizen, mode):
    citizen.send("")
    citizen.send("new/way", mode=mode)
    assert citizen.page.status_code == 422
    assert "<title>Error: " in citizen.text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"grounds": []}, "Choose at least one."),
        ({"grounds": ["murder"]}, "Choose from the list."),
        ({"text": ""}, "Write what happened, in at least 10 characters."),
        ({"text": "他收了我的烟酒钱了"}, "Write what happened, in at least 10 characters."),
        ({"text": "字" * 3001}, "The text has 3001 characters. Shorten it to at most 3000."),
        ({"happened_on": "11月5日"}, "Write the date like 2026-11-05."),
        ({"happened_on": "2026-02-30"}, "Write the date like 2026-11-05."),
        ({"happened_on": "1026-11-05"}, "Write the date like 2026-11-05."),
        ({"happened_on": "2026-11-24"}, "This day has not come yet. Check the date."),
    ],
)
def test_what_is_refused_is_told_twice_and_nothing_typed_is_lost(citizen, change, told):
    citizen.begin()
    citizen.pick(listed())
    typed = WHAT | change

    citizen.send("new/what", **typed)

    assert citizen.page.status_code == 422
    assert citizen.text.count(told) == 2
    assert "<title>Error: " in citizen.text
    assert "data-error-summary" in citizen.text
    assert typed["text"] in citizen.text
    assert f'value="{typed["happened_on"]}"' in citizen.text
    assert all(f'value="{one}"' in citizen.text for one in typed["grounds"] if one != "murder")
    citizen.open("new/check")
    assert citizen.at == "new/what"


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-05",
        "２０２６－１１－０５",
        "2026.11.5",
        "2026年11月5日",
        "20261105",
        " 2026/11/05 ",
    ],
)
def test_a_date_is_read_however_it_is_typed(citizen, typed):
    citizen.up_to_check(listed(), happened_on=typed)
    citizen.send("new/check")
    assert str(Complaint.objects.get().happened_on) == "2026-11-05"


@pytest.mark.parametrize(
    ("typed", "kept"), [("", None), (f"{TODAY:%Y-%m-%d}", TODAY)], ids=["none", "today"]
)
def test_the_day_may_be_left_out_and_may_be_today(citizen, typed, kept):
    citizen.up_to_check(listed(), happened_on=typed)
    citizen.send("new/check")
    assert Complaint.objects.get().happened_on == kept


@pytest.mark.parametrize("text", ["字" * 10, "字" * 3000, f"{'字' * 1499}\r\n{'字' * 1500}"])
def test_ten_and_three_thousand_characters_are_enough_and_not_too_many(citizen, text):
    citizen.up_to_check(listed(), text=text)
    citizen.send("new/check")
    assert said(Complaint.objects.get(), StatementKind.FACTS) == [text.replace("\r\n", "\n")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "Write your name."),
        ({"phone": ""}, "Write your telephone number."),
        ({"phone": "12345"}, "Give a mobile number of 11 digits"),
    ],
)
def test_name_and_telephone_are_needed_of_whoever_gives_a_name(citizen, change, told):
    citizen.begin("named")
    citizen.pick(listed())
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence")
    typed = CONTACT | change

    citizen.send("new/contact", **typed)

    assert citizen.page.status_code == 422
    assert told in citizen.text
    assert all(f'value="{one}"' in citizen.text for one in typed.values() if one)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"q": ""}, "Type a name, or choose"),
        ({"q": "字" * 51}, "The search text has 51 characters."),
        ({"describe": "yes", "county": "330681000000"}, "Describe whom you mean."),
        ({"describe": "yes", "description": "高个子"}, "Choose the county where it happened."),
        (
            {"describe": "yes", "description": "高个子", "county": "330000000000"},
            "Choose the county",
        ),
        ({"pick": "mediator:nobody"}, "This entry is no longer in the register."),
        ({"pick": "user:1"}, "This entry is no longer in the register."),
        ({"pick": ""}, "This entry is no longer in the register."),
    ],
)
def test_whom_it_is_about_must_be_on_the_roster_or_described(citizen, typed, told):
    make.division("330681")
    citizen.begin()
    citizen.send("new/whom", **typed)
    assert citizen.page.status_code == 422
    assert told in citizen.text
    assert typed.get("description", "") in citizen.text


def test_only_those_on_the_public_roster_can_be_found_or_picked(citizen):
    hidden = make.appointment(make.mediator(name="陈宏玉"), make.organization("draft")).mediator
    shown = listed("陈宏玉")
    citizen.begin()
    citizen.send("new/whom", q="陈宏玉")
    assert f"mediator:{shown.public_id}" in citizen.text
    assert hidden.public_id not in citizen.text

    citizen.send("new/whom", pick=f"mediator:{hidden.public_id}")

    assert citizen.page.status_code == 422


def test_what_is_searched_for_stands_in_no_address(citizen):
    listed()
    citizen.begin()
    citizen.send("new/whom", q="陈宏玉", follow=False)
    assert citizen.page["Location"] == "/complaints/new/whom/#found"
    citizen.open("new/whom")
    assert 'value="陈宏玉"' in citizen.text


def test_nobody_found_leads_to_a_description(citizen):
    citizen.begin()
    citizen.send("new/whom", q="查无此人")
    assert "Nobody of this name is in the register" in citizen.text


def test_the_roster_cannot_be_carried_off_by_way_of_complaints(citizen, settings):
    settings.ROSTER_RECORDS_PER_HOUR = 1
    for name in ["陈宏玉", "马梅英"]:
        listed(name)
    citizen.begin()
    citizen.send("new/whom", q="陈宏玉")
    assert citizen.page.status_code == 200
    citizen.send("new/whom", q="马梅英")
    assert citizen.page.status_code == 429
    assert "12348" in citizen.text


def test_the_first_page_tells_the_limits_of_the_figures_in_force(citizen):
    make.division("3306")
    citizen.open("")
    assert "5 working days" in citizen.text
    assert "45 calendar days" in citizen.text
    ComplaintPolicy.objects.filter(key="accept_days").update(amount=9)
    citizen.open("")
    assert "9 working days" in citizen.text
    assert "5 working days" in citizen.text  # to reply


def test_the_first_page_names_the_police_the_telephone_and_promises_no_more_than_is_so(citizen):
    citizen.open("")
    assert 'href="tel:110"' in citizen.text
    assert 'href="tel:12348"' in citizen.text
    assert "The network operator keeps logs as the law requires." in citizen.text
    assert 'href="/complaints/follow/"' in citizen.text
    assert citizen.text.count("button-secondary") == 2  # text size, follow
    assert IntakeDraft.objects.count() == 0


def test_an_unfinished_complaint_can_be_gone_on_with(citizen):
    citizen.begin()
    citizen.open("")
    assert "Go on with the complaint you began" in citizen.text
    citizen.open("new/check")
    assert citizen.at == "new/whom"


def test_without_figures_it_is_told_that_nothing_was_received_and_the_draft_stays(citizen):
    citizen.up_to_check(listed())
    ComplaintPolicy.objects.all().delete()
    citizen.send("new/check")
    assert citizen.page.status_code == 422
    assert "12348" in citizen.text
    assert WHAT["text"] in citizen.text
    assert not Complaint.objects.exists()
