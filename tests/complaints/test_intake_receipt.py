"""One sending, one complaint, one code; the code is shown once and stands nowhere else."""

import logging
import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from complaints.actions import drafts
from complaints.models import Complaint, IntakeDraft, Receipt
from complaints.vault import receipt_code
from office.models import LedgerEntry
from tests.complaints.make_complaints import figures
from tests.complaints.make_intake import NOW, WHAT, Citizen, listed
from tests.complaints.test_intake import CODE

pytestmark = pytest.mark.django_db
PAGES = ["", "new/way", "new/whom", "new/what", "new/evidence", "new/contact", "new/check"]


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)
    cache.clear()
    figures()


@pytest.fixture
def citizen(client):
    client.cookies["django_language"] = "en"
    return Citizen(client)


def test_the_code_is_shown_once_in_groups_of_four(citizen):
    citizen.up_to_check(listed())
    citizen.send("new/check")
    code = CODE.search(citizen.text)[0]
    assert f'<p class="code">{code}</p>' in citizen.text
    citizen.arrive()

    for step in ["receipt", "new/check", "new/what", "receipt"]:
        citizen.open(step)
        assert citizen.at == "receipt"
        assert "The code was shown already" in citizen.text
        assert CODE.search(citizen.text) is None
        assert Complaint.objects.get().number in citizen.text


def test_after_half_an_hour_not_even_the_browser_leads_to_the_code(citizen, time_machine):
    citizen.up_to_check(listed())
    citizen.send("new/check")
    for _look in range(3):
        time_machine.shift(10 * 60)
        citizen.arrive()
        citizen.send("new/check")
    assert citizen.page.status_code == 404
    assert CODE.search(citizen.text) is None


def test_a_receipt_that_was_lost_on_its_way_is_shown_again(citizen):
    citizen.up_to_check(listed())
    citizen.send("new/check")
    code = CODE.search(citizen.text)[0]
    citizen.open("receipt")
    assert CODE.search(citizen.text)[0] == code


def test_a_second_click_and_twenty_posts_are_one_complaint_with_one_code(citizen):
    citizen.up_to_check(listed())
    codes = set()
    for _click in range(20):
        citizen.send("new/check")
        codes.add(CODE.search(citizen.text)[0])
        citizen.arrive()
    assert len(codes) == 1
    assert (Complaint.objects.count(), Receipt.objects.count()) == (1, 1)
    assert LedgerEntry.objects.filter(act="complaints.complaint.receive").count() == 1


def test_killed_between_commit_and_answer_there_is_one_complaint_and_the_same_code(
    citizen, monkeypatch
):
    citizen.up_to_check(listed())
    submission = drafts.read_draft(citizen.key, now=timezone.now()).submission
    from complaints.views.intake import sending  # noqa: PLC0415

    def killed(*args, **kwargs):
        drafts.submit_draft(*args, **kwargs)
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sending, "submit_draft", killed)
        with pytest.raises(SystemExit):
            citizen.send("new/check")
    assert Complaint.objects.count() == 1

    citizen.send("new/check")

    assert Complaint.objects.count() == 1
    assert CODE.search(citizen.text)[0] == receipt_code(submission)


