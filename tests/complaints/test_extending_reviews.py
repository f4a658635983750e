"""A reviewer gets more time, once, while the limit runs; whoever asked for the review is told."""

import pytest
from django.utils.formats import date_format

from complaints import actions
from complaints.flows import ComplaintState
from complaints.models import Complaint, ComplaintPolicy, StatementKind
from complaints.reports.following import follow
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.complaints.make_complaints import complaint, figures, handler, said
from tests.complaints.make_decisions import fresh, in_review, reviewer, taken_up
from tests.make import DAY, TODAY
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db
S = ComplaintState
WHY = "需要向多名当事人核实。"
ON = make.date(2026, 10, 12)


@pytest.fixture(autouse=True)
def _figures(in_english):
    figures()


def asked_on(on=ON):
    """A complaint of which a review was asked for on a day, and who took it up."""
    row, by = in_review(on=on, today=on), reviewer()
    actions.take_up_review(row.pk, by=by, today=on)
    return fresh(row), by


def clock(row):
    return row.clocks.get(key="review_days")


def extend(row, by, *, days=30, today=ON):
    return actions.extend_review(row.pk, days=days, by=by, today=today, reason=WHY)


@pytest.mark.parametrize(
    ("days", "due"),
    # Thirty days from 12 October end on Wednesday 11 November; a Saturday rolls to the Monday.
    [(1, (11, 12)), (3, (11, 16)), (30, (12, 11))],
)
def test_the_limit_is_counted_anew_and_who_asked_is_told_why(days, due):
    row, by = asked_on()
    assert clock(row).due_on == make.date(2026, 11, 11)
    extend(row, by, days=days)
    assert (clock(row).extra_days, clock(row).due_on) == (days, make.date(2026, *due))
    notice = said(row, StatementKind.NOTICE)[-1]
    assert WHY in notice
    assert "复查" in notice
    shown = follow(row.pk, ON)
    assert notice in [line.told for line in shown.lines]
    [until] = [until for what, until in shown.ahead if "review is decided" in what]
    assert date_format(clock(row).due_on) in until


@pytest.mark.parametrize("days", [0, 31])
def test_it_is_lengthened_by_no_more_than_the_figure(days):
    row, by = asked_on()
    with pytest.raises(Refused, match="at most 30 days"):
        extend(row, by, days=days)
    assert clock(row).extra_days == 0


def test_the_figure_is_one_of_its_own_and_that_of_the_day_the_limit_began():
    row, by = asked_on()
    ComplaintPolicy.objects.filter(key="extension_days").update(amount=2)
    ComplaintPolicy.objects.filter(key="review_extension_days").update(until_on=ON + DAY)
    make.saved(
        ComplaintPolicy(
            key="review_extension_days", amount=3, unit="calendar", standing="setting",
            from_on=ON + DAY,
        )
    )  # fmt: skip
    extend(row, by, days=20, today=ON + 5 * DAY)
    assert clock(row).extra_days == 20


def test_it_is_lengthened_once():
    row, by = asked_on()
    extend(row, by, days=5)
    told = said(row, StatementKind.NOTICE)
    with pytest.raises(Refused, match="extended before"):
        extend(row, by, days=5)
    assert (clock(row).extra_days, said(row, StatementKind.NOTICE)) == (5, told)


@pytest.mark.parametrize(("late", "passes"), [(0, True), (1, False)])
def test_a_limit_that_is_over_is_not_lengthened(late, passes):
    row, by = asked_on()
    on = clock(row).due_on + late * DAY
    if passes:
        extend(row, by, today=on)
        assert clock(row).due_on > on
        return
    with pytest.raises(Refused, match="is over"):
        extend(row, by, today=on)


@pytest.mark.parametrize("state", [s for s in S if s not in {S.IN_REVIEW, S.MERGED, S.RECEIVED}])
def test_only_while_a_review_waits(state):
    row, by = complaint(state, by=handler()), reviewer()
    actions.give_access(row, by, "reviewer", by=by, today=TODAY)
    with pytest.raises(Refused):
        extend(row, by, today=TODAY)
    assert not row.clocks.filter(extra_days__gt=0).exists()


def test_only_who_reviews_it_lengthens_the_limit():
    row, _by = asked_on()
    for wrong in [row.handler, handler(), reviewer()]:
        with pytest.raises(Refused):
            extend(row, wrong)
    assert clock(row).extra_days == 0


def test_nothing_is_lengthened_that_stands_still():
    row, by = asked_on()
    Complaint.objects.filter(pk=row.pk).update(suspended_on=ON)
    with pytest.raises(Refused, match="suspended"):
        extend(row, by)


def test_the_limit_to_decide_is_another():
    row, by = asked_on()
    with pytest.raises(Refused, match="No limit to decide runs"):
        actions.extend(row.pk, days=3, by=row.handler, today=ON, reason=WHY)
    extend(row, by, days=3)


def test_the_ledger_knows_the_days_and_not_the_reason():
    row, by = asked_on()
    extend(row, by, days=7)
    entry = LedgerEntry.objects.get(act="complaints.complaint.extend_review")
    assert (entry.after, WHY in entry.reason) == ({"days": 7}, False)


def test_a_failure_halfway_leaves_the_limit(monkeypatch):
    row, by = asked_on()
    due = clock(row).due_on

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(ledger, "append", fail)
    with pytest.raises(RuntimeError):
        extend(row, by)
    assert (clock(row).extra_days, clock(row).due_on) == (0, due)
    assert WHY not in "".join(said(row, StatementKind.NOTICE))


def test_the_reviewer_lengthens_it_from_the_page_and_a_second_click_does_nothing(client, at_desk):
    row, by = taken_up()
    at_desk(by)
    form = sent(days=10, reason=WHY)
    address = url("complaints", "act", row.pk, "extend_review")
    assert "counted anew" in client.get(address).content.decode()
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 302
    assert client.post(address, sent(days=10, reason=WHY)).status_code == 422
    assert clock(row).extra_days == 10


def test_whoever_was_not_given_the_case_finds_no_such_act(client, at_desk):
    row, _by = taken_up()
    for other in [handler("330682"), handler(), reviewer()]:
        at_desk(other)
        address = url("complaints", "act", row.pk, "extend_review")
        assert client.get(address).status_code == 404
        assert client.post(address, sent(days=3, reason=WHY)).status_code == 404
    assert clock(row).extra_days == 0
