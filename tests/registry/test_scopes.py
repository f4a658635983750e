"""Who sees which rows, and until when."""

import pytest

from office.roles import Role
from registry.models import Mediator, Organization
from tests import make
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db


def test_an_officer_sees_the_own_division_and_all_below_it():
    own, below = make.division("330681"), make.division("330681003")
    elsewhere = make.division("330682")
    seen = {make.organization(in_division=own), make.organization(in_division=below)}
    make.organization(in_division=elsewhere)
    make.organization(in_division=make.division("3306"))

    officer = make.officer(Role.COUNTY_BUREAU, own)

    assert set(Organization.objects.all().within(officer)) == seen


def test_a_clerk_sees_the_own_organization_and_its_people():
    body, other = make.organization(), make.organization()
    person = make.appointment(body=body).mediator
    make.appointment(body=other)

    clerk = make.officer(Role.CLERK, body)

    assert list(Organization.objects.all().within(clerk)) == [body]
    assert list(Mediator.objects.all().within(clerk)) == [person]


def test_without_a_post_nothing_is_seen():
    make.organization()

    assert list(Organization.objects.all().within(make.user())) == []


@pytest.mark.parametrize(("until_on", "sees"), [(TODAY, 0), (TODAY + DAY, 1), (None, 1)])
def test_a_post_that_has_ended_grants_nothing(time_machine, until_on, sees):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    make.organization()

    officer = make.officer(Role.COUNTY_BUREAU, make.division(), until_on=until_on)

    assert Organization.objects.all().within(officer).count() == sees
    assert officer.has_perm("registry.view_organization") is bool(sees)


def test_a_post_without_the_grant_of_guardian_reaches_nothing():
    make.organization()
    officer = make.officer(Role.COUNTY_BUREAU, make.division())

    officer.divisionuserobjectpermission_set.all().delete()

    assert Organization.objects.all().within(officer).count() == 0


def test_a_permission_narrows_the_rows_to_the_posts_that_carry_it():
    county, city = make.division("330681"), make.division("3306")
    own = make.mediator(in_division=county)
    make.mediator(in_division=make.division("330682"))
    officer = make.officer(Role.AUDITOR, city)
    make.actions.grant_post(
        user=officer, role=Role.COUNTY_BUREAU, division=county, from_on=TODAY - DAY,
        by=make.user(), reason="A second post.",
    )  # fmt: skip

    assert list(Mediator.objects.all().within(officer, "registry.change_mediator")) == [own]
    assert Mediator.objects.all().within(officer, "registry.view_mediator").count() == 2


def test_the_scope_is_read_once_for_many_lists(django_assert_num_queries):
    officer = make.officer(Role.COUNTY_BUREAU, make.division())

    with django_assert_num_queries(3):
        list(Organization.objects.all().within(officer))
        list(Mediator.objects.all().within(officer))
