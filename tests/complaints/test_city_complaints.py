"""The complaints of the demo stand in every state their acts lead to, and nobody learns why."""

from collections import Counter

import pytest

from complaints.city.complaints import COMPLAINTS, FACTS, make_cases
from complaints.models import Complaint, ComplaintClock
from office.models import LedgerEntry
from tests import make
from tests.complaints.make_complaints import TODAY, figures, handler

pytestmark = pytest.mark.django_db
STATES = {
    "received": 7, "screening": 9, "awaiting_material": 3, "accepted": 9, "rejected": 7, "lead": 4,
    "withdrawn": 5, "closed": 2, "merged": 2,
}  # fmt: skip


@pytest.fixture
def city():
    figures()
    for code in ("330681", "330602"):
        for number in range(4):
            body = make.organization(in_division=make.division(f"{code}00{number + 1}"))
            make.appointment(body=body, state="in_post")
    for username, place in [("handler", "330681"), ("handler2", "330681"), ("reviewer", "3306")]:
        handler(place, username=username)


def test_every_state_is_there_and_no_word_of_it_in_the_ledger(city):
    assert make_cases(TODAY) == len(COMPLAINTS)
    states = Counter(Complaint.objects.values_list("state", flat=True))
    # Two that were withdrawn go on as leads; one is still to be looked at.
    assert sum(states.values()) == len(COMPLAINTS) + 2
    assert Complaint.objects.unsettled().count() == 1
    assert states == STATES
    assert Complaint.objects.exclude(suspended_on=None).count() == 1
    assert {row.division.code for row in Complaint.objects.all()} == {"330681", "330602", "3306"}
    running = ComplaintClock.objects.filter(stopped_on=None)
    assert running.filter(due_on__lt=TODAY).exists()
    assert running.filter(due_on__gt=TODAY).exists()
    told = str(list(LedgerEntry.objects.values_list("reason", "before", "after")))
    assert [fact for fact in FACTS.values() if fact in told] == []
