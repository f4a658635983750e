"""A decision is reviewed by another person of the next higher body, and is final when none asks."""

import pytest
from django.db import IntegrityError, transaction

from complaints import actions
from complaints.models import CaseGrant, Complaint, Decision, Reply, Review
from complaints.queries.facts import final, founded_about, upheld_against
from office.flow import Refused
from registry.models import Mediator
from tests import make
from tests.complaints.make_complaints import figures, handler
from tests.complaints.make_decisions import (
    FOUNDED,
    REASONS,
    TEXTS,
    UNFOUNDED,
    asked_until,
    decided,
    fresh,
    in_recheck,
    in_review,
    outside,
    rechecked,
    replied,
    reviewed,
    reviewer,
    taken_up,
)
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
EARLIER = TODAY - 60 * DAY


@pytest.fixture(autouse=True)
def _figures(db, in_english):
    figures()


def looking(row, by, **given):
    return {"by": by, "today": TODAY, "outcome": "upheld", "reasons": REASONS, **TEXTS} | given


def is_final(row, today=TODAY):
    return final(Complaint.objects.filter(pk=row.pk), today).exists()


# --- Who reviews --------------------------------------------------------------------------------


def test_somebody_of_the_next_higher_body_takes_a_review_up_and_may_read_the_case():
    row = in_review()
    by = reviewer()
    actions.take_up_review(row.pk, by=by, today=TODAY)
    actions.take_up_review(row.pk, by=by, today=TODAY)
    assert CaseGrant.objects.get(user=by).part == "reviewer"


def test_a_colleague_in_the_same_body_reviews_nothing():
    row = in_review()
    with pytest.raises(Refused) as refused:
        actions.take_up_review(row.pk, by=handler(), today=TODAY)
    assert refused.value.messages == ["A review is decided by the next higher body."]
    assert CaseGrant.objects.count() == 1


def test_whoever_handled_or_decided_it_does_not_review_it_from_a_higher_post():
    by = reviewer()
    row = in_review(by=by)
    with pytest.raises(Refused) as refused:
        actions.take_up_review(row.pk, by=by, today=TODAY)
    said = "Whoever handled, approved or decided the complaint does not review it."
    assert refused.value.messages == [said]
    with pytest.raises(Refused):
        actions.review(row.pk, **looking(row, by))
    assert fresh(row).state == "in_review"


def test_whoever_approved_something_of_it_does_not_review_it():
    row, by = in_review(), reviewer()
    grant = actions.give_access(row, by, "second", by=row.handler, today=TODAY)
    CaseGrant.objects.filter(pk=grant.pk).update(until_on=TODAY)
    with pytest.raises(Refused):
        actions.take_up_review(row.pk, by=by, today=TODAY)


def test_whoever_approved_the_sheet_does_not_review_it():
    row, by = in_review(), reviewer()
    row.sheets.update(approved_by=by)
    with pytest.raises(Refused):
        actions.take_up_review(row.pk, by=by, today=TODAY)


def test_whoever_has_to_do_with_it_does_not_review_it():
    row, by = in_review(), reviewer()
    person = row.mediator
    person.user = by
    person.save()
    with pytest.raises(Refused):
        actions.take_up_review(row.pk, by=by, today=TODAY)


def test_a_review_is_decided_by_whoever_took_it_up():
    row = in_review()
    with pytest.raises(Refused):
        actions.review(row.pk, **looking(row, reviewer()))
    assert fresh(row).state == "in_review"


def test_a_review_nobody_asked_for_is_not_taken_up():
    with pytest.raises(Refused):
        actions.take_up_review(replied().pk, by=reviewer(), today=TODAY)


# --- What comes of it ---------------------------------------------------------------------------


def test_a_decision_that_is_upheld_stands_and_both_sides_are_told():
    row, by = taken_up()
    actions.review(row.pk, **looking(row, by))
    assert fresh(row).state == "reviewed"
    assert row.decisions.get().stands
    told = Reply.objects.filter(review__isnull=False)
    assert sorted(told.values_list("to", flat=True)) == ["complainant", "respondent"]
    assert row.clocks.get(key="review_days").stopped_on == TODAY
    assert row.clocks.get(key="recheck_ask_days").stopped_on is None
    assert Review.objects.get().body == "Division 3306司法局"


