"""Officers enter the same ticket, the same form and the same file at the same moment."""

import pytest

from complaints import actions
from complaints.models import Complaint, ComplaintEntry
from office import ledger
from tests import make
from tests.complaints import make_entered as made
from tests.complaints.make_complaints import figures, handler
from tests.make import TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TICKET = {"channel": "hotline", "source_number": "T-1"}


@pytest.fixture(autouse=True)
def _figures():
    figures()


@pytest.mark.parametrize("second_place", ["330681109", "330682001"])
def test_one_ticket_typed_twice_at_once_is_one_complaint(second_place):
    officers = [made.window(), made.window(second_place)]
    outcomes = at_once(*[lambda by=by: made.entered(by, **TICKET) for by in officers])
    assert outcomes == ["done", "refused"]
    assert Complaint.objects.count() == ComplaintEntry.objects.count() == 1
    assert ledger.faults() == []


def test_one_form_sent_twice_at_once_is_one_complaint():
    officer, codes = made.window(), []

    def send():
        codes.append(made.entered(officer, submission="a" * 32)[1])
        return True

    assert at_once(send, send, send) == ["done"] * 3
    assert len(set(codes)) == 1
    assert Complaint.objects.count() == ComplaintEntry.objects.count() == 1


def test_one_import_entered_twice_at_once_is_entered_once():
    by = handler()
    batch = made.checked(made.row("T-1"), made.row("T-2"), by=by)

    def enter():
        actions.enter_hotline_import(batch.pk, by=by, today=TODAY)
        return True

    assert at_once(enter, enter) == ["done", "refused"]
    assert Complaint.objects.count() == 2


def test_two_files_about_two_counties_and_a_ticket_typed_meanwhile_wait_for_each_other():
    _person, here = made.on_roster()
    _other, there = made.on_roster("330682001", "上虞某某人民调解委员会", "王某某")
    by, window = handler("3306"), made.window("330683001")
    rows = [
        made.row(f"T-{number}", organization=body.name)
        for number, body in enumerate([here, there, here, there])
    ]
    city = make.division("3306")
    batches = [made.checked(*some, by=by, division=city) for some in (rows, list(reversed(rows)))]
    outcomes = at_once(
        *[
            lambda pk=one.pk: actions.enter_hotline_import(pk, by=by, today=TODAY) or True
            for one in batches
        ],
        lambda: made.entered(window, channel="hotline", source_number="T-3"),
    )
    assert outcomes.count("done") >= 2
    assert set(outcomes) <= {"done", "refused"}
    assert Complaint.objects.count() == 4
    numbers = set(Complaint.objects.values_list("source_number", flat=True))
    assert numbers == {"T-0", "T-1", "T-2", "T-3"}
    assert ledger.faults() == []
