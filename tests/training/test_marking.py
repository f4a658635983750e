"""Essays: named markers, answers claimed one by one, nobody close, a third after divergence."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_exams, make_marking
from tests.training.make_marking import WHEN, WHY, again, in_marking, marked, named
from training import actions
from training.flows import MARKING, MarkingState
from training.models import Marking, Pairing, TrainingPolicy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_english")]
D = Decimal


@pytest.fixture
def _english():
    translation.activate("en")


@pytest.mark.parametrize("state", MarkingState)
@pytest.mark.parametrize("step", MARKING.steps)
def test_a_marking_takes_a_step_only_from_its_states(state, step):
    row = make_marking.marking(state)

    assert (MARKING.refusals(row, step, TODAY) == []) is (state in MARKING.steps[step].sources)


def test_two_near_marks_give_the_attempt_its_marks():
    exam, [sitting] = in_marking()
    one, two = named(exam, 2)

    marked(exam, one, 3)
    waiting = sitting.again().state
    marked(exam, two, 2.7)

    attempt = sitting.again()
    assert (waiting, attempt.state) == ("submitted", "marked")
    # Three of three points are ten marks, 2.7 are nine; the single choice gave ten.
    assert (sitting.item("essay").score, attempt.score) == (D("9.50"), D("19.50"))
    assert LedgerEntry.objects.filter(act="training.marking.mark").count() == 2


def test_marks_that_are_apart_call_a_third_and_the_two_nearest_count():
    exam, [sitting] = in_marking()
    one, two, three = named(exam, 3)
    marked(exam, one, 3)
    marked(exam, two, 1.5)
    assert sitting.again().state == "submitted"

    last = marked(exam, three, 1.2)

    assert last.round == 3
    assert sitting.item("essay").score == D("4.50")
    assert sitting.again().state == "marked"


@pytest.mark.parametrize(("second", "third_is_called"), [("2.4", False), ("2.39", True)])
def test_the_figure_of_the_exam_says_how_far_apart(second, third_is_called):
    exam, [sitting] = in_marking()
    one, two = named(exam, 2)
    marked(exam, one, 3)

    marked(exam, two, second)

    assert (sitting.item("essay").score is None) is third_is_called


def test_the_figures_kept_with_the_exam_rule_not_those_of_today():
    exam, [sitting] = in_marking()
    key = {"key": "markers_apart", "unit": "percent", "standing": "setting"}
    TrainingPolicy.objects.filter(key="markers_apart").update(until_on=TODAY - 9 * DAY)
    own = make.saved(TrainingPolicy(amount=90, from_on=TODAY - 9 * DAY, **key))
    exam.policies.add(own)
    one, two = named(exam, 2)
    marked(exam, one, 3)

    marked(exam, two, 0.5)

    assert sitting.item("essay").score is not None


def test_an_answer_goes_to_two_different_markers_and_then_to_nobody():
    exam, _sittings = in_marking()
    one, two, three = named(exam, 3)
    first = actions.claim_answer(exam.pk, by=one, **WHEN)
    second = actions.claim_answer(exam.pk, by=two, **WHEN)

    assert {first.round, second.round} == {1, 2}
    assert first.number != second.number
    with pytest.raises(Refused, match="No answer waits for you"):
        actions.claim_answer(exam.pk, by=three, **WHEN)


def test_whoever_asks_again_keeps_the_answer_in_hand():
    exam, _sittings = in_marking(sitters=2)
    one, _two = named(exam, 2)

    first = actions.claim_answer(exam.pk, by=one, **WHEN)

    assert actions.claim_answer(exam.pk, by=one, **WHEN) == first
    assert Marking.objects.count() == 1


def test_a_marker_gets_each_answer_once():
    exam, _sittings = in_marking(sitters=2)
    one, _two = named(exam, 2)
    items = {marked(exam, one, 1).item_id for _each in range(2)}

    assert len(items) == 2
    with pytest.raises(Refused, match="No answer waits for you"):
        actions.claim_answer(exam.pk, by=one, **WHEN)


def test_what_was_begun_by_one_is_finished_before_another_is_begun():
    exam, _sittings = in_marking(sitters=3)
    one, two = named(exam, 2)
    first = marked(exam, one, 1)

    assert actions.claim_answer(exam.pk, by=two, **WHEN).item == first.item


def test_blank_essays_and_voided_attempts_wait_for_nobody():
    exam, [sitting] = in_marking(essays=False)
    one, _two = named(exam, 2)
    other, [cheat] = in_marking()
    actions.ask_void(cheat.attempt.pk, by=make.user(), today=TODAY, **WHY)
    actions.void_attempt(cheat.attempt.pk, by=make.user(), now=WHEN["now"], **WHY)
    third, _fourth = named(other, 2)

    assert sitting.again().state == "marked"
    for of, marker in [(exam, one), (other, third)]:
        with pytest.raises(Refused, match="No answer waits for you"):
            actions.claim_answer(of.pk, by=marker, **WHEN)


def test_an_answer_in_hand_of_a_voided_attempt_is_not_marked():
    exam, [sitting] = in_marking()
    one, _two = named(exam, 2)
    row = actions.claim_answer(exam.pk, by=one, **WHEN)
    actions.ask_void(sitting.attempt.pk, by=make.user(), today=TODAY, **WHY)
    actions.void_attempt(sitting.attempt.pk, by=make.user(), now=WHEN["now"], **WHY)

    with pytest.raises(Refused, match="voided"):
        actions.mark_answer(row.pk, by=one, points=[D(1)], **WHEN)


# --- Who does not mark whom ---------------------------------------------------------------------


def test_nobody_marks_the_own_answer():
    exam, [sitting] = in_marking()
    _someone = named(exam, 2)
    actions.name_markers(
        exam.pk, by=make.user(), today=TODAY, users=[sitting.user, make.user()], **WHY
    )

    with pytest.raises(Refused, match="No answer waits for you"):
        actions.claim_answer(exam.pk, by=sitting.user, **WHEN)


def marker_who_is(person_of, exam):
    """A marker of the exam whose account is a mediator's, made by ``person_of``."""
    marker = make.user()
    person_of(make.mediator(user=marker))
    actions.name_markers(exam.pk, by=make.user(), today=TODAY, users=[marker, make.user()], **WHY)
    return marker