def test_a_decision_that_is_changed_gives_way_and_what_it_asked_for_is_lifted():
    row, by = taken_up(measures=["criticism"])
    given = looking(row, by, outcome="changed", items=UNFOUNDED)
    actions.review(row.pk, **given)
    old, new = row.decisions.order_by("pk")
    assert (old.stands, new.stands, new.stage, new.result) == (False, True, "review", "unfounded")
    assert old.consequences.get().state == "lifted"
    assert not new.consequences.exists()


def test_what_a_changed_decision_asks_for_is_opened():
    row = reviewed("changed", items=FOUNDED, measures=["order"])
    assert row.decisions.get(stands=True).consequences.get().kind == "order"


def test_a_complaint_to_be_investigated_again_loses_its_decision_and_its_limits_start_anew():
    row, by = taken_up(measures=["criticism"])
    actions.look_again(row.pk, by=by, today=TODAY, reasons=REASONS)
    assert fresh(row).state == "accepted"
    decision = row.decisions.get()
    assert (decision.stands, decision.consequences.get().state) == (False, "lifted")
    running = set(row.clocks.filter(stopped_on=None).values_list("key", flat=True))
    assert {"assign_days", "total_days"} <= running
    assert not {"review_days", "review_ask_days"} & running
    assert Review.objects.get().outcome == "sent_back"


def test_a_review_does_not_name_the_complainant_to_the_other_side():
    row, by = taken_up()
    with pytest.raises(Refused):
        actions.review(row.pk, **looking(row, by, to_respondent="钱一民的投诉"))
    assert fresh(row).state == "in_review"
    assert not Review.objects.exists()


def test_a_re_review_is_recorded_with_its_paper_and_is_final():
    row = in_recheck()
    actions.recheck(row.pk, by=row.handler, today=TODAY, **outside())
    row = fresh(row)
    assert row.state == "final"
    record = row.reviews.get(stage="recheck")
    assert (record.number, record.body) == ("浙司复〔2026〕8号", "浙江省司法厅")
    assert record.paper.complaint == row
    with record.paper.file.open("rb") as kept:
        assert b"%PDF" not in kept.read()
    assert is_final(row)


def test_a_re_review_that_changes_the_decision_puts_another_in_its_place():
    row = rechecked(outcome="changed", items=UNFOUNDED)
    assert row.decisions.get(stands=True).stage == "recheck"
    assert row.decisions.get(stands=True).result == "unfounded"


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY - DAY])
def test_a_re_review_was_neither_made_ahead_nor_before_the_review(day):
    row = in_recheck()
    with pytest.raises(Refused) as refused:
        actions.recheck(row.pk, by=row.handler, today=TODAY, **outside(decided_on=day))
    assert list(refused.value.message_dict) == ["decided_on"]
    assert fresh(row).state == "in_recheck"


