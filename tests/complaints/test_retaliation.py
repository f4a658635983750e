"""Whoever suffers for a complaint is heard at once, one level higher; later acts are listed."""

import pytest
from django.db import IntegrityError, transaction

from complaints import actions, vault
from complaints.actions import NotGiven
from complaints.actions.filing import find_by_code
from complaints.models import Complaint, DeclaredWitness
from complaints.queries.retaliation import acts_since_complaint
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import record_discipline
from registry.actions.appointments import suspend_appointment
from tests import make
from tests.complaints.make_complaints import IDENTITY, complaint, figures, handler, said
from tests.complaints.make_decisions import recording, reviewer
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
NOW = f"{TODAY}T09:00:00+08:00"
TEXT = "投诉以后，村里取消了我的补助。"


@pytest.fixture(autouse=True)
def _figures(db, in_english, time_machine):
    figures()
    time_machine.move_to(NOW)


def reported(row, **given):
    return actions.report_retaliation(
        row, **({"text": TEXT, "today": TODAY, "submission": "a" * 32} | given)
    )


def test_a_linked_urgent_case_lies_with_the_next_higher_body_under_the_same_name():
    row = complaint("assigned")
    made, code = reported(row)
    assert (made.retaliation_for, made.urgency, made.state) == (row, "urgent", "received")
    assert made.division.code == "3306"
    assert (made.mediator, made.organization) == (row.mediator, row.organization)
    assert vault.identity(made) == IDENTITY
    assert said(made, "facts") == [TEXT]
    assert not Complaint.objects.within(handler()).filter(pk=made.pk).exists()
    assert Complaint.objects.within(reviewer()).filter(pk=made.pk).exists()
    assert find_by_code(code) == made


def test_sent_twice_it_is_one_case_and_one_code():
    row = complaint("assigned")
    first, code = reported(row)
    again, same = reported(row)
    assert (again, same) == (first, code)
    assert Complaint.objects.count() == 2


def test_the_head_of_the_bureau_is_told_once_that_there_is_something_and_not_what(
    django_capture_on_commit_callbacks, mailoutbox
):
    row = complaint("assigned")
    make.officer(Role.CITY_BUREAU, make.division("3306"), email="head@example.org")
    make.officer(Role.CITY_BUREAU, make.division("3307"), email="elsewhere@example.org")
    for _sending in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            made, _code = reported(row)
    (sent,) = mailoutbox
    assert sent.to == ["head@example.org"]
    told = f"{sent.subject}{sent.body}"
    assert not [mark for mark in [TEXT, made.number, row.number, IDENTITY["name"]] if mark in told]


def test_of_a_nameless_complainant_no_name_is_kept_here_either():
    made, _code = reported(complaint("assigned", mode="anonymous"))
    assert made.mode == "anonymous"
    assert vault.identity(made) == {}


def test_an_empty_report_is_refused_and_so_is_an_officer_the_case_was_not_given_to():
    row = complaint("assigned")
    with pytest.raises(Refused):
        reported(row, text="  ")
    with pytest.raises(NotGiven):
        reported(row, by=handler())
    made, _code = reported(row, by=row.handler)
    assert (made.channel, made.entered_by) == ("window", row.handler)


# --- Later acts ---------------------------------------------------------------------------------


def suspended(post, today=TODAY):
    return suspend_appointment(post.pk, by=make.user(), today=today, reason="Set up.")


def kinds(row, today=TODAY):
    return [entry.act for entry in acts_since_complaint(row, today)]


def test_acts_against_a_witness_anywhere_are_listed_and_against_strangers_not():
    row, witness, stranger = complaint("assigned"), make.appointment(), make.appointment()
    suspended(witness)
    suspended(stranger)
    assert kinds(row) == []
    actions.note_witness(row.pk, by=row.handler, today=TODAY, mediator=witness.mediator)
    assert kinds(row) == ["registry.appointment.suspend"]


def test_acts_by_the_unit_against_others_are_listed_and_those_against_the_respondent_not():
    row = complaint("assigned")
    colleague = make.appointment(body=row.organization)
    own = row.mediator.appointments.get()
    for post in (own, colleague):
        record_discipline(
            post.pk, by=make.user(), today=TODAY, reason="Set up.", kind="criticism", **recording()
        )
    entries = acts_since_complaint(row, TODAY)
    assert [entry.act for entry in entries] == ["registry.discipline.add"]
    assert entries[0].subject_id == str(colleague.discipline.get().pk)


def test_the_months_of_the_figure_bound_what_is_looked_at(time_machine):
    row = complaint("assigned")
    post = make.appointment(body=row.organization)
    last = TODAY.replace(year=TODAY.year + 2)
    time_machine.move_to(f"{last + DAY}T09:00:00+08:00")
    suspended(post, last + DAY)
    assert kinds(row, last + 9 * DAY) == []
    time_machine.move_to(f"{last}T20:00:00+08:00")
    suspended(make.appointment(body=row.organization), last)
    assert kinds(row, last + 9 * DAY) == ["registry.appointment.suspend"]


def test_what_came_before_the_complaint_is_not_listed(time_machine):
    post = make.appointment()
    time_machine.move_to(f"{TODAY - DAY}T09:00:00+08:00")
    suspended(post, TODAY - DAY)
    time_machine.move_to(NOW)
    assert (
        kinds(complaint("assigned", about=make.appointment(body=post.organization).mediator)) == []
    )


def test_the_ledger_does_not_say_who_the_witness_is():
    row, witness = complaint("assigned"), make.mediator(name="万邻")
    actions.note_witness(row.pk, by=row.handler, today=TODAY, mediator=witness)
    actions.note_witness(row.pk, by=row.handler, today=TODAY, mediator=witness)
    entry = LedgerEntry.objects.get(act="complaints.complaint.note_witness")
    assert (entry.reason, entry.before, entry.after) == ("", {}, {})
    assert DeclaredWitness.objects.count() == 1


def test_the_person_complained_of_is_no_witness_and_strangers_note_none():
    row = complaint("assigned")
    with pytest.raises(Refused):
        actions.note_witness(row.pk, by=row.handler, today=TODAY, mediator=row.mediator)
    with pytest.raises(NotGiven):
        actions.note_witness(row.pk, by=handler(), today=TODAY, mediator=make.mediator())


def test_a_witness_is_noted_once():
    row, witness = complaint("assigned"), make.mediator()
    actions.note_witness(row.pk, by=row.handler, today=TODAY, mediator=witness)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeclaredWitness.objects.bulk_create(
            [DeclaredWitness(complaint=row, mediator=witness, noted_by=row.handler, noted_on=TODAY)]
        )
