"""The pages of the code: what the holder sees, what nobody sees, and what leaves no trace."""

import logging

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from complaints import actions, vault
from complaints.flows import ComplaintState
from complaints.models import Complaint, Guesses, Milestone, Opening, Sending, StatementKind
from complaints.vault import receipt_code
from office.models import LedgerEntry
from tests import make
from tests.complaints.make_complaints import IDENTITY, figures, handler, received, said
from tests.complaints.make_following import (
    CASE,
    FOLLOW,
    ask,
    held,
    hidden,
    opened,
    put,
    send,
    term,
)
from tests.make import DAY, TODAY
from tests.registry.conftest import NOW

pytestmark = pytest.mark.django_db
QUERIES = 19
MARK = "密标"
TEXT = "补充：当时王某某也在场。"
WORDS = {
    "received": "It has not been taken up yet",
    "screening": "We check whether",
    "awaiting_material": "We wait for material from you",
    "accepted": "Your complaint was accepted",
    "rejected": "Your complaint was not accepted",
    "lead": "taken as a lead",
    "assigned": "are being looked into",
    "findings_in": "The decision is being prepared",
    "decided": "reply is on its way",
    "replied": "The reply was given",
    "in_review": "under review",
    "reviewed": "The review is decided",
    "in_recheck": "under re-review",
    "final": "The decision is final",
    "closed": "Your complaint is closed",
    "withdrawn": "Your complaint was withdrawn",
    "merged": "joined to another complaint",
}


@pytest.fixture(autouse=True)
def visitor(client, time_machine):
    time_machine.move_to(NOW)
    cache.clear()
    figures()
    client.cookies["django_language"] = "en"
    return client


def text(response):
    return response.content.decode()


def main_of(response):
    return text(response).partition("<main")[2].partition("</main>")[0]


def title_of(response):
    return text(response).partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("state", ComplaintState)
def test_every_state_is_told_in_plain_words(client, state):
    complaint = opened(client, state, mode="anonymous")
    shown = text(client.get(CASE))
    assert WORDS[state] in shown
    assert complaint.number in shown
    words = actions.status_in_words(complaint, TODAY)
    assert WORDS[state] in " ".join(words)
    assert all(sentence in shown.replace("&#x27;", "'") for sentence in words[:-1])


def test_a_suspension_is_told_with_the_state(client):
    opened(client, "assigned", fields={"suspended_on": TODAY})
    shown = text(client.get(CASE))
    assert "Handling is suspended" in shown
    assert WORDS["assigned"] in shown


def test_the_body_in_charge_is_named_after_a_transfer_too(client):
    complaint = opened(client, "screening")
    other = make.division("330682", name="上虞区")
    Complaint.objects.filter(pk=complaint.pk).update(division=other)
    assert "上虞区司法局 handles it" in text(client.get(CASE))


def test_what_comes_next_says_until_when_and_how_long_that_is(client):
    complaint = opened(client, "accepted")
    actions.stop_clock(complaint, "accept_days", today=TODAY)
    for key in ("reply_days", "total_days", "assign_days"):
        term(complaint, key, TODAY)
    client.cookies["django_language"] = "zh-hans"
    page = client.get(CASE)
    (_what, reply), (_other, total) = page.context["complaint"].ahead
    assert reply == "2026年11月30日（还有5个工作日）"
    assert total.startswith("暂定")
    assert reply in text(page)
    assert total in text(page)


def test_a_limit_in_an_unpublished_year_is_provisional(client, time_machine):
    complaint = opened(client, "accepted", today=make.date(2027, 12, 20))
    assert complaint.clocks.get().is_provisional
    assert "provisional" in text(client.get(CASE))


def test_the_time_line_tells_steps_and_what_was_told_in_the_order_of_days(client):
    complaint = opened(client, "accepted", today=TODAY - 5 * DAY)
    for step, days in [("screen", 4), ("ask_material", 3), ("go_on", 2), ("accept", 1)]:
        Milestone.objects.create(complaint=complaint, step=step, taken_on=TODAY - days * DAY)
    vault.say(complaint, "notice", "请补充收条。", today=TODAY - 3 * DAY, by=complaint.handler)
    page = client.get(CASE)
    assert [(line.what, line.told) for line in page.context["complaint"].lines] == [
        ("It was received", ""),
        ("Taken up for screening", ""),
        ("Missing material was asked for", ""),
        ("", "请补充收条。"),
        ("Screening went on", ""),
        ("It was accepted", ""),
    ]
    assert "请补充收条。" in text(page)


