"""A file of hotline tickets: sealed at once, entered whole and once, or given up."""

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from complaints import actions, vault
from complaints.models import (
    Complaint,
    ComplaintEntry,
    ComplaintPolicy,
    HotlineImport,
    HotlineLine,
    StatementKind,
)
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.personal import Unreadable
from tests import make
from tests.complaints import make_entered as made
from tests.complaints.make_complaints import figures, handler, said
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MARKS = ["标记", made.PHONE, "香烟"]


@pytest.fixture(autouse=True)
def _figures():
    figures()


def enter(batch, by=None):
    actions.enter_hotline_import(batch.pk, by=by or batch.uploaded_by, today=TODAY)
    batch.refresh_from_db()
    return batch


def verdicts(batch):
    return {line.ticket: line.verdict for line in batch.lines.all()}


def stored_files():
    """The contents of every file in the private storage."""
    storage, found = storages["private"], []

    def walk(folder):
        folders, names = storage.listdir(folder)
        for name in names:
            with storage.open(f"{folder}/{name}") as file:
                found.append(file.read())
        for name in folders:
            walk(f"{folder}/{name}" if folder else name)

    try:
        walk("")
    except FileNotFoundError:
        return []
    return found


def test_between_check_and_entering_nothing_lies_in_the_clear():
    before = stored_files()
    batch = made.checked(made.row("T-1"), made.row("T-2", phone="标记错话"), by=handler())
    whole = made.tables()
    assert batch.lines.get(ticket="T-1").sealed
    assert "T-1" in whole
    assert not [mark for mark in MARKS if mark in whole]
    assert stored_files() == before


def test_the_key_itself_is_not_in_the_clear_and_a_row_opens_in_its_place_only():
    batch = made.checked(made.row("T-1"), made.row("T-2"), by=handler())
    assert batch.key not in made.tables()
    first, second = batch.lines.all()
    HotlineLine.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(Unreadable):
        enter(batch)
    assert not Complaint.objects.exists()


def test_rows_are_counted_as_new_known_and_refused():
    by = handler()
    enter(made.checked(made.row("T-1"), by=by))
    batch = made.checked(
        made.row("T-1"), made.row("T-2"), made.row("T-2"), made.row("T-3", facts=""), by=by
    )
    assert (batch.rows, batch.new, batch.known, batch.refused) == (4, 1, 1, 2)
    assert [line.verdict for line in batch.lines.all()] == ["known", "new", "refused", "refused"]


def test_entering_makes_complaints_as_they_were_read():
    person, body = made.on_roster("330682001", "上虞某某人民调解委员会", "王某某")
    by = handler()
    batch = enter(
        made.checked(
            made.row("T-1", mediator=person.name, ground="收费、侮辱", confidential="是"),
            made.row("T-2", name="", phone="", mediator="不在册者"),
            by=by,
        )
    )
    first, second = (Complaint.objects.get(source_number=number) for number in ("T-1", "T-2"))
    assert (first.channel, first.mode, first.about) == ("hotline", "confidential", "mediator")
    assert (first.mediator, first.organization, first.division.code) == (person, body, "330682")
    assert (first.grounds, first.entered_by) == (["fees", "insult"], by)
    assert said(first, StatementKind.FACTS) == [made.FACTS]
    assert vault.identity(first) == {"name": made.NAME, "phone": made.PHONE, "address": ""}
    assert (second.mode, second.about, second.division.code) == ("anonymous", "unknown", "330681")
    assert vault.identity(second) == {}
    assert said(second, StatementKind.WHOM) == ["不在册者"]
    entries = ComplaintEntry.objects.filter(batch=batch).values_list("source_on", "division__code")
    assert set(entries) == {(make.date(2026, 11, 20), "330681")}
    assert ledger.faults() == []


def test_the_limits_run_from_the_day_of_entry_and_not_of_the_call():
    batch = made.checked(made.row("T-1", received_on="2026-11-02"), by=handler())
    actions.enter_hotline_import(batch.pk, by=batch.uploaded_by, today=TODAY + DAY)
    complaint = Complaint.objects.get()
    started = dict(complaint.clocks.values_list("key", "start_on"))
    assert started == {"accept_days": TODAY + DAY, "hotline_days": TODAY + DAY}
    assert complaint.received_on == TODAY + DAY


def test_once_it_is_entered_the_key_and_the_rows_are_gone():
    batch = enter(made.checked(made.row("T-1"), made.row("T-2", facts=""), by=handler()))
    assert (batch.state, batch.key, batch.ended_on) == ("entered", None, TODAY)
    assert set(batch.lines.values_list("sealed", flat=True)) == {""}
    assert not [mark for mark in MARKS if mark in made.tables()]


@pytest.mark.parametrize("first", ["enter", "abandon"])
@pytest.mark.parametrize("then", ["enter", "abandon"])
def test_what_has_ended_is_neither_entered_nor_abandoned_again(first, then):
    by = handler()
    batch = made.checked(made.row("T-1"), by=by)
    getattr(actions, f"{first}_hotline_import")(batch.pk, by=by, today=TODAY)
    count = Complaint.objects.count()
    with pytest.raises(Refused):
        getattr(actions, f"{then}_hotline_import")(batch.pk, by=by, today=TODAY)
    assert Complaint.objects.count() == count == (1 if first == "enter" else 0)


