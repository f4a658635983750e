"""Keys corrected by two persons, appeals, resits: what moves, what is recorded, who is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from office.clocks import Calendar
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_exams, make_marking
from tests.training.make_exams import HOUR, NOW
from tests.training.make_marking import OVER, WHEN, WHY, again, in_marking, marked, named, released
from training import actions
from training.flows import APPEAL, REKEY, AppealState, RekeyState
from training.models import Appeal, Attempt, AttemptItem, Exam, Rekey, Remark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_english")]
D = Decimal


@pytest.fixture
def _english():
    translation.activate("en")


@pytest.mark.parametrize("state", RekeyState)
@pytest.mark.parametrize("step", REKEY.steps)
def test_a_correction_takes_a_step_only_from_its_states(state, step):
    row = make_marking.rekey("proposed" if state == "confirmed" else state)
    row.state = state

    assert (REKEY.refusals(row, step, TODAY) == []) is (state in REKEY.steps[step].sources)


@pytest.mark.parametrize("state", AppealState)
@pytest.mark.parametrize("step", APPEAL.steps)
def test_an_appeal_takes_a_step_only_from_its_states(state, step):
    row = make_marking.appeal(state)

    assert (APPEAL.refusals(row, step, TODAY) == []) is (state in APPEAL.steps[step].sources)


# --- Keys corrected -----------------------------------------------------------------------------


def proposed(exam, kind="full_marks", *, question="single", **given):
    item = exam.attempts.first().items.get(version__question__kind=question)
    return actions.propose_rekey(
        exam.pk, by=make.user(), today=TODAY, version=item.version, kind=kind, **given, **WHY
    )


def confirmed(rekey):
    return actions.confirm_rekey(rekey.pk, by=make.user(), **WHEN, **WHY)


def states(sittings):
    return [(sitting.again().state, sitting.attempt.score) for sitting in sittings]


def test_another_key_turns_the_results_round_with_a_record_for_each():
    exam, sittings = released(rights=[True, False])
    sitting = sittings[1]
    AttemptItem.objects.filter(attempt=sitting.attempt).update(answer="k2")

    row = confirmed(proposed(exam, "key", right=["k2"]))

    assert states(sittings) == [("failed", 0), ("passed", 10)]
    told = Remark.objects.order_by("attempt").values_list(
        "before", "after", "result_before", "result_after", "items", "to_tell"
    )
    assert list(told) == [
        (10, 0, "passed", "failed",
         [{"position": 1, "before": "10.00", "after": "0.00"}], True),
        (0, 10, "failed", "passed",
         [{"position": 1, "before": "0.00", "after": "10.00"}], True),
    ]  # fmt: skip
    steps = ["training.attempt.fail_after_all", "training.attempt.pass_after_all"]
    entries = LedgerEntry.objects.filter(act__in=steps).order_by("act")
    assert [entry.before["state"] for entry in entries] == ["passed", "failed"]
    assert row.remarks.count() == 2


def test_the_version_that_was_asked_is_never_changed_and_the_bank_goes_on_with_the_new_one():
    exam, sittings = released()
    version = sittings[0].item(1).version

    row = confirmed(proposed(exam, "key", right=["k2"]))

    assert again(version).content == version.content
    assert (row.key_version.number, row.key_version.stem) == (2, version.stem)
    assert again(version.question).current == row.key_version
    assert sittings[0].item(1).version == version


def test_a_second_correction_starts_from_the_first():
    exam, sittings = released()
    confirmed(proposed(exam, "key", right=["k2"]))

    with pytest.raises(Refused, match="the key it has"):
        proposed(exam, "key", right=["k2"])
    confirmed(proposed(exam, "key", right=["k1"]))

    assert states(sittings) == [("passed", 10)]
    assert Remark.objects.count() == 2


def test_full_marks_to_all_reach_even_the_blank_and_the_essay():
    exam, sittings = in_marking(["single", "essay"], sitters=1, right=())

    confirmed(proposed(exam))
    confirmed(proposed(exam, question="essay"))

    assert states(sittings) == [("marked", 20)]


def test_what_is_left_out_counts_in_neither_the_marks_nor_the_full_marks():
    exam, sittings = in_marking(["single", "true_false"])

    confirmed(proposed(exam, "left_out", question="true_false"))

    assert states(sittings) == [("marked", 10)]
    assert sittings[0].attempt.full_marks == 10


def test_the_last_question_is_not_left_out():
    exam, _sittings = in_marking(["single"])

    with pytest.raises(Refused, match="no question left"):
        proposed(exam, "left_out")


def test_who_proposed_it_does_not_put_it_in_force_but_may_take_it_back():
    row = make_marking.rekey()

    with pytest.raises(Refused, match="does not decide it"):
        actions.confirm_rekey(row.pk, by=row.proposed_by, **WHEN, **WHY)
    assert Remark.objects.count() == 0
    actions.drop_rekey(row.pk, by=row.proposed_by, **WHEN, **WHY)
    assert again(row).state == "dropped"


def test_an_attempt_that_does_not_change_has_no_record():
    exam, sittings = released(rights=[True, False])

    confirmed(proposed(exam))

    assert [remark.attempt for remark in Remark.objects.all()] == [sittings[1].attempt]
    assert states(sittings) == [("passed", 10), ("passed", 10)]


def test_before_the_release_nobody_is_told_and_a_voided_attempt_stays():
    exam, sittings = in_marking(["single"], sitters=2, right=())
    cheat = sittings[1].attempt.pk
    actions.ask_void(cheat, by=make.user(), today=TODAY, **WHY)
    actions.void_attempt(cheat, by=make.user(), now=OVER, **WHY)

    confirmed(proposed(exam))

    assert [(one.attempt_id, one.to_tell) for one in Remark.objects.all()] == [
        (sittings[0].attempt.pk, False)
    ]
    assert sittings[1].again().score == 0


@pytest.mark.parametrize("kind", ["essay", "matching"])
def test_some_kinds_can_only_be_cancelled(kind):
    exam, _sittings = in_marking(["single", kind])

    with pytest.raises(Refused, match="only be cancelled"):
        proposed(exam, "key", question=kind, right=["k2"])


def test_one_correction_of_a_question_is_proposed_at_a_time():
    exam, _sittings = in_marking(["single", "true_false"])
    proposed(exam)

    with pytest.raises(ValidationError, match="proposed already"):
        proposed(exam)
    with pytest.raises(Refused, match="waits for the second person"):
        actions.ask_release(exam.pk, by=make.user(), now=OVER, **WHY)


@pytest.mark.parametrize("state", ["open", "archived"])
def test_keys_are_corrected_neither_while_it_is_sat_nor_in_the_archive(state):
    exam, _sittings = released()
    never = ["released_at", "released_by", "release_asked_by", "release_asked_at"]
    undone = dict.fromkeys(never) if state == "open" else {}
    Exam.objects.filter(pk=exam.pk).update(state=state, **undone)

    with pytest.raises(Refused, match="between the collection"):
        proposed(exam)


def test_if_the_ledger_fails_no_mark_has_moved(monkeypatch):
    exam, sittings = released(rights=[False])
    row = proposed(exam)

    def fail(_entries):
        raise RuntimeError

    monkeypatch.setattr(actions.remarking.ledger, "append_all", fail)
    with pytest.raises(RuntimeError):
        confirmed(row)
    monkeypatch.undo()

    assert (again(row).state, states(sittings)) == ("proposed", [("failed", 0)])
    assert Remark.objects.count() == 0


def test_marking_anew_takes_as_many_queries_for_one_as_for_twelve():
    counted = []
    for sitters in [1, 12]:
        exam, _sittings = released(rights=[False] * sitters)
        row = proposed(exam)
        with CaptureQueriesContext(connection) as queries:
            confirmed(row)
        counted.append(len(queries))

    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "x"}, {"kind": "x"}, {"reason": ""}, {"state": "confirmed"},
        {"decided_at": OVER},
    ],
)  # fmt: skip
def test_the_database_refuses_a_correction_that_cannot_be(fields):
    row = make_marking.rekey()

    with pytest.raises(IntegrityError), transaction.atomic():
        Rekey.objects.filter(pk=row.pk).update(**fields)


def test_the_database_wants_a_second_person():
    row = make_marking.rekey()
    fields = {"state": "confirmed", "decided_by": row.proposed_by, "decided_at": OVER}

    with pytest.raises(IntegrityError), transaction.atomic():
        Rekey.objects.filter(pk=row.pk).update(**fields)


# --- Appeals ------------------------------------------------------------------------------------


def last_day(exam):
    return exam.appeal_deadline(Calendar.load()).due_on


@pytest.mark.parametrize(("after", "passes"), [(0, True), (1, False)])
def test_a_result_is_appealed_against_until_the_last_day(after, passes):
    exam, [sitting] = released(rights=[False])
    filing = {"by": sitting.user, "today": last_day(exam) + after * DAY, "text": "请复核"}

    if passes:
        appeal = actions.file_appeal(sitting.attempt.pk, **filing)
        assert (appeal.state, appeal.due_on > filing["today"]) == ("open", True)
    else:
        with pytest.raises(Refused, match="days to appeal are over"):
            actions.file_appeal(sitting.attempt.pk, **filing)


def test_five_working_days_after_the_release_is_the_last():
    exam, _sittings = released()

    # Released on Monday, 23 November 2026.
    assert last_day(exam) == TODAY + 7 * DAY


def test_an_appeal_sent_twice_is_one_appeal():
    appeal = make_marking.appeal()
    user = appeal.attempt.candidate.mediator.user

    again_sent = actions.file_appeal(appeal.attempt_id, by=user, today=TODAY, text="又一次")

    assert (again_sent, Appeal.objects.get().text) == (appeal, "请复核。")


def test_nobody_appeals_for_another_or_before_the_release():
    _exam, [sitting] = in_marking(["single"])
    appealing = {"today": TODAY, "text": "-"}

    with pytest.raises(Refused, match="no result"):
        actions.file_appeal(sitting.attempt.pk, by=sitting.user, **appealing)
    with pytest.raises(Attempt.DoesNotExist):
        actions.file_appeal(sitting.attempt.pk, by=make.user(), **appealing)


def upheld(appeal, *, by=None, marks=None, **given):
    marks = {1: D(10)} if marks is None else marks
    return actions.uphold_appeal(
        appeal.pk, by=by or make.user(), marks=marks, **WHEN, **WHY | given
    )


def test_an_upheld_appeal_changes_marks_and_result_and_leaves_a_record():
    appeal = make_marking.appeal()

    upheld(appeal)

    appeal = again(appeal)
    remark = appeal.remark
    assert (appeal.state, appeal.decision, appeal.attempt.state) == ("upheld", WHY["reason"],
                                                                     "passed")  # fmt: skip
    assert (remark.before, remark.after, remark.result_after, remark.to_tell) == (
        0, 10, "passed", True,
    )  # fmt: skip
    assert LedgerEntry.objects.filter(act="training.appeal.uphold").count() == 1


@pytest.mark.parametrize(
    ("marks", "said"),
    [({1: D(0)}, "if none change"), ({}, "if none change"), ({1: D("10.01")}, "no more than"),
     ({1: D("-1")}, "no less than")],
)  # fmt: skip
def test_to_uphold_is_to_change_marks_within_the_question(marks, said):
    appeal = make_marking.appeal()

    with pytest.raises(Refused, match=said):
        upheld(appeal, marks=marks)
    assert (again(appeal).state, Remark.objects.count()) == ("open", 0)


def test_who_marked_the_attempt_does_not_decide():
    exam, [sitting] = in_marking()
    one, two = named(exam, 2)
    for marker in [one, two]:
        marked(exam, marker, 1)
    make_exams.release(exam, now=OVER, **WHY)
    appeal = make_marking.appeal(sitting=sitting)

    for decide in [
        upheld,
        lambda row, by: actions.reject_appeal(row.pk, by=by, today=TODAY, **WHY),
    ]:
        with pytest.raises(Refused, match="Who marked"):
            decide(appeal, by=one)
    upheld(appeal, marks={sitting.item("essay").position: D(9)})

    assert sitting.again().score == 19


def test_the_candidate_does_not_decide():
    appeal = make_marking.appeal()

    with pytest.raises(Refused, match="too close"):
        upheld(appeal, by=appeal.attempt.candidate.mediator.user)


def test_a_rejected_appeal_changes_nothing_but_itself():
    appeal = make_marking.appeal()

    actions.reject_appeal(appeal.pk, by=make.user(), today=TODAY, **WHY)

    appeal = again(appeal)
    assert (appeal.state, appeal.decided_on, appeal.attempt.state) == ("rejected", TODAY, "failed")
    assert Remark.objects.count() == 0


def test_what_an_appeal_gave_no_correction_takes_away():
    exam, [sitting] = released(rights=[False])
    upheld(make_marking.appeal(sitting=sitting), marks={1: D(7)})

    confirmed(proposed(exam, "key", right=["k2"]))

    assert sitting.again().score == 7


def test_an_open_appeal_keeps_the_exam_out_of_the_archive():
    appeal = make_marking.appeal()

    with pytest.raises(Refused, match="still open"):
        actions.archive_exam(appeal.attempt.exam_id, by=make.user(), now=OVER, **WHY)


def test_what_was_read_is_told_no_more():
    appeal = make_marking.appeal()
    upheld(appeal)
    user = appeal.attempt.candidate.mediator.user

    actions.acknowledge_result(appeal.attempt_id, by=user, now=OVER)

    assert Remark.objects.to_tell().count() == 0
    assert again(appeal).read_at == OVER


@pytest.mark.parametrize(
    "fields", [{"state": "x"}, {"text": ""}, {"state": "upheld"}, {"decided_on": TODAY}]
)
def test_the_database_refuses_an_appeal_that_cannot_be(fields):
    row = make_marking.appeal()

    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=row.pk).update(**fields)


# --- Resits and certificates --------------------------------------------------------------------


def resit(exam, opens_at):
    window = {"opens_at": opens_at, "closes_at": opens_at + HOUR}
    return actions.announce_resit(
        exam.pk, by=make.user(), today=TODAY, title="补考", **window, **WHY
    )


# The window closed on 23 November; fifteen days later is Tuesday, 8 December.
GAP = timedelta(days=15)


@pytest.mark.parametrize(("after", "passes"), [(GAP, False), (GAP + DAY, True)])
def test_a_resit_begins_after_the_gap(after, passes):
    exam, _sittings = released(rights=[False])

    if passes:
        assert resit(exam, NOW + after).resit_of == exam
    else:
        with pytest.raises(Refused, match="before the gap"):
            resit(exam, NOW + after)


def test_the_candidates_of_a_resit_are_those_who_failed():
    exam, sittings = released(rights=[True, False])
    failed = sittings[1].attempt.candidate.mediator
    # Somebody who is a candidate of another exam as well is named once.
    make_exams.candidate(make_exams.exam(), failed)
    make.appointment(state="in_post")

    row = resit(exam, NOW + 30 * DAY)
    actions.schedule_exam(row.pk, by=make.user(), now=OVER, today=TODAY, **WHY)

    assert [place.mediator for place in row.candidates.all()] == [failed]
    assert (row.paper, row.pass_share) == (exam.paper, exam.pass_share)


def test_nobody_resits_what_nobody_failed_or_is_not_released():
    for exam, said in [(released()[0], "Nobody failed"), (in_marking()[0], "not out")]:
        with pytest.raises(Refused, match=said):
            resit(exam, NOW + 30 * DAY)


def test_a_second_attempt_within_the_window_needs_the_gap():
    exam = make_exams.exam(attempts_allowed=2, closes_at=NOW + 40 * DAY)
    first = make_exams.sitting(exam)
    first.submit()
    place = first.attempt.candidate

    with pytest.raises(Refused, match="gap"):
        make_exams.sitting(place=place, now=NOW + GAP)
    assert make_exams.sitting(place=place, now=NOW + GAP + DAY).attempt.number == 2


def test_who_passed_is_found_for_the_certificates():
    exam, sittings = released(rights=[True, False])
    released()

    assert list(Attempt.objects.passed_of(exam)) == [sittings[0].again()]
    assert Attempt.objects.counted().filter(exam=exam).count() == 2
