"""The kept wording of the question for posts asks the same as the query it was made of."""

from datetime import timedelta

import pytest
from django.utils import translation

from office.roles import Role
from office.scopes import Grant
from registry.models import Post
from registry.queries import posts_granted
from registry.queries.grants import COLUMNS
from tests import make
from tests.make import TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def post(user, role, *, from_on=TODAY, **place):
    return make.actions.grant_post(
        user=user, role=role, from_on=from_on, by=make.user(), reason="A letter.", **place
    )


@pytest.fixture
def officer():
    """An account with a post in a county and one in an organisation."""
    who, county = make.user(), make.division("330681")
    post(who, Role.COUNTY_BUREAU, division=county)
    post(who, Role.CLERK, organization=make.organization(in_division=county, name="甲调委会"))
    return who


@pytest.mark.parametrize("days", [-1, 0, 1, 10, 11])
def test_the_kept_question_has_the_answer_of_the_query(officer, days):
    officer.posts.filter(role=Role.CLERK).update(until_on=TODAY + 10 * DAY)
    asked_on = TODAY + days * DAY
    query = Post.objects.granted(officer, asked_on).values_list(*COLUMNS)

    assert [tuple(row) for row in posts_granted(Post, officer, asked_on)] == list(query)


def test_each_account_and_each_day_is_asked_for(officer):
    other = make.officer(Role.AUDITOR, make.division("3306"))

    assert len(posts_granted(Post, officer, TODAY)) == 2
    assert [row[0] for row in posts_granted(Post, other, TODAY)] == [Role.AUDITOR]
    assert posts_granted(Post, officer, TODAY - DAY) == []
    assert posts_granted(Post, make.user(), TODAY) == []


def test_what_is_not_confirmed_or_not_guarded_grants_nothing(officer):
    officer.posts.filter(role=Role.CLERK).update(is_confirmed=False)
    model = Post._meta.get_field("division").related_model
    model._meta.get_field("userobjectpermissions").related_model.objects.all().delete()

    assert posts_granted(Post, officer, TODAY) == []


def test_a_post_grants_its_role_in_its_span_or_its_organization(officer):
    organization = officer.posts.get(role=Role.CLERK).organization
    in_county, in_body = sorted(Post.grants(officer, TODAY), key=lambda grant: grant.low is None)

    assert in_county == Grant(
        Role.COUNTY_BUREAU, low=330681000000, high=330682000000, body=in_county.body
    )
    assert in_county.body.startswith(str(make.division("330681")))
    assert in_body == Grant(Role.CLERK, organization=organization.pk, body=in_body.body)
    assert in_body.body.startswith("甲调委会")


def test_the_body_one_acts_for_is_named_in_the_language_of_the_site(officer):
    """The ledger keeps it, and people of either language read the ledger."""
    with translation.override("en"):
        bodies = {grant.body for grant in Post.grants(officer, TODAY)}
    assert bodies == {f"{make.division('330681')} 县（市、区）司法局", "甲调委会 调委会联络员"}
