"""What the holder of a code does: within the time, once, sealed, and with an entry."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from complaints import actions, vault
from complaints.actions.following import MOST_A_DAY, MOST_FILES
from complaints.flows import COMPLAINT, ComplaintState
from complaints.models import ClockPause, Evidence, Milestone, Sending, Statement
from complaints.notices.progress import STATES, STEPS
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.complaints.make_complaints import figures, handler, received, said
from tests.complaints.make_following import KEY, ask, clocks, held, put, term
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = "补充：当时王某某也在场。"
ASKS = {
    "review": (actions.ask_review, "replied", "in_review", "review_ask_days", "review_days"),
    "recheck": (actions.ask_recheck, "reviewed", "in_recheck", "recheck_ask_days", "recheck_days"),
}


@pytest.fixture(autouse=True)
def _figures():
    figures()


def picture(name="录音截图.png"):
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue())


def acts(complaint):
    """The last parts of the entries about a complaint."""
    rows = LedgerEntry.objects.filter(subject_id=str(complaint.pk)).order_by("sequence")
    return [row.act.rpartition(".")[2] for row in rows if row.subject_type.endswith("complaint")]


def test_material_that_was_waited_for_lets_the_case_go_on_and_the_clock_run_again():
    complaint, _code = received(today=make.date(2026, 9, 14))
    put(complaint, "awaiting_material")
    actions.start_clock(complaint, "material_days", today=make.date(2026, 9, 15))
    actions.pause_clocks(complaint, "accept_days", today=make.date(2026, 9, 15), why="material")

    after = actions.add_material(
        complaint.pk, submission=KEY, text=TEXT, files=[picture()], today=make.date(2026, 9, 17)
    )

    assert after.state == ComplaintState.SCREENING
    assert said(complaint, "addition") == [TEXT]
    assert [name for _row, name in vault.files(complaint)] == ["录音截图.png"]
    assert clocks(complaint) == {"accept_days"}
    assert ClockPause.objects.get().until_on == make.date(2026, 9, 17)
    assert acts(complaint)[-2:] == ["add_material", "go_on"]
    assert Milestone.objects.get(complaint=complaint).step == "go_on"


def test_material_for_a_suspended_case_is_kept_but_the_case_stands_still():
    complaint, _code = held("awaiting_material", fields={"suspended_on": TODAY})
    after = actions.add_material(complaint.pk, submission=KEY, text=TEXT, today=TODAY)
    assert after.state == ComplaintState.AWAITING_MATERIAL
    assert said(complaint, "addition") == [TEXT]


@pytest.mark.parametrize("state", ["received", "accepted", "assigned", "replied", "lead"])
def test_anywhere_else_material_is_an_addition_that_the_handler_has_not_read(state):
    complaint, _code = held(state, mode="anonymous")
    after = actions.add_material(complaint.pk, submission=KEY, text=TEXT, today=TODAY)
    assert after.state == state
    assert Sending.objects.get().read_on is None
    actions.mark_read(complaint, today=TODAY + DAY)
    assert Sending.objects.get().read_on == TODAY + DAY


@pytest.mark.parametrize("state", ["rejected", "closed", "withdrawn"])
def test_to_a_case_that_has_ended_nothing_is_added(state):
    complaint, _code = held(state)
    with pytest.raises(Refused):
        actions.add_material(complaint.pk, submission=KEY, text=TEXT, today=TODAY)
    assert said(complaint, "addition") == []


@pytest.mark.parametrize(("lead_state", "takes"), [("assigned", True), ("closed", False)])
def test_to_a_joined_case_things_are_added_while_the_one_it_was_joined_to_is_handled(
    lead_state, takes
):
    lead, _code = held(lead_state)
    complaint, _code = held("merged", fields={"merged_into": lead})
    assert ("add" in actions.open_acts(complaint, TODAY)) is takes
    if takes:
        actions.add_material(complaint.pk, submission=KEY, text=TEXT, today=TODAY)
        assert (said(complaint, "addition"), said(lead, "addition")) == ([TEXT], [])


def test_the_same_form_sent_again_adds_nothing_and_another_one_does():
    complaint, _code = held("accepted")
    for _click in range(3):
        actions.add_material(
            complaint.pk, submission=KEY, text=TEXT, files=[picture()], today=TODAY
        )
    assert (Statement.objects.filter(kind="addition").count(), Evidence.objects.count()) == (1, 1)
    assert acts(complaint).count("add_material") == 1
    actions.add_material(complaint.pk, submission="b" * 32, text=TEXT, today=TODAY)
    assert said(complaint, "addition") == [TEXT, TEXT]


def test_a_file_that_cannot_be_kept_takes_the_words_and_the_other_file_with_it():
    complaint, _code = held("awaiting_material")
    broken = SimpleUploadedFile("x.pdf", b"no pdf at all")
    with pytest.raises(ValidationError):
        actions.add_material(
            complaint.pk, submission=KEY, text=TEXT, files=[picture(), broken], today=TODAY
        )
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.AWAITING_MATERIAL
    assert (said(complaint, "addition"), Evidence.objects.count()) == ([], 0)


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch):
    complaint, _code = held("awaiting_material")

    def failing(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("complaints.actions.handling.resume_clocks", failing)
    with pytest.raises(RuntimeError):
        actions.add_material(complaint.pk, submission=KEY, text=TEXT, today=TODAY)
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.AWAITING_MATERIAL
    assert (said(complaint, "addition"), Sending.objects.count()) == ([], 0)


def test_a_complaint_takes_so_many_files_and_so_many_sendings_a_day():
    complaint, _code = held("accepted")
    many = [picture() for _number in range(MOST_FILES)]
    actions.add_material(complaint.pk, submission=KEY, files=many, today=TODAY)
    with pytest.raises(Refused):
        actions.add_material(complaint.pk, submission="b" * 32, files=[picture()], today=TODAY)
    for number in range(1, MOST_A_DAY):
        actions.add_material(complaint.pk, submission=f"{number:032}", text=TEXT, today=TODAY)
    with pytest.raises(Refused):
        actions.add_material(complaint.pk, submission="c" * 32, text=TEXT, today=TODAY)
    actions.add_material(complaint.pk, submission="c" * 32, text=TEXT, today=TODAY + DAY)


def test_a_question_is_answered_once_and_the_second_click_is_no_fault():
    complaint, _code = held("accepted")
    question = ask(complaint)
    for _click in range(2):
        actions.answer_question(complaint.pk, question.pk, submission=KEY, text=TEXT, today=TODAY)
    assert said(complaint, "addition") == [TEXT]
    assert question.answer.statement.kind == "addition"
    with pytest.raises(Refused):
        actions.answer_question(
            complaint.pk, question.pk, submission="b" * 32, text="另一个回答", today=TODAY
        )


def test_what_is_no_question_to_this_complaint_cannot_be_answered():
    complaint, _code = held("accepted")
    other, _code = held("accepted")
    facts = complaint.statements.get(kind="facts")
    for row in (ask(other), facts):
        with pytest.raises(Refused):
            actions.answer_question(complaint.pk, row.pk, submission=KEY, text=TEXT, today=TODAY)
    assert not Sending.objects.exists()


@pytest.mark.parametrize("what", ASKS)
def test_the_last_day_of_the_term_belongs_to_it(what):
    ask_for, state, target, asked_in, decided_in = ASKS[what]
    for days, passes in [(0, True), (1, False)]:
        complaint, _code = held(state)
        last = term(complaint, asked_in, TODAY).due_on
        term(complaint, "close_days", TODAY)
        today = last + days * DAY
        assert (f"ask_{what}" in actions.open_acts(complaint, today)) is passes
        if not passes:
            with pytest.raises(Refused):
                ask_for(complaint.pk, text=TEXT, today=today)
            assert said(complaint, "review") == []
            assert clocks(complaint) == {"accept_days", asked_in, "close_days"}
            continue
        assert ask_for(complaint.pk, text=TEXT, today=today).state == target
        assert said(complaint, "review") == [TEXT]
        assert clocks(complaint) == {"accept_days", decided_in}


def test_a_term_that_cannot_be_counted_yet_bars_nobody():
    complaint, _code = held("replied")
    clock = term(complaint, "review_ask_days", make.date(2027, 12, 20))
    assert clock.is_provisional
    after = actions.ask_review(complaint.pk, text=TEXT, today=make.date(2028, 1, 10))
    assert after.state == ComplaintState.IN_REVIEW


@pytest.mark.parametrize("what", ASKS)
def test_a_review_asked_for_twice_is_asked_for_once(what):
    ask_for, state, target, _asked_in, _decided_in = ASKS[what]
    complaint, _code = held(state)
    for _click in range(2):
        assert ask_for(complaint.pk, text=TEXT, today=TODAY).state == target
    assert said(complaint, "review") == [TEXT]
    assert acts(complaint).count(f"ask_{what}") == 1


@pytest.mark.parametrize("name", ["ask_review", "ask_recheck", "reopen", "withdraw_by_code"])
def test_each_step_is_taken_from_its_states_only(name):
    act, step = getattr(actions, name), COMPLAINT.steps[name.removesuffix("_by_code")]
    person, officer = make.appointment().mediator, handler()
    for state in [state for state in ComplaintState if state != "merged"]:
        complaint, _code = held(state, about=person, fields={"by": officer})
        possible = state in step.sources
        assert (step.name in actions.open_acts(complaint, TODAY)) is possible, state
        try:
            after = act(complaint.pk, text=TEXT, today=TODAY)
        except Refused:
            assert not possible, state
        else:
            # What was done already is done, a second time as well.
            assert possible or state == step.target
            assert after.state == step.target


def test_satisfaction_is_told_when_there_is_a_reply():
    person, officer = make.appointment().mediator, handler()
    for state in ComplaintState:
        complaint, _code = held(state, about=person, fields={"by": officer})
        allowed = state in {"replied", "reviewed", "final", "closed"}
        assert ("rate" in actions.open_acts(complaint, TODAY)) is allowed, state
        if not allowed:
            with pytest.raises(Refused):
                actions.rate(complaint.pk, score=4, today=TODAY)


def test_satisfaction_is_told_once():
    complaint, _code = held("replied")
    assert actions.rate(complaint.pk, score=4, today=TODAY).satisfaction == 4
    assert actions.rate(complaint.pk, score=1, today=TODAY).satisfaction == 4
    assert acts(complaint).count("rate") == 1
    assert LedgerEntry.objects.latest("sequence").after == {"satisfaction": 4}


@pytest.mark.parametrize("score", [0, 6])
def test_no_mark_lies_outside_1_to_5(score):
    complaint, _code = held("closed")
    with pytest.raises(ValidationError):
        actions.rate(complaint.pk, score=score, today=TODAY)


def test_a_closed_case_is_opened_again_once_with_its_limits_started_anew():
    result = {"result": "unfounded", "final_on": TODAY}
    complaint, _code = held("closed", fields=result)
    actions.stop_clock(complaint, "accept_days", today=TODAY)
    later = TODAY + 3 * DAY

    for _click in range(2):
        after = actions.reopen(complaint.pk, text=TEXT, today=later)

    assert (after.state, after.is_reopened, after.closed_on) == ("screening", True, None)
    assert (after.result, after.final_on) == ("", None)
    assert said(complaint, "addition") == [TEXT]
    running = complaint.clocks.get(stopped_on=None)
    assert (running.key, running.start_on) == ("accept_days", later)
    put(complaint, "closed", closed_on=later)
    with pytest.raises(Refused):
        actions.reopen(complaint.pk, text=TEXT, today=later)


def test_a_hotline_ticket_opened_again_runs_under_its_own_limit_as_well():
    complaint, _code = held("closed", channel="hotline", source_number="T1")
    actions.reopen(complaint.pk, text=TEXT, today=TODAY)
    assert clocks(complaint) == {"accept_days", "hotline_days"}


def test_a_withdrawal_stops_every_clock_even_of_a_suspended_case():
    complaint, _code = held("assigned", fields={"suspended_on": TODAY})
    actions.pause_clocks(complaint, today=TODAY, why="suspended")
    for _click in range(2):
        after = actions.withdraw_by_code(complaint.pk, today=TODAY, text=TEXT)
    assert (after.state, after.closed_on, after.suspended_on) == ("withdrawn", TODAY, None)
    assert clocks(complaint) == set()
    assert said(complaint, "addition") == [TEXT]


def test_every_state_and_every_step_has_its_words():
    assert set(STEPS) == set(COMPLAINT.steps)
    assert {*STATES, ComplaintState.MERGED} == set(ComplaintState)


def test_no_entry_says_a_word_of_what_was_said_or_who_did_it():
    complaint, _code = held("awaiting_material")
    question = ask(complaint)
    actions.add_material(
        complaint.pk, submission=KEY, text=TEXT, files=[picture("王某某.png")], today=TODAY
    )
    actions.answer_question(complaint.pk, question.pk, submission=KEY[1:], text=TEXT, today=TODAY)
    for state, act in [("replied", actions.ask_review), ("closed", actions.reopen)]:
        put(complaint, state)
        act(complaint.pk, text=TEXT, today=TODAY)
    actions.withdraw_by_code(put(complaint, "accepted", closed_on=None).pk, text=TEXT, today=TODAY)
    rows = LedgerEntry.objects.filter(subject_id=str(complaint.pk), subject_type__endswith="aint")
    told = [
        row
        for row in rows
        if row.act.rpartition(".")[2] in {*complaint.flow.steps, "add_material", "answer"}
    ]
    assert len(told) == 6
    assert {row.actor for row in told} == {None}
    whole = "".join(f"{row.reason}{row.before}{row.after}{row.evidence}" for row in told)
    assert "王某某" not in whole
    assert "补充" not in whole


def test_of_a_destroyed_case_nothing_more_can_be_done_and_nothing_breaks():
    complaint, _code = held("replied")
    vault.destroy(complaint, today=TODAY)
    with pytest.raises(Refused, match="destroyed"):
        actions.ask_review(complaint.pk, text=TEXT, today=TODAY)
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.REPLIED
