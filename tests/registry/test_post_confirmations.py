"""A post that one officer gives grants nothing until a second officer confirms it."""

import pytest
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from office.scopes import grants_of
from registry.actions import closure_items, posts
from registry.models import Post
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def bureau():
    return make.officer(Role.COUNTY_BUREAU, make.division("330681"))


def proposed(by=None, **fields):
    fields = {
        "user": make.user(),
        "role": Role.JUSTICE_OFFICE,
        "division": make.division("330681003"),
        "from_on": TODAY - DAY,
        **fields,
    }
    return posts.appoint_officer(by=by or bureau(), today=TODAY, reason=REASON, **fields)


def confirm(post, by=None):
    return posts.confirm_post(post.pk, by=by or bureau(), today=TODAY, reason=REASON)


def rights(user):
    """Read anew: grants are kept for one request."""
    return [grant.role for grant in grants_of(type(user).objects.get(pk=user.pk))]


@pytest.fixture(autouse=True)
def in_the_morning(time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")


def test_it_grants_nothing_before_and_its_role_after():
    post = proposed()

    before = rights(post.user)
    confirm(post)

    assert (before, rights(post.user)) == ([], [Role.JUSTICE_OFFICE])
    acts = LedgerEntry.objects.of(post).order_by("sequence").values_list("act", flat=True)
    assert list(acts) == ["registry.post.propose", "registry.post.change"]


def test_a_second_post_of_the_same_kind_grants_nothing_through_the_first():
    first = confirm(proposed())
    proposed(user=first.user)
    Post.objects.filter(pk=first.pk).update(until_on=TODAY)

    assert rights(first.user) == []


def test_who_gave_it_does_not_confirm_it():
    by = bureau()
    post = proposed(by=by)

    with pytest.raises(Refused, match="Whoever gave the post does not confirm it"):
        confirm(post, by=by)

    assert rights(post.user) == []


def test_nobody_confirms_the_own_post():
    own = bureau()
    post = proposed(user=own)

    with pytest.raises(Refused, match="Nobody confirms the own post"):
        confirm(post, by=own)


def test_only_who_may_give_such_posts_confirms_them():
    city = make.officer(Role.CITY_BUREAU, make.division("3306"))
    post = proposed(by=city, role=Role.COUNTY_BUREAU, division=make.division("330681"))

    with pytest.raises(Refused, match="do not allow you"):
        confirm(post)
    confirm(post, by=make.officer(Role.CITY_BUREAU, make.division("3306")))

    assert rights(post.user) == [Role.COUNTY_BUREAU]


def test_it_is_confirmed_once():
    post = confirm(proposed())

    with pytest.raises(Refused, match="confirmed already"):
        confirm(post)


@pytest.mark.parametrize(("until_on", "passes"), [(TODAY, False), (TODAY + DAY, True)])
def test_one_that_is_over_is_not_confirmed(until_on, passes):
    post = proposed(until_on=until_on)

    if passes:
        assert confirm(post).is_confirmed
    else:
        with pytest.raises(Refused, match="is over"):
            confirm(post)


def test_the_move_of_a_deregistration_brings_no_unconfirmed_post_into_force():
    body, heir = make.organization(), make.organization()
    post = proposed(role=Role.CLERK, division=None, organization=body)

    closure_items._post(post.pk, heir, by=bureau(), today=TODAY, reason=REASON)

    assert not Post.objects.filter(organization=heir).exists()
    assert rights(post.user) == []


def test_the_database_wants_two_persons():
    post = proposed()

    for values in [
        {"is_confirmed": True, "confirmed_by": post.granted_by},
        {"confirmed_by": make.user()},
        {"is_confirmed": True, "confirmed_by": make.user(), "granted_by": None},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(**values)


# --- On the desk --------------------------------------------------------------------------------


def test_a_second_officer_confirms_on_the_desk(client, at_desk):
    first = at_desk(bureau())
    post = proposed(by=first)
    address = url("posts", "act", post.pk, "confirm")

    own = client.post(address, sent())
    page = client.get(url("posts", "inspect", post.pk)).content.decode()
    at_desk(bureau())
    other = client.post(address, sent())

    assert own.context["form"].non_field_errors() == ["Whoever gave the post does not confirm it."]
    assert "to be confirmed by a second officer" in page
    assert other.status_code == 302
    assert rights(post.user) == [Role.JUSTICE_OFFICE]


def test_a_post_of_another_county_cannot_be_confirmed(client, at_desk):
    city = make.officer(Role.CITY_BUREAU, make.division("3306"))
    post = proposed(by=city, role=Role.COUNTY_BUREAU, division=elsewhere())
    at_desk(bureau())

    assert client.get(url("posts", "act", post.pk, "confirm")).status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_who_only_sees_posts_confirms_none(client, at_desk, role):
    post = proposed()
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(url("posts", "act", post.pk, "confirm")).status_code == 404
