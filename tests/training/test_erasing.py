"""When a person is erased, what training wrote about the person goes; what was decided stays."""

import pytest

from office.desk.history import told
from office.models import LedgerEntry
from registry.actions.erasures import NAMELESS
from registry.questions import person_is_erased
from tests import make
from tests.make import TODAY
from tests.training import make_marking, make_pairings
from tests.training.make_marking import again
from training.models import Appeal, ExamCandidate, PairingLog

pytestmark = pytest.mark.django_db


def erase(mediator):
    person_is_erased.send(
        type(mediator), mediator=mediator, by=make.user(), today=TODAY, reason="Time over."
    )


@pytest.mark.parametrize(("state", "decision"), [("open", ""), ("rejected", NAMELESS)])
def test_the_grounds_of_an_appeal_go_and_its_state_stays(state, decision):
    appeal = make_marking.appeal(state)
    Appeal.objects.filter(pk=appeal.pk).update(text="本人章丽娟不服。")

    erase(appeal.attempt.candidate.mediator)

    row = again(appeal)
    assert (row.text, row.decision, row.state) == (NAMELESS, decision, state)
    assert row.erased_on == TODAY
    assert "请复核。" not in str(told(LedgerEntry.objects.of(row)))


def test_the_appeals_of_others_stay():
    one, other = make_marking.appeal(), make_marking.appeal()

    erase(one.attempt.candidate.mediator)

    assert again(other).text == "请复核。"
    assert again(other).erased_on is None


def test_a_second_erasure_is_told_once():
    appeal = make_marking.appeal()

    for _time in range(2):
        erase(appeal.attempt.candidate.mediator)

    assert LedgerEntry.objects.filter(act="training.appeal.erase").count() == 1


def test_why_somebody_got_more_minutes_goes_and_the_minutes_stay():
    appeal = make_marking.appeal()
    place = appeal.attempt.candidate
    ExamCandidate.objects.filter(pk=place.pk).update(extra_minutes=30, extra_reason="右手骨折。")

    erase(place.mediator)

    assert (again(place).extra_minutes, again(place).extra_reason) == (30, NAMELESS)


def test_the_name_is_taken_out_of_what_master_and_apprentice_wrote():
    make_pairings.figures()
    pairing = make_pairings.pairing("active")
    person = pairing.apprentice
    log = make.saved(
        PairingLog(pairing=pairing, kind="talk", done_on=TODAY, text=f"与{person.name}谈话。")
    )

    erase(person)

    assert again(log).text == f"与{NAMELESS}谈话。"
