"""A complaint is taken up, screened, accepted or not: each step, its limits, who may take it."""

import pytest

from complaints import actions
from complaints.flows import COMPLAINT, ENDED, ComplaintState
from complaints.models import CaseGrant, Complaint, StatementKind
from complaints.queries import GROUPS
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import (
    DAY,
    TODAY,
    complaint,
    figures,
    handler,
    received,
    said,
)

pytestmark = pytest.mark.django_db
S = ComplaintState
# What leads out of each state, whoever takes it.
AHEAD = {
    S.RECEIVED: {"screen", "withdraw", "merge"},
    S.SCREENING: {"ask_material", "accept", "reject", "make_lead", "withdraw", "merge"},
    S.AWAITING_MATERIAL: {"go_on", "lapse", "withdraw", "merge"},
    S.ACCEPTED: {"assign", "withdraw", "merge"},
    S.REJECTED: set(),
    S.LEAD: {"pursue", "close"},
    S.ASSIGNED: {"object", "report", "call_back", "withdraw", "merge"},
    S.FINDINGS_IN: {"send_back", "decide", "withdraw", "merge"},
    S.DECIDED: {"reply"},
    S.REPLIED: {"ask_review", "close"},
    S.IN_REVIEW: {"review", "look_again"},
    S.REVIEWED: {"ask_recheck", "close"},
    S.IN_RECHECK: {"recheck"},
    S.FINAL: {"close"},
    S.CLOSED: {"reopen"},
    S.WITHDRAWN: set(),
    S.MERGED: set(),
}
TAKEN = {
    "screen": actions.take_up,
    "go_on": actions.go_on,
    "lapse": actions.lapse,
    "accept": actions.accept,
    "make_lead": actions.make_lead,
    "pursue": actions.pursue,
    "withdraw": actions.withdraw_complaint,
    "reject": lambda pk, **note: actions.reject(pk, ground="court", **note),
    "ask_material": lambda pk, **note: actions.ask_material(pk, items="合同", **note),
}


@pytest.fixture(autouse=True)
def _figures(in_english):
    figures()


@pytest.fixture
def by():
    return handler()


def in_state(state, by, **given):
    """A complaint put into a state, whose handler is ``by``."""
    if state == S.MERGED:
        made = complaint("screening", by=by, **given)
        other = complaint("screening", by=by, about=made.mediator)
        return actions.merge(made.pk, into=other, by=by, today=TODAY)
    made = complaint(state, by=by, **given)
    if state == S.RECEIVED:
        lead = make.officer(Role.CITY_BUREAU, make.division("3306"))
        return actions.hand_over(made.pk, to=by, by=lead, today=TODAY)
    return made


@pytest.mark.parametrize("state", ComplaintState)
def test_the_table_says_which_steps_lead_out_of_a_state(state):
    row = Complaint(state=state)
    assert {step.name for step in COMPLAINT.ahead_of(row)} == AHEAD[state]


@pytest.mark.parametrize("state", ComplaintState)
@pytest.mark.parametrize("name", TAKEN)
def test_a_step_is_taken_from_its_states_only(by, state, name):
    row = in_state(state, by, mode="anonymous")
    if (state, name) == (S.AWAITING_MATERIAL, "lapse"):
        actions.start_clock(row, "material_days", today=TODAY - 40 * DAY)
    note = {"by": by, "today": TODAY}
    entries = LedgerEntry.objects.count()
    if name in AHEAD[state]:
        assert TAKEN[name](row.pk, **note).state == COMPLAINT.steps[name].target
        assert LedgerEntry.objects.filter(act=f"complaints.complaint.{name}").count() == 1
        return
    with pytest.raises(Refused, match="is not possible in the state"):
        TAKEN[name](row.pk, **note)
    row.refresh_from_db()
    assert (row.state, LedgerEntry.objects.count()) == (state, entries)


def test_every_state_stands_under_one_tab():
    grouped = [state for states in GROUPS.values() for state in states]
    assert sorted(grouped) == sorted(ComplaintState)


def test_taking_up_makes_the_officer_the_handler_who_may_read(by):
    row, _code = received()
    taken = actions.take_up(row.pk, by=by, today=TODAY)
    assert (taken.state, taken.handler) == (S.SCREENING, by)
    assert actions.may_read(row, by)
    assert not actions.may_read(row, handler())


def test_a_complaint_asked_of_one_is_not_taken_up_by_another(by):
    row, _code = received()
    lead = make.officer(Role.CITY_BUREAU, make.division("3306"))
    actions.hand_over(row.pk, to=by, by=lead, today=TODAY)
    with pytest.raises(Refused, match="Somebody else was asked"):
        actions.take_up(row.pk, by=handler(), today=TODAY)
    assert actions.take_up(row.pk, by=by, today=TODAY).handler == by


