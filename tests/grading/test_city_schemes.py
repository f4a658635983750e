"""The rule sets of the demo city: of every state, in force by two officers."""

import pytest

from grading.city.making import make_grading as make_city
from grading.flows import VersionState
from grading.models import SchemeVersion
from grading.rules.blockers import blockers
from grading.rules.committees import committee
from grading.rules.scheme import Scheme
from grading.rules.sheets import sheet
from registry.city.accounts import make_accounts
from tests import make
from tests.grading import make_grading
from tests.make import TODAY
from tests.registry.desk import url

pytestmark = pytest.mark.django_db


def place_everybody():
    """The places and people the accounts of the demo need."""
    for code in ("3306", "330681", "330681109"):
        make.division(code)
    body = make.organization(kind="township", in_division=make.division("330681109"))
    make.appointment(make.mediator(in_division=body.division), body)
    make_accounts(TODAY)


def test_the_city_has_rule_sets_in_every_state_and_one_in_force(client):
    place_everybody()
    made = make_city(make_grading.text("demo_city"), TODAY, applicants=0)
    rows = SchemeVersion.objects.filter(scheme__code="DEMO-shaoxing")

    assert made == {"schemes": 5}
    assert sorted(rows.values_list("state", flat=True)) == [
        "abandoned", "active", "draft", "retired"
    ]  # fmt: skip
    ruling = rows.get(state=VersionState.ACTIVE)
    assert ruling.drafted_by.username == "city"
    assert ruling.activated_by.username == "city2"
    assert ruling.document["params"]["cases_L4"] == 12
    client.force_login(ruling.drafted_by)
    for version in SchemeVersion.objects.all():
        assert client.get(url("grading_schemes", "inspect", version.pk)).status_code == 200


def test_the_invented_rule_set_says_that_it_is_invented_and_leaves_nothing_open():
    content = make_grading.document()

    assert "虚构" in content["title"]
    assert "虚构" in content["note"]
    scheme = Scheme(content)
    assert blockers(scheme) == []
    assert committee(scheme) == "ok"
    assert sheet(scheme, {"skill": 35, "law": 25, "conduct": 28, "awards": 3})[1] == "优秀"
