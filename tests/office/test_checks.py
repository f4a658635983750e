"""The CHECKs of a row are asked in one question, and each one that fails is named as before."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.utils import translation

from office.models.checks import CheckedAtOnce, fields_of
from registry.models import Mediator, Policy, Post
from tests import make
from tests.make import TODAY

pytestmark = pytest.mark.django_db


def names_of(model):
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    return {each.name for each in checks}


def said_of(row, **options):
    """Return what is said of a row's constraints, one sentence for each that fails."""
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints(**options)
    return refused.value.messages


def test_a_row_that_keeps_them_all_costs_one_question(django_assert_num_queries):
    post = make.officer("auditor", make.division()).posts.get()
    assert len(names_of(Post)) > 2

    with django_assert_num_queries(3):  # One question between the two of its savepoint.
        post.validate_constraints()


def test_every_check_that_fails_is_named(in_code):
    policy = Policy(
        key="no_such_key", amount=0, unit="day", from_on=TODAY, until_on=TODAY, source="",
        standing="law",
    )  # fmt: skip
    said = " ".join(said_of(policy))

    assert {name for name in names_of(Policy) if name in said} == names_of(Policy)


def test_one_that_fails_is_named_alone(in_code):
    policy = Policy(key="notice", amount=0, unit="day", from_on=TODAY, standing="setting", kind="x")
    failing = {name for name in names_of(Policy) if name in " ".join(said_of(policy))}

    assert "policy_sets_something" in failing
    assert "policy_ends_after_it_begins" not in failing


def test_a_field_left_out_leaves_the_other_checks(in_code):
    policy = Policy(
        key="notice", amount=0, unit="day", from_on=TODAY, until_on=TODAY, standing="setting"
    )
    said = " ".join(said_of(policy, exclude={"until_on"}))

    assert "policy_sets_something" in said
    assert "policy_ends_after_it_begins" not in said


def test_nothing_is_left_behind_for_the_next_time():
    post = make.officer("auditor", make.division()).posts.get()
    post.validate_constraints()

    post.until_on = post.from_on

    assert len(said_of(post)) == 1
    assert names_of(Mediator) <= {
        each.name for _m, some in make.mediator().get_constraints() for each in some
    }


def test_of_a_changed_row_only_what_the_change_touches_is_asked():
    post = make.officer("auditor", make.division()).posts.get()
    post.until_on = post.from_on

    post.clean_touched(["role"])

    with pytest.raises(ValidationError) as refused:
        post.clean_touched(["until_on"])
    assert len(refused.value.messages) == 1
    assert said_of(post) == refused.value.messages


def test_a_keyed_hash_is_touched_with_what_it_is_computed_from(in_code):
    taken = make.mediator(id_number="330681197509012696").id_number
    someone = make.mediator()
    someone.id_number = taken

    someone.clean_touched(["name"])

    with pytest.raises(ValidationError, match="already in the register"):
        someone.clean_touched(["id_number"])


def test_what_a_change_touches_is_known_of_every_constraint():
    checked = [model for model in apps.get_models() if issubclass(model, CheckedAtOnce)]
    named = {
        each.name: (model, fields_of(each)) for model in checked for each in model._meta.constraints
    }

    assert len(named) > 300
    for model, names in named.values():
        assert all(model._meta.get_field(name) in model._meta.fields for name in names)


@pytest.fixture
def in_code():
    """Sentences in the language of the code."""
    translation.activate("en")