@pytest.mark.parametrize("name", [name for name in TAKEN if name != "screen"])
def test_only_the_handler_takes_a_step_and_only_while_the_case_is_given(by, name):
    state = next(iter(COMPLAINT.steps[name].sources))
    row = in_state(S.SCREENING if name == "withdraw" else state, by, mode="anonymous")
    actions.start_clock(row, "material_days", today=TODAY - 40 * DAY)
    if name == "ask_material":
        row.clocks.filter(key="material_days").delete()
    other = handler()
    actions.give_access(row, other, "second", by=by, today=TODAY)
    with pytest.raises(actions.NotTheHandler):
        TAKEN[name](row.pk, by=other, today=TODAY)
    CaseGrant.objects.filter(complaint=row, user=by).update(until_on=TODAY)
    with pytest.raises((actions.NotGiven, actions.NotTheHandler)):
        TAKEN[name](row.pk, by=by, today=TODAY)
    row.refresh_from_db()
    assert row.state in COMPLAINT.steps[name].sources


def test_accepting_stops_one_limit_and_starts_two_from_that_day(by):
    row = complaint("screening", by=by, today=make.date(2026, 9, 1))
    actions.accept(row.pk, by=by, today=make.date(2026, 9, 4))
    clocks = {clock.key: clock for clock in row.clocks.all()}
    assert clocks["accept_days"].stopped_on == make.date(2026, 9, 4)
    # Two working days after a Friday, and forty-five days that end on a worked Monday.
    assert clocks["assign_days"].due_on == make.date(2026, 9, 8)
    assert clocks["total_days"].due_on == make.date(2026, 10, 19)
    assert "2026" in said(row, StatementKind.NOTICE)[0]


def test_a_complaint_screened_again_keeps_the_limit_to_decide(by):
    row = complaint("screening", by=by)
    actions.accept(row.pk, by=by, today=TODAY)
    first = row.clocks.get(key="total_days")
    Complaint.objects.filter(pk=row.pk).update(state=S.SCREENING)
    actions.accept(row.pk, by=by, today=TODAY + 9 * DAY)
    assert row.clocks.get(key="total_days") == first


def test_a_refusal_tells_the_right_way_to_go_and_stops_every_limit(by):
    row = complaint("screening", by=by, channel="hotline", source_number="H1")
    done = actions.reject(row.pk, ground="crime", more="可拨打110。", by=by, today=TODAY)
    (notice,) = said(row, StatementKind.NOTICE)
    assert "公安机关" in notice
    assert "110" in notice
    assert (done.closed_on, row.clocks.filter(stopped_on=None).count()) == (TODAY, 0)


@pytest.mark.parametrize("mode", ["named", "confidential"])
def test_only_an_anonymous_complaint_becomes_a_lead(by, mode):
    row = complaint("screening", by=by, mode=mode)
    with pytest.raises(Refused, match="names nobody"):
        actions.make_lead(row.pk, by=by, today=TODAY)


def test_a_lead_has_no_limit_until_it_is_pursued(by):
    row = complaint("screening", by=by, mode="anonymous")
    actions.make_lead(row.pk, by=by, today=TODAY)
    assert not row.clocks.filter(stopped_on=None).exists()
    actions.pursue(row.pk, by=by, today=TODAY + DAY)
    running = row.clocks.filter(stopped_on=None).values_list("key", flat=True)
    assert set(running) == {"assign_days", "total_days"}


def test_missing_material_is_asked_for_once_in_a_complaints_life(by):
    row = complaint("screening", by=by)
    actions.ask_material(row.pk, items="收条照片", by=by, today=TODAY)
    assert "收条照片" in said(row, StatementKind.QUESTION)[0]
    actions.go_on(row.pk, by=None, today=TODAY + DAY)
    with pytest.raises(Refused, match="asked for before"):
        actions.ask_material(row.pk, items="合同", by=by, today=TODAY + DAY)
    assert actions.accept(row.pk, by=by, today=TODAY + DAY).state == S.ACCEPTED


