"""A complaint stands still, gets more time, is joined, passed on, or withdrawn."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from complaints import actions
from complaints.flows import ENDED, ComplaintState
from complaints.models import Complaint, ComplaintClock, ComplaintPolicy, StatementKind
from office import ledger
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
SEPTEMBER = make.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _figures(in_english):
    figures()


@pytest.fixture
def by():
    return handler()


def accepted(by, on=SEPTEMBER, **given):
    row = complaint("screening", by=by, today=on, **given)
    return actions.accept(row.pk, by=by, today=on)


def clock(row, key):
    return row.clocks.get(key=key)


# --- Suspension -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stands", "goes_on", "due"),
    [
        # Forty-five days from 1 September end on a Friday, 16 October.
        (None, None, (10, 16)),
        # Ten days of standing still move it by ten days, to a Monday that is worked.
        ((9, 10), (9, 20), (10, 26)),
        # A pause that begins on the last day moves it by as many days.
        ((10, 16), (10, 18), (10, 19)),
        # Begun and ended on one day it moves nothing.
        ((9, 10), (9, 10), (10, 16)),
    ],
)
def test_the_limit_to_decide_moves_by_the_days_it_stood_still(by, stands, goes_on, due):
    row = accepted(by)
    if stands:
        actions.suspend(row.pk, ground="court", by=by, today=make.date(2026, *stands))
        assert clock(row, "total_days").due_on is None
        actions.resume(row.pk, by=by, today=make.date(2026, *goes_on))
    assert clock(row, "total_days").due_on == make.date(2026, *due)


def test_while_suspended_no_step_is_taken_but_the_withdrawal(by):
    row = complaint("screening", by=by)
    actions.suspend(row.pk, ground="review", by=by, today=TODAY, reason="法院来函")
    with pytest.raises(Refused, match="is suspended"):
        actions.accept(row.pk, by=by, today=TODAY)
    with pytest.raises(Refused, match="suspended already"):
        actions.suspend(row.pk, ground="review", by=by, today=TODAY)
    done = actions.withdraw_complaint(row.pk, by=by, today=TODAY)
    assert (done.state, done.suspended_on) == (S.WITHDRAWN, None)


def test_a_suspension_is_no_state_and_ends_where_it_began(by):
    row = complaint("awaiting_material", by=by)
    actions.suspend(row.pk, ground="court", by=by, today=TODAY)
    after = actions.resume(row.pk, by=by, today=TODAY + DAY)
    assert (after.state, after.suspended_on) == (S.AWAITING_MATERIAL, None)
    with pytest.raises(Refused, match="not suspended"):
        actions.resume(row.pk, by=by, today=TODAY + DAY)


def test_material_that_is_waited_for_does_not_end_with_the_suspension(by):
    row = complaint("screening", by=by, today=SEPTEMBER)
    actions.ask_material(row.pk, items="合同", by=by, today=SEPTEMBER + DAY)
    actions.suspend(row.pk, ground="court", by=by, today=SEPTEMBER + 2 * DAY)
    actions.resume(row.pk, by=by, today=SEPTEMBER + 4 * DAY)
    # The limit to accept still waits for the material; that of the material runs again.
    assert clock(row, "accept_days").due_on is None
    assert clock(row, "material_days").due_on == make.date(2026, 9, 20)


def test_what_a_suspension_waits_for_is_told_and_kept_out_of_the_ledger(by):
    row = complaint("screening", by=by)
    actions.suspend(row.pk, ground="court", by=by, today=TODAY, reason="一审未结")
    assert "人民法院" in said(row, StatementKind.NOTICE)[0]
    entry = LedgerEntry.objects.get(act="complaints.complaint.suspend")
    assert (entry.before, entry.after) == (
        {"suspended_on": None}, {"suspended_on": TODAY.isoformat()},
    )  # fmt: skip
    assert "一审未结" not in entry.reason


def test_an_ended_complaint_is_not_suspended_and_the_database_holds_it(by):
    row = complaint("rejected", by=by)
    with pytest.raises(Refused, match="has ended"):
        actions.suspend(row.pk, ground="court", by=by, today=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=row.pk).update(suspended_on=TODAY)


# --- Extension ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "passes"), [(0, False), (1, True), (30, True), (31, False)])
def test_the_limit_is_extended_by_no_more_than_the_figure(by, days, passes):
    row = accepted(by)
    if passes:
        actions.extend(row.pk, days=days, by=by, today=TODAY - 60 * DAY, reason="案情复杂")
        assert clock(row, "total_days").term.amount == 45 + days
        assert "案情复杂" in said(row, StatementKind.NOTICE)[-1]
        return
    with pytest.raises(Refused, match="at most 30 days"):
        actions.extend(row.pk, days=days, by=by, today=TODAY - 60 * DAY, reason="案情复杂")


def test_the_limit_is_extended_once(by):
    row = accepted(by)
    actions.extend(row.pk, days=5, by=by, today=SEPTEMBER, reason="案情复杂")
    with pytest.raises(Refused, match="extended before"):
        actions.extend(row.pk, days=5, by=by, today=SEPTEMBER, reason="案情复杂")
    assert clock(row, "total_days").extra_days == 5


@pytest.mark.parametrize(("late", "passes"), [(0, True), (1, False)])
def test_a_limit_that_is_over_is_not_extended(by, late, passes):
    row = accepted(by)
    on = clock(row, "total_days").due_on + late * DAY
    if passes:
        actions.extend(row.pk, days=5, by=by, today=on, reason="案情复杂")
        assert clock(row, "total_days").due_on > on
        return
    with pytest.raises(Refused, match="is over"):
        actions.extend(row.pk, days=5, by=by, today=on, reason="案情复杂")


def test_the_extension_is_by_the_figure_of_the_day_the_limit_began(by):
    row = accepted(by)
    newer = {"until_on": SEPTEMBER + DAY}
    old = ComplaintPolicy.objects.filter(key="extension_days")
    old.update(**newer)
    make.saved(
        ComplaintPolicy(
            key="extension_days", amount=3, unit="calendar", standing="setting",
            from_on=SEPTEMBER + DAY,
        )
    )  # fmt: skip
    actions.extend(row.pk, days=30, by=by, today=SEPTEMBER + 5 * DAY, reason="案情复杂")
    assert clock(row, "total_days").extra_days == 30


def test_without_a_limit_to_decide_nothing_is_extended(by):
    row = complaint("screening", by=by)
    with pytest.raises(Refused, match="No limit to decide runs"):
        actions.extend(row.pk, days=3, by=by, today=TODAY, reason="案情复杂")


# --- Merging --------------------------------------------------------------------------------------


def two(by, **given):
    main = complaint("screening", by=by, **given)
    return main, complaint("screening", by=by, about=main.mediator)


def test_a_complaint_is_joined_to_another_and_both_sides_are_told(by):
    main, row = two(by)
    actions.merge(row.pk, into=main, by=by, today=TODAY, reason="同一事实")
    row.refresh_from_db()
    assert (row.state, row.merged_into, row.closed_on) == (S.MERGED, main, TODAY)
    assert not row.clocks.filter(stopped_on=None).exists()
    assert main.clocks.filter(stopped_on=None).exists()
    told = [said(one, StatementKind.NOTICE) for one in (row, main)]
    assert [len(each) for each in told] == [1, 1]
    assert not [text for each in told for text in each if "TS" in text]


def test_complaints_about_different_people_are_not_joined(by):
    main, other = complaint("screening", by=by), complaint("screening", by=by)
    with pytest.raises(Refused, match="not about the same"):
        actions.merge(other.pk, into=main, by=by, today=TODAY)
    assert said(main, StatementKind.NOTICE) == []


@pytest.mark.parametrize("state", ["rejected", "replied", "lead", "decided"])
def test_a_complaint_that_is_decided_takes_no_other_in(by, state):
    main = complaint(state, by=by)
    row = complaint("screening", by=by, about=main.mediator)
    with pytest.raises(Refused, match="not decided yet"):
        actions.merge(row.pk, into=main, by=by, today=TODAY)


def test_what_one_may_not_read_takes_nothing_in(by):
    main = complaint("screening", by=handler())
    row = complaint("screening", by=by, about=main.mediator)
    with pytest.raises(actions.NotGiven):
        actions.merge(row.pk, into=main, by=by, today=TODAY)


def test_neither_itself_nor_a_chain_is_joined(by):
    main, row = two(by)
    third = complaint("screening", by=by, about=main.mediator)
    with pytest.raises(Refused):
        actions.merge(row.pk, into=row, by=by, today=TODAY)
    actions.merge(row.pk, into=main, by=by, today=TODAY)
    with pytest.raises(Refused, match="join the other one"):
        actions.merge(main.pk, into=third, by=by, today=TODAY)


def test_a_failure_halfway_leaves_everything_as_it_was(by, monkeypatch):
    main, row = two(by)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(ledger, "append_all", fail)
    with pytest.raises(RuntimeError):
        actions.merge(row.pk, into=main, by=by, today=TODAY)
    row.refresh_from_db()
    assert (row.state, said(main, StatementKind.NOTICE)) == (S.SCREENING, [])
    assert row.clocks.filter(stopped_on=None).exists()


# --- Transfer -------------------------------------------------------------------------------------


def test_a_transfer_keeps_number_and_limit_and_takes_all_reading_away(by):
    row = accepted(by)
    other = make.division("330682")
    before = row.number, clock(row, "total_days").due_on
    actions.transfer(row.pk, division=other, by=by, today=TODAY, reason="属地管辖")
    row.refresh_from_db()
    assert (row.division, row.handler, row.state) == (other, None, S.ACCEPTED)
    assert (row.number, clock(row, "total_days").due_on) == before
    assert not row.grants.filter(until_on=None).exists()
    assert other.name in said(row, StatementKind.NOTICE)[-1]
    assert not Complaint.objects.within(by).filter(pk=row.pk).exists()
    new = handler("330682")
    assert actions.take_over(row.pk, by=new, today=TODAY).handler == new


@pytest.mark.parametrize(
    "state", [s for s in ComplaintState if s not in {*actions.TRANSFERABLE, *ENDED}]
)
def test_a_complaint_that_lies_with_a_unit_or_is_decided_is_not_passed_on(by, state):
    row = complaint(state, by=by)
    with pytest.raises(Refused, match="cannot be passed on"):
        actions.transfer(row.pk, division=make.division("3306"), by=by, today=TODAY)


def test_the_lead_passes_a_new_complaint_on_that_nobody_read(by):
    row, _code = received()
    lead = make.officer(Role.CITY_BUREAU, make.division("3306"))
    actions.transfer(row.pk, division=make.division("3306"), by=lead, today=TODAY)
    row.refresh_from_db()
    assert row.division.code == "3306"
    with pytest.raises(Refused, match="lies there already"):
        actions.transfer(row.pk, division=make.division("3306"), by=lead, today=TODAY)


def test_the_handlers_there_are_told_that_there_is_something_and_nothing_more(
    by, django_capture_on_commit_callbacks
):
    row = accepted(by)
    handler("330682", email="there@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        actions.transfer(row.pk, division=make.division("330682"), by=by, today=TODAY)
    (message,) = mail.outbox
    assert message.to == ["there@example.org"]
    assert row.number not in f"{message.subject}{message.body}"


def test_who_is_not_the_handler_passes_nothing_on(by):
    row, _code = received()
    with pytest.raises(actions.NotTheHandler):
        actions.transfer(row.pk, division=make.division("3306"), by=by, today=TODAY)


# --- Withdrawal -----------------------------------------------------------------------------------


def test_a_withdrawn_complaint_ends_with_all_its_limits(by):
    row = accepted(by)
    done = actions.withdraw_complaint(row.pk, by=by, today=TODAY)
    assert (done.state, done.closed_on) == (S.WITHDRAWN, TODAY)
    assert not ComplaintClock.objects.filter(complaint=row, stopped_on=None).exists()
    assert Complaint.objects.count() == 1


def test_serious_facts_go_on_as_a_lead_that_names_nobody(by):
    row = accepted(by)
    actions.withdraw_complaint(row.pk, facts="多次收受当事人财物。", by=by, today=TODAY)
    lead = Complaint.objects.exclude(pk=row.pk).get()
    assert (lead.state, lead.mode, lead.mediator) == (S.LEAD, "anonymous", row.mediator)
    assert said(lead, StatementKind.FACTS) == ["多次收受当事人财物。"]
    assert actions.may_read(lead, by)
    # That they belong together lies sealed in both, and nowhere else.
    assert [said(row, "note")[-1][-15:], said(lead, "note")[-1][-15:]] == [
        lead.number[-15:], row.number[-15:],
    ]  # fmt: skip
    assert row.number not in str(
        list(LedgerEntry.objects.of(lead).values_list("before", "after", "reason"))
    )
