"""Claims of several organisations at the same moment: one dispute, one winner."""

import pytest

from casework.actions import claim_steps, claims
from casework.models import CaseRecord, ClaimBatch, ClaimLine
from office import ledger
from tests import make
from tests.casework import make_claims
from tests.make import TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PARALLEL = 8


def drafts():
    """Drafts of several organisations; their cases turn out to be entries of one dispute."""
    make_claims.rules()
    make_claims.scheme()
    made = []
    for _batch in range(PARALLEL + 1):
        of = make_claims.body()
        make_claims.case(of)
        made.append(make_claims.batch(of=of))
    first, *later = CaseRecord.objects.order_by("pk")
    CaseRecord.objects.filter(pk__in=[case.pk for case in later]).update(same_as=first)
    # The first entry is claimed by nobody: the others race for it.
    ClaimLine.objects.filter(case=first).update(state="withdrawn")
    return first, made[1:]


def handing_in(batch):
    by = make.user()
    return lambda: claim_steps.submit_batch(
        batch.pk, by=by, today=TODAY, reason="Complete.", declares=True
    )


def test_of_claims_of_one_dispute_handed_in_at_once_one_wins():
    first, made = drafts()

    outcomes = at_once(*[handing_in(batch) for batch in made])

    assert outcomes == ["done"] + ["refused"] * (PARALLEL - 1)
    assert ClaimBatch.objects.filter(state="first_check").count() == 1
    assert ClaimLine.objects.standing().filter(dispute=first).count() == 1
    assert ledger.faults() == []


def test_a_claim_drawn_up_several_times_at_once_is_drawn_up_once():
    make_claims.rules()
    make_claims.scheme()
    of = make_claims.body()
    make_claims.case(of)
    by = [make.user() for _number in range(PARALLEL)]

    outcomes = at_once(
        *[
            lambda user=user: claims.open_batch(
                by=user, today=TODAY, organization=of, year=2026, quarter=3
            )
            for user in by
        ]
    )

    assert outcomes == ["done"] + ["refused"] * (PARALLEL - 1)
    assert ClaimLine.objects.standing().count() == 1


def test_numbers_given_at_once_are_all_different():
    make_claims.rules()
    make_claims.scheme()
    bodies = [make_claims.body() for _number in range(4)]
    for of in bodies:
        make_claims.case(of)

    outcomes = at_once(
        *[
            lambda of=of: claims.open_batch(
                by=None, today=TODAY, organization=of, year=2026, quarter=3
            )
            for of in bodies
        ]
    )

    assert outcomes == ["done"] * 4
    numbers = ClaimBatch.objects.order_by("number").values_list("number", flat=True)
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003", "0004"]
