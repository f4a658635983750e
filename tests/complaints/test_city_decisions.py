"""The invented complaints are in every state from the findings on; so are their consequences."""

from collections import Counter

import pytest

from complaints.city.decisions import PLANS, make_decisions
from complaints.flows import ConsequenceState
from complaints.models import Complaint, Consequence
from office import ledger
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import figures, handler
from tests.make import TODAY

pytestmark = pytest.mark.django_db


def test_the_demo_holds_every_state_from_the_findings_on():
    figures()
    body = make.organization()
    for name in ("handler", "handler2"):
        handler(username=name)
    make.officer(Role.HANDLER, make.division("3306"), username="reviewer")
    make.officer(Role.CLERK, body, username="clerk")
    for _number in range(len(PLANS) + 1):
        make.appointment(
            body=make.organization(), route="elected", unit="枫桥村村民会议",
            from_on=make.date(2025, 1, 1),
        )  # fmt: skip

    assert make_decisions(TODAY) == len(PLANS) + 1

    assert {
        "findings_in", "decided", "replied", "in_review", "reviewed", "in_recheck", "final",
        "closed", "accepted", "received",
    } == set(Complaint.objects.values_list("state", flat=True))  # fmt: skip
    states = Counter(Consequence.objects.values_list("state", flat=True))
    assert set(states) == set(ConsequenceState.values)
    assert Complaint.objects.exclude(retaliation_for=None).count() == 1
    assert ledger.faults() == []
