"""The life of a pairing: every step from every state, every guard, both confirmations."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from registry.models import Appointment, LevelHolding
from registry.questions import Destination, touched_by_closing
from registry.rules import months_later
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_pairings as pairs
from training import actions
from training.flows import PAIRING, PairingState
from training.models import HourEntry, Pairing, PairingLog
from training.receivers import carry_out_a_pairing

pytestmark = pytest.mark.django_db
ALLOWED = {
    "proposed": {"accept", "decline", "terminate"},
    "accepted": {"begin", "terminate"},
    "declined": set(),
    "active": {"pause", "assess", "terminate"},
    "paused": {"resume", "terminate"},
    "assessed": {"complete", "extend", "fail", "terminate"},
    "completed": set(),
    "failed": set(),
    "terminated": set(),
}


@pytest.fixture(autouse=True)
def _figures(db):
    pairs.figures()


def took(name, made, **given):
    """Take a step as the officer."""
    act = {
        "accept": actions.accept_pairing, "decline": actions.decline_pairing,
        "begin": actions.begin_pairing, "pause": actions.pause_pairing,
        "resume": actions.resume_pairing, "assess": actions.assess_pairing,
        "complete": actions.complete_pairing, "extend": actions.extend_pairing,
        "fail": actions.fail_pairing, "terminate": actions.terminate_pairing,
    }[name]  # fmt: skip
    given = {
        "assess": {"result": "passed", "text": "熟练。"},
        "terminate": {"because": "mutual"},
        "extend": {"until_on": months_later(made.until_on, 6)},
    }.get(name, {}) | given
    given.setdefault("today", TODAY)
    return act(made.pk, by=make.user(), reason="-", **given)


@pytest.mark.parametrize("state", PairingState.values)
@pytest.mark.parametrize("name", PAIRING.steps)
def test_every_step_from_every_state(state, name):
    assert (state in PAIRING.steps[name].sources) is (name in ALLOWED[state])


def test_the_whole_life_from_proposal_to_completion():
    made = pairs.pairing("active")
    assert LedgerEntry.objects.of(made).count() == 4
    pairs.log(made)
    actions.assess_midterm(
        made.pk, by=make.user(), today=TODAY, reason="-", result="not_yet", text="继续。"
    )
    took("assess", made)
    took("complete", made)
    made.refresh_from_db()

    assert (made.state, made.ended_on) == ("completed", TODAY)
    credit = HourEntry.objects.get()
    assert (credit.mediator, credit.hours, credit.content_class) == (made.mentor, 10, "skills")


def refused(act, *args, **given):
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(*args, **given)
    return refusal.value.messages


def proposed(teacher, learner, **given):
    given = {"from_on": TODAY, "until_on": months_later(TODAY, 12), **given}
    return refused(
        actions.propose_pairing, by=make.user(), today=TODAY, reason="-", mentor=teacher,
        apprentice=learner, **given,
    )  # fmt: skip


def test_a_mentor_needs_the_level_the_years_and_a_post():
    learner = pairs.serving()

    assert len(proposed(pairs.mentor(rank=3), learner)) == 1
    assert len(proposed(pairs.mentor(since=months_later(TODAY, -36) + DAY), learner)) == 1
    left = pairs.mentor()
    Appointment.objects.filter(mediator=left).update(
        state="ended", ended_by="resigned", until_on=TODAY
    )
    assert len(proposed(left, learner)) == 1


def test_a_level_that_ran_out_is_no_level():
    teacher = pairs.mentor()
    LevelHolding.objects.filter(mediator=teacher).update(until_on=TODAY)

    assert len(proposed(teacher, pairs.serving())) == 1


def test_a_mentor_has_no_more_apprentices_than_the_figure_allows():
    teacher = pairs.mentor()
    for _each in range(3):
        pairs.pairing(teacher=teacher)

    assert len(proposed(teacher, pairs.serving())) == 1


def test_an_apprentice_has_one_mentor_at_a_time_in_the_database_too():
    made = pairs.pairing()
    made.pk, made.mentor = None, pairs.mentor()

    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_nobody_is_the_mentor_of_oneself():
    teacher = pairs.mentor()

    with pytest.raises(ValidationError):
        actions.propose_pairing(
            by=make.user(), today=TODAY, reason="-", mentor=teacher, apprentice=teacher,
            from_on=TODAY, until_on=months_later(TODAY, 12),
        )  # fmt: skip


def test_there_are_no_circles_for_who_learns_does_not_teach():
    first, second = pairs.mentor(), pairs.mentor()
    pairs.pairing(teacher=first, learner=second)

    assert len(proposed(second, pairs.serving())) == 1
    assert len(proposed(pairs.mentor(), first)) == 1


def test_a_pairing_lies_within_both_terms():
    learner = pairs.serving(term_until_on=months_later(TODAY, 12) - DAY)

    assert len(proposed(pairs.mentor(), learner)) == 1
    assert proposed(pairs.mentor(), learner, until_on=months_later(TODAY, 5))
    pairs.pairing(learner=learner, until_on=months_later(TODAY, 11))


def test_a_mentor_who_lost_the_level_meanwhile_cannot_accept():
    made = pairs.pairing()
    LevelHolding.objects.filter(mediator=made.mentor).update(until_on=TODAY)

    assert len(refused(took, "accept", made)) == 1


def test_nothing_begins_without_agreement_and_plan():
    made = pairs.pairing("accepted", plan="")
    assert len(refused(took, "begin", made)) == 2
    pairs.sign(made)
    assert len(refused(took, "begin", made)) == 1
    actions.change_pairing(
        made.pk, by=make.user(), today=TODAY, reason="-", revision=made.revision,
        from_on=made.from_on, until_on=made.until_on, plan=pairs.PLAN,
    )  # fmt: skip

    assert took("begin", made).state == "active"


def test_a_log_counts_when_both_sides_confirmed_it():
    made = pairs.pairing("active")
    log = actions.write_log(
        made.pk, by=make.user(), writer=made.apprentice, today=TODAY, kind="talk",
        done_on=made.from_on, text="谈话。",
    )  # fmt: skip
    assert made.logs_missing(TODAY) == 1
    actions.confirm_log(log.pk, by=make.user(), writer=made.mentor, today=TODAY)
    actions.confirm_log(log.pk, by=make.user(), writer=made.mentor, today=TODAY + DAY)

    log.refresh_from_db()
    assert log.confirmed_by_mentor_on == TODAY
    assert made.logs_missing(TODAY) == 0


@pytest.mark.parametrize("offset", [-1, 365])
def test_a_log_lies_within_the_pairing_and_not_ahead(offset):
    made = pairs.pairing("active")

    for day in [made.from_on + offset * DAY, TODAY + DAY]:
        assert refused(
            actions.write_log, made.pk, by=make.user(), writer=made.mentor, today=TODAY,
            kind="talk", done_on=day, text="谈话。",
        )  # fmt: skip


def test_nobody_else_writes_or_confirms_a_log():
    made = pairs.pairing("active")
    log = pairs.log(made, by_mentor=False)

    assert refused(actions.confirm_log, log.pk, by=make.user(), writer=pairs.serving(), today=TODAY)
    assert refused(
        actions.write_log, made.pk, by=make.user(), writer=pairs.serving(), today=TODAY,
        kind="talk", done_on=made.from_on, text="-",
    )  # fmt: skip
    assert not PairingLog.objects.counting().exists()


def test_the_final_assessment_waits_for_logs_and_midterm():
    made = pairs.pairing("active")
    assert len(refused(took, "assess", made)) == 2
    pairs.log(made)
    assert len(refused(took, "assess", made)) == 1


def assessed(result):
    made = pairs.pairing("active")
    pairs.log(made)
    actions.assess_midterm(
        made.pk, by=make.user(), today=TODAY, reason="-", result="passed", text="好。"
    )
    took("assess", made, result=result)
    return made


def test_who_was_not_found_ready_is_extended_once_and_not_completed():
    made = assessed("not_yet")
    assert refused(took, "complete", made)
    took("extend", made)
    made.refresh_from_db()
    assert (made.state, made.extended) == ("active", True)
    pairs.set_state(made, "assessed")

    assert refused(took, "extend", made, until_on=months_later(made.until_on, 1))


def test_who_was_found_ready_is_not_extended():
    assert refused(took, "extend", assessed("passed"))


def test_an_extension_does_not_run_past_the_longest_pairing():
    made = assessed("not_yet")

    assert refused(took, "extend", made, until_on=months_later(made.from_on, 36) + DAY)
    assert took("extend", made, until_on=months_later(made.from_on, 36)).state == "active"


def test_a_midterm_assessment_is_made_once():
    made = assessed("not_yet")
    pairs.set_state(made, "active")

    assert refused(
        actions.assess_midterm, made.pk, by=make.user(), today=TODAY, reason="-",
        result="passed", text="-",
    )  # fmt: skip


def test_a_change_of_mentor_closes_the_old_pairing_the_day_before():
    made = pairs.pairing("active")
    pairs.log(made)
    other = pairs.mentor()
    new = actions.change_mentor(made.pk, by=make.user(), today=TODAY, reason="-", mentor=other)
    made.refresh_from_db()

    assert (made.ended_on, made.ended_because) == (TODAY - DAY, "mentor_changed")
    assert (new.follows, new.mentor, new.until_on, new.state) == (
        made, other, made.until_on, "proposed",
    )  # fmt: skip
    assert made.logs.count() == 1


def test_if_the_new_mentor_may_not_teach_the_old_pairing_goes_on():
    made = pairs.pairing("active")

    assert refused(
        actions.change_mentor, made.pk, by=make.user(), today=TODAY, reason="-",
        mentor=pairs.serving(),
    )  # fmt: skip
    made.refresh_from_db()
    assert made.state == "active"


def test_a_mentor_who_left_leaves_an_orphan_whether_or_not_anybody_noticed():
    made = pairs.pairing("active")
    assert not Pairing.objects.orphaned(TODAY).exists()
    Appointment.objects.filter(mediator=made.mentor).update(
        state="ended", ended_by="resigned", until_on=TODAY + DAY
    )

    assert not Pairing.objects.orphaned(TODAY).exists()
    assert list(Pairing.objects.orphaned(TODAY + DAY)) == [made]


@pytest.mark.parametrize(
    ("on", "recused"), [(date(2028, 11, 22), True), (date(2028, 11, 23), False)]
)
def test_a_mentor_stands_back_while_it_lasts_and_some_months_after(on, recused):
    made = pairs.pairing("active")
    took("terminate", made)

    assert Pairing.objects.recusing(on, 24).exists() is recused


def test_a_proposal_that_was_declined_recuses_nobody():
    took("decline", pairs.pairing())

    assert not Pairing.objects.recusing(TODAY, 24).exists()


def test_a_deregistration_asks_about_pairings_and_ends_or_leaves_them():
    made = pairs.pairing("active")
    body = made.mentor.appointments.get().organization
    touched = [t for t in touched_by_closing(body, TODAY) if t.subject_type == "training.pairing"]
    assert [t.destinations for t in touched] == [(Destination.END, Destination.HAND_OVER)]

    class Item:
        subject_type, subject_id = "training.pairing", str(made.pk)
        destination = Destination.HAND_OVER

    told = {"item": Item, "by": make.user(), "today": TODAY, "reason": "-"}
    assert carry_out_a_pairing(None, **told)
    made.refresh_from_db()
    assert made.state == "active"
    Item.destination = Destination.END
    assert carry_out_a_pairing(None, **told)
    made.refresh_from_db()
    assert made.ended_because == "closed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "other"},
        {"state": "terminated", "ended_on": TODAY},
        {"state": "terminated", "ended_because": "mutual"},
        {"ended_on": TODAY},
        {"until_on": date(2020, 1, 1)},
        {"ended_because": "mutual"},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong):
    made = pairs.pairing()

    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.filter(pk=made.pk).update(**wrong)


def test_what_was_done_on_a_day_is_noted_once():
    made = pairs.pairing("active")
    pairs.log(made, done_on=made.from_on)

    with pytest.raises(IntegrityError), transaction.atomic():
        pairs.log(made, done_on=made.from_on)
