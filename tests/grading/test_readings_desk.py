"""The desk of a member: the own queue, the blind sheet, saving, handing in, standing back."""

import pytest

from grading.flows.panel import ReadingState
from grading.models import Panel, Reading, Recusal
from grading.reports.own_readings import readings_to_do
from office.roles import Role
from tests import make
from tests.grading import make_panels, make_rounds
from tests.make import TODAY
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db
DESK = "grading_readings"


def typed(reading, scores=("30", "20", "20"), **more):
    names = {f"score_{place}": score for place, score in enumerate(scores)}
    return {**names, "remark": "", "revision": reading.revision, **more}


@pytest.fixture
def queue(at_desk):
    """Return (panel, applications, the member's readings, members) with a member signed in."""

    def make_queue(applications=2, **fields):
        panel, rows, people = make_panels.scoring(applications, 2, **fields)
        mine = [make_rounds.reading(panel, row, people[0]) for row in rows]
        at_desk(people[0])
        return panel, rows, mine, people

    return make_queue


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def test_a_member_sees_the_own_readings_and_nothing_else(client, queue):
    panel, rows, mine, people = queue()
    other = make_rounds.reading(panel, rows[0], people[1])
    back = make_rounds.reading(panel, make_rounds.application("eligible"), people[0], "dropped")

    assert set(listed(client.get(url(DESK, "index")))) == set(mine)
    assert client.get(url(DESK, "inspect", mine[0].pk)).status_code == 200
    for row in (other, back):
        assert client.get(url(DESK, "inspect", row.pk)).status_code == 404
        assert client.get(url(DESK, "act", row.pk, "abstain")).status_code == 404
        assert client.post(url(DESK, "save", row.pk), typed(row)).status_code == 404
        assert client.post(url(DESK, "inspect", row.pk), typed(row)).status_code == 404
    assert Reading.objects.get(pk=other.pk).scores == {}
    assert client.get(url(DESK, "history", mine[0].pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, queue, number, django_assert_num_queries
):
    queue(number)
    client.get(url(DESK, "index"))
    with django_assert_num_queries(9):
        assert client.get(url(DESK, "index")).status_code == 200


def test_the_sheet_names_neither_person_nor_organisation(client, queue):
    _panel, rows, mine, _people = queue(1)
    body, person = rows[0].organization, rows[0].mediator
    rows[0].statement = f"{person.name}在{body.name}工作。"
    rows[0].save()
    page = client.get(url(DESK, "inspect", mine[0].pk)).content.decode()
    index = client.get(url(DESK, "index")).content.decode()
    act = client.get(url(DESK, "act", mine[0].pk, "abstain")).content.decode()

    for text in (page, index, act):
        assert person.name not in text
        assert body.name not in text
    assert "〇〇在〇〇工作。" in page
    assert f"{rows[0].grading_round_id}-{rows[0].pk:05d}" in page


def test_a_sheet_is_saved_by_the_script_with_the_time(client, queue):
    _panel, _rows, mine, _people = queue(1)
    response = client.post(url(DESK, "save", mine[0].pk), typed(mine[0], ("3", "", "x")))

    assert response.status_code == 200
    assert response.json() == {"said": "saved 09:00:00", "revision": 1}
    mine[0].refresh_from_db()
    assert mine[0].scores == {"skill": "3", "law": "", "conduct": "x"}
    stale = client.post(url(DESK, "save", mine[0].pk), typed(mine[0], revision=0))
    assert stale.status_code == 409
    Panel.objects.update(state="revealed")
    assert client.post(url(DESK, "save", mine[0].pk), typed(mine[0])).status_code == 410
    assert client.get(url(DESK, "save", mine[0].pk)).status_code == 405


def test_without_script_a_sheet_is_saved_by_the_button(client, queue):
    _panel, _rows, mine, _people = queue(1)
    where = url(DESK, "inspect", mine[0].pk)
    response = client.post(where, typed(mine[0], ("3", "", ""), save="1"))

    assert (response.status_code, response.url) == (302, where)
    assert "saved 09:00:00" in client.get(where).content.decode()
    mine[0].refresh_from_db()
    assert (mine[0].state, mine[0].scores["skill"]) == ("open", "3")


def test_what_was_typed_stays_when_another_page_saved_meanwhile(client, queue):
    _panel, _rows, mine, _people = queue(1)
    where = url(DESK, "inspect", mine[0].pk)
    client.post(where, typed(mine[0], ("3", "", ""), save="1"))
    response = client.post(where, typed(mine[0], ("7", "", ""), save="1"))

    assert response.status_code == 409
    form = response.context["form"]
    assert (form["score_0"].value(), form["revision"].value()) == ("7", 1)
    mine[0].refresh_from_db()
    assert mine[0].scores["skill"] == "3"


def test_a_sheet_is_handed_in_and_the_next_one_opened(client, queue):
    _panel, _rows, mine, _people = queue(2)
    where = url(DESK, "inspect", mine[0].pk)
    response = client.post(where, typed(mine[0], hand_in="1"))

    assert response.url == url(DESK, "inspect", mine[1].pk)
    again = client.post(where, typed(mine[0], ("1", "1", "1"), hand_in="1"))
    assert again.url == where
    mine[0].refresh_from_db()
    assert (mine[0].state, mine[0].scores["skill"]) == ("submitted", "30")
    assert "data-sheet" not in client.get(where).content.decode()


def test_faults_stand_beside_their_fields_and_what_was_typed_is_kept(client, queue):
    _panel, _rows, mine, _people = queue(1)
    where = url(DESK, "inspect", mine[0].pk)
    response = client.post(where, typed(mine[0], ("41", "", "20"), hand_in="1"))

    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {
        "score_0": ["调解能力: 41 is not from 0 to 40."],
        "score_1": ["法律和政策知识 is missing."],
    }
    assert form["score_0"].value() == "41"
    mine[0].refresh_from_db()
    assert (mine[0].state, mine[0].scores["skill"]) == ("open", "41")
    assert client.post(where, typed(mine[0], hand_in="1")).status_code == 302


def test_a_member_abstains_with_a_reason(client, queue):
    _panel, _rows, mine, _people = queue(1)
    where = url(DESK, "act", mine[0].pk, "abstain")
    assert client.post(where, sent(reason="")).status_code == 422
    assert client.post(where, sent(reason="Known to me.")).status_code == 302

    mine[0].refresh_from_db()
    assert (mine[0].state, mine[0].reason) == ("abstained", "Known to me.")
    assert client.post(where, sent(reason="Again.")).status_code == 422


def test_who_stands_back_finds_it_nowhere(client, queue):
    _panel, rows, mine, people = queue(2)
    where = url(DESK, "act", mine[0].pk, "declare")
    response = client.post(where, sent(reason="My cousin.", is_kin="on"))

    assert response.url == url(DESK, "index")
    row = Recusal.objects.get()
    assert (row.user, row.application, row.grounds) == (people[0], rows[0], ["kin"])
    assert listed(client.get(url(DESK, "index"))) == [mine[1]]
    for page, *more in (("inspect",), ("act", "abstain"), ("act", "declare"), ("save",)):
        assert client.get(url(DESK, page, mine[0].pk, *more)).status_code in (404, 405)
    assert client.post(url(DESK, "save", mine[0].pk), typed(mine[0])).status_code == 404


def pages(client, reading):
    client.get(url(DESK, "index"))
    found = [
        client.get(where)
        for where in (
            url(DESK, "index"), f"{url(DESK, 'index')}?state=open",
            url(DESK, "inspect", reading.pk),
        )
    ]  # fmt: skip
    assert [one.status_code for one in found] == [200, 200, 200]
    return [without_tokens(one.content) for one in found]


def without_tokens(content):
    lines = content.decode().splitlines()
    return [line for line in lines if "csrf" not in line.lower() and "nonce" not in line]


def test_pages_of_a_recused_member_are_the_same_with_and_without_the_row(client, queue):
    panel, rows, mine, people = queue(3)
    hidden = mine[1]
    Recusal.objects.create(
        panel=panel, application=rows[1], user=people[0], grounds=["kin"], found_on="2026-11-01"
    )
    with_row = pages(client, mine[0])
    hidden.delete()

    assert pages(client, mine[0]) == with_row


def test_a_member_sees_no_desk_of_the_bureau(client, queue):
    _panel, _rows, _mine, _people = queue(1)
    assert client.get(url("grading_schemes", "index")).status_code == 404


def test_an_officer_who_is_no_member_has_an_empty_queue(client, queue, at_desk):
    _panel, _rows, mine, _people = queue(1)
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))

    assert listed(client.get(url(DESK, "index"))) == []
    assert client.get(url(DESK, "inspect", mine[0].pk)).status_code == 404


