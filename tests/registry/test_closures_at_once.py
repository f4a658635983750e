"""Two officers, or two sendings of one form, at the same moment: one of them counts."""

import threading

import pytest
from django.db import connection
from django.utils import translation

from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import notices
from registry.models import Appointment, Objection, Organization
from tests import make
from tests.make import TODAY
from tests.registry import cases

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Start all acts at the same moment; return what came of each."""
    meet, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        try:
            translation.activate("en")
            meet.wait()
            outcomes.append(act() and "done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_officers_who_decide_at_once_one_does():
    cases.load_rules()
    body, target = make.organization(), make.organization()
    make.appointment(body=body)
    row = cases.closure("on_notice", body=body)
    cases.ready(row, settle="move", target=target)
    cases.closures.propose_closure(row.pk, **cases.note(today=TODAY + cases.TERM))
    officers = [cases.county_officer() for _officer in range(2)]

    outcomes = at_once(*[lambda by=by: cases.carry_out(row, by=by) for by in officers])

    assert outcomes == ["done", "refused"]
    assert Organization.objects.get(pk=body.pk).state == "deregistered"
    assert Appointment.objects.filter(organization=target).count() == 1
    assert LedgerEntry.objects.filter(act="registry.closure.carry_out").count() == 1


def test_one_form_sent_twice_at_once_is_one_objection():
    cases.load_rules()
    row = cases.notice()
    sent = {"submission": "a" * 32, "text": "不同意。", "today": TODAY}

    outcomes = at_once(*[lambda: notices.file_objection(row.pk, **sent)] * 4)

    assert outcomes == ["done"] * 4
    assert Objection.objects.count() == 1