def planted(complaint):
    """Mark all that the holder of the code must not see."""
    officer = handler(name=f"{MARK}承办人")
    vault.say(complaint, StatementKind.NOTE, f"{MARK}内部意见", today=TODAY, by=officer)
    vault.say(complaint, StatementKind.NOTICE, "已受理。", today=TODAY, by=officer)
    Complaint.objects.filter(pk=complaint.pk).update(handler=officer)
    by = {"by": officer}
    vault.keep_content(complaint, b"x", ".pdf", f"{MARK}内部材料.pdf", today=TODAY, **by)


@pytest.mark.parametrize("state", ["accepted", "replied", "merged"])
def test_notes_officers_and_other_complainants_are_never_shown(client, state):
    named = {"name": f"{MARK}旁人", "phone": "13911112222"}
    lead, _code = received(facts=f"{MARK}别人的话", identity=named)
    put(lead, "assigned")
    planted(lead)
    vault.say(lead, StatementKind.NOTICE, f"{MARK}对别人说的", today=TODAY, by=handler())
    ask(lead, f"{MARK}问别人的")
    vault.keep_content(lead, b"x", ".pdf", f"{MARK}.pdf", today=TODAY)
    fields = {"merged_into": lead} if state == "merged" else {}
    complaint = opened(client, state, fields=fields)
    planted(complaint)
    pages = [client.get(CASE), *(client.get(f"{CASE}{name}/") for name in ("add", "withdraw"))]
    for page in pages:
        assert page.status_code == 200
        for secret in (MARK, IDENTITY["name"], IDENTITY["phone"], "13911112222", lead.number):
            assert secret not in text(page)
    assert "已受理。" in text(pages[0])


def test_the_own_words_are_shown_back_with_the_name_masked(client):
    complaint = opened(client, "accepted", facts="他收了我家的香烟。", whom="姓李的调解员")
    vault.keep_content(complaint, b"x", ".pdf", "收条.pdf", today=TODAY)
    shown = text(client.get(CASE))
    for own in ("他收了我家的香烟。", "姓李的调解员", "收条.pdf", "钱**"):
        assert own in shown


def test_a_joined_case_shows_the_steps_of_the_one_it_was_joined_to_not_its_requests(client):
    lead, _code = held("assigned")
    complaint = opened(client, "merged", fields={"merged_into": lead})
    for step in ("ask_material", "accept"):
        Milestone.objects.create(complaint=lead, step=step, taken_on=TODAY)
    Milestone.objects.create(complaint=complaint, step="merge", taken_on=TODAY)
    page = client.get(CASE)
    assert [line.what for line in page.context["complaint"].lines] == [
        "It was received", "It was accepted", "It was joined to another complaint",
    ]  # fmt: skip
    assert WORDS["assigned"] in text(page)
    assert lead.number not in text(page)


def test_of_a_destroyed_case_the_page_says_that_it_was_destroyed(client):
    complaint = opened(client, "closed")
    vault.destroy(complaint, today=TODAY)
    shown = text(client.get(CASE))
    assert "was destroyed after the time set" in shown
    assert "What you can do" not in shown
    assert "destroyed" in text(send(client, "reopen", text=TEXT))


def test_all_codes_that_open_nothing_get_the_same_answer_to_the_byte(client):
    _complaint, code = received()
    near = code[:-1] + ("A" if code[-1] != "A" else "B")
    answers = set()
    for typed in [near, receipt_code("unknown"), "abc", "长" * 300]:
        response = client.post(FOLLOW, {"code": typed})
        answers.add((response.status_code, text(response).replace(typed, ""), told(response)))
        make_forgotten()
    null = text(client.post(FOLLOW, {"code": "a\x00bc"}))
    [(status, body, headers)] = answers
    assert status == 422
    assert "No complaint has this code" in body
    assert "No complaint has this code" in null
    assert "Set-Cookie" not in headers


def told(response):
    """The headers, without how long the body is: what was typed stands in it."""
    own = {"Content-Length": "", "X-Request-ID": ""}
    return str({**response.headers, **own})


def make_forgotten():
    Guesses.objects.all().delete()


def test_a_code_is_taken_in_any_width_case_and_spacing(client):
    complaint, code = received()
    wide = "".join(chr(ord(mark) + 0xFEE0) if mark != "-" else "－" for mark in code)
    for typed in [code.lower(), f" {code.replace('-', ' ')} ", wide, code.replace("-", "—")]:
        assert client.post(FOLLOW, {"code": typed}).status_code == 302
        assert complaint.number in text(client.get(CASE))


