"""Places limited by what the register knows of people: sex, kind of organisation, division."""

import pytest

from grading.actions import awarding
from grading.models import Application, RoundLevel
from registry.models import Appointment, Mediator, Organization
from tests import make
from tests.grading import make_grading, make_panels
from tests.grading.make_panels import WHY
from tests.grading.test_ranking_rounds import refusal_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def rule(**selection):
    quotas = [{"level": "l4", "number": 2}]
    return make_grading.document(
        selection={"quotas": quotas, "tie_at_cut": "manual", "rank_by": ["score"], **selection}
    )


def ranked(by, values, *, share="50%", points=(40, 35, 30)):
    limits = {"one": {"share": share, "by": by, "values": values}}
    level, rows = make_panels.ranking(list(points), content=rule(share_limits=limits))
    Mediator.objects.filter(pk__in=[row.mediator_id for row in rows]).update(sex="male")
    return level, rows


def award(level):
    return awarding.award_level(level.pk, by=make.user(), **WHY)


def won(rows):
    found = Application.objects.in_bulk([row.pk for row in rows])
    return [found[row.pk].state == "proposed" for row in rows]


@pytest.mark.parametrize("value", ["male", "男"])
def test_a_share_of_one_sex_is_not_exceeded(value):
    level, rows = ranked("sex", [value])
    Mediator.objects.filter(pk=rows[2].mediator_id).update(sex="female")
    award(level)
    assert won(rows) == [True, False, True]


def test_whose_sex_is_not_known_is_named():
    level, rows = ranked("sex", ["male"])
    Mediator.objects.filter(pk=rows[1].mediator_id).update(sex="")
    [said] = refusal_of(award, level)
    assert said.endswith("the sex is not known, and the rule limits places by it.")
    assert won(rows) == [False, False, False]


def test_a_share_of_a_kind_of_organisation_is_not_exceeded():
    level, rows = ranked("organization_kind", ["village"])
    kinds = ["village", "village", "industry"]
    for row, kind in zip(rows, kinds, strict=True):
        Organization.objects.filter(pk=row.organization_id).update(kind=kind)
    award(level)
    assert won(rows) == [True, False, True]


@pytest.mark.parametrize("value", ["330681001", "330681001000", "any"])
def test_a_share_of_a_division_is_not_exceeded(value):
    level, rows = ranked("township", [value])
    near, far = make.division("330681001"), make.division("330681002")
    pks = [row.pk for row in rows]
    Application.objects.filter(pk__in=pks[:2]).update(division=near)
    Application.objects.filter(pk=pks[2]).update(division=far)
    award(level)
    assert won(rows) == [True, False, True]


def test_a_division_may_be_called_by_its_name():
    near = make.division("330681001")
    level, rows = ranked("township", [near.name])
    far = make.division("330681002")
    pks = [row.pk for row in rows]
    Application.objects.filter(pk__in=pks[:2]).update(division=near)
    Application.objects.filter(pk=pks[2]).update(division=far)
    award(level)
    assert won(rows) == [True, False, True]


def test_a_share_of_an_employment_goes_on_as_before():
    level, rows = ranked("employment", ["part_time"])
    person = rows[2].mediator
    Appointment.objects.filter(mediator=person).update(employment="full_time")
    award(level)
    assert won(rows) == [True, False, True]


def test_a_value_that_does_not_exist_bars_the_award():
    level, rows = ranked("sex", ["women"])
    assert refusal_of(award, level) == [
        "The rule limits places for “women”, which is no “sex” here."
    ]
    assert won(rows) == [False, False, False]


def test_what_changes_later_changes_no_award():
    level, rows = ranked("sex", ["male"])
    Mediator.objects.filter(pk=rows[2].mediator_id).update(sex="female")
    award(level)
    Mediator.objects.update(sex="female")
    level = RoundLevel.objects.get(pk=level.pk)
    assert level.award["limits"] == [["sex", "male", None, "1/2"]]
    assert awarding.award_faults(level) == []