def test_killed_before_the_commit_nothing_is_there_and_the_draft_is(citizen, monkeypatch):
    citizen.up_to_check(listed())

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(drafts, "_file_rows", killed)
        with pytest.raises(SystemExit):
            citizen.send("new/check")
    assert (Complaint.objects.count(), Receipt.objects.count()) == (0, 0)

    citizen.send("new/check")
    assert CODE.search(citizen.text)


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_moment_make_one_complaint():
    figures()
    citizen = Citizen(Client())
    citizen.up_to_check(listed())
    key, answers = citizen.key, []
    gate = threading.Barrier(4)

    def click():
        browser = Client()
        browser.cookies["complaint_draft"] = key
        gate.wait()
        try:
            answers.append(browser.post("/complaints/new/check/").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [302] * 4
    assert (Complaint.objects.count(), Receipt.objects.count()) == (1, 1)


def test_after_sending_nothing_of_the_answers_is_left_in_the_draft(citizen):
    citizen.up_to_check(listed())
    citizen.send("new/check")
    left = drafts.read_draft(citizen.key, now=timezone.now())
    assert (left.answers, left.files, left.search) == ({}, [], "")
    with pytest.raises(drafts.AlreadySent):
        drafts.answer_step(citizen.key, "what", WHAT, now=timezone.now())
    citizen.send("leave")
    assert IntakeDraft.objects.count() == 0
    assert Complaint.objects.count() == 1


def test_the_code_stands_in_no_address_header_session_or_log(citizen, caplog):
    with caplog.at_level(logging.DEBUG):
        citizen.up_to_check(listed())
        citizen.send("new/check", follow=False)
        answers = [citizen.page]
        answers.append(citizen.client.get("/complaints/receipt/"))
        citizen.arrive()
        answers.append(citizen.client.get("/complaints/receipt/"))
    code = CODE.search(answers[1].content.decode())[0]
    forms = [code, code.replace("-", ""), citizen.key]
    told = [f"{one.headers} {one.cookies} {one.request['PATH_INFO']}" for one in answers]
    lines = [f"{one.getMessage()} {one.args}" for one in caplog.records]
    assert answers[0]["Location"] == "/complaints/receipt/"
    assert [line for line in [*told, *lines] if any(form in line for form in forms)] == []
    assert dict(citizen.client.session) == {}
    title = answers[1].content.decode().partition("<title>")[2].partition("</title>")[0]
    assert title == "Your complaint was received - People's mediation public service"


def test_nothing_of_a_complaint_is_in_a_log_a_title_or_an_address(citizen, caplog):
    with caplog.at_level(logging.DEBUG):
        person = listed()
        citizen.up_to_check(person, "named")
        citizen.send("new/what", **(WHAT | {"happened_on": "错的日期"}))
        citizen.open("new/check")
    lines = [
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    ]
    secrets = [person.name, WHAT["text"], "钱一民", "0000 1111", "错的日期"]
    assert [line for line in lines if any(secret in line for secret in secrets)] == []
    assert [line for line in lines if "/complaints/new" in line] == []


@pytest.mark.parametrize("page", [*PAGES, "receipt"])
def test_every_page_is_kept_nowhere_and_tells_nobody_where_one_came_from(citizen, page):
    citizen.up_to_check(listed(), "named")
    for browser in (citizen.client, Client()):
        response = browser.get(f"/complaints/{page}/".replace("//", "/"))
        assert response["Cache-Control"] == "no-store, private"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert "sessionid" not in response.cookies
        assert "csrftoken" not in response.cookies


def test_the_receipt_tells_the_days_by_which_something_comes(citizen):
    citizen.up_to_check(listed(), "named")
    citizen.send("new/check")
    # Five working days after Monday, 23 November; 45 days after that lie in a year not published.
    assert "By Nov. 30, 2026: Answer whether we take it up" in citizen.text
    assert "Within 45 calendar days: Decision and reply" in citizen.text
    assert "The last day is fixed once next year" in citizen.text
    assert "data-print" in citizen.text


def test_no_reply_is_promised_to_an_anonymous_complaint(citizen):
    citizen.up_to_check(listed())
    citizen.send("new/check")
    assert "Decision and reply" not in citizen.text
    assert "A reply is not owed" in citizen.text


def test_the_receipt_has_no_switch_that_would_load_it_anew(citizen):
    citizen.up_to_check(listed())
    citizen.send("new/check")
    assert 'action="/text-size/"' not in citizen.text
    assert 'action="/language/"' not in citizen.text


def test_whoever_sends_too_fast_is_slowed_down_and_then_paused(citizen, settings, time_machine):
    settings.COMPLAINT_PACE = {2: 10, 3: 3600}
    said = []
    for seconds in [0, 0, 0, 9, 2, 10, 3580, 3600]:
        time_machine.shift(seconds)
        citizen.send("", follow=False)
        said.append(citizen.page.status_code)
    assert said == [302, 302, 429, 429, 302, 429, 302, 302]


def test_the_page_that_asks_to_wait_names_the_telephone_and_loses_nothing(citizen, settings):
    citizen.up_to_check(listed())
    settings.COMPLAINT_PACE = {0: 3600}
    cache.clear()
    citizen.send("new/check")
    citizen.send("leave")
    assert Complaint.objects.count() == 1
    citizen.send("")
    citizen.send("")
    assert citizen.page.status_code == 429
    assert 0 < int(citizen.page["Retry-After"]) <= 3600
    assert "12348" in citizen.text


def test_nobody_else_is_slowed_down(citizen, settings):
    settings.COMPLAINT_PACE = {1: 3600}
    citizen.send("", follow=False)
    other = citizen.client.post("/complaints/", REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302
