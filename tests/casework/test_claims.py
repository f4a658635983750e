"""Claims drawn up and mended: what is collected, what it comes to, who may change it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.actions import claim_lines, claim_steps, claims, payroll, reopen_case
from casework.models import CaseRecord, ClaimBatch, ClaimFunding, ClaimLine, ClaimShare
from casework.reports.claims import left_out, payees_of, totals_by_county
from casework.rules.claims import quarter_of, span_of
from casework.rules.splitting import split
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases, make_claims, make_schemes
from tests.make import TODAY
from tests.registry import cases as register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
RANGE = {"code": "major", "name": "重大", "difficulties": ["major"], "documents_rule": "none",
         "amount_kind": "range"}  # fmt: skip
BY_CASE = {"code": "very-major", "name": "特大", "difficulties": ["very-major"],
           "documents_rule": "none", "amount_kind": "by_case"}  # fmt: skip


@pytest.fixture
def place(db):
    """An organisation below a county with a scheme of every kind of tier."""
    make_claims.rules()
    scheme = make_schemes.scheme(
        division=make.division("330681"), tiers=[], shares=[("县财政", 70), ("镇财政", 30)]
    )
    make_schemes.tier(scheme, (300, 500), **RANGE)
    make_schemes.tier(scheme, **BY_CASE)
    for values, amount in make_schemes.TIERS:
        make_schemes.tier(scheme, amount, **values)
    return make_claims.body()


def opened(of, **given):
    given = {"year": 2026, "quarter": 3, "by": None, "today": TODAY, **given}
    return claims.open_batch(organization=of, **given)


def adjust(line, by=None, **given):
    return claim_lines.adjust_line(
        line.pk, by=by, today=TODAY, **{"reason": "Six people were hurt.", **given}
    )


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 2), (date(2026, 12, 31), 4)],
)
def test_a_day_lies_in_its_quarter(day, quarter):
    assert quarter_of(day) == (2026, quarter)
    from_on, ends_on = span_of(2026, quarter)
    assert from_on <= day < ends_on


@given(st.dates(date(2011, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_exactly_the_span_of_its_quarter(day):
    year, quarter = quarter_of(day)
    spans = [span_of(year, number) for number in (1, 2, 3, 4)]
    assert [from_on <= day < ends_on for from_on, ends_on in spans].index(True) == quarter - 1
    assert sum(from_on <= day < ends_on for from_on, ends_on in spans) == 1


def test_a_batch_collects_the_cases_closed_in_the_quarter(place):
    first = make_claims.case(place, closed_on=date(2026, 7, 1), accepted_on=date(2026, 6, 30))
    last = make_claims.case(place, closed_on=date(2026, 9, 30))
    failed = make_claims.case(place, state="failed", attempts=2)
    make_claims.case(place, closed_on=date(2026, 6, 30), accepted_on=date(2026, 6, 1))
    make_claims.case(place, closed_on=date(2026, 10, 1))
    make_claims.case(make_claims.body())
    make_cases.case("accepted", body=place)

    batch = opened(place)

    lines = {line.case: line for line in batch.lines.all()}
    assert set(lines) == {first, last, failed}
    assert lines[failed].amount_claimed == Decimal("100.00")
    assert lines[first].tier_claimed.code == "general"
    assert lines[first].documents == sorted(make_claims.FULL_FILE)
    assert (batch.line_count, batch.total_claimed, batch.total_approved) == (3, 500, 500)
    assert batch.number == "SB3306812026Q3-0001"
    entry = LedgerEntry.objects.of(batch).get()
    assert (entry.act, entry.area) == ("casework.claimbatch.add", batch.division_id)


def test_the_collection_takes_as_many_queries_for_one_case_as_for_five(place):
    bodies = [make_claims.body() for _number in range(2)]
    for of, number in zip([place, *bodies], [1, 1, 5], strict=True):
        for _case in range(number):
            make_claims.case(of)
    opened(place)

    counts = []
    for of in bodies:
        with CaptureQueriesContext(connection) as asked:
            opened(of)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_the_scheme_does_not_pay_is_left_out_with_its_reasons(place):
    case = make_claims.case(place, state="failed", attempts=1)

    batch = opened(place)

    [(found, reasons)] = left_out(batch)
    assert (batch.line_count, found) == (0, case)
    assert any("多次调解未成" in reason for reason in reasons)


def test_a_case_is_priced_by_the_scheme_in_force_on_its_day(place):
    scheme = make_schemes.SubsidyScheme.objects.get()
    scheme.until_on, scheme.state = date(2026, 8, 1), "retired"
    scheme.save()
    make_schemes.scheme(
        division=make.division("330681"), from_on=date(2026, 8, 1), tiers=[(make_schemes.FULL, 250)]
    )
    make_claims.case(place, closed_on=date(2026, 7, 31), accepted_on=date(2026, 7, 30))
    make_claims.case(place, closed_on=date(2026, 8, 1), accepted_on=date(2026, 7, 30))

    amounts = opened(place).lines.order_by("case__closed_on").values_list("amount_claimed")

    assert [amount for [amount] in amounts] == [200, 250]


def test_entries_of_one_dispute_have_one_line(place):
    first, second = make_claims.case(place), make_claims.case(place)
    CaseRecord.objects.filter(pk=second.pk).update(same_as=first)

    assert opened(place).lines.get().dispute == first


def test_a_dispute_claimed_by_another_body_is_refused_and_the_batch_named(place):
    case = make_claims.case(place)
    batch, other = opened(place), make_claims.body()
    twin = make_claims.case(other)
    theirs = opened(other)
    CaseRecord.objects.filter(pk=twin.pk).update(same_as=case)

    with pytest.raises(Refused) as refused:
        make_claims.submit(theirs)

    assert refused.value.messages == [
        f"{case}: the dispute is claimed already in batch {batch.number}."
    ]
    claim_steps.withdraw_batch(batch.pk, **make_claims.note())
    make_claims.submit(theirs)
    theirs.refresh_from_db()
    assert theirs.state == "first_check"


def test_a_batch_of_another_county_is_not_named(place):
    case = make_claims.case(place)
    opened(place)
    make_claims.scheme(make.division("330682"))
    other = make_claims.body(in_division=make.division("330682"))
    twin = make_claims.case(other)
    theirs = opened(other)
    CaseRecord.objects.filter(pk=twin.pk).update(same_as=case)

    with pytest.raises(Refused) as refused:
        make_claims.submit(theirs)

    assert refused.value.messages == [f"{case}: the dispute is claimed already."]


def test_one_claim_a_quarter_and_another_once_it_is_withdrawn(place):
    make_claims.case(place)
    batch = opened(place)

    with pytest.raises(ValidationError, match="has a claim for this quarter already"):
        opened(place)
    assert ClaimBatch.objects.count() == 1

    claim_steps.withdraw_batch(batch.pk, **make_claims.note())
    again = opened(place)
    assert (again.line_count, batch.lines.get().state) == (1, "withdrawn")


@pytest.mark.parametrize(
    ("today", "passes"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)]
)
def test_a_claim_is_drawn_up_from_the_first_day_of_its_quarter(place, today, passes):
    if passes:
        assert opened(place, today=today).state == "draft"
    else:
        with pytest.raises(Refused, match="has not begun"):
            opened(place, today=today)


def test_an_unlisted_body_draws_up_nothing(place):
    with pytest.raises(Refused, match="not on the roster"):
        opened(make_claims.body(state="closing"))


@pytest.mark.parametrize(
    ("amount", "passes"),
    [("299.99", False), ("300", True), ("500", True), ("500.01", False)],
)
def test_a_range_is_decided_within_its_bounds_and_with_a_reason(place, amount, passes):
    make_claims.case(place, difficulty=make_cases.difficulty("major"))
    batch = opened(place)
    line = batch.lines.get()
    assert (line.amount_claimed, line.faults) == (None, ["undecided"])

    if not passes:
        with pytest.raises(Refused, match="outside the range"):
            adjust(line, amount=Decimal(amount))
        line.refresh_from_db()
        assert line.amount_claimed is None
        return
    adjust(line, amount=Decimal(amount))
    batch.refresh_from_db()
    assert (batch.total_claimed, batch.lines.get().faults) == (Decimal(amount), [])


def test_what_is_decided_case_by_case_needs_its_paper(place):
    make_claims.case(place, difficulty=make_cases.difficulty("very-major"))
    line = opened(place).lines.get()

    with pytest.raises(Refused, match="needs the paper"):
        adjust(line, amount=Decimal(3000))
    adjust(line, amount=Decimal(3000), document=register.pdf())

    line.refresh_from_db()
    assert (line.amount_approved, line.faults) == (3000, [])


def test_another_tier_needs_a_reason_and_is_of_the_same_scheme(place):
    make_claims.case(place)
    line = opened(place).lines.get()
    tiers = {tier.code: tier for tier in line.scheme.tiers.all()}
    stranger = make_claims.scheme(make.division("330682")).tiers.first()

    with pytest.raises(Refused, match="another scheme"):
        adjust(line, tier=stranger)
    adjust(line, tier=tiers["simple"], amount=Decimal(30))

    line.refresh_from_db()
    assert (line.tier_claimed.code, line.amount_claimed, line.faults) == ("simple", 30, [])


def test_the_checks_approve_another_amount_and_the_claimed_one_stays(place):
    make_claims.case(place, difficulty=make_cases.difficulty("major"))
    batch = opened(place)
    adjust(batch.lines.get(), amount=Decimal(480))
    make_claims.submit(batch)

    adjust(batch.lines.get(), amount=Decimal(350), reason="Two people were hurt.")

    line = batch.lines.get()
    batch.refresh_from_db()
    assert (line.amount_claimed, line.amount_approved, line.is_changed) == (480, 350, True)
    assert (line.reason, line.approved_reason) == ("Six people were hurt.", "Two people were hurt.")
    assert (batch.total_claimed, batch.total_approved) == (480, 350)
    assert batch.recounted() == batch.kept_totals


def test_only_whoever_has_the_batch_mends_its_lines(place):
    make_claims.case(place, difficulty=make_cases.difficulty("major"))
    batch = opened(place)
    clerk = make.officer(Role.CLERK, place)
    office = make.officer(Role.JUSTICE_OFFICE, make_claims.township())
    stranger = make.officer(Role.JUSTICE_OFFICE, make.division("330681004"))
    line = batch.lines.get()

    with pytest.raises(Refused, match="Only whoever has the batch"):
        adjust(line, by=office, amount=Decimal(400))
    adjust(line, by=clerk, amount=Decimal(400))
    make_claims.submit(batch)
    for other in (clerk, stranger):
        with pytest.raises(Refused, match="Only whoever has the batch"):
            adjust(line, by=other, amount=Decimal(410))
    adjust(line, by=office, amount=Decimal(410))

    assert ClaimLine.objects.get().amount_approved == 410


@pytest.mark.parametrize("state", ["approval", "approved", "paid", "withdrawn"])
def test_lines_of_a_batch_that_was_checked_stay_as_they_are(state):
    line = make_claims.batch(state).lines.get()

    with pytest.raises(Refused, match="stay as they are"):
        adjust(line, amount=Decimal(1))
    with pytest.raises(Refused, match="stay as they are"):
        claim_lines.strike_line(line.pk, by=None, today=TODAY, reason="No.")


def test_a_line_struck_out_frees_its_dispute(place):
    make_claims.case(place)
    batch = opened(place)
    line = batch.lines.get()

    claim_lines.strike_line(line.pk, by=None, today=TODAY, reason="Paid by the court.")

    batch.refresh_from_db()
    assert (batch.line_count, batch.total_approved) == (0, 0)
    assert [case for case, _why in left_out(batch)] == [line.case]
    again = claim_lines.add_line(
        batch.pk, by=None, today=TODAY, case=line.case, reason="It was not."
    )
    assert again.dispute == line.dispute


def test_a_case_of_an_earlier_quarter_is_claimed_late_with_a_reason(place):
    case = make_claims.case(place, closed_on=date(2026, 6, 30), accepted_on=date(2026, 6, 1))
    batch = opened(place)

    line = claim_lines.add_line(
        batch.pk, by=None, today=TODAY, case=case, reason="The file came back in August."
    )

    assert (line.faults, ClaimBatch.objects.get().line_count) == ([], 1)
    with pytest.raises(Refused, match="claimed already"):
        claim_lines.add_line(batch.pk, by=None, today=TODAY, case=case, reason="Again.")
    stranger = make_claims.case(make_claims.body())
    with pytest.raises(Refused, match="another organisation"):
        claim_lines.add_line(batch.pk, by=None, today=TODAY, case=stranger, reason="Theirs.")


def test_looking_again_adds_new_cases_and_keeps_what_was_decided(place):
    make_claims.case(place, difficulty=make_cases.difficulty("major"))
    batch = opened(place)
    adjust(batch.lines.get(), amount=Decimal(420))
    late = make_claims.case(place)

    claims.look_again(batch.pk, **make_claims.note())

    batch.refresh_from_db()
    assert (batch.line_count, batch.total_claimed) == (2, 620)
    assert batch.lines.get(case=late).amount_claimed == 200


def test_who_is_on_the_public_payroll_gets_no_part(place):
    scheme = make_schemes.SubsidyScheme.objects.get()
    type(scheme).objects.filter(pk=scheme.pk).update(bars_public_payroll=True)
    paid, official = make_claims.mediator(place), make_claims.mediator(place)
    payroll.add_payroll(
        by=None, today=TODAY, mediator=official, employer="镇政府", from_on=date(2020, 1, 1)
    )
    make_claims.case(place, paid, official)

    batch = opened(place)

    assert [(p.mediator, p.cases, p.amount) for p in payees_of(batch)] == [(paid, 1, 200)]
    assert str(official.pk) in batch.lines.get().offer["barred"]


def test_what_another_fund_paid_bars_the_case(place):
    make_claims.case(place)
    batch = opened(place)

    adjust(batch.lines.get(), paid_elsewhere=Decimal(150), reason="The court paid.")

    assert batch.lines.get().faults == ["excluded"]


def test_a_case_that_is_claimed_is_not_opened_again(place):
    case = make_claims.case(place)
    batch = opened(place)
    make_claims.submit(batch)

    with pytest.raises(Refused, match=f"claimed in batch {batch.number}"):
        reopen_case(case.pk, by=make.user(), today=TODAY, reason="They quarrel again.")
    claim_steps.return_batch(batch.pk, **make_claims.note())
    assert reopen_case(case.pk, by=make.user(), today=TODAY, reason="Again.").state == "accepted"


def test_totals_by_county_are_those_of_the_lines(place):
    for of in (place, make_claims.body()):
        make_claims.case(of)
        opened(of)

    [row] = totals_by_county(ClaimBatch.objects.all())

    county = make.division("330681").name
    assert row == (county, 2026, 3, 2, 2, 400, 400)


def test_the_ledger_is_whole_after_a_batch_was_paid():
    make_claims.batch("paid")
    assert ledger.faults() == []


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    cases=st.lists(
        st.tuples(
            st.decimals(300, 500, places=2), st.lists(st.integers(1, 9), min_size=1, max_size=4)
        ),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_totals_parts_and_funds_are_always_one_sum(place, cases):
    with transaction.atomic():
        for _amount, weights in cases:
            people = [(make_claims.mediator(place), weight) for weight in weights]
            make_claims.case(place, *people, difficulty=make_cases.difficulty("major"))
        batch = opened(place)
        for line, (amount, _weights) in zip(batch.lines.order_by("case_id"), cases, strict=True):
            adjust(line, amount=amount)
        batch.refresh_from_db()
        total = sum(amount for amount, _weights in cases)
        assert batch.recounted() == (len(cases), total, total, total, total)
        assert batch.kept_totals == batch.recounted()
        for line, (amount, weights) in zip(batch.lines.order_by("case_id"), cases, strict=True):
            parts = [share.amount for share in line.shares.order_by("pk")]
            assert parts == split(amount, weights)
        assert ClaimFunding.objects.count() == 2 * len(cases)
        assert ClaimShare.objects.count() == sum(len(weights) for _amount, weights in cases)
        transaction.set_rollback(True)
