"""The grammar of flows: lock, test, write, log; whole or not at all."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from office import flow, ledger
from office.flow import Flow, Refused, Stale, Step, changing, guard, taking
from office.models import LedgerEntry
from registry.flows import ORGANIZATION, OrganizationState
from registry.models import Organization
from tests import make
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
O = OrganizationState  # noqa: E741


def enter(body, **note):
    note = {"by": make.user(), "today": TODAY, **note}
    with taking("list", Organization.objects, body.pk, **note) as taken:
        taken.filed_on = note["today"]


def test_a_step_moves_writes_and_logs():
    body, officer = make.organization(O.DRAFT), make.user(name="赵六")

    enter(body, by=officer, reason="Complete.", legal_basis="第八条")

    body.refresh_from_db()
    entry = LedgerEntry.objects.get()
    assert (body.state, body.filed_on, body.revision) == (O.LISTED, TODAY, 1)
    assert (entry.act, entry.actor, entry.reason) == (
        "registry.organization.list",
        officer,
        "Complete.",
    )
    assert entry.legal_basis == "第八条"
    assert entry.before == {"state": "draft", "filed_on": None, "effective_on": None}
    filed_on = TODAY.isoformat()
    assert entry.after == {"state": "listed", "filed_on": filed_on, "effective_on": filed_on}


@pytest.mark.parametrize("state", OrganizationState)
def test_only_a_draft_or_a_filing_can_be_entered(state):
    # Of a kind to which the rules for committees do not apply.
    body = make.organization(state, kind="commercial")

    refusals = ORGANIZATION.refusals(body, "list", TODAY)

    assert (refusals == []) is (state in {O.DRAFT, O.FILING})


def test_a_refusal_gives_all_reasons_and_writes_nothing():
    never, no = guard("Never."), guard("No.")
    always = guard("Not this one.")(lambda obj, today: True)
    strict = Flow(
        Step(
            "list",
            "List",
            O.DRAFT,
            O.LISTED,
            never(lambda o, t: False),
            always,
            no(lambda o, t: False),
        ),
        editable=[],
    )
    body = make.organization(O.DRAFT)

    assert strict.refusals(body, "list", TODAY) == ["Never.", "No."]


@pytest.mark.parametrize(("offset", "refused"), [(0, False), (1, True)])
def test_a_guard_holds_at_its_boundary_day(offset, refused):
    body = make.organization(O.DRAFT, established_on=TODAY + offset * DAY)

    assert bool(ORGANIZATION.refusals(body, "list", TODAY)) is refused


def test_a_barred_step_changes_nothing():
    body = make.organization(O.DRAFT, established_on=None)

    with pytest.raises(Refused):
        enter(body)

    body.refresh_from_db()
    assert (body.state, body.revision, LedgerEntry.objects.count()) == (O.DRAFT, 0, 0)


def test_the_second_officer_is_refused():
    body = make.organization(O.DRAFT)
    enter(body)

    with pytest.raises(Refused):
        enter(body)

    assert LedgerEntry.objects.count() == 1


def test_what_the_database_would_refuse_is_refused_in_words_and_rolled_back():
    make.organization(name="同名委员会")
    body = make.organization(O.DRAFT)

    def rename():
        with taking("list", Organization.objects, body.pk, by=None, today=TODAY) as taken:
            taken.name = "同名委员会"

    with pytest.raises(ValidationError):
        rename()
    body.refresh_from_db()
    assert body.state == O.DRAFT


def test_an_act_whose_ledger_entry_fails_does_not_happen(monkeypatch):
    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(flow.ledger, "append", fail)
    body = make.organization(O.DRAFT)

    with pytest.raises(OSError):  # noqa: PT011
        enter(body)

    body.refresh_from_db()
    assert body.state == O.DRAFT


def correct(body, *, revision=None, **fields):
    with changing(
        Organization.objects, body.pk, by=make.user(), reason="Misspelt.", revision=revision
    ) as changed:
        for name, value in fields.items():
            setattr(changed, name, value)


def test_a_correction_keeps_the_old_value_in_the_ledger():
    body = make.organization(phone="0575-1")

    correct(body, phone="0575-2", revision=0)

    entry = LedgerEntry.objects.get()
    assert (entry.act, entry.before, entry.after) == (
        "registry.organization.change",
        {"phone": "0575-1"},
        {"phone": "0575-2"},
    )


def test_a_form_opened_before_another_change_is_stale():
    body = make.organization()
    correct(body, phone="1", revision=0)

    with pytest.raises(Stale):
        correct(body, phone="2", revision=0)

    body.refresh_from_db()
    assert body.phone == "1"


@pytest.mark.parametrize("state", OrganizationState)
def test_only_editable_states_may_be_edited(state):
    body = make.organization(state)

    if state in ORGANIZATION.editable:
        correct(body, phone="1")
    else:
        with pytest.raises(Refused):
            correct(body, phone="1")

    body.refresh_from_db()
    assert (body.phone == "1") is (state in ORGANIZATION.editable)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_the_same_moment_one_wins():
    body, officers = make.organization(O.DRAFT), [make.user(), make.user()]
    meet, outcomes = threading.Barrier(2), []

    def act(officer):
        try:
            meet.wait()
            enter(body, by=officer)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[officer]) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]
    assert LedgerEntry.objects.count() == 1
    assert ledger.faults() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole file.")
def test_a_row_being_taken_is_locked_for_every_other_connection():
    body, held, release, waited = (
        make.organization(O.DRAFT),
        threading.Event(),
        threading.Event(),
        [],
    )

    def hold():
        try:
            with taking("list", Organization.objects, body.pk, by=None, today=TODAY):
                held.set()
                release.wait(10)
        finally:
            connection.close()

    def skip():
        with transaction.atomic():
            rows = Organization.objects.select_for_update(skip_locked=True)
            return rows.filter(pk=body.pk).exists()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    waited.append(skip())
    release.set()
    holder.join()
    waited.append(skip())

    assert waited == [False, True]
