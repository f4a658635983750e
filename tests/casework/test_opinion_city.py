"""The demo city shows every state of opinions, codes, samples and file checks."""

import pytest

from casework.actions.samples import faults_of
from casework.city.opinions import make_opinions
from casework.flows import FileCheckState
from casework.models import FileCheck, Opinion, OpinionCode, Sample, VisitedCase
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.casework import make_opinions as made
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db


def test_every_state_is_shown():
    made.ready()
    place = make.division("330681")
    for name in ("county", "county2"):
        make.officer(Role.COUNTY_BUREAU, place, username=name)
    for number in range(5):
        body = make.organization()
        people = [make.appointment(body=body).mediator]
        for _case in range(12):
            make_cases.case(
                "succeeded", body=body, mediators=people, accepted_on=TODAY - (90 + number) * DAY
            )

    counts = make_opinions(TODAY)

    codes = OpinionCode.objects.with_standing(TODAY)
    assert counts == {"opinions": 24, "codes": 40, "file_checks": 36}
    assert set(FileCheck.objects.values_list("state", flat=True)) == set(FileCheckState)
    assert set(codes.values_list("standing", flat=True)) == {
        "issued", "used", "revoked", "expired",
    }  # fmt: skip
    assert set(Opinion.objects.values_list("channel", "outcome")) == {
        ("visit", "reached"), ("visit", "not_reached"), ("visit", "declined"),
        ("code", "reached"),
    }  # fmt: skip
    standings = VisitedCase.objects.closed().with_standing().values_list("standing", flat=True)
    assert set(standings) == {"waiting", "visited", "unasked"}
    assert [faults_of(sample) for sample in Sample.objects.all()] == [[], []]


def test_without_cases_nothing_is_made():
    assert make_opinions(TODAY) == {"opinions": 0, "codes": 0, "file_checks": 0}
