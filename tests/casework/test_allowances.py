"""Allowances: months and parts of months, performance by two officers, what a mediator sees."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.actions import allowances, claim_steps
from casework.flows import ALLOWANCE, AllowanceState
from casework.models import AllowanceRun, PayLine
from casework.reports.pay import pay_of
from casework.rules.allowances import ProRata, days_in_post, fixed_amount, month_after, months_in
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_claims
from tests.casework.make_allowances import JULY, MONTHLY, full_timer, note, pay, performance, rated
from tests.casework.make_allowances import run as draft
from tests.make import DAY, TODAY
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
A = AllowanceState


@pytest.mark.parametrize(
    ("days", "rule", "amount"),
    [
        (31, ProRata.WHOLE_MONTHS, "800.00"),
        (30, ProRata.WHOLE_MONTHS, "0.00"),
        (30, ProRata.BY_DAYS, "774.19"),
        (1, ProRata.BY_DAYS, "25.81"),
        (0, ProRata.BY_DAYS, "0.00"),
    ],
)
def test_a_month_begun_is_paid_as_the_setting_says(days, rule, amount):
    assert fixed_amount(MONTHLY, JULY, days, rule) == Decimal(amount)


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 1)),
    st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2031, 1, 1)), st.integers(1, 900))),
)
def test_days_in_post_are_counted_once_and_never_exceed_the_month(day, spans):
    month = day.replace(day=1)
    spans = [(start, start + timedelta(length)) for start, length in spans]

    days = days_in_post(month, spans)

    held = [
        month + timedelta(n)
        for n in range((month_after(month) - month).days)
        if any(start <= month + timedelta(n) < end for start, end in spans)
    ]
    assert days == len(held)
    assert 0 <= fixed_amount(MONTHLY, month, days, ProRata.BY_DAYS) <= MONTHLY


def test_a_period_is_its_months():
    assert list(months_in(date(2026, 11, 1), date(2027, 2, 1))) == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1),
    ]  # fmt: skip


def test_full_timers_in_post_get_a_line_for_each_month():
    rated()
    of = make_claims.body()
    whole, begun = full_timer(of), full_timer(of, from_on=date(2026, 7, 17))
    full_timer(of, from_on=date(2026, 8, 1))
    make.appointment(body=of, from_on=date(2020, 1, 1))
    full_timer(make_claims.body())

    made = draft(of)

    lines = {line.mediator: (line.days, line.amount) for line in made.lines.all()}
    assert lines == {whole: (31, Decimal(800)), begun: (15, Decimal("387.10"))}
    assert made.total == Decimal("1187.10")
    assert LedgerEntry.objects.of(made).get().act == "casework.allowancerun.add"


def test_many_cents_add_up_exactly():
    rated()
    of = make_claims.body()
    for day in range(1, 24):
        full_timer(of, from_on=date(2026, 7, 1) + timedelta(day))

    made = draft(of)

    assert made.total == sum(line.amount for line in made.lines.all())
    assert made.recounted().as_tuple().exponent == -2


def test_a_month_is_paid_in_one_run_only():
    first = draft()
    of = first.organization

    again = draft(of, months=3)

    assert [line.month.month for line in again.lines.order_by("month")] == [8, 9]
    allowances.cancel_run(first.pk, **note())
    third = draft(of)
    assert third.lines.count() == 1


TARGETS = {
    "submit": ("draft", "approval"),
    "approve": ("approval", "approved"),
    "pay": ("approved", "paid"),
    "cancel": ("draft", "cancelled"),
}
STEPS = {
    "submit": lambda pk, by: allowances.submit_run(pk, **note(by)),
    "approve": lambda pk, by: allowances.approve_run(pk, **note(by)),
    "pay": pay,
    "send_back": lambda pk, by: allowances.send_back_run(pk, **note(by)),
    "cancel": lambda pk, by: allowances.cancel_run(pk, **note(by)),
}
WAYS = {
    "draft": [],
    "approval": ["submit"],
    "approved": ["submit", "approve"],
    "paid": ["submit", "approve", "pay"],
    "cancelled": ["cancel"],
}


@pytest.mark.parametrize("state", A.values)
@pytest.mark.parametrize("step", ALLOWANCE.steps)
def test_a_step_leads_on_from_its_states_only(state, step):
    made = draft()
    for way in WAYS[state]:
        STEPS[way](made.pk, make.user())

    if state in ALLOWANCE.steps[step].sources:
        STEPS[step](made.pk, make.user())
        made.refresh_from_db()
        assert made.state == ALLOWANCE.steps[step].target
        assert LedgerEntry.objects.of(made).first().act == f"casework.allowancerun.{step}"
    else:
        with pytest.raises(Refused):
            STEPS[step](made.pk, make.user())
        assert AllowanceRun.objects.get(pk=made.pk).state == state


def test_whoever_prepared_a_run_does_not_approve_it():
    opener, submitter = make.user(), make.user()
    made = draft(by=opener)
    allowances.submit_run(made.pk, **note(submitter))

    for officer in (opener, submitter):
        with pytest.raises(Refused, match="Whoever prepared a run"):
            allowances.approve_run(made.pk, **note(officer))
    assert allowances.approve_run(made.pk, **note()).state == "approved"


def test_performance_needs_a_second_officer():
    made, first = draft(), make.user()
    performance(made, by=first)

    made.refresh_from_db()
    assert ALLOWANCE.refusals(made, "submit", TODAY) == [
        "A performance line still awaits its second officer."
    ]
    with pytest.raises(Refused, match="Whoever entered"):
        allowances.approve_performance(made.pk, **note(first))
    allowances.approve_performance(made.pk, **note())

    made.refresh_from_db()
    assert made.total == Decimal(1100)
    assert ALLOWANCE.refusals(made, "submit", TODAY) == []
    line = made.lines.get(kind="performance")
    assert allowances.strike_performance(made.pk, line=line, **note()).total == Decimal(800)


@pytest.mark.parametrize(
    ("month", "said"), [(date(2026, 8, 1), "not in the run"), (date(2026, 6, 30), "not in the run")]
)
def test_performance_is_for_a_month_of_the_run(month, said):
    with pytest.raises(Refused, match=said):
        performance(draft(), month=month)


def test_performance_is_for_somebody_in_post():
    with pytest.raises(Refused, match="held no post"):
        performance(draft(), mediator=make.mediator())


@pytest.mark.parametrize(
    ("paid_on", "passes"), [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, False)]
)
def test_a_run_is_paid_between_its_approval_and_today(paid_on, passes):
    made = draft()
    for way in WAYS["approved"]:
        STEPS[way](made.pk, make.user())
    if passes:
        assert pay(made.pk, paid_on=paid_on).state == "paid"
    else:
        with pytest.raises(Refused, match="paid between"):
            pay(made.pk, paid_on=paid_on)


def test_a_total_that_was_tampered_with_stops_the_payment():
    made = draft()
    for way in WAYS["approved"]:
        STEPS[way](made.pk, make.user())
    PayLine.objects.update(amount=1)
    with pytest.raises(Refused, match="total kept"):
        pay(made.pk)


# --- What a mediator sees -------------------------------------------------------------------------


def paid_for():
    """Somebody with the pay of a claim and of a run, and a colleague with other amounts."""
    rated()
    make_claims.rules()
    of = make_claims.body()
    person, colleague = full_timer(of), full_timer(of)
    make_claims.case(of, (person, 2), (colleague, 1))
    batch = make_claims.batch("first_check", of=of)
    made = draft(of)
    return person, colleague, batch, made


def test_the_pay_of_a_mediator_is_made_of_its_sources_with_their_states():
    person, colleague, batch, made = paid_for()

    [period] = pay_of(person)
    assert [(e.kind, e.amount, e.standing) for e in period.entries] == [
        ("for cases", Decimal("133.33"), "check")
    ]
    STEPS["submit"](made.pk, make.user())
    for way in ("approve", "pay"):
        STEPS[way](made.pk, make.user())
    make_claims.bring_on(batch, "paid")

    [period] = pay_of(person)
    assert (period.year, period.quarter) == (2026, 3)
    assert (period.total, period.paid) == (Decimal("933.33"), Decimal("933.33"))
    assert {e.source for e in period.entries} == {batch.number, made.organization.name}
    [theirs] = pay_of(colleague)
    assert theirs.total == Decimal("866.67")


def test_a_draft_and_what_was_withdrawn_is_nobodys_pay():
    rated()
    make_claims.rules()
    of = make_claims.body()
    person = full_timer(of)
    make_claims.case(of, person)
    batch = make_claims.batch(of=of)
    draft(of)
    assert pay_of(person) == []
    claim_steps.withdraw_batch(batch.pk, **make_claims.note())
    assert pay_of(person) == []


def test_a_mediator_reads_the_own_pay_and_nobody_else_does(client, at_desk):
    person, colleague, batch, _made = paid_for()
    account = make.user()
    type(person).objects.filter(pk=person.pk).update(user=account)
    at_desk(account)

    shown = client.get(reverse("my_pay")).content.decode()
    table = client.get(reverse("my_pay_file")).content.decode("utf-8-sig")

    assert batch.number in shown
    assert "133.33" in shown
    assert "66.67" not in shown + table
    assert "133.33" in table
    assert colleague.name not in shown
    at_desk(make.user())
    assert client.get(reverse("my_pay")).status_code == 404
    assert client.get(reverse("my_pay_file")).status_code == 404


# --- The desk -------------------------------------------------------------------------------------


def test_a_run_is_drawn_up_and_approved_at_the_desk(client, at_desk):
    rated()
    of = make_claims.body()
    full_timer(of)
    at_desk()
    client.post(
        url("allowance_runs", "add"),
        sent(
            division=make.division("330681").pk, organization=of.pk, from_on="2026-07-01", months=1,
            pro_rata="by_days",
        ),
    )  # fmt: skip
    made = AllowanceRun.objects.get()
    client.post(url("allowance_runs", "act", made.pk, "submit"), sent())
    own = client.post(url("allowance_runs", "act", made.pk, "approve"), sent())
    at_desk()
    client.post(url("allowance_runs", "act", made.pk, "approve"), sent())

    made.refresh_from_db()
    assert own.status_code == 422
    assert (made.state, made.total) == ("approved", MONTHLY)
    assert str(MONTHLY) in client.get(url("allowance_runs", "inspect", made.pk)).content.decode()


def test_who_approves_performance_pay_reads_which_and_finds_it_first(client, county):
    made, first = draft(), make.user(name="First")
    performance(made, by=first)
    (said,) = client.get(url("allowance_runs", "act", made.pk, "approve_performance")).context[
        "consequences"
    ]
    line = made.lines.get(kind="performance")
    month = f"{line.month:%Y-%m}"
    assert said == (
        f"{line.mediator}, {month}: {line.amount} yuan for “{line.label}”, entered by First."
    )
    section = client.get(url("allowance_runs", "inspect", made.pk)).context["sections"][1]
    kinds = [row.kind for row, *_rest in section.context["lines"]]
    assert (kinds[0], "performance" in kinds[1:]) == ("performance", False)
    assert len(kinds) > 1


def test_runs_of_another_district_cannot_be_found(client, at_desk):
    made = draft()
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330682")))
    pages = [url("allowance_runs", "inspect", made.pk), url("allowance_runs", "history", made.pk)]
    pages += [url("allowance_runs", "act", made.pk, act) for act in ("submit", "add_performance")]
    assert {client.get(page).status_code for page in pages} == {404}


def test_somebody_is_entered_as_on_the_public_payroll_until_a_day(client, county):
    person = make.mediator(in_division=make_claims.township())
    typed = {"mediator": person.pk, "employer": "镇政府", "from_on": "2026-01-01"}

    client.post(url("public_payroll", "add"), sent(**typed))
    again = client.post(url("public_payroll", "add"), sent(**typed))
    row = person.public_payroll.get()
    client.post(url("public_payroll", "act", row.pk, "end"), sent(until_on="2026-06-01"))

    row.refresh_from_db()
    assert again.status_code == 422
    assert row.until_on == date(2026, 6, 1)
