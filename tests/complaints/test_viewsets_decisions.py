"""Deciding, replying, reviewing and closing from the page of a case; replies as papers."""

import pytest

from complaints.models import Complaint, Decision, Reply
from office.models import LedgerEntry
from tests import make
from tests.complaints.make_complaints import IDENTITY, figures, handler
from tests.complaints.make_decisions import (
    REASONS,
    TEXTS,
    decided,
    found,
    fresh,
    in_review,
    replied,
    reviewer,
)
from tests.make import DAY, TODAY
from tests.registry.desk import fields, sent, url

pytestmark = pytest.mark.django_db
DESK = "complaints"


@pytest.fixture(autouse=True)
def _figures(db):
    figures()


def act(client, row, name, **typed):
    return client.post(url(DESK, "act", row.pk, name), sent(**typed))


def test_a_case_is_decided_and_told_from_its_page(client, at_desk):
    row = found(grounds=["property", "insult"])
    at_desk(row.handler)
    form = {"finding_property": "founded", "finding_insult": "unfounded", "reasons": REASONS}

    assert act(client, row, "decide", **form, measures=["criticism"]).status_code == 302
    told = fields(client.get(url(DESK, "act", row.pk, "reply")))
    assert "关于“侮辱当事人”，经查不属实" in told["to_respondent"]
    assert act(client, row, "reply", **(told | TEXTS)).status_code == 302

    assert fresh(row).state == "replied"
    assert Decision.objects.get().result == "partly"
    page = client.get(url(DESK, "inspect", row.pk)).content.decode()
    assert REASONS in page
    assert TEXTS["to_respondent"] in page


def test_a_ground_left_out_is_refused_and_what_was_typed_stays(client, at_desk):
    row = found(grounds=["property", "insult"])
    at_desk(row.handler)
    response = act(client, row, "decide", finding_property="founded", reasons=REASONS)
    assert response.status_code == 422
    assert response.context["form"].errors == {"finding_insult": ["This field is required."]}
    assert REASONS in response.content.decode()
    assert not Decision.objects.exists()


def test_whoever_was_not_given_the_case_sees_no_decision_no_reply_and_no_act(client, at_desk):
    row = replied()
    reply = row.replies.first()
    at_desk()
    other = at_desk(handler())
    page = client.get(url(DESK, "inspect", row.pk)).content.decode()
    assert REASONS not in page
    assert url(DESK, "reply", row.pk, reply.pk) not in page
    assert client.get(url(DESK, "reply", row.pk, reply.pk)).status_code == 404
    for name in ("decide", "reply", "recheck", "close", "note_witness", "report_retaliation"):
        assert client.get(url(DESK, "act", row.pk, name)).status_code == 404
    assert not other.complaint_grants.exists()


def test_a_row_of_another_county_cannot_be_found(client, at_desk):
    row = replied()
    entries = LedgerEntry.objects.count()
    at_desk(handler("330682"))
    pages = [("reply", row.replies.first().pk)]
    for name, pk in pages:
        assert client.get(url(DESK, name, row.pk, pk)).status_code == 404
    for name in ("take_up_review", "close", "close_early", "review"):
        assert client.get(url(DESK, "act", row.pk, name)).status_code == 404
        assert act(client, row, name).status_code == 404
    assert LedgerEntry.objects.count() == entries + 1


def test_a_reply_is_a_paper_that_nobody_keeps_and_that_names_nobody_who_complained(client, at_desk):
    row = replied()
    at_desk(row.handler)
    for reply in Reply.objects.all():
        response = client.get(url(DESK, "reply", row.pk, reply.pk))
        assert response["Content-Type"] == "application/pdf"
        assert "no-store" in response["Cache-Control"]
        assert IDENTITY["name"] not in response["Content-Disposition"]
        assert response.content.startswith(b"%PDF")


def test_a_reply_of_another_case_is_not_found_under_this_one(client, at_desk):
    row, other = replied(), replied()
    at_desk(row.handler)
    assert client.get(url(DESK, "reply", row.pk, other.replies.first().pk)).status_code == 404


def test_a_reviewer_takes_it_up_reads_it_and_decides(client, at_desk):
    row, by = in_review(), reviewer()
    at_desk(by)
    assert REASONS not in client.get(url(DESK, "inspect", row.pk)).content.decode()
    assert act(client, row, "take_up_review").status_code == 302
    assert REASONS in client.get(url(DESK, "inspect", row.pk)).content.decode()
    form = {"outcome": "upheld", "reasons": "维持原处理意见。", "way": "code"}
    assert act(client, row, "review", **form, **TEXTS).status_code == 302
    assert fresh(row).state == "reviewed"


def test_a_colleague_of_the_handler_is_told_why_he_may_not_take_the_review_up(client, at_desk):
    row = in_review()
    at_desk(handler())
    response = act(client, row, "take_up_review")
    assert response.status_code == 422
    said = response.context["form"].non_field_errors()
    assert said == ["A review is decided by the next higher body."]


def test_what_is_over_is_closed_in_one_go_and_what_is_not_stays(client, at_desk):
    by = handler()
    over = replied(by=by, on=TODAY - 60 * DAY)
    waiting = replied(by=by)
    at_desk(by)
    pks = [over.pk, waiting.pk]
    client.post(url(DESK, "bulk", "close"), sent(pk=pks, reason="期限已过。"))
    states = Complaint.objects.in_bulk(pks)
    assert [states[pk].state for pk in pks] == ["closed", "replied"]


def test_a_retaliation_is_reported_and_the_code_is_shown_once(client, at_desk):
    row = decided()
    at_desk(row.handler)
    response = act(client, row, "report_retaliation", text="他们取消了我的补助。")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    linked = row.retaliations.get()
    assert linked.number in response.content.decode()
    code = response.context["code"]
    assert code in response.content.decode()
    again = client.get(url(DESK, "inspect", row.pk)).content.decode()
    assert code not in again


def test_a_witness_is_noted_and_later_acts_are_shown_to_the_handler(client, at_desk):
    row = decided()
    at_desk(row.handler)
    witness = make.mediator(name="万邻")
    assert act(client, row, "note_witness", mediator=witness.pk).status_code == 302
    assert "万邻" in client.get(url(DESK, "inspect", row.pk)).content.decode()


def test_the_pages_of_an_organisation_and_a_mediator_lead_to_the_cases_that_were_given(
    client, at_desk
):
    row, other = decided(), decided()
    link = url(DESK, "inspect", row.pk)
    for who, shown in [(row.handler, True), (other.handler, False), (None, False)]:
        at_desk(who)
        for desk, pk in [("organizations", row.organization_id), ("mediators", row.mediator_id)]:
            page = client.get(url(desk, "inspect", pk))
            if page.status_code == 200:
                assert (link in page.content.decode()) is shown
