"""The library and the prevention of the demo city: every state, and nobody named."""

import pytest

from casework.city.case_studies import make_case_studies
from casework.city.prevention import make_prevention
from casework.flows import PreventionState, StudyState
from casework.models import CaseStudy, DisputeType, LibraryEntry, PreventionReport
from casework.rules.library import words_in
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.make import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """The county of the demo, with its officers and organisations that have members."""
    for username, role, code in (
        ("county", Role.COUNTY_BUREAU, "330681"),
        ("county2", Role.COUNTY_BUREAU, "330681"),
        ("city", Role.CITY_BUREAU, "3306"),
    ):
        make.officer(role, make.division(code), username=username)
    for code in range(1, 8):
        body = make.organization(in_division=make.division(f"33068100{code}"))
        make.appointment(body=body)
    from_file = make_cases.read("dispute_types.json")
    for row in from_file["dispute_types"]:
        make.saved(DisputeType(code=row["code"], name=row["name"], name_en=row["name_en"]))
    make_cases.figures()


@pytest.mark.usefixtures("place")
def test_every_state_is_there_and_what_is_published_names_nobody():
    content = make_cases.read("case_studies.json")
    assert make_case_studies(content, TODAY) == 13
    assert {*CaseStudy.objects.values_list("state", flat=True)} == {*StudyState.values}
    assert {*LibraryEntry.objects.values_list("level", flat=True)} == {
        "county", "city", "province",
    }  # fmt: skip
    assert CaseStudy.objects.adoptions().count() == 11
    for study in CaseStudy.objects.exclude(state="draft"):
        assert study.marks() == []
    assert len(CaseStudy.objects.get(state="draft").marks()) == 3


def test_the_texts_are_of_the_length_of_a_write_up():
    lengths = [
        sum(words_in(row[name]) for name in ("facts", "process", "outcome", "law", "comment"))
        for row in make_cases.read("case_studies.json")["case_studies"]
    ]
    assert len(lengths) == 12
    assert min(lengths) >= 300
    assert max(lengths) <= 600


@pytest.mark.usefixtures("place")
def test_months_are_reported_returned_begun_and_missing():
    assert make_prevention(TODAY) == 7 * 4 - 1
    states = PreventionReport.objects.values_list("state", flat=True)
    assert {*states} == {*PreventionState.values}
