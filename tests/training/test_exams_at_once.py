"""Two devices, two sendings, two officers at the same moment: one of them counts, none is lost."""

import threading

import pytest
from django.db import connection

from office.flow import Refused
from tests import make
from tests.training import make_exams
from tests.training.make_exams import NOW, SECOND
from training import actions
from training.actions.delivery import TakenOver, TooLate
from training.models import AnswerSave, Attempt

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Start all acts at the same moment; return what came of each, in their order."""
    meet, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            meet.wait()
            outcomes[place] = act()
        except Refused as refused:
            outcomes[place] = type(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_clicks_at_once_begin_one_attempt():
    place = make_exams.candidate(make_exams.exam("scheduled"))
    user = place.mediator.user

    begun = at_once(*[lambda: actions.start_attempt(place.pk, by=user, device="one", now=NOW)] * 3)

    assert {attempt.pk for attempt in begun} == {Attempt.objects.get().pk}


def test_what_is_sent_at_once_is_acknowledged_with_numbers_of_its_own():
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper(["fill_in"] * 8)))

    saved = at_once(
        *[lambda n=n: sitting.save(n, f"答{n}", client="c", number=n, base=n) for n in range(1, 9)]
    )

    assert sorted(one.sequence for one in saved) == list(range(1, 9))
    assert len(sitting.attempt.standing_answers()) == 8


def test_one_thing_sent_many_times_at_once_is_kept_once():
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper(["fill_in"])))

    saved = at_once(*[lambda: sitting.save(1, "答", client="c", number=1)] * 4)

    assert {one.sequence for one in saved} == {1}
    assert AnswerSave.objects.count() == 1


def test_of_two_devices_at_once_one_goes_on():
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper(["fill_in"])))
    user, pk = sitting.user, sitting.attempt.pk

    def take(device):
        return actions.take_over(pk, by=user, device=device, now=NOW)

    at_once(lambda: take("two"), lambda: take("three"))
    holder = Attempt.objects.get(pk=pk).device
    saved = at_once(*[lambda d=device: sitting.save(1, d, device=d) for device in ("two", "three")])

    assert [one is TakenOver for one in saved] == [holder != "two", holder != "three"]
    assert list(sitting.attempt.standing_answers().values()) == [holder]


def test_an_answer_and_the_handing_in_at_once_agree():
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper(["fill_in"])))

    saved, _handed_in = at_once(lambda: sitting.save(1, "答"), sitting.submit)

    kept = sitting.attempt.items.get().answer
    assert kept == (None if saved is TooLate else "答")
    assert AnswerSave.objects.count() == (0 if saved is TooLate else 1)


def test_an_extension_and_a_save_at_once_both_take_effect():
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper(["fill_in"])))
    before, officer = sitting.attempt.deadline_at, make.user()

    def extend():
        return actions.extend_exam(
            sitting.attempt.exam_id, by=officer, now=NOW, reason="停电", minutes=1
        )

    saved, _extension = at_once(lambda: sitting.save(1, "答"), extend)

    assert saved.sequence == 1
    assert sitting.again().deadline_at == before + 60 * SECOND


def test_whoever_begins_during_an_incident_gets_the_time_once():
    exam = make_exams.exam(of=make_exams.paper(["fill_in"]), minutes=30)
    places = [make_exams.candidate(exam) for _each in range(3)]
    officer = make.user()

    def start(place):
        return actions.start_attempt(place.pk, by=place.mediator.user, device="one", now=NOW)

    def extend():
        return actions.extend_exam(exam.pk, by=officer, now=NOW, reason="停电", minutes=10)

    outcomes = at_once(extend, *[lambda p=place: start(p) for place in places])

    assert None not in outcomes
    deadlines = set(Attempt.objects.values_list("deadline_at", flat=True))
    assert deadlines == {NOW + 40 * 60 * SECOND}