def test_the_limit_to_accept_stands_still_while_material_is_waited_for(by):
    row = complaint("screening", by=by, today=make.date(2026, 9, 1))
    accept = row.clocks.get()
    assert accept.due_on == make.date(2026, 9, 8)
    actions.ask_material(row.pk, items="合同", by=by, today=make.date(2026, 9, 3))
    accept.refresh_from_db()
    assert accept.due_on is None
    actions.go_on(row.pk, by=by, today=make.date(2026, 9, 10))
    accept.refresh_from_db()
    # One working day had run; four are left, from Thursday 10 September on.
    assert accept.due_on == make.date(2026, 9, 15)
    pause = accept.pauses.get()
    assert (pause.why, pause.until_on) == ("material", make.date(2026, 9, 10))
    assert row.clocks.get(key="material_days").stopped_on == make.date(2026, 9, 10)


@pytest.mark.parametrize(("days", "passes"), [(-1, False), (0, False), (1, True)])
def test_a_complaint_lapses_the_day_after_the_time_for_material(by, days, passes):
    row = complaint("screening", by=by, today=make.date(2026, 9, 1))
    actions.ask_material(row.pk, items="合同", by=by, today=make.date(2026, 9, 3))
    due = row.clocks.get(key="material_days").due_on
    on = due + days * DAY
    if passes:
        done = actions.lapse(row.pk, by=by, today=on)
        assert (done.state, done.closed_on) == (S.CLOSED, on)
        assert not row.clocks.filter(stopped_on=None).exists()
        return
    with pytest.raises(Refused, match="not over yet"):
        actions.lapse(row.pk, by=by, today=on)


def test_the_reason_of_a_step_lies_in_the_case_and_not_in_the_ledger(by):
    row = complaint("screening", by=by)
    actions.reject(row.pk, ground="no_facts", by=by, today=TODAY, reason="与村民王某有关")
    entry = LedgerEntry.objects.get(act="complaints.complaint.reject")
    assert "王某" not in f"{entry.reason}{entry.before}{entry.after}"
    assert said(row, StatementKind.NOTE) == ["与村民王某有关"]


def test_the_ledger_is_not_told_whom_a_complaint_turned_out_to_be_about(by):
    row = complaint("screening", by=by)
    person = make.appointment().mediator
    actions.classify(
        row.pk, about="mediator", urgency="urgent", grounds=["insult"], mediator=person,
        organization=None, by=by, today=TODAY,
    )  # fmt: skip
    row.refresh_from_db()
    entry = LedgerEntry.objects.get(act="complaints.complaint.classify")
    assert (row.mediator, row.grounds, row.urgency) == (person, ["insult"], "urgent")
    assert entry.after == {"urgency": "urgent"}


def test_a_handler_who_finds_the_complaint_to_be_about_the_own_unit_stands_back(by):
    row = complaint("screening", by=by)
    own = make.appointment()
    own.mediator.user = by
    own.mediator.save()
    with pytest.raises(Refused, match="stand back"):
        actions.classify(
            row.pk, about="organization", urgency="normal", grounds=[], mediator=None,
            organization=own.organization, by=by, today=TODAY,
        )  # fmt: skip


def test_handing_over_moves_the_right_to_read_with_what_was_joined(by):
    row = complaint("screening", by=by)
    joined = complaint("screening", by=by, about=row.mediator)
    actions.merge(joined.pk, into=row, by=by, today=TODAY)
    other = handler()
    actions.hand_over(row.pk, to=other, by=by, today=TODAY, reason="休假")
    row.refresh_from_db()
    assert row.handler == other
    assert [actions.may_read(one, by) for one in (row, joined)] == [False, False]
    assert [actions.may_read(one, other) for one in (row, joined)] == [True, True]


def test_a_complaint_is_handed_to_handlers_of_its_place_only(by):
    row = complaint("screening", by=by)
    for wrong in [handler("330682"), make.officer(Role.AUDITOR, make.division("330681"))]:
        with pytest.raises(Refused, match="cannot handle"):
            actions.hand_over(row.pk, to=wrong, by=by, today=TODAY)
    row.refresh_from_db()
    assert row.handler == by


def test_what_is_written_is_sealed_and_the_ledger_knows_only_the_kind(by):
    row = complaint("screening", by=by)
    actions.write(row.pk, kind="question", text="时间是哪天？", by=by, today=TODAY)
    assert said(row, StatementKind.QUESTION) == ["时间是哪天？"]
    entry = LedgerEntry.objects.get(act="complaints.complaint.write")
    assert entry.after == {"statement": "question"}
    with pytest.raises(Refused):
        actions.write(row.pk, kind="facts", text="改写", by=by, today=TODAY)


@pytest.mark.parametrize("state", ENDED)
def test_nothing_is_written_into_a_complaint_that_ended(by, state):
    row = in_state(state, by)
    with pytest.raises(Refused, match="has ended"):
        actions.write(row.pk, kind="note", text="补记", by=by, today=TODAY)
