"""Several officers act on one complaint at the same moment: one of them does."""

import pytest

from complaints import actions
from complaints.models import CaseGrant, Complaint, ComplaintClock
from office import ledger
from office.models import LedgerEntry
from tests.complaints.make_complaints import TODAY, complaint, figures, handler, received
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _figures():
    figures()


def test_a_complaint_taken_up_by_two_at_once_has_one_handler():
    row, _code = received()
    officers = [handler() for _number in range(2)]
    taking = [lambda by=one: actions.take_up(row.pk, by=by, today=TODAY) for one in officers]
    assert at_once(*taking) == ["done", "refused"]
    row.refresh_from_db()
    assert [grant.user for grant in CaseGrant.objects.all()] == [row.handler]
    assert LedgerEntry.objects.filter(act="complaints.complaint.screen").count() == 1
    assert ledger.faults() == []


def test_a_complaint_accepted_and_refused_at_once_ends_in_one_of_the_two():
    by = handler()
    row = complaint("screening", by=by)
    note = {"by": by, "today": TODAY}
    outcomes = at_once(
        lambda: actions.accept(row.pk, **note),
        lambda: actions.reject(row.pk, ground="court", **note),
        lambda: actions.ask_material(row.pk, items="合同", **note),
    )
    assert outcomes == ["done", "refused", "refused"]


def test_complaints_joined_crosswise_at_once_end_in_one():
    by = handler()
    first = complaint("screening", by=by)
    second = complaint("screening", by=by, about=first.mediator)
    note = {"by": by, "today": TODAY}
    outcomes = at_once(
        lambda: actions.merge(first.pk, into=second, **note),
        lambda: actions.merge(second.pk, into=first, **note),
    )
    assert outcomes == ["done", "refused"]
    assert Complaint.objects.filter(state="merged").count() == 1


def test_a_limit_is_extended_once_however_many_ask():
    by = handler()
    row = complaint("screening", by=by)
    actions.accept(row.pk, by=by, today=TODAY)
    extending = [
        lambda: actions.extend(row.pk, days=9, by=by, today=TODAY, reason="案情复杂")
    ] * 3  # fmt: skip
    assert at_once(*extending) == ["done", "refused", "refused"]
    assert ComplaintClock.objects.get(key="total_days").extra_days == 9
