"""Permissions come from posts and from nowhere else; the password backend lets in."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from guardian.shortcuts import assign_perm

from office.policies import group_of
from office.roles import Role
from tests import make

pytestmark = pytest.mark.django_db

VIEW, ENTER = "registry.view_mediator", "wagtailadmin.access_admin"
NAMES = [VIEW, ENTER]


def by_hand():
    apps, codenames = zip(*(name.split(".") for name in NAMES), strict=True)
    return Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames)


def afresh(user):
    """The user as the next request reads it."""
    return get_user_model().objects.get(pk=user.pk)


def user_with_all_by_hand():
    user = make.user()
    group = Group.objects.create(name="By hand")
    user.user_permissions.set(by_hand())
    group.permissions.set(by_hand())
    user.groups.add(group)
    return afresh(user)


def test_a_permission_put_on_a_user_or_a_group_by_hand_gives_nothing(client):
    assert by_hand().count() == len(NAMES)
    user = user_with_all_by_hand()

    assert [name for name in NAMES if user.has_perm(name)] == []
    assert user.get_all_permissions() == set()
    assert user.get_user_permissions() == user.get_group_permissions() == set()
    assert not user.has_module_perms("registry")
    client.force_login(user)
    assert client.get(reverse("wagtailadmin_home")).status_code in {302, 404}
    assert client.get(reverse("mediators:index")).status_code in {302, 404}


def test_being_in_the_group_of_a_role_gives_no_permission_of_the_role():
    user, group = make.user(), Group.objects.get_or_create(name=group_of(Role.TRAINER))[0]
    group.permissions.set(by_hand())
    user.groups.add(group)

    assert [name for name in NAMES if afresh(user).has_perm(name)] == []


def test_by_hand_adds_nothing_to_a_post():
    officer = make.officer(Role.AUDITOR, make.division("330681"))
    before = afresh(officer).get_all_permissions()
    officer.user_permissions.set(Permission.objects.all())

    assert afresh(officer).get_all_permissions() == before
    assert ENTER in before


@pytest.mark.parametrize(("given", "may"), [
    ({"is_superuser": True}, True), ({"is_superuser": True, "is_active": False}, False),
    ({}, False), ({"is_staff": True}, False),
])  # fmt: skip
def test_of_those_without_a_post_only_an_active_superuser_may(given, may):
    user = make.user(**given)

    assert user.has_perm(VIEW) is may


def test_a_post_gives_nothing_to_a_disabled_account():
    officer = make.officer(Role.COUNTY_BUREAU, make.division("330681"))
    assert afresh(officer).has_perm(VIEW)

    get_user_model().objects.filter(pk=officer.pk).update(is_active=False)

    assert not afresh(officer).has_perm(VIEW)


def test_guardian_is_still_asked_about_a_single_row():
    user, division, other = make.user(), make.division("330681"), make.division("330682")
    assign_perm("registry.view_division", user, division)

    assert afresh(user).has_perm("registry.view_division", division)
    assert not afresh(user).has_perm("registry.view_division", other)
    assert not afresh(user).has_perm("registry.view_division")


def test_a_refused_permission_is_not_looked_up_in_the_tables(django_assert_num_queries):
    officer = afresh(make.officer(Role.AUDITOR, make.division("330681")))
    assert officer.has_perm(ENTER)

    with django_assert_num_queries(0):
        assert not officer.has_perm("registry.delete_mediator")


def test_a_session_names_the_backend_and_one_of_a_backend_that_is_gone_is_over(client):
    user = make.user()
    client.force_login(user)
    assert client.session["_auth_user_backend"] == "office.backends.PostBackend"
    assert client.get("/accounts/security/").status_code == 200

    session = client.session
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session.save()

    assert client.get("/accounts/security/").status_code == 302
    assert Client().get("/accounts/security/").status_code == 302


def test_who_holds_a_permission_is_not_asked_of_the_tables():
    with pytest.raises(NotImplementedError):
        get_user_model().objects.with_perm(VIEW, backend="office.backends.PostBackend")
