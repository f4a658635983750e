"""A rule of the annual review is for reviews, one of grading for rounds; neither is for both."""

import pytest

from grading import actions
from grading.actions import reviews, rounds
from grading.models import GradingRound, ReviewCycle, SchemeVersion
from office.flow import Refused
from tests import make
from tests.grading import make_cycles, make_grading
from tests.make import TODAY
from tests.registry.desk import url

pytestmark = pytest.mark.django_db
DESK = "grading_schemes"
NOTE = {"today": TODAY, "reason": "R"}


@pytest.fixture
def review():
    return make_cycles.version()


@pytest.fixture
def grading():
    return make_grading.version("active", division=make.division("3306"))


def test_each_rules_for_its_purpose_only(review, grading):
    rows, county = SchemeVersion.objects, make.division()
    assert list(rows.ruling_in(county.pk, TODAY)) == [grading]
    assert list(rows.ruling_in(county.pk, TODAY, purpose="review")) == [review]


def test_a_nearer_rule_of_the_review_leaves_grading_with_the_city(grading):
    nearer = make_cycles.version(division=make.division())
    rows, county = SchemeVersion.objects, make.division()
    assert list(rows.ruling_in(county.pk, TODAY)) == [grading]
    assert list(rows.ruling_in(county.pk, TODAY, purpose="review")) == [nearer]


def test_rules_of_the_review_are_entered_and_put_into_force():
    place, text = make.division("3306"), make_grading.text("reviews")
    versions = actions.enter_schemes(text, division=place, by=make.user(), **NOTE)
    purposes = {one.scheme.purpose for one in versions}
    assert (len(versions), purposes) == (3, {"review"})
    found = next(one for one in versions if one.scheme.code == "R3-shaoxing-four")
    actions.change_version(found.pk, by=make.user(), effective_from=TODAY, **NOTE)
    assert actions.activate_version(found.pk, by=make.user(), **NOTE).state == "active"


def test_a_faulty_rule_of_the_review_is_not_entered():
    text = make_grading.text("reviews").replace("floor: 0", "floor: low")
    with pytest.raises(Refused):
        actions.enter_schemes(text, division=make.division("3306"), by=make.user(), **NOTE)
    assert not SchemeVersion.objects.exists()


def test_no_round_is_held_by_a_rule_of_the_review(review, grading):
    with pytest.raises(Refused):
        rounds.add_round(
            by=make.user(), today=TODAY, reason="R", division=make.division(), version=review,
            title="批次", as_of=TODAY, levels=["l4"],
        )  # fmt: skip
    assert not GradingRound.objects.exists()


def test_no_review_is_changed_to_a_rule_of_grading(grading):
    cycle = make_cycles.cycle("draft")
    with pytest.raises(Refused):
        reviews.change_cycle(
            cycle.pk, by=make.user(), today=TODAY, reason="R", revision=0, version=grading
        )
    assert ReviewCycle.objects.get().version == cycle.version


@pytest.mark.usefixtures("county")
def test_the_form_of_a_round_offers_rules_of_grading_only(client, review, grading):
    form = client.get(url("grading_rounds", "add")).context["form"]
    assert list(form.fields["version"].queryset) == [grading]


@pytest.mark.usefixtures("county")
def test_each_rule_is_tried_by_what_it_is_for(client, review, grading):
    for version, asked in ((review, "period"), (grading, "level")):
        page = url(DESK, "trial", version.pk)
        assert asked in client.get(page).context["form"].fields
        assert page in client.get(url(DESK, "inspect", version.pk)).content.decode()


@pytest.mark.usefixtures("county")
def test_no_dry_run_is_compared_with_a_rule_for_something_else(client, review, grading):
    other = make_grading.version("active", division=make.division("3306"))
    for version, compared in ((grading, [other]), (review, [])):
        form = client.get(url(DESK, "trial", version.pk)).context["form"]
        assert list(form.fields["other"].queryset) == compared
