"""Filings decided at the same moment: every number once, one decision on each, no deadlock."""

import pytest
from django.db import transaction

from office import ledger
from office.models import LedgerEntry
from registry.actions import appointments, filing_steps, filings
from registry.models import Appointment, CourtNotice, NumberSeries, Organization
from registry.rules import REGISTER_NUMBER
from tests import make
from tests.make import TODAY
from tests.registry import cases
from tests.registry.at_once import at_once
from tests.registry.test_filing_flow import with_minutes

pytestmark = pytest.mark.django_db(transaction=True)
PARALLEL = 4


@pytest.fixture(autouse=True)
def _rules(transactional_db):
    cases.load_rules()


def set_up():
    body = make.organization("filing", established_on=TODAY)
    make.members(body, 3, state="candidate")
    return with_minutes(make.filing("filing", kind="set_up", body=body))


def re_election():
    body = make.organization()
    make.members(body, 3)
    fields = {"term_number": 1, "term_from_on": TODAY}
    return with_minutes(make.filing("filing", kind="re_election", body=body, **fields))


def deciding(act, filing):
    """Return an act of an officer who had no hand in the filing."""
    note = cases.note()
    return lambda: act(filing.pk, **note)


def test_filings_listed_at_once_get_one_number_after_another():
    rows = [set_up() for _row in range(PARALLEL)]

    outcomes = at_once(*[deciding(filing_steps.file_filing, row) for row in rows])

    bodies = Organization.objects.filter(state="listed")
    serials = range(1, PARALLEL + 1)
    assert outcomes == ["done"] * PARALLEL
    assert sorted(bodies.values_list("number", flat=True)) == [
        REGISTER_NUMBER.format(county="330681", year=2026, serial=serial) for serial in serials
    ]
    assert sorted(CourtNotice.objects.values_list("number", flat=True)) == [
        f"调解备函〔2026〕{serial}号" for serial in serials
    ]
    assert ledger.faults() == []


def test_what_fails_leaves_no_gap_in_the_numbers(monkeypatch):
    first, second = set_up(), set_up()
    draw = filing_steps.draw_court_notice

    def break_down(body, *args, **kwargs):
        if body.pk == first.organization_id:
            raise OSError
        return draw(body, *args, **kwargs)

    monkeypatch.setattr(filing_steps, "draw_court_notice", break_down)
    with pytest.raises(OSError), transaction.atomic():  # noqa: PT011
        filing_steps.file_filing(first.pk, **cases.note())
    filing_steps.file_filing(second.pk, **cases.note())

    assert Organization.objects.get(pk=second.organization_id).number.endswith("0001")
    assert sorted(NumberSeries.objects.values_list("last", flat=True)) == [1, 1]


@pytest.mark.parametrize(
    "acts",
    [
        (filing_steps.file_filing, filing_steps.file_filing),
        (filing_steps.file_filing, filing_steps.refuse_filing),
        (filing_steps.file_filing, filing_steps.withdraw_filing),
        (filing_steps.file_filing, filing_steps.send_back_filing),
    ],
    ids=lambda acts: "-".join(act.__name__ for act in acts),
)
@pytest.mark.parametrize("made", [set_up, re_election, lambda: make.filing("filing")])
def test_of_two_officers_who_decide_one_filing_exactly_one_does(made, acts):
    row = made()

    outcomes = at_once(*[deciding(act, row) for act in acts])

    row.refresh_from_db()
    decided = LedgerEntry.objects.of(row).filter(
        act__in=[f"registry.filing.{name}" for name in ("file", "refuse", "withdraw", "send_back")]
    )
    assert outcomes == ["done", "refused"]
    assert decided.count() == 1
    assert CourtNotice.objects.count() == (row.state == "filed")
    assert Appointment.objects.filter(organization=row.organization_id).count() in {0, 3}


def test_filings_of_every_kind_at_once_do_not_wait_for_one_another_for_ever():
    rows = [made() for made in (set_up, re_election, lambda: make.filing("filing"))]
    rows += [set_up(), make.filing("filing"), re_election()]

    outcomes = at_once(*[deciding(filing_steps.file_filing, row) for row in rows])

    assert outcomes == ["done"] * len(rows)
    assert CourtNotice.objects.count() == len(rows)
    assert ledger.faults() == []


def test_a_filing_and_an_act_on_one_of_its_members_do_not_wait_for_one_another_for_ever():
    row = set_up()
    member = row.organization.appointments.order_by("-pk").first()
    other = make.appointment(member.mediator)
    note = cases.note()

    outcomes = at_once(
        deciding(filing_steps.file_filing, row),
        lambda: appointments.suspend_appointment(other.pk, **note),
    )

    assert outcomes == ["done", "done"]


def test_one_organisation_opens_one_filing_at_once():
    body, notes = make.organization(), [cases.note() for _officer in range(2)]
    asked = {"kind": "change", "organization": body, "event_on": TODAY}

    outcomes = at_once(*[lambda note=note: filings.open_filing(**asked, **note) for note in notes])

    assert outcomes == ["done", "refused"]
    assert body.filings.count() == 1
