"""Sitting an exam: begun once, saved and acknowledged, never lost, never accepted late."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.make import TODAY
from tests.training import make_exams
from tests.training.make_exams import HOUR, MINUTE, NOW, RIGHT, SECOND
from training import actions
from training.actions.delivery import Misnumbered, TakenOver, TooLate
from training.flows import AttemptState
from training.models import AnswerSave, Attempt, AttemptItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_english")]
A = AttemptState


@pytest.fixture
def _english():
    from django.utils import translation  # noqa: PLC0415

    translation.activate("en")


@pytest.fixture
def sitting():
    return make_exams.sitting()


def start(place, *, now=NOW, device="device-one"):
    return actions.start_attempt(place.pk, by=place.mediator.user, device=device, now=now)


# --- Beginning ----------------------------------------------------------------------------------


def test_what_is_asked_is_frozen_and_can_be_made_again_from_the_seed():
    exam = make_exams.exam()
    one, same, other = (make_exams.sitting(exam, seed=seed).attempt for seed in (7, 7, 8))

    def asked(attempt):
        return list(attempt.items.values_list("version_id", "frozen"))

    assert asked(one) == asked(same)
    assert asked(one) != asked(other)
    assert sorted(v for v, _f in asked(one)) == sorted(v for v, _f in asked(other))


def test_a_later_wording_does_not_change_a_frozen_paper(sitting):
    item = sitting.item("single")
    question = item.version.question
    question.current = make.saved(
        type(item.version)(
            question=question, number=2, stem="新", content={"options": []},
            valid_from_on=TODAY, written_on=TODAY,
        )
    )  # fmt: skip
    make.saved(question)

    assert sitting.item("single").version == item.version


@pytest.mark.parametrize(
    ("at", "begins"),
    [(-HOUR - SECOND, False), (-HOUR, True), (HOUR - SECOND, True), (HOUR, False)],
)
def test_it_is_begun_within_its_window_only(at, begins):
    place = make_exams.candidate(make_exams.exam("scheduled"))

    if begins:
        assert start(place, now=NOW + at).state == A.IN_PROGRESS
        place.exam.refresh_from_db()
        assert place.exam.state == "open"
    else:
        with pytest.raises(Refused, match="cannot be begun now"):
            start(place, now=NOW + at)


@pytest.mark.parametrize("state", ["draft", "marking", "released", "archived"])
def test_it_is_begun_in_no_other_state(state):
    with pytest.raises(Refused):
        start(make_exams.candidate(make_exams.exam(state)))


def test_the_deadline_is_the_time_allowed_but_not_after_the_window_plus_what_was_granted():
    exam = make_exams.exam(minutes=30)
    early = make_exams.sitting(exam).attempt
    late = make_exams.sitting(exam, now=NOW + 45 * MINUTE).attempt
    more = make_exams.candidate(exam, extra_minutes=10, extra_reason="视力")
    granted = start(more, now=NOW + 45 * MINUTE)

    assert early.deadline_at == NOW + 30 * MINUTE
    assert late.deadline_at == NOW + HOUR
    assert granted.deadline_at == NOW + HOUR + 10 * MINUTE
    assert early.accepts_until == early.deadline_at + 30 * SECOND


def test_beginning_twice_is_beginning_once():
    place = make_exams.candidate()
    first = start(place)

    again = start(place, now=NOW + MINUTE, device="device-two")

    assert again == first
    assert again.device == "device-one"
    assert LedgerEntry.objects.filter(act="training.attempt.start").count() == 1


def test_the_database_lets_nobody_sit_twice_at_once(sitting):
    copy = Attempt.objects.get(pk=sitting.attempt.pk)
    copy.pk, copy.number = None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_no_more_attempts_than_allowed(sitting):
    sitting.submit()

    with pytest.raises(Refused, match="No attempt is left"):
        start(sitting.attempt.candidate, now=NOW + MINUTE)


@pytest.mark.parametrize(("days", "begins"), [(15, False), (16, True)])
def test_a_resit_waits_for_the_gap(days, begins):
    exam = make_exams.exam(attempts_allowed=2, closes_at=NOW + timedelta(days=30))
    sitting = make_exams.sitting(exam)
    sitting.submit()
    later = NOW + timedelta(days=days)

    if begins:
        assert start(sitting.attempt.candidate, now=later).number == 2
    else:
        with pytest.raises(Refused, match="gap"):
            start(sitting.attempt.candidate, now=later)


def test_a_drawn_paper_that_the_bank_cannot_fill_is_refused_by_line():
    of = make_exams.drawn_paper({"kind": "single", "number": 2}, {"kind": "essay", "number": 1})
    make_exams.question("single")
    make_exams.question("essay")

    with pytest.raises(Refused) as refused:
        start(make_exams.candidate(make_exams.exam(of=of)))

    assert refused.value.messages == ["single choice × 2: the bank is short of 1."]
    assert Attempt.objects.count() == 0


def test_drawn_papers_spare_what_was_used():
    of = make_exams.drawn_paper({"number": 2})
    for _each in range(6):
        make_exams.question()
    exam = make_exams.exam(of=of)

    for _each in range(3):
        make_exams.sitting(exam, seed=1)

    used = AttemptItem.objects.values_list("version", flat=True)
    assert len(set(used)) == 6


def test_only_questions_in_use_and_in_force_on_the_day_are_drawn():
    of = make_exams.drawn_paper({"number": 1})
    make_exams.question(state="reviewed")
    make_exams.question(valid_until_on=TODAY)
    make_exams.question(at=make.division("330682"))
    fit = make_exams.question(valid_until_on=TODAY + timedelta(days=1))

    drawn = make_exams.sitting(make_exams.exam(of=of)).attempt.items.get()

    assert drawn.version == fit.current


# --- Saving -------------------------------------------------------------------------------------


def test_every_save_is_acknowledged_by_number_and_kept(sitting):
    numbers = [sitting.answer("fill_in", text).sequence for text in ["一", "二", "三"]]

    kept = AnswerSave.objects.values_list("sequence", "value")
    assert numbers == [1, 2, 3]
    assert list(kept) == [(1, "一"), (2, "二"), (3, "三")]
    assert sitting.attempt.standing_answers() == {sitting.item("fill_in").pk: "三"}


def test_an_answer_can_be_cleared(sitting):
    sitting.answer("single", "k1")
    sitting.save(sitting.item("single").position, None)

    assert sitting.attempt.standing_answers() == {}
    assert AnswerSave.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("single", "k1"), ("single", ["k1"]), ("multiple", ["nothing"]), ("multiple", "k1"),
        ("matching", {"nothing": "x"}), ("matching", ["x"]), ("essay", "长" * 10_001),
        ("fill_in", {"a": 1}), ("numerical", 30),
    ],
)  # fmt: skip
def test_what_is_no_answer_to_the_question_is_refused(kind, value):
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper([*make_exams.CONTENT])))

    with pytest.raises(Refused, match="no answer to this question"):
        sitting.save(sitting.item(kind).position, value)
    assert AnswerSave.objects.count() == 0


@pytest.mark.parametrize(("after", "taken"), [(0, True), (30, True), (31, False)])
def test_nothing_is_taken_after_the_deadline_and_its_grace(sitting, after, taken):
    now = sitting.attempt.deadline_at + after * SECOND

    if taken:
        assert sitting.answer("single", "k1", now=now).sequence == 1
    else:
        with pytest.raises(TooLate, match="time is over"):
            sitting.answer("single", "k1", now=now)
        assert AnswerSave.objects.count() == 0
        assert sitting.again().state == A.MARKED


def test_the_same_thing_sent_again_is_acknowledged_again_and_kept_once(sitting):
    sent = {"client": "c" * 32, "number": 1}
    first = sitting.answer("single", "k1", **sent)
    late = sitting.attempt.accepts_until + HOUR

    again = [sitting.answer("single", "k1", now=now, **sent) for now in (NOW, NOW, late)]

    assert [one.sequence for one in again] == [first.sequence] * 3
    assert AnswerSave.objects.count() == 1
    assert sitting.again().sequence == 1


def test_a_number_used_for_something_else_is_told_and_nothing_is_acknowledged(sitting):
    sitting.answer("single", "k1", client="c", number=4)

    with pytest.raises(Misnumbered) as refused:
        sitting.answer("single", "k2", client="c", number=4)

    assert refused.value.next_number == 5
    assert AnswerSave.objects.count() == 1


def test_what_arrives_after_something_made_later_is_kept_and_does_not_stand(sitting):
    later = sitting.answer("fill_in", "后", client="c", number=2)
    earlier = sitting.answer("fill_in", "先", client="c", number=1)

    assert (later.overtaken, earlier.overtaken) == (False, True)
    assert list(sitting.attempt.standing_answers().values()) == ["后"]


def test_what_a_browser_kept_while_another_went_on_does_not_stand(sitting):
    sitting.answer("fill_in", "旧", client="one", number=1)
    actions.take_over(sitting.attempt.pk, by=sitting.user, device="device-two", now=NOW)
    sitting.answer("fill_in", "新", client="two", number=1, base=1, device="device-two")
    actions.take_over(sitting.attempt.pk, by=sitting.user, device="device-one", now=NOW)

    kept = sitting.answer("fill_in", "久", client="one", number=2, base=1)

    assert kept.overtaken
    assert list(sitting.attempt.standing_answers().values()) == ["新"]


def test_another_account_cannot_save(sitting):
    with pytest.raises(AttemptItem.DoesNotExist):
        actions.save_answer(
            sitting.attempt.pk, by=make.user(), position=1, value=None, device="device-one", now=NOW
        )


def test_a_question_is_put_off_and_taken_up_again(sitting):
    for wanted in (True, False):
        actions.put_off(
            sitting.attempt.pk, by=sitting.user, position=2, is_put_off=wanted,
            device="device-one", now=NOW,
        )  # fmt: skip
        assert sitting.item(2).is_put_off is wanted


# --- Another device -----------------------------------------------------------------------------


def test_a_second_device_takes_over_and_the_first_is_told(sitting):
    sitting.answer("single", "k1")

    actions.take_over(sitting.attempt.pk, by=sitting.user, device="device-two", now=NOW)

    with pytest.raises(TakenOver, match="another device"):
        sitting.answer("single", "k2")
    with pytest.raises(TakenOver):
        sitting.submit()
    assert sitting.answer("single", "k3", device="device-two").sequence == 2
    assert sitting.again().switches == 1
    assert LedgerEntry.objects.filter(act="training.attempt.take_over").count() == 1


def test_taking_over_from_oneself_changes_nothing(sitting):
    actions.take_over(sitting.attempt.pk, by=sitting.user, device="device-one", now=NOW)

    assert sitting.again().switches == 0


def test_nothing_is_taken_over_after_the_time(sitting):
    now = sitting.attempt.accepts_until + SECOND

    with pytest.raises(TooLate):
        actions.take_over(sitting.attempt.pk, by=sitting.user, device="x", now=now)

    assert sitting.again().how_it_ended == "time"


# --- Handing in ---------------------------------------------------------------------------------


def test_right_answers_have_full_marks_and_are_marked_at_once(sitting):
    for kind in make_exams.OBJECTIVE:
        sitting.answer(kind, RIGHT[kind])

    sitting.submit()

    done = sitting.again()
    assert (done.state, done.score, done.full_marks) == (A.MARKED, Decimal(12), Decimal(12))
    assert done.submitted_at == NOW
    assert sitting.item("multiple").answer == ["k1", "k2"]


def test_an_essay_waits_for_its_marker():
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper(["single", "essay"])))
    sitting.answer("essay", RIGHT["essay"])

    sitting.submit()

    assert sitting.again().state == A.SUBMITTED
    assert sitting.item("essay").score is None
    assert sitting.item("single").score == 0


def test_handing_in_twice_is_handing_in_once(sitting):
    sitting.submit()
    sitting.submit(now=NOW + MINUTE)

    assert sitting.again().submitted_at == NOW
    assert LedgerEntry.objects.filter(act="training.attempt.submit").count() == 1


def test_nothing_is_saved_after_handing_in(sitting):
    sitting.submit()

    with pytest.raises(TooLate, match="handed in already"):
        sitting.answer("single", "k1")


def test_when_the_time_is_over_it_is_handed_in_as_saved_with_nothing_running(sitting):
    sitting.answer("single", "k1")
    over = sitting.attempt.accepts_until + SECOND

    assert sitting.attempt.stage(over - SECOND) == A.IN_PROGRESS
    assert sitting.attempt.stage(over) == A.SUBMITTED
    assert list(Attempt.objects.expired(over)) == [sitting.attempt]
    assert list(Attempt.objects.running(over)) == []

    actions.settle(sitting.attempt.pk, now=over)
    done = sitting.again()
    assert (done.state, done.how_it_ended, done.score) == (A.MARKED, "time", Decimal(2))
    assert done.submitted_at == done.deadline_at


def test_an_attempt_with_time_left_is_not_settled(sitting):
    actions.settle(sitting.attempt.pk, now=sitting.attempt.accepts_until)

    assert sitting.again().state == A.IN_PROGRESS


def test_if_scoring_fails_nothing_is_handed_in(sitting, monkeypatch):
    AttemptItem.objects.filter(pk=sitting.item("single").pk).update(frozen={})
    sitting_answer = AnswerSave(
        attempt=sitting.attempt, item=sitting.item("single"), sequence=9, value="x",
        received_at=NOW,
    )  # fmt: skip
    sitting_answer.save()

    with pytest.raises(KeyError), transaction.atomic():
        sitting.submit()

    assert sitting.again().state == A.IN_PROGRESS


# --- Constraints --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "nonsense"},
        {"state": "submitted"},
        {"state": "marked", "submitted_at": NOW, "how_it_ended": "time"},
        {"submitted_at": NOW},
        {"score": Decimal(-1)},
        {"score": Decimal(13)},
        {"deadline_at": NOW - HOUR},
        {"accepts_until": NOW},
        {"state": "voided"},
        {"state": "submitted", "how_it_ended": "time", "submitted_at": NOW + 9 * HOUR},
    ],
)
def test_the_database_refuses_an_attempt_that_cannot_be(sitting, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=sitting.attempt.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"sequence": 1},
        {"client": "c", "client_sequence": 1},
        {"client": "d"},
        {"client_sequence": 3},
    ],
)
def test_the_database_refuses_a_save_that_cannot_be(sitting, fields):
    sitting.answer("single", "k1", client="c", number=1)
    row = {"sequence": 2, "client": "", "client_sequence": None, **fields}

    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerSave.objects.create(
            attempt=sitting.attempt, item=sitting.item("single"), received_at=NOW, **row
        )
