"""What looks wrong about a case, at its boundary days."""

import pytest

from casework.models import CaseRecord
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
EVERYWHERE = [(None, None, 60)]
rows = CaseRecord.objects


def flags(case):
    row = rows.with_flags().get(pk=case.pk)
    return row.outside, row.unlisted


@pytest.mark.parametrize(
    ("accepted_on", "outside"),
    [
        (TODAY - 21 * DAY, True),
        (TODAY - 20 * DAY, False),
        (TODAY - 11 * DAY, False),
        (TODAY - 10 * DAY, True),
    ],
)
def test_a_case_lies_outside_a_post_before_its_first_and_from_its_last_day(accepted_on, outside):
    post = make.appointment(from_on=TODAY - 20 * DAY, **make.left(TODAY - 10 * DAY))
    case = make_cases.case(
        body=post.organization, mediators=[post.mediator], accepted_on=accepted_on
    )
    assert flags(case) == (outside, False)
    assert rows.outside_a_post().filter(pk=case.pk).exists() is outside


def test_one_of_two_without_a_post_there_is_enough():
    post = make.appointment()
    case = make_cases.case(
        body=post.organization, mediators=[post.mediator, make.appointment().mediator]
    )
    assert flags(case) == (True, False)


@pytest.mark.parametrize("state", ["candidate", "rejected"])
def test_a_nomination_is_no_post(state):
    post = make.appointment(state=state)
    case = make_cases.case(body=post.organization, mediators=[post.mediator])
    assert flags(case) == (True, False)


@pytest.mark.parametrize(
    ("accepted_on", "unlisted"),
    [
        (TODAY - 21 * DAY, True),
        (TODAY - 20 * DAY, False),
        (TODAY - 11 * DAY, False),
        (TODAY - 10 * DAY, True),
    ],
)
def test_an_organization_is_listed_from_its_filing_until_its_deregistration(accepted_on, unlisted):
    body = make.organization(
        "deregistered", filed_on=TODAY - 20 * DAY, deregistered_on=TODAY - 10 * DAY
    )
    case = make_cases.case(body=body, accepted_on=accepted_on)
    assert flags(case) == (False, unlisted)
    assert rows.of_unlisted().filter(pk=case.pk).exists() is unlisted


@pytest.mark.parametrize("state", ["draft", "first_review", "returned", "filing", "not_listed"])
def test_an_organization_that_was_never_listed(state):
    assert flags(make_cases.case(body=make.organization(state))) == (False, True)


def twins(case, figures=EVERYWHERE):
    in_sql = set(rows.with_likely_twin(figures).values_list("pk", flat=True))
    [(_low, _high, days)] = figures
    alike = set(rows.likely_twins_of(case, days).values_list("pk", flat=True))
    assert (case.pk in in_sql) == bool(alike)
    return alike


ALIKE = {"amount": 500, "people": 2}


@pytest.mark.parametrize(("days", "found"), [(60, True), (61, False), (-60, True), (-61, False)])
def test_twins_lie_no_further_apart_than_the_figure(days, found):
    first = make_cases.case(accepted_on=TODAY - 100 * DAY, **ALIKE)
    second = make_cases.case(
        body=first.organization, accepted_on=first.accepted_on + days * DAY, **ALIKE
    )
    assert twins(first) == ({second.pk} if found else set())
    assert twins(second) == ({first.pk} if found else set())


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, True),
        ({"amount": None}, False),
        ({"amount": 501}, False),
        ({"people": None}, False),
        ({"state": "void"}, False),
        ({"state": "draft"}, False),
        ({"state": "failed"}, True),
    ],
)
def test_twins_have_the_same_amount_and_people_and_count(fields, found):
    first = make_cases.case(**ALIKE)
    state = fields.pop("state", "accepted")
    make_cases.case(state, body=first.organization, **{**ALIKE, **fields})
    assert bool(twins(first)) is found


def test_twins_are_of_one_type_and_one_place():
    first = make_cases.case(**ALIKE)
    make_cases.case(dispute_type=make_cases.dispute_type("land", "土地", "Land"), **ALIKE)
    make_cases.case(body=make.organization(in_division=make.division("330682")), **ALIKE)
    assert twins(first) == set()
    beside = make_cases.case(body=make.organization(in_division=first.division), **ALIKE)
    assert twins(first) == {beside.pk}


def test_a_party_of_the_same_name_makes_twins():
    first, second, third = (make_cases.case(body=body) for body in [make.organization()] * 3)
    make_cases.party(first, name="张三")
    make_cases.party(second, "respondent", name="张三")
    make_cases.party(third, name="李四")
    assert (twins(first), twins(third)) == ({second.pk}, set())


def test_entries_joined_already_are_no_news():
    first = make_cases.case(**ALIKE)
    make_cases.case(body=first.organization, same_as=first, **ALIKE)
    assert twins(first) == set()


def test_the_nearest_figure_rules():
    first = make_cases.case(accepted_on=TODAY - 100 * DAY, **ALIKE)
    make_cases.case(body=first.organization, accepted_on=TODAY - 80 * DAY, **ALIKE)
    low, high = make.division("330681").span
    near = [(low, high, 10), (None, None, 60)]
    assert rows.with_likely_twin(EVERYWHERE).count() == 2
    assert rows.with_likely_twin(near).count() == 0
    assert rows.with_likely_twin([]).count() == 0
