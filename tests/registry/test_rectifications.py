"""Orders to rectify: their life, their day, and the organisation that follows them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import closures, rectifications
from registry.flows import RECTIFICATION, RectificationState
from registry.models import Organization, Policy, Rectification
from tests import make
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.cases import note

pytestmark = pytest.mark.django_db
R = RectificationState
DUE = make.date(2026, 12, 23)  # thirty days after 23 November 2026
STATES = {
    R.ORDERED: "rectifying",
    R.PASSED: "listed",
    R.FAILED: "rectifying",
    R.WITHDRAWN: "listed",
}


@pytest.fixture(autouse=True)
def _rules(db):
    translation.activate("en")
    cases.load_rules()


def take(step, row, today=DUE + DAY):
    taken = {
        "clear": rectifications.clear_rectification,
        "fail": rectifications.fail_rectification,
        "withdraw": rectifications.withdraw_rectification,
    }[step]
    result = {} if step == "withdraw" else {"result": "已复查。"}
    return taken(row.pk, **result, **note(today=today))


@pytest.mark.parametrize("state", RectificationState)
@pytest.mark.parametrize("step", RECTIFICATION.steps)
def test_a_step_is_taken_in_its_states_only_and_the_organization_follows(state, step):
    row = cases.rectification(state)
    allowed = state in RECTIFICATION.steps[step].sources
    entries = LedgerEntry.objects.of(row).count()

    if allowed:
        take(step, row)
    else:
        with pytest.raises(Refused, match="not possible in the state"):
            take(step, row)

    row.refresh_from_db()
    after = RECTIFICATION.steps[step].target if allowed else state
    body = Organization.objects.get(pk=row.organization_id)
    assert (row.state, body.state) == (after, STATES[after])
    assert LedgerEntry.objects.of(row).count() == entries + int(allowed)


def test_an_order_keeps_its_day_and_the_policy_that_set_it():
    row = cases.rectification()

    assert (row.ordered_on, row.due_on) == (TODAY, DUE)
    assert row.policy == Policy.objects.get(key="rectification_term")
    assert row.number == f"责改〔2026〕{row.pk}号"
    entry = LedgerEntry.objects.of(row).get()
    assert (entry.act, entry.after["due_on"]) == ("registry.rectification.order", "2026-12-23")
    assert LedgerEntry.objects.of(row.organization).get().act == "registry.organization.order"


@pytest.mark.parametrize("state", ["draft", "change_pending", "rectifying", "closing"])
def test_only_a_listed_organization_is_ordered(state):
    body = make.organization(state)

    with pytest.raises(Refused, match="not possible in the state"):
        cases.rectification(body=body)

    assert Rectification.objects.count() == 0


def test_a_day_that_nobody_can_know_is_not_ordered():
    body = make.organization()

    with pytest.raises(Refused, match="the calendar of that year is not loaded"):
        cases.rectification(body=body, on=make.date(2026, 12, 10))

    body.refresh_from_db()
    assert body.state == "listed"


@pytest.mark.parametrize(("today", "passes"), [(DUE, False), (DUE + DAY, True)])
def test_it_has_failed_only_after_its_day(today, passes):
    row = cases.rectification()

    assert (RECTIFICATION.refusals(row, "fail", today) == []) is passes
    assert row.is_overdue(today) is passes
    assert Rectification.objects.overdue(today).exists() is passes


def test_what_was_checked_is_not_overdue():
    assert not cases.rectification("failed").is_overdue(TODAY)


def test_once_the_organization_is_leaving_a_late_repair_changes_nothing():
    row = cases.rectification("failed")
    Organization.objects.filter(pk=row.organization_id).update(state="closing")

    with pytest.raises(Refused, match="not possible in the state"):
        take("clear", row)

    row.refresh_from_db()
    assert row.state == "failed"


def test_one_order_runs_at_a_time():
    row = cases.rectification()
    twin = {
        "organization": row.organization, "ground": "seal", "faults": "x",
        "policy": row.policy, "ordered_on": TODAY, "due_on": DUE,
    }  # fmt: skip

    with pytest.raises(ValidationError, match="running already"):
        Rectification(**twin).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rectification.objects.bulk_create([Rectification(**twin)])


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"ground": "nonsense"},
        {"due_on": TODAY - 60 * DAY},
        {"result": ""},
        {"checked_on": None},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(wrong):
    row = cases.rectification("failed")

    with pytest.raises(IntegrityError), transaction.atomic():
        Rectification.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize("state", [R.ORDERED, R.FAILED])
def test_an_order_is_settled_after_a_deregistration_was_stopped(state):
    row = cases.rectification(state)
    case = cases.closure("on_notice", body=row.organization)
    with pytest.raises(Refused, match="not possible in the state “to be deregistered”"):
        take("clear", row)
    closures.stop_closure(case.pk, **note())

    take("clear", row)

    row.refresh_from_db()
    assert row.state == R.PASSED
    assert Organization.objects.get(pk=row.organization_id).state == "listed"
