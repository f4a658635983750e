"""Papers, exams and attempts step by step: who may take which step when, and what it leaves."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_exams
from tests.training.make_exams import HOUR, MINUTE, NOW, RIGHT, SECOND
from training import actions
from training.flows import ATTEMPT, EXAM, PAPER, AttemptState, ExamState, PaperState
from training.models import Exam, ExamCandidate, ExamExtension, TrainingPolicy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_english")]
WHY = {"reason": "Plan of the year."}


@pytest.fixture
def _english():
    translation.activate("en")


@pytest.fixture
def officer():
    return make.user()


# --- The matrices -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", PaperState)
@pytest.mark.parametrize("step", PAPER.steps)
def test_a_paper_takes_a_step_only_from_its_states(state, step):
    paper = make_exams.paper(["single"], state=state)

    assert (PAPER.refusals(paper, step, TODAY) == []) is (state in PAPER.steps[step].sources)


ALL_IS_OVER = NOW + 9 * HOUR


@pytest.mark.parametrize("state", ExamState)
@pytest.mark.parametrize("step", EXAM.steps)
def test_an_exam_takes_a_step_only_from_its_states(state, step):
    exam = make_exams.exam(state)
    now = NOW - 2 * HOUR if step in {"schedule", "take_back"} else ALL_IS_OVER

    assert (EXAM.refusals(exam, step, now) == []) is (state in EXAM.steps[step].sources)


@pytest.mark.parametrize("state", AttemptState)
@pytest.mark.parametrize("step", ATTEMPT.steps)
def test_an_attempt_takes_a_step_only_from_its_states(state, step):
    attempt = make_exams.attempt(state)
    attempt.items.update(score=0)
    attempt.void_asked_by = make.user()

    assert (ATTEMPT.refusals(attempt, step, NOW) == []) is (state in ATTEMPT.steps[step].sources)


# --- Papers -------------------------------------------------------------------------------------


def draft(**fields):
    fields = {
        "name": "卷",
        "division": make.division(),
        "kind": "drawn",
        "rule": "partial",
    } | fields
    return actions.add_paper(by=make.user(), today=TODAY, **WHY, **fields)


def test_a_blueprint_is_ready_when_the_bank_can_fill_it(officer):
    paper, note = draft(), {"by": officer, "today": TODAY, **WHY}
    actions.add_line(
        paper.pk, kind="single", topic=make_exams.topic(), difficulty=1, number=2,
        marks=Decimal(2), **note,
    )  # fmt: skip
    make_exams.question()

    with pytest.raises(Refused) as refused:
        actions.make_paper_ready(paper.pk, **note)
    make_exams.question()
    actions.make_paper_ready(paper.pk, **note)

    said = "law, single choice, difficulty 1 × 2: the bank is short of 1."
    assert refused.value.messages == [said]
    paper.refresh_from_db()
    assert paper.state == "ready"
    assert (paper.number_of_questions(), paper.full_marks()) == (2, Decimal(4))


def test_an_empty_paper_is_not_ready(officer):
    with pytest.raises(Refused, match="asks nothing yet"):
        actions.make_paper_ready(draft().pk, by=officer, today=TODAY, **WHY)


def test_questions_are_put_on_a_list_by_their_numbers_and_taken_off(officer):
    paper, note = draft(kind="fixed"), {"by": officer, "today": TODAY, **WHY}
    one, two = make_exams.question(), make_exams.question("essay")
    codes = [two.code, one.code]

    actions.add_questions(paper.pk, codes=codes, marks=Decimal(5), **note)
    actions.drop_question(paper.pk, code=two.code, **note)

    assert [item.version for item in paper.items.all()] == [one.current]
    assert paper.full_marks() == 5


def test_a_question_that_is_not_in_use_or_there_already_is_refused(officer):
    paper, note = draft(kind="fixed"), {"by": officer, "today": TODAY, **WHY}
    one, retired = make_exams.question(), make_exams.question(state="retired")
    actions.add_questions(paper.pk, codes=[one.code], marks=Decimal(5), **note)

    for codes, said in [([retired.code], "Not in use"), ([one.code], "already")]:
        with pytest.raises(Refused, match=said):
            actions.add_questions(paper.pk, codes=codes, marks=Decimal(5), **note)


def test_a_list_takes_no_lines_and_a_blueprint_no_questions(officer):
    note = {"by": officer, "today": TODAY, **WHY}

    with pytest.raises(Refused):
        actions.add_line(draft(kind="fixed").pk, number=1, marks=Decimal(1), **note)
    with pytest.raises(Refused):
        actions.add_questions(draft().pk, codes=["x"], marks=Decimal(1), **note)


def test_a_line_is_taken_off_a_draft_only(officer):
    paper, note = make_exams.drawn_paper({"number": 1}, state="draft"), {"by": officer, **WHY}
    line = paper.lines.get()

    actions.drop_line(paper.pk, line=line, today=TODAY, **note)

    assert paper.lines.count() == 0
    ready = make_exams.drawn_paper({"number": 1})
    with pytest.raises(Refused):
        actions.drop_line(ready.pk, line=ready.lines.get(), today=TODAY, **note)


@pytest.mark.parametrize(("state", "free"), [("scheduled", False), ("open", False),
                                             ("marking", False), ("released", True)])  # fmt: skip
def test_a_paper_is_not_touched_while_an_exam_uses_it(officer, state, free):
    paper = make_exams.exam(state).paper

    assert (PAPER.refusals(paper, "reopen", TODAY) == []) is free


# --- Scheduling and candidates ------------------------------------------------------------------


def schedule(exam, officer, *, now=NOW - 2 * HOUR):
    return actions.schedule_exam(exam.pk, by=officer, now=now, today=TODAY, **WHY)


def aged(years, *, days=0, **fields):
    """Somebody in post who turns so many years so many days after the exam."""
    born_on = date(TODAY.year - years, TODAY.month, TODAY.day) + days * DAY
    return make.appointment(make.mediator(born_on=born_on, **fields)).mediator


def test_scheduling_sets_the_figures_that_rule_and_keeps_them(officer):
    exam = make_exams.exam("draft", minutes=45)
    aged(40)
    schedule(exam, officer)
    TrainingPolicy.objects.filter(key="pass_mark").update(amount=99)

    exam.refresh_from_db()

    assert (exam.minutes, exam.pass_share, exam.grace_seconds) == (45, 60, 30)
    assert exam.resit_policy.key == "resit_gap"
    assert exam.policies.count() == 11
    assert LedgerEntry.objects.get(act="training.exam.schedule").actor == officer


@pytest.mark.parametrize(("before", "passes"), [(SECOND, True), (0 * SECOND, False)])
def test_an_exam_is_scheduled_before_it_begins(officer, before, passes):
    exam = make_exams.exam("draft")

    refusals = EXAM.refusals(exam, "schedule", exam.opens_at - before)

    assert (refusals == []) is passes


def test_an_exam_nobody_would_sit_is_not_scheduled(officer):
    exam = make_exams.exam("draft", purpose="pre_service")
    aged(40)

    with pytest.raises(Refused, match="Nobody in the division"):
        schedule(exam, officer)

    exam.refresh_from_db()
    assert exam.state == "draft"


@pytest.mark.parametrize(
    ("years", "days", "must", "may"),
    [
        (59, 0, True, False),
        (60, 1, True, False),
        (60, 0, True, True),
        (61, 1, True, True),
        (61, 0, False, True),
        (75, 0, False, True),
    ],
)
def test_the_age_says_who_must_and_who_may_and_sixty_is_in_both(officer, years, days, must, may):
    person = aged(years, days=days)
    exam = make_exams.exam("draft")

    schedule(exam, officer)

    place = ExamCandidate.objects.get(mediator=person)
    assert (place.must_sit, place.may_sit) == (must, may)


def test_candidates_are_those_in_post_in_the_division_each_once(officer):
    own, unknown = aged(40), make.appointment().mediator
    make.appointment(make.mediator(in_division=make.division("330682")))
    make.mediator(born_on=date(1990, 1, 1))
    aged(40, merged_into=own)
    left = make.appointment(make.mediator(), **make.left(TODAY)).mediator
    exam = make_exams.exam("draft")

    schedule(exam, officer)
    actions.fill_candidates(exam.pk, by=officer, today=TODAY, **WHY)

    people = set(exam.candidates.values_list("mediator", flat=True))
    assert people == {own.pk, unknown.pk}
    assert left.pk not in people
    assert exam.candidates.get(mediator=unknown).must_sit


@pytest.mark.parametrize("people", [1, 30])
def test_naming_candidates_takes_as_many_queries_for_one_as_for_thirty(
    officer, people, django_assert_num_queries
):
    exam = make_exams.exam("scheduled")
    for _each in range(people):
        aged(40)

    with django_assert_num_queries(12):
        actions.fill_candidates(exam.pk, by=officer, today=TODAY, **WHY)


def test_one_more_person_is_named_once(officer):
    exam, person = make_exams.exam("scheduled"), make.mediator()
    note = {"by": officer, "today": TODAY, "mediator": person, **WHY}
    actions.add_candidate(exam.pk, **note)

    with pytest.raises(Refused, match="already"):
        actions.add_candidate(exam.pk, **note)


def test_rooms_are_filled_in_order_and_must_hold_all(officer):
    exam = make_exams.exam("scheduled")
    places = [make_exams.candidate(exam) for _each in range(3)]
    note = {"by": officer, "today": TODAY, **WHY}

    with pytest.raises(Refused, match="fewer seats than the 3"):
        actions.set_rooms(exam.pk, rooms=[("一", 2)], **note)
    actions.set_rooms(exam.pk, rooms=[("一", 2), ("二", 5)], **note)

    rooms = [ExamCandidate.objects.get(pk=place.pk).room.name for place in places]
    assert rooms == ["一", "一", "二"]


@pytest.mark.parametrize(("at", "passes"), [(-SECOND, True), (0 * SECOND, False)])
def test_an_exam_is_taken_back_until_it_begins(at, passes):
    exam = make_exams.exam("scheduled")

    assert (EXAM.refusals(exam, "take_back", exam.opens_at + at) == []) is passes


@pytest.mark.parametrize(("at", "stage"), [(-SECOND, "scheduled"), (0 * SECOND, "open")])
def test_a_scheduled_exam_is_open_once_its_time_has_come(at, stage):
    exam = make_exams.exam("scheduled")

    assert exam.stage(exam.opens_at + at) == stage


# --- Incidents ----------------------------------------------------------------------------------


def extend(exam, officer, *, now=NOW, minutes=10, **concerned):
    return actions.extend_exam(
        exam.pk, by=officer, now=now, reason="停电", minutes=minutes, **concerned
    )


def test_an_incident_in_a_room_moves_the_deadline_of_those_in_it(officer):
    exam = make_exams.exam(minutes=30)
    room = make.saved(exam.rooms.model(exam=exam, name="一", seats=9))
    inside = make_exams.sitting(place=make_exams.candidate(exam, room=room))
    outside = make_exams.sitting(exam)
    waiting = make_exams.candidate(exam, room=room)
    before = inside.attempt.deadline_at

    extension = extend(exam, officer, room=room)

    assert inside.again().deadline_at == before + 10 * MINUTE
    assert inside.attempt.accepts_until == before + 10 * MINUTE + 30 * SECOND
    assert outside.again().deadline_at == before
    assert ExamCandidate.objects.get(pk=waiting.pk).extra_minutes == 10
    assert (extension.sitting, extension.concerned) == (1, 2)
    assert LedgerEntry.objects.get(act="training.exam.extend").reason == "停电"


@pytest.mark.parametrize(("after", "moves"), [(0, True), (1, False)])
def test_whose_time_has_run_out_gets_none_back(officer, after, moves):
    exam = make_exams.exam(minutes=5)
    sitting = make_exams.sitting(exam)
    now = sitting.attempt.accepts_until + after * SECOND

    if moves:
        assert extend(exam, officer, now=now).sitting == 1
    else:
        with pytest.raises(Refused, match="Nobody concerned"):
            extend(exam, officer, now=now)
    assert ExamExtension.objects.count() == moves


def test_after_the_papers_are_collected_no_time_is_given(officer):
    with pytest.raises(Refused, match="until the papers are collected"):
        extend(make_exams.exam("marking"), officer)


def test_two_persons_void_an_attempt(officer):
    sitting, second = make_exams.sitting(), make.user()
    pk = sitting.attempt.pk
    with pytest.raises(Refused, match="Nobody has proposed"):
        actions.void_attempt(pk, by=second, now=NOW, reason="x")
    actions.ask_void(pk, by=officer, today=TODAY, reason="夹带")

    with pytest.raises(Refused, match="Who proposed it"):
        actions.void_attempt(pk, by=officer, now=NOW, reason="属实")
    assert sitting.again().state == "in_progress"
    actions.void_attempt(pk, by=second, now=NOW, reason="属实")

    done = sitting.again()
    assert (done.state, done.void_reason, done.voided_by) == ("voided", "夹带", second)
    with pytest.raises(Refused, match="was voided"):
        sitting.answer("single", "k1")
    with pytest.raises(Refused, match="No attempt is left"):
        make_exams.sitting(place=done.candidate)


def test_the_database_wants_two_persons(officer):
    attempt = make_exams.attempt("voided")

    with pytest.raises(IntegrityError), transaction.atomic():
        type(attempt).objects.filter(pk=attempt.pk).update(voided_by=attempt.void_asked_by)


def test_what_is_proposed_can_be_turned_down_and_proposed_again(officer):
    pk = make_exams.sitting().attempt.pk
    for _twice in range(2):
        actions.ask_void(pk, by=officer, today=TODAY, reason="夹带")
        with pytest.raises(Refused):
            actions.ask_void(pk, by=officer, today=TODAY, reason="夹带")
        attempt = actions.drop_void(pk, by=make.user(), today=TODAY, reason="无据")
        assert (attempt.void_asked_by, attempt.void_reason) == (None, "")


# --- Collecting and releasing -------------------------------------------------------------------


@pytest.mark.parametrize(("at", "passes"), [(0 * SECOND, False), (SECOND, True)])
def test_papers_are_collected_after_the_window(at, passes):
    exam = make_exams.exam()

    assert (EXAM.refusals(exam, "collect", exam.closes_at + at) == []) is passes


@pytest.mark.parametrize(("after", "passes"), [(0, False), (1, True)])
def test_papers_are_not_collected_while_somebody_sits(officer, after, passes):
    exam = make_exams.exam()
    place = make_exams.candidate(exam, extra_minutes=20, extra_reason="视力")
    sitting = make_exams.sitting(place=place, now=NOW)
    sitting.answer("single", "k1")
    now = sitting.attempt.accepts_until + after * SECOND

    if passes:
        actions.collect_exam(exam.pk, by=officer, now=now, **WHY)
        assert (sitting.again().state, sitting.attempt.score) == ("marked", 2)
    else:
        with pytest.raises(Refused, match="still sitting"):
            actions.collect_exam(exam.pk, by=officer, now=now, **WHY)


def test_an_exam_nobody_opened_is_collected_all_the_same(officer):
    exam = make_exams.exam("scheduled")

    actions.collect_exam(exam.pk, by=officer, now=ALL_IS_OVER, **WHY)

    exam.refresh_from_db()
    assert exam.state == "marking"


def test_results_are_released_when_all_is_marked_and_the_share_passes(officer):
    exam = make_exams.exam(of=make_exams.paper(["single"] * 5, marks="1"), pass_share=60)
    sittings = [make_exams.sitting(exam) for _each in range(2)]
    for sitting, right in zip(sittings, [3, 2], strict=True):
        for position in range(1, right + 1):
            item = sitting.item(position)
            sitting.save(position, make_exams.shown(item, RIGHT["single"]))
        sitting.submit()
    actions.collect_exam(exam.pk, by=officer, now=ALL_IS_OVER, **WHY)

    asked_by = make.user()
    actions.ask_release(exam.pk, by=asked_by, now=ALL_IS_OVER, **WHY)
    actions.release_exam(exam.pk, by=officer, now=ALL_IS_OVER, **WHY)

    assert [sitting.again().state for sitting in sittings] == ["passed", "failed"]
    exam.refresh_from_db()
    assert (exam.released_at, exam.release_asked_at) == (ALL_IS_OVER, ALL_IS_OVER)
    assert (exam.release_asked_by, exam.released_by) == (asked_by, officer)
    acts = LedgerEntry.objects.filter(act__in=["training.attempt.pass", "training.attempt.fail"])
    assert acts.count() == 2


def test_results_wait_for_the_last_essay(officer):
    exam = make_exams.exam(of=make_exams.paper(["essay"]))
    sitting = make_exams.sitting(exam)
    sitting.answer("essay", "甲")
    actions.collect_exam(exam.pk, by=officer, now=ALL_IS_OVER, **WHY)

    with pytest.raises(Refused, match="not marked yet"):
        actions.ask_release(exam.pk, by=officer, now=ALL_IS_OVER, **WHY)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "nonsense"}, {"closes_at": NOW - timedelta(days=9)}, {"grace_seconds": None},
        {"pass_share": 0}, {"pass_share": 101}, {"attempts_allowed": 0}, {"state": "released"},
        {"released_at": NOW}, {"purpose": "x"},
    ],
)  # fmt: skip
def test_the_database_refuses_an_exam_that_cannot_be(fields):
    exam = make_exams.exam()

    with pytest.raises(IntegrityError), transaction.atomic():
        Exam.objects.filter(pk=exam.pk).update(**fields)


@pytest.mark.parametrize(
    "fields", [{"must_sit": False, "may_sit": False}, {"extra_minutes": 5, "extra_reason": ""}]
)
def test_the_database_refuses_a_candidate_that_cannot_be(fields):
    place = make_exams.candidate()

    with pytest.raises(IntegrityError), transaction.atomic():
        ExamCandidate.objects.filter(pk=place.pk).update(**fields)
