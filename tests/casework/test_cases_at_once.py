"""Several officers enter, close and join cases at the same moment."""

import pytest

from casework import actions
from casework.models import CaseRecord, CaseSeries
from office import ledger
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def test_numbers_given_at_once_are_all_different_and_none_is_left_out():
    post = make.appointment(body=make.organization(in_division=make.division("330681")))
    given = {
        "by": make.user(), "today": TODAY, "organization": post.organization,
        "dispute_type": make_cases.dispute_type(), "accepted_on": TODAY - DAY,
        "shares": [(post.mediator, "lead", 1)],
    }  # fmt: skip

    outcomes = at_once(*[lambda: actions.enter_case(**given) for _number in range(MANY)])

    assert outcomes == ["done"] * MANY
    numbers = sorted(CaseRecord.objects.values_list("number", flat=True))
    assert numbers == [f"RT3306812026{number:06d}" for number in range(1, MANY + 1)]
    assert CaseSeries.objects.get().last == MANY
    assert ledger.faults() == []


def test_a_case_closed_in_two_ways_at_once_ends_in_one():
    case = make_cases.case()
    note = {"by": make.user(), "today": TODAY}
    outcomes = at_once(
        lambda: actions.fail_case(case.pk, **note),
        lambda: actions.withdraw_case(case.pk, **note),
        lambda: actions.succeed_case(case.pk, **note, agreement="oral"),
    )
    assert outcomes == ["done", "refused", "refused"]
    case.refresh_from_db()
    assert case.revision == 1


def test_a_draft_taken_up_twice_at_once_is_one_case():
    post = make.appointment()
    given = {
        "organization": post.organization, "dispute_type": make_cases.dispute_type(),
        "shares": [(post.mediator, "lead", 1)],
    }  # fmt: skip
    note = {"by": make.user(), "today": TODAY}
    draft = actions.begin_case(**note, **given)
    enter = [lambda: actions.enter_case(**note, **given, draft=draft.pk)] * 2
    assert at_once(*enter) == ["done", "refused"]
    assert CaseRecord.objects.get().number is not None


def test_entries_joined_crosswise_at_once_are_one_dispute():
    cases = [make_cases.case("succeeded", accepted_on=TODAY - days * DAY) for days in (40, 30)]
    first, second = cases
    note = {"by": make.user(), "today": TODAY, "reason": "One dispute."}
    outcomes = at_once(
        lambda: actions.join_disputes(first.pk, other=second, **note),
        lambda: actions.join_disputes(second.pk, other=first, **note),
    )
    assert outcomes == ["done", "refused"]
    assert set(CaseRecord.objects.with_dispute().values_list("dispute", flat=True)) == {first.pk}
