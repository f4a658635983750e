"""The demo shows a destruction in every state, views of identities, and years for the figures."""

import pytest

from complaints.city.insight import make_insight
from complaints.flows import DestructionState
from complaints.models import Complaint, IdentityView, KeyDestruction
from complaints.queries import due_for_destruction
from complaints.reports.open_figures import open_figures
from office import ledger
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import figures
from tests.make import TODAY

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_case_for_every_page_of_insight():
    figures()
    county = make.division("330681")
    for _one in range(3):
        make.appointment(body=make.organization(in_division=county))
    make.officer(Role.HANDLER, county, username="handler")
    make.officer(Role.CITY_BUREAU, make.division("3306"), username="city")

    told = make_insight(TODAY)

    assert told["old"] == 4
    assert set(KeyDestruction.objects.values_list("state", flat=True)) == set(DestructionState)
    assert due_for_destruction(Complaint.objects, TODAY).count() == 1 + 1  # due, and once rejected
    assert IdentityView.objects.count() == 2
    assert len(open_figures(TODAY).rows) == 5
    assert ledger.faults() == []


def test_without_anybody_in_post_there_is_no_demo():
    make.division("330681")
    make.user("handler")
    make.user("city")
    assert make_insight(TODAY) == {"ended": 0, "old": 0}
