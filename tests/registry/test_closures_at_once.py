"""Two officers, or two sendings of one form, at the same moment: one of them counts."""

import pytest

from office.models import LedgerEntry
from registry.actions import notices
from registry.models import Appointment, Objection, Organization
from tests import make
from tests.make import TODAY
from tests.registry import cases
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_of_two_objections_upheld_at_once_one_stops_the_case():
    cases.load_rules()
    row = cases.closure("on_notice")
    raised = [cases.objection(to=row.notice) for _objection in range(2)]
    notes = [cases.note() for _officer in raised]

    outcomes = at_once(
        *[
            lambda one=one, note=note: notices.uphold_objection(one.pk, answer="成立。", **note)
            for one, note in zip(raised, notes, strict=True)
        ]
    )

    assert Organization.objects.get(pk=row.organization_id).state == "listed"
    assert LedgerEntry.objects.filter(act="registry.closure.stop").count() == 1
    assert outcomes == ["done", "done"]


def test_of_upholding_and_rejecting_at_once_one_counts():
    cases.load_rules()
    row = cases.closure("on_notice")
    raised = cases.objection(to=row.notice)
    notes = [cases.note() for _officer in range(2)]

    outcomes = at_once(
        lambda: notices.uphold_objection(raised.pk, answer="成立。", **notes[0]),
        lambda: notices.reject_objection(raised.pk, answer="不成立。", **notes[1]),
    )

    raised.refresh_from_db()
    body = Organization.objects.get(pk=row.organization_id)
    assert outcomes == ["done", "refused"]
    assert body.state == {"upheld": "listed", "rejected": "closing"}[raised.state]


def test_whoever_stops_objects_and_answers_at_once_does_not_wait_for_ever():
    cases.load_rules()
    row = cases.closure("on_notice")
    raised = cases.objection(to=row.notice)
    notes = [cases.note() for _officer in range(2)]
    sent = [{"submission": letter * 32, "text": "不同意。", "today": TODAY} for letter in "abc"]

    outcomes = at_once(
        lambda: notices.uphold_objection(raised.pk, answer="成立。", **notes[0]),
        lambda: cases.closures.take_inventory(row.pk, **notes[1]),
        *[lambda one=one: notices.file_objection(row.notice_id, **one) for one in sent],
    )

    assert set(outcomes) <= {"done", "refused"}
    assert Organization.objects.get(pk=row.organization_id).state == "listed"