def test_without_a_new_ticket_there_is_nothing_to_enter():
    by = handler()
    enter(made.checked(made.row("T-1"), by=by))
    batch = made.checked(made.row("T-1"), made.row("", facts=""), by=by)
    with pytest.raises(Refused, match="no new ticket"):
        enter(batch)
    actions.abandon_hotline_import(batch.pk, by=by, today=TODAY)


def test_a_file_checked_twice_and_entered_twice_makes_each_complaint_once():
    by = handler()
    rows = [made.row("T-1"), made.row("T-2")]
    one, two = made.checked(*rows, by=by), made.checked(*rows, made.row("T-3"), by=by)
    enter(one)
    enter(two)
    assert Complaint.objects.count() == 3
    assert verdicts(two) == {"T-1": "known", "T-2": "known", "T-3": "new"}
    assert (two.new, two.known, two.refused) == (1, 2, 0)


def test_a_ticket_typed_at_the_window_meanwhile_is_left_out():
    batch = made.checked(made.row("T-1"), made.row("T-2"), by=handler())
    made.entered(made.window("330682001"), channel="hotline", source_number="T-1")
    enter(batch)
    assert Complaint.objects.count() == 2
    assert verdicts(batch) == {"T-1": "known", "T-2": "new"}


def test_a_ticket_of_a_file_cannot_be_typed_again():
    by = handler()
    enter(made.checked(made.row("T-1"), by=by))
    with pytest.raises(Refused, match=Complaint.objects.get().number):
        made.entered(by, channel="hotline", source_number="T-1")


def test_when_the_middle_fails_nothing_is_entered_and_it_can_be_tried_again():
    batch = made.checked(*[made.row(f"T-{number}") for number in range(3)], by=handler())
    last = batch.lines.last()
    sealed = last.sealed
    HotlineLine.objects.filter(pk=last.pk).update(sealed="A256GCM.AAAA")
    with pytest.raises(Unreadable):
        enter(batch)
    ComplaintPolicy.objects.filter(key="hotline_days").update(from_on=TODAY + DAY)
    HotlineLine.objects.filter(pk=last.pk).update(sealed=sealed)
    with pytest.raises(Refused, match="No policy"):
        enter(batch)
    batch.refresh_from_db()
    assert (batch.state, Complaint.objects.count()) == ("checked", 0)
    ComplaintPolicy.objects.filter(key="hotline_days").update(from_on=TODAY - DAY)
    enter(batch)
    assert Complaint.objects.count() == 3


@pytest.mark.parametrize(("days", "ended"), [(7, 0), (8, 1)])
def test_a_file_nobody_enters_is_given_up_after_seven_days(days, ended):
    batch = made.checked(made.row("T-1"), by=handler())
    HotlineImport.objects.update(checked_on=TODAY - days * DAY)
    limit = TODAY - 7 * DAY
    assert actions.abandon_old_hotline_imports(limit, today=TODAY) == ended
    batch.refresh_from_db()
    assert batch.state == ("abandoned" if ended else "checked")
    assert (batch.key is None) == bool(ended)
    assert actions.abandon_old_hotline_imports(limit, today=TODAY) == 0


def test_the_ledger_tells_of_the_file_without_a_word_of_it():
    batch = enter(made.checked(made.row("T-1"), by=handler()))
    entries = LedgerEntry.objects.of(batch).order_by("sequence")
    assert [entry.act for entry in entries] == [
        "complaints.hotlineimport.add",
        "complaints.hotlineimport.enter",
    ]
    assert entries[0].after == {"rows": 1, "new": 1, "known": 0, "refused": 0}
    told = "".join(f"{one.before}{one.after}{one.reason}" for one in entries)
    assert not [mark for mark in [*MARKS, "A256GCM"] if mark in told]


def refused_by_the_database(rows, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**fields)


def test_the_database_holds_what_the_code_says():
    batch = made.checked(made.row("T-1"), made.row("T-2"), made.row("T-3", facts=""), by=handler())
    rows = HotlineImport.objects.filter(pk=batch.pk)
    refused_by_the_database(rows, state="nonsense")
    refused_by_the_database(rows, key=None)
    refused_by_the_database(rows, state="entered")
    refused_by_the_database(rows, state="entered", ended_on=TODAY)
    refused_by_the_database(rows, ended_on=TODAY)
    lines = batch.lines
    refused_by_the_database(lines.filter(ticket="T-2"), ticket="T-1")
    refused_by_the_database(lines.filter(ticket="T-2"), row=2)
    refused_by_the_database(lines.filter(ticket="T-3"), sealed="x")
    refused_by_the_database(lines.filter(ticket="T-1"), verdict="nonsense")
    refused_by_the_database(lines.filter(ticket="T-1"), verdict="known")
