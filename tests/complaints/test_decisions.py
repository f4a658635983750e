"""A complaint is decided ground by ground, by somebody it was given to, and both sides are told."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from complaints import actions, vault
from complaints.actions import NotGiven
from complaints.models import ComplaintClock, Decision, DecisionItem, Finding, Reply
from complaints.notices.replies import replies_of, reply_paper
from complaints.rules.decisions import measure_refusals, result_of
from complaints.rules.naming import names_complainant
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.papers import render
from tests import make
from tests.complaints.make_complaints import IDENTITY, complaint, figures, handler
from tests.complaints.make_decisions import (
    FOUNDED,
    REASONS,
    TEXTS,
    UNFOUNDED,
    decided,
    found,
    fresh,
    post_of,
    replied,
    report,
)
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
FINDINGS = st.sampled_from(list(Finding.values))


@pytest.fixture(autouse=True)
def _figures(db, in_english):
    figures()


def by_handler(row, items=FOUNDED, **given):
    return {"by": row.handler, "today": TODAY, "items": items, "reasons": REASONS} | given


# --- The rules ----------------------------------------------------------------------------------


@given(st.lists(FINDINGS, min_size=1, max_size=6))
def test_a_complaint_is_founded_if_all_grounds_are_unfounded_if_none_is_and_else_partly(findings):
    expected = findings[0] if all(one == findings[0] for one in findings) else "partly"
    assert result_of(findings) == expected
    assert result_of(reversed(findings)) == expected


def test_without_a_finding_there_is_no_result():
    with pytest.raises(ValueError, match="no result"):
        result_of([])


@pytest.mark.parametrize(
    ("result", "measures", "route", "refused"),
    [
        ("unfounded", ["criticism"], "elected", True),
        ("unfounded", [], "elected", False),
        ("founded", ["removal"], "elected", False),
        ("founded", ["removal"], "appointed", True),
        ("founded", ["dismissal"], "appointed", False),
        ("founded", ["dismissal"], "elected", True),
        ("partly", ["criticism", "order"], "", False),
        ("founded", ["removal", "dismissal"], "", True),
    ],
)
def test_a_measure_follows_from_what_was_found_and_is_that_of_the_right_unit(
    result, measures, route, refused
):
    said = measure_refusals(result, measures, route=route, has_post=True, has_body=True)
    assert bool(said) is refused


def test_a_measure_needs_somebody_it_could_apply_to():
    nobody = {"route": "", "has_post": False}
    assert measure_refusals("founded", ["criticism"], has_body=True, **nobody)
    assert measure_refusals("founded", ["order"], has_body=False, **nobody)
    assert not measure_refusals("founded", ["order"], has_body=True, **nobody)
    assert not measure_refusals("founded", ["transfer"], has_body=False, **nobody)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("投诉人钱一民反映", True),
        ("投诉人钱 一 民反映", True),
        ("一民同志反映", True),
        ("电话１３９-０000 1111", True),
        ("住在城关镇的一位居民", False),
        ("有当事人反映", False),
    ],
)
def test_a_text_that_names_the_complainant_is_known_however_it_is_spaced(text, says):
    assert names_complainant(text, IDENTITY) is says


def test_an_address_of_some_length_gives_somebody_away():
    assert names_complainant("家住城关镇 南门街 5 号", {"address": "城关镇南门街5号"})


# --- Deciding -----------------------------------------------------------------------------------


def test_a_decision_keeps_every_ground_its_reasons_sealed_and_who_decided():
    row = found(grounds=["property", "insult"])
    items = [("property", "founded"), ("insult", "unfounded")]

    decision = actions.decide(row.pk, **by_handler(row, items, measures=["criticism"]))

    assert fresh(row).state == "decided"
    assert (decision.result, decision.stage, decision.measures) == (
        "partly",
        "first",
        ["criticism"],
    )
    assert list(decision.items.values_list("ground", "finding")) == items
    assert actions.reasons_of(decision) == REASONS
    assert decision.sealed_reasons != REASONS
    assert decision.body == "Division 330681司法局"
    told = LedgerEntry.objects.filter(act="complaints.complaint.decide").get()
    added = LedgerEntry.objects.filter(act="complaints.decision.add").get()
    assert added.after == {"stage": "first", "result": "partly", "measures": ["criticism"]}
    assert REASONS not in f"{told.reason}{told.before}{told.after}{added.after}"
    assert ledger.faults() == []


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([("property", "founded")], "Each ground of the complaint has to be decided."),
        (
            [("property", "founded"), ("insult", "partly"), ("insult", "founded")],
            "A ground is decided once.",
        ),
        (
            [("property", "founded"), ("insult", "partly"), ("leak", "founded")],
            "Only grounds of the complaint are decided.",
        ),
    ],
)
def test_every_ground_is_decided_once_and_no_other(items, said):
    row = found(grounds=["property", "insult"])
    with pytest.raises(Refused) as refused:
        actions.decide(row.pk, **by_handler(row, items))
    assert refused.value.messages == [said]
    assert fresh(row).state == "findings_in"
    assert not Decision.objects.exists()


def test_without_findings_nothing_is_decided():
    row = complaint("findings_in")
    with pytest.raises(Refused) as refused:
        actions.decide(row.pk, **by_handler(row))
    assert refused.value.messages == ["No findings have been reported."]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {"said": " "},
            "The findings do not say what the other side said, or why nobody asked.",
        ),
        ({"grounds": {}}, "The findings leave out a ground of the complaint."),
    ],
)
def test_findings_hear_the_other_side_and_leave_no_ground_out(told, said):
    row = complaint("findings_in")
    report(row, **told)
    with pytest.raises(Refused) as refused:
        actions.decide(row.pk, **by_handler(row))
    assert refused.value.messages == [said]
    assert not Decision.objects.exists()


def test_the_sheet_of_a_decided_complaint_is_done():
    row = decided()
    assert row.sheets.get().state == "done"


def test_a_measure_of_the_wrong_unit_is_refused_beside_its_field():
    row = found(about=post_of("appointed").mediator)
    with pytest.raises(Refused) as refused:
        actions.decide(row.pk, **by_handler(row, measures=["removal"]))
    assert list(refused.value.message_dict) == ["measures"]
    assert fresh(row).state == "findings_in"


def test_whoever_was_not_given_the_case_does_not_decide_it():
    row = found()
    with pytest.raises(NotGiven):
        actions.decide(row.pk, **by_handler(row, by=handler()))
    assert fresh(row).state == "findings_in"


def test_whoever_has_to_do_with_it_does_not_decide_even_if_it_was_given():
    row = found()
    colleague = make.appointment(body=row.organization).mediator
    colleague.user = row.handler
    colleague.save()
    with pytest.raises(Refused) as refused:
        actions.decide(row.pk, **by_handler(row))
    assert "somebody else deals with it" in refused.value.messages[0]
    assert not Decision.objects.exists()


def test_deciding_stops_the_limit_to_decide_and_starts_the_one_to_reply():
    row = found()
    actions.start_clock(row, "total_days", today=TODAY - 10 * DAY)
    actions.decide(row.pk, **by_handler(row))
    assert row.clocks.get(key="total_days").stopped_on == TODAY
    assert row.clocks.get(key="reply_days").start_on == TODAY


def test_nobody_without_a_name_is_owed_a_reply():
    row = found(mode="anonymous")
    actions.decide(row.pk, **by_handler(row))
    assert not ComplaintClock.objects.filter(key="reply_days").exists()
    actions.reply(row.pk, by=row.handler, today=TODAY, to_respondent=TEXTS["to_respondent"])
    assert fresh(row).state == "replied"
    assert [reply.to for reply in Reply.objects.all()] == ["respondent"]


def test_what_stood_before_stands_no_longer_and_only_one_decision_stands():
    row = decided()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.bulk_create(
            [
                Decision(
                    complaint=row, stage="first", result="founded", sealed_reasons="x", body="局",
                    decided_on=TODAY, decided_by=row.handler,
                )
            ]
        )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"stage": "none"}, {"result": "maybe"}, {"body": ""}, {"sealed_reasons": ""}],
)
def test_the_database_refuses_a_decision_that_says_nothing(wrong):
    decided()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(**wrong)


def test_the_database_refuses_a_ground_decided_twice():
    item = DecisionItem.objects.get(decision=decided().decisions.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionItem.objects.bulk_create(
            [DecisionItem(decision=item.decision, ground=item.ground, finding="unfounded")]
        )


# --- Replying -----------------------------------------------------------------------------------


def test_both_sides_are_told_sealed_and_the_time_to_ask_begins():
    row = decided()
    actions.reply(row.pk, by=row.handler, today=TODAY, to_unit="请你单位处理。", **TEXTS)

    assert fresh(row).state == "replied"
    assert [(reply.to, text) for reply, text in replies_of(row)] == [
        ("complainant", TEXTS["to_complainant"]),
        ("respondent", TEXTS["to_respondent"]),
        ("unit", "请你单位处理。"),
    ]
    assert not Reply.objects.filter(sealed_text__contains="办结").exists()
    assert row.clocks.get(key="reply_days").stopped_on == TODAY
    running = row.clocks.filter(stopped_on=None).values_list("key", flat=True)
    assert {"review_ask_days", "close_days"} <= set(running)


@pytest.mark.parametrize("left_out", TEXTS)
def test_no_side_is_left_out(left_out):
    row = decided()
    with pytest.raises(Refused) as refused:
        actions.reply(row.pk, by=row.handler, today=TODAY, **(TEXTS | {left_out: " "}))
    assert list(refused.value.message_dict) == [left_out]
    assert fresh(row).state == "decided"
    assert not Reply.objects.exists()


@pytest.mark.parametrize("field", ["to_respondent", "to_unit"])
def test_nothing_that_names_the_complainant_leaves_to_the_other_side(field):
    row = decided()
    with pytest.raises(Refused) as refused:
        actions.reply(
            row.pk, by=row.handler, today=TODAY, **(TEXTS | {field: "因钱 一民反映，现已办结。"})
        )
    assert list(refused.value.message_dict) == [field]
    assert "钱" not in str(refused.value)
    assert fresh(row).state == "decided"


def test_about_somebody_unknown_only_the_complainant_is_told():
    row = decided(UNFOUNDED)
    type(row).objects.filter(pk=row.pk).update(about="unknown", mediator=None, organization=None)
    actions.reply(row.pk, by=row.handler, today=TODAY, to_complainant=TEXTS["to_complainant"])
    assert [reply.to for reply in Reply.objects.all()] == ["complainant"]


def test_no_paper_says_who_complained_not_even_the_complainants():
    row = replied(measures=["criticism"], about=post_of().mediator)
    for reply, _text in replies_of(row):
        paper = reply_paper(reply, days="30个日历日")
        told = "\n".join([paper.title, paper.number, *[block.text for block in paper.body]])
        assert not names_complainant(told, IDENTITY)
        assert render(paper).startswith(b"%PDF")
        assert (row.mediator.name in told) is (reply.to == "respondent")
        assert ("复查" in told) is (reply.to == "complainant")
        assert ("第十五条" in told) is (reply.to == "respondent")


def test_once_the_key_is_destroyed_no_reply_opens():
    row = replied()
    vault.destroy(row, today=TODAY)
    with pytest.raises(vault.Destroyed):
        replies_of(row)


def test_a_reply_to_one_side_is_written_once():
    row = replied()
    first = row.replies.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.bulk_create(
            [
                Reply(
                    complaint=row, decision=first.decision, to=first.to, way="code",
                    sealed_text="x", sent_on=TODAY, sent_by=row.handler,
                )
            ]
        )  # fmt: skip


@pytest.mark.parametrize("state", ["screening", "assigned", "decided", "replied", "closed"])
def test_only_findings_that_are_in_are_decided(state):
    row = complaint(state)
    report(row)
    with pytest.raises(Refused):
        actions.decide(row.pk, **by_handler(row))