@pytest.mark.parametrize(
    ("state", "until_on", "barred"),
    [
        ("in_post", None, True),
        ("candidate", None, True),
        ("ended", TODAY + DAY, True),
        ("ended", TODAY, False),
        ("rejected", None, False),
    ],
)
def test_a_colleague_of_the_candidate_does_not_mark(state, until_on, barred):
    exam, [sitting] = in_marking()
    body = make.organization()
    fields = {"until_on": until_on, "ended_by": "resigned"} if state == "ended" else {}
    make.appointment(sitting.attempt.candidate.mediator, body, state=state, **fields)

    marker = marker_who_is(lambda own: make.appointment(own, body, state="in_post"), exam)

    found = actions.marking.answers_for(exam, marker, TODAY).exists()
    assert found is not barred


@pytest.mark.parametrize(
    ("ended_on", "barred"),
    [(None, True), (TODAY, True), (TODAY - 720 * DAY, True), (TODAY - 732 * DAY, False)],
)
def test_a_mentor_does_not_mark_the_apprentice_and_stands_back_for_months_after(ended_on, barred):
    exam, [sitting] = in_marking()
    policy = TrainingPolicy.objects.get(key="pairing_logs")

    def mentor(own):
        make.saved(
            Pairing(
                mentor=own, apprentice=sitting.attempt.candidate.mediator,
                from_on=TODAY - 900 * DAY, until_on=TODAY + 90 * DAY, logs_policy=policy,
                began_on=TODAY - 900 * DAY, ended_on=ended_on,
                state="completed" if ended_on else "active",
            )
        )  # fmt: skip

    marker = marker_who_is(mentor, exam)

    found = actions.marking.answers_for(exam, marker, TODAY).exists()
    assert found is not barred


# --- Markers ------------------------------------------------------------------------------------


