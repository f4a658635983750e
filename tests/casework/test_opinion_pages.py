"""The page of a code: no account, no names, once, and the same answer to all wrong codes."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from casework import actions
from casework.models import CaseRecord, Opinion
from registry.search.allowance import SENDINGS_AN_HOUR
from tests import make
from tests.casework import make_cases
from tests.casework import make_opinions as made
from tests.make import DAY, TODAY
from tests.registry.at_once import at_once
from tests.registry.conftest import NOW

pytestmark = pytest.mark.django_db
ANSWER = {"score": "4", "comment": made.COMMENT, "own": "on"}


@pytest.fixture(autouse=True)
def visitor(client, time_machine):
    time_machine.move_to(NOW)
    cache.clear()
    client.cookies["django_language"] = "en"
    return client


def page_of(code):
    return f"/opinion/{code}/"


def text(response):
    return response.content.decode()


def test_the_page_shows_organisation_month_and_type_and_names_nobody(client):
    person = make.mediator(name="楼调解")
    case = make_cases.case("succeeded", mediators=[person], summary="排水沟")
    party = make_cases.party(case, name="当事人甲", phone="13800001234")
    _row, code = made.code(case)

    shown = text(client.get(page_of(code)))

    assert case.organization.name in shown
    assert "Neighbours" in shown
    assert "November 2026" in shown
    for secret in (person.name, party.name, "13800001234", case.number, "排水沟"):
        assert secret not in shown


def test_an_opinion_is_given_without_account_cookie_or_script(time_machine):
    row, code = made.code()
    plain = Client(enforce_csrf_checks=True)

    response = plain.post(page_of(code), ANSWER, headers={"origin": "null"})

    opinion = Opinion.objects.get()
    assert (response.status_code, response.url) == (302, "/opinion/thanks/")
    assert (opinion.score, opinion.comment, opinion.code, opinion.given_on) == (
        4, made.COMMENT, row, TODAY,
    )  # fmt: skip
    assert code not in response.url


def test_thanks_are_said(client):
    assert "Thank you" in text(client.get("/opinion/thanks/"))


def test_the_second_use_says_that_it_was_given(client):
    row, code = made.code()
    client.post(page_of(code), ANSWER)

    asked, sent = client.get(page_of(code)), client.post(page_of(code), ANSWER)

    assert asked.status_code == sent.status_code == 200
    assert "already given" in text(asked)
    assert "already given" in text(sent)
    assert made.COMMENT not in text(asked)
    assert Opinion.objects.filter(code=row).count() == 1


def wrong_codes():
    (expired, expired_code), (revoked, revoked_code), (void, void_code) = (
        made.code(today=TODAY - 32 * DAY, case=old_case()), made.code(), made.code(),
    )  # fmt: skip
    actions.revoke_code(revoked.pk, by=make.user(), today=TODAY, reason="Lost.")
    CaseRecord.objects.filter(pk=void.case_id).update(state="void")
    assert expired.last_on < TODAY
    return [expired_code, revoked_code, void_code, "AAAA-BBBB-CCCC-DDDD", "x", "%00", "9" * 300]


def old_case():
    return make_cases.case("succeeded", accepted_on=TODAY - 99 * DAY)


def test_all_codes_that_cannot_be_used_get_the_same_answer(client):
    answers = set()
    for code in wrong_codes():
        for response in (
            client.get(page_of(code)),
            client.post("/opinion/", {"code": code.replace("%00", "0")[:40]}),
        ):
            main = text(response).partition("<main")[2].partition("</main>")[0]
            answers.add((response.status_code, main))

    [(status, main)] = answers
    assert status == 404
    assert "This code cannot be used" in main
    assert Opinion.objects.count() == 0


def test_a_code_typed_leads_to_its_page(client):
    _row, code = made.code()
    typed = code.lower().replace("-", " ")

    response = client.post("/opinion/", {"code": typed})

    assert client.get(response.url).status_code == 200
    assert client.get("/opinion/").status_code == 200
    assert client.post("/opinion/", {"code": ""}).status_code == 422


@pytest.mark.parametrize("way", ["page", "form"])
def test_whoever_guesses_is_soon_told_to_wait(client, way):
    def guess():
        if way == "page":
            return client.get(page_of("AAAA-BBBB-CCCC-DDDD")).status_code
        return client.post("/opinion/", {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code

    assert [guess() for _time in range(SENDINGS_AN_HOUR)] == [404] * SENDINGS_AN_HOUR
    assert guess() == 429


def test_who_only_guessed_on_the_page_may_still_use_a_real_code(client):
    _row, code = made.code()
    for _time in range(SENDINGS_AN_HOUR + 1):
        client.get(page_of("AAAA-BBBB-CCCC-DDDD"))
    assert client.get(page_of(code)).status_code == 200


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"score": ""}, "Choose a mark."),
        ({"score": "6"}, "Select a valid choice."),
        ({"own": ""}, "Confirm that it is your own opinion."),
        ({"comment": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken(client, change, said):
    _row, code = made.code()
    response = client.post(page_of(code), ANSWER | change)

    assert response.status_code == 422
    assert said in text(response)
    assert Opinion.objects.count() == 0
    assert client.post(page_of(code), ANSWER).status_code == 302


def test_the_pages_are_kept_nowhere_and_tell_nobody_where_one_came_from(client):
    _row, code = made.code()
    for address in ("/opinion/", page_of(code), page_of("x"), "/opinion/thanks/"):
        response = client.get(address)
        assert response["Cache-Control"] == "no-store, private"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"


def test_no_code_is_written_to_the_log(client, caplog):
    _row, code = made.code()
    with caplog.at_level(logging.DEBUG):
        client.get(page_of(code))
        client.post(page_of(code), {})
        client.post(page_of(code), ANSWER)
        client.post(page_of(code), ANSWER)
        client.get(page_of(wrong_codes()[0]))
    lines = [
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    ]
    assert [line for line in lines if "/opinion/" in line] == []
    assert [line for line in lines if code in line] == []


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_give_one_opinion():
    row, _code = made.code()

    def give(score):
        return lambda: actions.give_opinion(row.pk, today=TODAY, score=score)

    assert at_once(give(1), give(5)) == ["done", "refused"]
    assert Opinion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_visit_and_a_code_at_once_give_one_opinion_of_one_party():
    row, _code = made.code()
    officer = make.user()
    outcomes = at_once(
        lambda: actions.give_opinion(row.pk, today=TODAY, score=1),
        lambda: made.visit(row.case, by=officer),
    )
    assert outcomes == ["done", "refused"]
    assert Opinion.objects.count() == 1