@pytest.mark.usefixtures("in_english")
def test_what_waits_to_be_read_stands_on_the_own_page(client, queue):
    panel, rows, mine, people = queue(2)
    found = readings_to_do(people[0], TODAY)
    where = f"{url(DESK, 'index')}?state=open"
    assert [(line.note, line.url) for line in found] == [("2 applications wait for you.", where)]

    Recusal.objects.create(
        panel=panel, application=rows[0], user=people[0], grounds=["kin"], found_on=TODAY
    )
    Reading.objects.filter(pk=mine[1].pk).update(state="dropped")
    assert readings_to_do(people[0], TODAY) == []
    assert readings_to_do(people[1], TODAY) == []


@pytest.mark.parametrize("state", [ReadingState.SUBMITTED, ReadingState.ABSTAINED])
def test_what_was_given_is_only_shown(client, queue, state):
    panel, _rows, _mine, people = queue(0)
    row = make_rounds.application("eligible", of=panel.grading_round)
    given = make_rounds.reading(panel, row, people[0], state)
    page = client.get(url(DESK, "inspect", given.pk)).content.decode()

    assert "data-sheet" not in page
    assert "sheet.js" not in page


def test_a_sheet_is_not_called_a_reading_of_the_law(client, queue, at_desk):
    """In Chinese the two are different words."""
    panel, _rows, mine, _people = queue()
    sheet = client.get(url(DESK, "inspect", mine[0].pk), headers={"accept-language": "zh-hans"})
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    back = client.get(
        url("grading_panels", "act", panel.pk, "drop_reading"),
        headers={"accept-language": "zh-hans"},
    )

    for page in (sheet, back):
        assert page.status_code == 200
        assert "条文理解" not in page.content.decode()
