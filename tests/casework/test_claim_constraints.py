"""What the database itself holds of claims and allowances, whoever writes them."""

import pytest
from django.db import IntegrityError, transaction

from casework.models import AllowanceRun, ClaimBatch, ClaimFunding, ClaimLine, ClaimShare, PayLine
from tests import make
from tests.casework import make_claims
from tests.casework.make_allowances import performance, run
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
BATCH = [
    ("draft", {"state": "lost"}, "claimbatch_state_is_known"),
    ("draft", {"quarter": 5}, "claimbatch_quarter_is_known"),
    ("draft", {"state": "first_check"}, "claimbatch_handed_in_is_dated"),
    ("draft", {"state": "returned"}, "claimbatch_returned_says_why"),
    ("approval", {"state": "approved"}, "claimbatch_approved_is_dated"),
    ("approval", {"approved_on": TODAY}, "claimbatch_approved_is_dated"),
    ("approved", {"state": "paid"}, "claimbatch_paid_has_a_voucher"),
    ("approved", {"voucher": "1"}, "claimbatch_paid_has_a_voucher"),
    ("paid", {"voucher": ""}, "claimbatch_paid_has_a_voucher"),
    ("paid", {"disclosed_on": TODAY}, "claimbatch_disclosed_once_paid"),
    ("approved", {"disclosed_on": TODAY, "disclosed_until_on": TODAY + DAY},
     "claimbatch_disclosed_once_paid"),
    ("draft", {"total_approved": -1}, "claimbatch_totals_are_not_negative"),
]  # fmt: skip
LINE = [
    ({"state": "gone"}, "claimline_state_is_known"),
    ({"state": "struck"}, "claimline_struck_says_why"),
    ({"struck_reason": "No."}, "claimline_struck_says_why"),
    ({"amount_approved": -1}, "claimline_amounts_are_not_negative"),
    ({"scheme": None}, "claimline_tiers_are_of_a_scheme"),
]


@pytest.mark.parametrize(("state", "values", "name"), BATCH)
def test_the_database_refuses_a_batch_that_cannot_be(state, values, name):
    batch = make_claims.batch(state)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ClaimBatch.objects.filter(pk=batch.pk).update(**values)


def test_the_database_refuses_a_line_that_cannot_be():
    line = make_claims.batch().lines.get()
    for values, name in LINE:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ClaimLine.objects.filter(pk=line.pk).update(**values)


def test_a_dispute_stands_in_one_line_and_a_body_claims_once_a_quarter():
    batch = make_claims.batch()
    line = batch.lines.get()
    of = make_claims.body()
    make_claims.case(of)
    other = make_claims.batch(of=of)

    again = ClaimLine(batch=other, case=line.case, dispute=line.dispute)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimLine.objects.bulk_create([again])
    ClaimLine.objects.bulk_create(
        [ClaimLine(batch=other, case=line.case, dispute=line.dispute, state="withdrawn")]
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimBatch.objects.filter(pk=other.pk).update(organization=batch.organization)


def test_parts_and_funds_are_amounts_and_each_stands_once():
    line = make_claims.batch().lines.get()
    share, fund = line.shares.get(), line.funds.get()
    for rows, values in [
        (ClaimShare.objects, {"weight": 0}),
        (ClaimShare.objects, {"amount": -1}),
        (ClaimFunding.objects, {"amount": -1}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    for row in (share, fund):
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.bulk_create([row])


RUN = [
    ({"state": "lost"}, "allowancerun_(state_is_known|approved_by_another)"),
    ({"pro_rata": "guessed"}, "allowancerun_rule_is_known"),
    ({"from_on": TODAY}, "allowancerun_is_of_whole_months"),
    ({"state": "approved"}, "allowancerun_approved_by_another"),
    ({"state": "approved", "approved_on": TODAY, "approved_by": 1, "submitted_by": 1},
     "allowancerun_approved_by_another"),
    ({"paid_on": TODAY, "voucher": "1"}, "allowancerun_paid_has_a_voucher"),
]  # fmt: skip
PAY = [
    ({"kind": "gift"}, "payline_kind_is_known"),
    ({"amount": -1}, "payline_amount_is_not_negative"),
    ({"kind": "fixed"}, "payline_fixed_says_the_rate"),
    ({"label": ""}, "payline_performance_says_why"),
    ({"reason": ""}, "payline_performance_says_why"),
    ({"approved_by": 1, "entered_by": 1}, "payline_approved_by_another"),
]


def test_the_database_refuses_a_run_and_a_line_of_pay_that_cannot_be():
    somebody = make.user()
    made = run()
    performance(made)
    for rows, cases in [(AllowanceRun.objects, RUN), (PayLine.objects.filter(label="优秀"), PAY)]:
        for values, name in cases:
            by_one = {key: somebody.pk for key in values if key.endswith("_by")}
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                rows.update(**values | by_one)