def test_two_markers_at_least_are_named_and_it_is_in_the_ledger():
    exam, _sittings = in_marking()
    only = make.user()

    with pytest.raises(Refused, match="two markers at least"):
        actions.name_markers(exam.pk, by=make.user(), today=TODAY, users=[only], **WHY)
    users = named(exam, 2)

    entry = LedgerEntry.objects.get(act="training.exam.name_markers")
    assert entry.after == {"markers": sorted(user.pk for user in users)}


def test_who_is_no_marker_gets_nothing():
    exam, _sittings = in_marking(markers=2)

    with pytest.raises(Refused, match="not a marker"):
        actions.claim_answer(exam.pk, by=make.user(), **WHEN)


def test_before_the_papers_are_collected_nothing_is_marked():
    exam = make_exams.exam(of=make_exams.paper(["essay"]))
    make_marking.answered(exam)
    one, _two = named(exam, 2)

    with pytest.raises(Refused, match="not in marking"):
        actions.claim_answer(exam.pk, by=one, **WHEN)


def test_who_is_no_longer_named_gives_back_what_is_in_hand():
    exam, _sittings = in_marking()
    one, two = named(exam, 2)
    row = actions.claim_answer(exam.pk, by=one, **WHEN)

    actions.name_markers(
        exam.pk, by=make.user(), today=TODAY, users=[two, make.user()], **WHY
    )  # fmt: skip

    assert again(row).state == "returned"
    assert actions.claim_answer(exam.pk, by=two, **WHEN).round == 1


def test_an_answer_handed_back_goes_to_another_and_not_to_the_same_again():
    exam, _sittings = in_marking()
    one, two = named(exam, 2)
    row = actions.claim_answer(exam.pk, by=one, **WHEN)

    actions.hand_back(row.pk, by=one, today=TODAY, **WHY)

    with pytest.raises(Refused, match="No answer waits for you"):
        actions.claim_answer(exam.pk, by=one, **WHEN)
    assert actions.claim_answer(exam.pk, by=two, **WHEN).item == row.item


def test_after_the_release_no_markers_are_named():
    exam, _sittings = make_marking.released()

    with pytest.raises(Refused, match="until the results are released"):
        named(exam, 2)


# --- Marks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("points", [[D("-0.01")], [D("3.01")], [], [D(1), D(1)]])
def test_marks_beyond_the_guide_are_refused(points):
    row = make_marking.marking()

    with pytest.raises(Refused):
        actions.mark_answer(row.pk, by=row.marker, points=points, **WHEN)
    assert again(row).state == "claimed"


def test_what_is_in_anothers_hand_cannot_be_marked():
    row = make_marking.marking()

    with pytest.raises(Marking.DoesNotExist):
        actions.mark_answer(row.pk, by=make.user(), points=[D(1)], **WHEN)


def test_if_the_last_write_fails_nothing_is_marked(monkeypatch):
    exam, [sitting] = in_marking()
    one, two = named(exam, 2)
    marked(exam, one, 3)
    row = actions.claim_answer(exam.pk, by=two, **WHEN)

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions.marking, "finish", fail)
    with pytest.raises(RuntimeError):
        actions.mark_answer(row.pk, by=two, points=[D(3)], **WHEN)

    assert (again(row).state, sitting.item("essay").score) == ("claimed", None)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "x"},
        {"round": 4},
        {"state": "marked"},
        {"marks": 1},
        {"state": "marked", "marks": -1, "marked_at": WHEN["now"]},
    ],
)
def test_the_database_refuses_a_marking_that_cannot_be(fields):
    row = make_marking.marking()

    with pytest.raises(IntegrityError), transaction.atomic():
        Marking.objects.filter(pk=row.pk).update(**fields)


@pytest.mark.parametrize("same", ["round", "marker", "number"])
def test_the_database_refuses_the_same_twice(same):
    exam, _sittings = in_marking()
    one, two = named(exam, 2)
    first = actions.claim_answer(exam.pk, by=one, **WHEN)
    second = actions.claim_answer(exam.pk, by=two, **WHEN)

    with pytest.raises(IntegrityError), transaction.atomic():
        Marking.objects.filter(pk=second.pk).update(**{same: getattr(first, same)})
