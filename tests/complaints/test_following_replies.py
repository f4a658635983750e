"""What was decided reaches the holder of the code, and so does what comes of reprisals."""

import pytest
from django.core import mail
from django.core.cache import cache

from complaints import actions, vault
from complaints.actions.following import MOST_REPORTS_A_DAY
from complaints.models import Complaint, Reply
from office.models import User
from tests import make
from tests.complaints.make_complaints import figures, said
from tests.complaints.make_decisions import TEXTS, TO_COMPLAINANT, TO_RESPONDENT, replied
from tests.complaints.make_following import (
    CASE,
    FOLLOW,
    KEY,
    held,
    hidden,
    opened,
    put,
)
from tests.make import TODAY
from tests.registry.conftest import NOW

pytestmark = pytest.mark.django_db
TEXT = "投诉之后，调解员上门威胁我。"


@pytest.fixture(autouse=True)
def _visitor(client, time_machine):
    time_machine.move_to(NOW)
    cache.clear()
    figures()
    client.cookies["django_language"] = "en"


def text(response):
    return response.content.decode()


def opened_replied(client):
    """A complaint replied to through the acts, opened by its code."""
    complaint = replied()
    vault.Receipt.objects.filter(complaint=complaint).update(code_hash=vault.slow_hash("KNOWN"))
    assert client.post(FOLLOW, {"code": "known"}).status_code == 302
    return complaint


def test_the_reply_is_shown_with_what_was_found_and_that_of_the_other_side_is_not(client):
    complaint = opened_replied(client)
    shown = text(client.get(CASE))
    assert TO_COMPLAINANT in shown
    assert TO_RESPONDENT not in shown
    assert TEXTS["to_complainant"] == TO_COMPLAINANT
    assert "What was found: founded" in shown
    assert "You may ask for a review until" in shown
    assert "Ask for a review" in shown
    for officer in User.objects.exclude(name=""):
        assert officer.get_full_name() not in shown
    assert complaint.state == "replied"


def test_the_reply_is_a_paper_for_the_complainant_alone(client):
    complaint = opened_replied(client)
    own = Reply.objects.get(complaint=complaint, to="complainant")
    other = Reply.objects.get(complaint=complaint, to="respondent")
    paper = client.get(f"{CASE}reply/{own.pk}/")
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF-")
    assert "no-store" in paper["Cache-Control"]
    assert complaint.number not in paper["Content-Disposition"]
    assert client.get(f"{CASE}reply/{other.pk}/").status_code == 404
    vault.destroy(complaint, today=TODAY)
    assert client.get(f"{CASE}reply/{own.pk}/").status_code == 404


def test_of_a_joined_case_the_result_is_told_and_the_reply_to_the_other_is_not(client):
    lead = replied()
    opened(client, "merged", fields={"merged_into": lead})
    shown = text(client.get(CASE))
    assert "What was found: founded" in shown
    assert TO_COMPLAINANT not in shown
    own = Reply.objects.get(complaint=lead, to="complainant")
    assert client.get(f"{CASE}reply/{own.pk}/").status_code == 404


def test_before_the_reply_nothing_tells_what_was_found(client):
    complaint = opened_replied(client)
    put(complaint, "decided")
    assert "What was found" not in text(client.get(CASE))


def test_reprisals_open_a_linked_case_whose_code_is_shown_once(client):
    complaint = opened(client, "accepted")
    page = client.get(f"{CASE}retaliation/")
    first, again = (
        client.post(f"{CASE}retaliation/", {**hidden(page), "text": TEXT}) for _click in range(2)
    )
    linked = Complaint.objects.get(retaliation_for=complaint)
    assert linked.division_id == complaint.division.parent_id
    assert said(linked, "facts") == [TEXT]
    assert linked.number in text(first)
    assert first.context["code"] == again.context["code"]
    assert actions.open_by_code(first.context["code"]) == linked
    assert first.context["code"] not in text(client.get(CASE))


def test_the_key_of_a_form_is_worth_nothing_in_another_case(client):
    ours, _code = held("accepted")
    theirs, _code = held("accepted")
    make.division("3306")
    first, code = actions.report_by_code(theirs.pk, submission=KEY, text=TEXT, today=TODAY)
    second, other = actions.report_by_code(ours.pk, submission=KEY, text=TEXT, today=TODAY)
    assert (first.pk, code) != (second.pk, other)


def test_so_many_reports_a_day(client):
    complaint, _code = held("accepted")
    for number in range(MOST_REPORTS_A_DAY):
        actions.report_by_code(complaint.pk, submission=f"{number:032}", text=TEXT, today=TODAY)
    with pytest.raises(actions.following.Refused):
        actions.report_by_code(complaint.pk, submission=KEY, text=TEXT, today=TODAY)


def test_the_handler_is_told_that_there_is_a_message_and_not_what(
    client, django_capture_on_commit_callbacks
):
    complaint, _code = held("accepted")
    User.objects.filter(pk=complaint.handler_id).update(email="handler@example.test")
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_material(complaint.pk, submission=KEY, text=TEXT, today=TODAY)
    message = mail.outbox[0]
    assert message.to == ["handler@example.test"]
    assert complaint.number not in message.subject + message.body
    assert "有一条新消息" in message.subject