def test_the_database_refuses_a_re_review_without_a_paper_or_a_change_without_a_decision():
    rechecked()
    for wrong in [{"paper": None}, {"number": ""}, {"outcome": "changed"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.filter(stage="recheck").update(**wrong)


# --- When it is final ---------------------------------------------------------------------------


def test_the_last_day_to_ask_still_counts_and_the_day_after_it_is_final():
    row = replied(on=EARLIER)
    last = asked_until(row)
    assert not is_final(row, last)
    assert is_final(row, last + DAY)


def test_after_a_review_it_is_final_when_the_time_for_a_re_review_is_over():
    row = reviewed()
    last = asked_until(row, "recheck_ask_days")
    assert not is_final(row, last)
    assert is_final(row, last + DAY)


@pytest.mark.parametrize("state", ["decided", "in_review", "in_recheck"])
def test_what_waits_for_somebody_is_not_final_however_long(state):
    row = {"decided": decided, "in_review": in_review, "in_recheck": in_recheck}[state](on=EARLIER)
    assert not is_final(row, TODAY + 400 * DAY)


def test_a_limit_that_cannot_be_counted_yet_is_not_over():
    row = replied(on=EARLIER)
    row.clocks.filter(key="review_ask_days").update(due_on=None, is_provisional=True)
    assert not is_final(row, TODAY + 400 * DAY)


def test_of_several_times_to_ask_the_last_one_counts():
    row = replied(on=EARLIER)
    row.clocks.update(stopped_on=TODAY)
    actions.start_clock(row, "review_ask_days", today=TODAY)
    assert not is_final(row, TODAY)


def test_it_is_closed_only_when_nobody_can_ask_any_more():
    row = replied(on=EARLIER)
    last = asked_until(row)
    with pytest.raises(Refused) as refused:
        actions.close(row.pk, by=row.handler, today=last, reason="办结。")
    assert refused.value.messages == ["A review can still be asked for."]
    actions.close(row.pk, by=row.handler, today=last + 9 * DAY, reason="办结。")
    row = fresh(row)
    assert (row.state, row.closed_on) == ("closed", last + 9 * DAY)
    assert (row.result, row.final_on) == ("founded", last + DAY)
    assert not row.clocks.filter(stopped_on=None, task=None).exists()


def test_both_sides_may_be_done_before():
    row = replied()
    actions.close_early(row.pk, by=row.handler, today=TODAY, reason="双方均表示不申请复查。")
    row = fresh(row)
    assert (row.state, row.result, row.final_on) == ("closed", "founded", TODAY)


def test_a_lead_is_closed_without_a_result():
    row = decided()
    Complaint.objects.filter(pk=row.pk).update(state="lead")
    Decision.objects.update(stands=False)
    actions.close(row.pk, by=row.handler, today=TODAY, reason="线索已核查。")
    assert (fresh(row).result, fresh(row).final_on) == ("", None)
    assert not is_final(row)


def test_after_a_re_review_it_is_final_since_that_day():
    row = rechecked()
    actions.close(row.pk, by=row.handler, today=TODAY, reason="办结。")
    assert fresh(row).final_on == TODAY


# --- The fact -----------------------------------------------------------------------------------


def counted(row, since, until, today):
    people = founded_about(Mediator.objects.filter(pk=row.mediator_id), since, until, today)
    return people.get().founded_complaints


def test_a_founded_complaint_is_a_fact_only_when_it_is_final():
    row = replied(on=EARLIER)
    last, ever = asked_until(row), (EARLIER - 400 * DAY, TODAY + 400 * DAY)
    assert counted(row, *ever, last) == 0
    assert counted(row, *ever, last + DAY) == 1
    assert upheld_against(Mediator.objects.all(), EARLIER, last + DAY) == {row.mediator_id}
    assert upheld_against(Mediator.objects.all(), EARLIER, last) == set()


def test_it_counts_in_the_span_in_which_it_became_final():
    row = replied(on=EARLIER)
    became = asked_until(row) + DAY
    later = became + 99 * DAY
    assert counted(row, became, became + DAY, later) == 1
    assert counted(row, became - DAY, became, later) == 0
    assert counted(row, became + DAY, later, later) == 0


def test_an_unfounded_one_is_no_fact_and_one_changed_by_a_review_neither():
    row = replied(UNFOUNDED, on=EARLIER)
    ever = (EARLIER - 400 * DAY, TODAY + 400 * DAY)
    assert counted(row, *ever, TODAY + 200 * DAY) == 0
    other = rechecked(outcome="changed", items=UNFOUNDED)
    assert counted(other, *ever, TODAY + 200 * DAY) == 0


def test_several_are_counted_in_one_query_and_each_person_for_itself(django_assert_num_queries):
    first = replied(on=EARLIER)
    replied(on=EARLIER, about=first.mediator)
    other = make.appointment().mediator
    span = (EARLIER, TODAY + 200 * DAY, TODAY + 200 * DAY)
    with django_assert_num_queries(1):
        found = dict(
            founded_about(Mediator.objects.all(), *span).values_list("pk", "founded_complaints")
        )
    assert (found[first.mediator_id], found[other.pk]) == (2, 0)


def test_a_closed_one_counts_from_the_day_it_became_final():
    row = replied()
    actions.close_early(row.pk, by=row.handler, today=TODAY, reason="双方均表示不申请复查。")
    assert counted(row, TODAY, TODAY + DAY, TODAY) == 1
    assert counted(row, TODAY - DAY, TODAY, TODAY) == 0
