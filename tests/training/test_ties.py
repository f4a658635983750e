"""Master and apprentice have to do with what concerns the other, and for some months after."""

from datetime import date

import pytest

from complaints.models import Complaint
from complaints.queries import ties_of
from office.models import User
from registry.questions import asking_for_ties
from tests import make
from tests.complaints.make_complaints import figures, received
from tests.make import TODAY
from tests.training import make_pairings as pairs
from training.models import Pairing, TrainingPolicy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _figures(db):
    pairs.figures()


def asked(user, people, today=TODAY):
    return asking_for_ties.send(User, user=user, people=people, today=today)


def test_both_sides_of_a_pairing_are_tied_to_each_other():
    made = pairs.pairing("active")
    sides = [(made.mentor_id, made.apprentice_id), (made.apprentice_id, made.mentor_id)]
    for own, other in sides:
        assert Pairing.objects.tied_to({own}, TODAY) == {other}
    assert Pairing.objects.tied_to({make.mediator().pk}, TODAY) == set()


@pytest.mark.parametrize(("on", "tied"), [(date(2028, 11, 22), True), (date(2028, 11, 23), False)])
def test_they_stay_tied_for_the_months_of_the_figure_after_the_end(on, tied):
    made = pairs.pairing("completed")
    TrainingPolicy.objects.filter(key="recusal_months").update(amount=24)
    assert bool(Pairing.objects.tied_to({made.mentor_id}, on)) is tied


def test_without_a_figure_they_stay_tied():
    made = pairs.pairing("completed")
    TrainingPolicy.objects.filter(key="recusal_months").delete()
    assert Pairing.objects.tied_to({made.mentor_id}, date(2036, 1, 1))


def test_a_proposal_ties_nobody():
    made = pairs.pairing()
    assert Pairing.objects.tied_to({made.mentor_id}, TODAY) == set()


def test_a_complaint_about_the_apprentice_is_hidden_from_the_master(time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    made = pairs.pairing("active")
    figures()
    officer = make.officer("handler", make.division("330681"))
    made.mentor.user = officer
    made.mentor.save()
    row, _code = received(about=made.apprentice)
    assert made.apprentice_id in ties_of(officer).mediators
    assert not Complaint.objects.within(officer).filter(pk=row.pk).exists()
    assert [answer for _who, answer in asked(officer, {made.mentor_id})] == [
        ({made.apprentice_id}, []),
    ]  # fmt: skip