def test_after_five_wrong_codes_the_page_says_how_long_to_wait_and_whom_to_call(client):
    _complaint, code = received()
    for _number in range(5):
        assert client.post(FOLLOW, {"code": "wrong"}).status_code == 422
    response = client.post(FOLLOW, {"code": code})
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "12348" in main_of(response)
    assert "1 minute" in main_of(response)
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert elsewhere.post(FOLLOW, {"code": code}).status_code == 302


def test_the_cookie_holds_a_key_and_nothing_of_the_case(client):
    complaint, code = received()
    response = client.post(FOLLOW, {"code": code}, secure=True)
    cookie = response.cookies["__Secure-complaint"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == (
        FOLLOW, True, "Strict", True,
    )  # fmt: skip
    assert cookie["max-age"] == 1800
    opening = Opening.objects.get()
    assert cookie.value not in (str(opening.pk), opening.key_hash)
    assert not {code, complaint.number, str(complaint.pk)} & {cookie.value, response.url}
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize(("minutes", "open_still"), [(29, True), (31, False)])
def test_after_thirty_minutes_without_use_the_code_is_asked_for_again(
    client, time_machine, minutes, open_still
):
    opened(client)
    time_machine.move_to(make.date(2026, 11, 23))
    time_machine.move_to(f"{TODAY}T09:{minutes}:00+08:00")
    assert (client.get(CASE).status_code == 200) is open_still


def test_use_keeps_it_open_but_not_longer_than_four_hours(client, time_machine):
    opened(client)
    for number in range(1, 10):
        hour, minute = divmod(9 * 60 + 25 * number, 60)
        time_machine.move_to(f"{TODAY}T{hour:02}:{minute:02}:00+08:00")
        assert client.get(CASE).status_code == 200
    time_machine.move_to(f"{TODAY}T13:05:00+08:00")
    assert client.get(CASE).url == FOLLOW


def test_who_leaves_needs_the_code_again_even_with_the_old_cookie(client):
    opened(client)
    key = client.cookies["complaint"].value
    response = client.post(f"{FOLLOW}leave/")
    assert (response.status_code, response.url) == (302, "/")
    assert response.cookies["complaint"]["max-age"] == 0
    assert not Opening.objects.exists()
    client.cookies["complaint"] = key
    assert client.get(CASE).url == FOLLOW


def test_a_cookie_made_up_or_none_leads_to_the_code(client):
    opened(Client())
    for key in ("", "x", "1"):
        client.cookies["complaint"] = key
        for page in (CASE, f"{CASE}add/", f"{CASE}answer/1/"):
            assert client.get(page).url == FOLLOW
            assert client.post(page, {"text": TEXT}).url == FOLLOW


def test_no_page_may_be_kept_or_tell_where_one_came_from_and_no_title_says_anything(client):
    complaint = opened(client, "accepted")
    question = ask(complaint)
    pages = [FOLLOW, CASE, f"{CASE}add/", f"{CASE}withdraw/", f"{CASE}answer/{question.pk}/"]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert title_of(response) == "Follow by code - People's mediation public service"


def test_the_code_is_in_no_address_log_mail_session_or_entry(client, caplog):
    caplog.set_level(logging.DEBUG)
    complaint, code = received()
    response = client.post(FOLLOW, {"code": code})
    client.post(FOLLOW, {"code": f"{code}X"})
    page = client.get(CASE)
    plain = code.replace("-", "")
    told = [
        response.url, text(page), caplog.text, str(client.session.items()),
        str(LedgerEntry.objects.values_list()), str(Opening.objects.values_list()),
        str(response.headers), str(client.cookies),
    ]  # fmt: skip
    assert not [one for one in told for secret in (code, plain) if secret in one]
    assert mail.outbox == []
    assert LedgerEntry.objects.filter(act="complaints.complaint.open_by_code").count() == 1
    assert complaint.number in text(page)


def test_forms_work_where_browsers_send_no_origin_and_not_from_other_sites(client):
    complaint, code = received()
    put(complaint, "accepted")
    plain = Client(enforce_csrf_checks=True)
    assert plain.post(FOLLOW, {"code": code}, headers={"origin": "null"}).status_code == 302
    typed = {**hidden(plain.get(f"{CASE}add/")), "text": TEXT}
    forged = {**typed, "proof": "0" * 64}
    assert plain.post(f"{CASE}add/", forged).status_code == 403
    foreign = {"sec-fetch-site": "cross-site"}
    assert plain.post(f"{CASE}add/", typed, headers=foreign).status_code == 403
    assert plain.post(FOLLOW, {"code": code}, headers=foreign).status_code == 403
    assert said(complaint, "addition") == []
    assert plain.post(f"{CASE}add/", typed, headers={"origin": "null"}).status_code == 302
    assert said(complaint, "addition") == [TEXT]


def test_words_and_files_are_added_and_a_second_click_leads_to_the_same_page(client):
    complaint = opened(client, "accepted")
    page = client.get(f"{CASE}add/")
    for _click in range(2):
        file = SimpleUploadedFile("收条.pdf", b"%PDF-1.4\n%%EOF\n")
        typed = {**hidden(page), "text": TEXT, "files": [file]}
        response = client.post(f"{CASE}add/", typed)
        assert response.url == f"{CASE}?done=add"
    assert said(complaint, "addition") == [TEXT]
    assert [name for _row, name in vault.files(complaint)] == ["收条.pdf"]
    assert "has arrived" in text(client.get(response.url))


def test_a_form_that_is_refused_says_why_and_keeps_what_was_typed(client):
    complaint = opened(client, "accepted")
    file = SimpleUploadedFile("收条.pdf", b"no pdf")
    response = send(client, "add", text=TEXT, files=[file])
    assert response.status_code == 422
    assert title_of(response).startswith("Error: ")
    assert TEXT in text(response)
    assert "damaged" in text(response)
    assert send(client, "add").status_code == 422
    assert said(complaint, "addition") == []


def test_a_question_is_shown_until_it_is_answered(client):
    complaint = opened(client, "accepted")
    question = ask(complaint)
    assert "请问当时还有谁在场？" in main_of(client.get(CASE))
    page = client.get(f"{CASE}answer/{question.pk}/")
    client.post(f"{CASE}answer/{question.pk}/", {**hidden(page), "text": TEXT})
    assert said(complaint, "addition") == [TEXT]
    assert Sending.objects.get().question == question
    assert client.get(CASE).context["complaint"].unanswered == []


def test_a_question_to_somebody_else_is_not_there(client):
    opened(client, "accepted")
    other, _code = held("accepted")
    assert client.get(f"{CASE}answer/{ask(other).pk}/").status_code == 404
    assert client.get(f"{CASE}nothing/").status_code == 404


def test_review_rating_reopening_and_withdrawal_are_done_on_their_pages(client):
    complaint = opened(client, "replied")
    term(complaint, "review_ask_days", TODAY)
    assert send(client, "ask_review", text=TEXT).url == f"{CASE}?done=ask_review"
    put(complaint, "closed")
    assert send(client, "rate", score="2").url == f"{CASE}?done=rate"
    assert send(client, "reopen", text=TEXT).url == f"{CASE}?done=reopen"
    assert send(client, "withdraw").status_code == 422
    assert send(client, "withdraw", sure="on").url == f"{CASE}?done=withdraw"
    complaint.refresh_from_db()
    assert (complaint.state, complaint.satisfaction, complaint.is_reopened) == (
        "withdrawn", 2, True,
    )  # fmt: skip


def test_what_is_not_possible_today_is_refused_with_the_reason(client):
    complaint = opened(client, "replied", today=TODAY - 90 * DAY)
    term(complaint, "review_ask_days", TODAY - 60 * DAY)
    response = send(client, "ask_review", text=TEXT)
    assert response.status_code == 422
    assert "The time in which this could be asked for is over" in text(response)
    assert "Ask for a review" not in main_of(client.get(CASE))


def test_the_page_asks_as_many_questions_of_the_database_for_much_as_for_little(
    client, django_assert_num_queries
):
    complaint = opened(client, "replied")
    term(complaint, "review_ask_days", TODAY)
    client.get(CASE)
    with django_assert_num_queries(QUERIES):
        client.get(CASE)
    for number in range(3):
        ask(complaint, f"问题{number}")
        vault.say(complaint, "notice", "告知", today=TODAY, by=complaint.handler)
        vault.keep_content(complaint, b"x", ".pdf", f"{number}.pdf", today=TODAY)
        Milestone.objects.create(complaint=complaint, step="accept", taken_on=TODAY)
    for key in ("total_days", "reply_days"):
        term(complaint, key, TODAY)
    with django_assert_num_queries(QUERIES):
        client.get(CASE)
