"""Many at the same moment: one complaint for one form, one handler for one complaint, one end."""

import pytest
from django.db import connection

from complaints import actions
from complaints.actions.stepping import stepping
from complaints.models import CaseGrant, Complaint, ComplaintClock, KeyDestruction, VaultKey
from office import ledger
from office.models import LedgerEntry
from tests import make
from tests.complaints.make_complaints import figures, handler, received
from tests.complaints.make_destructions import closed, lead, proposed
from tests.make import TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
POSTS, OFFICERS = 20, 8
# Rows are locked in PostgreSQL; in SQLite writers wait for each other, and once shows it.
ROUNDS = 20 if connection.vendor == "postgresql" else 2


@pytest.fixture(autouse=True)
def _figures():
    figures()


def test_twenty_identical_sendings_at_once_make_one_complaint_with_one_code():
    person, codes = make.appointment().mediator, set()

    def send():
        made, code = received(about=person, submission="b" * 32)
        codes.add(code)
        return made

    assert at_once(*[send] * POSTS) == ["done"] * POSTS
    assert len(codes) == 1
    assert Complaint.objects.count() == VaultKey.objects.count() == 1
    assert ComplaintClock.objects.count() == 1
    assert LedgerEntry.objects.filter(act="complaints.complaint.receive").count() == 1
    assert ledger.faults() == []


def test_eight_officers_take_up_one_complaint_at_once_and_one_has_it():
    officers = [handler() for _one in range(OFFICERS)]
    for _round in range(ROUNDS):
        made, _code = received()
        takes = [
            lambda by=by, pk=made.pk: actions.take_up(pk, by=by, today=TODAY) for by in officers
        ]
        assert at_once(*takes) == ["done", *["refused"] * (OFFICERS - 1)]
        made.refresh_from_db()
        grant = CaseGrant.objects.get(complaint=made)
        assert (made.state, made.handler) == ("screening", grant.user)
    assert ledger.faults() == []


def test_two_officers_destroy_one_key_at_once_and_one_does():
    case = proposed()
    one, other = lead(), lead()
    outcomes = at_once(
        lambda: actions.confirm_destruction(case.pk, by=one, today=TODAY),
        lambda: actions.confirm_destruction(case.pk, by=other, today=TODAY),
    )
    assert outcomes == ["done", "refused"]
    confirmed = LedgerEntry.objects.filter(act="complaints.keydestruction.confirm")
    assert confirmed.count() == 1


def test_one_complaint_is_proposed_once_however_many_propose_it():
    made, officers = closed(), [handler() for _one in range(4)]
    proposing = [lambda by=by: proposed(made, by=by) for by in officers]
    assert at_once(*proposing) == ["done", "refused", "refused", "refused"]
    assert KeyDestruction.objects.count() == 1


def test_a_complaint_is_opened_again_or_its_key_destroyed_never_both():
    case, head = proposed(), lead()

    def reopen():
        with stepping("reopen", case.complaint_id, by=None, today=TODAY) as complaint:
            complaint.closed_on, complaint.is_reopened = None, True
        return complaint

    outcomes = at_once(reopen, lambda: actions.confirm_destruction(case.pk, by=head, today=TODAY))
    assert outcomes == ["done", "refused"]
    made = Complaint.objects.get(pk=case.complaint_id)
    has_key = made.vault_key.key is not None
    assert has_key is (made.state == "screening")
