"""Imports again, changed, undone, killed half-way: the ledger is whole at every moment."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import signals

from casework import actions
from casework.flows import may_change_cases
from casework.imports.lines import digest_of
from casework.models import CaseImport, CaseImportRow, CaseParty, CaseRecord, CaseShare
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from registry.flows import ImportState
from registry.models import Mediator
from tests.casework import make_cases
from tests.casework.case_files import checked, csv_file, entered, received, row, undone, world
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db

PEOPLE = {"applicant": "赵一", "applicant_phone": "13800000000"}


@pytest.fixture
def body():
    return world()


def everything():
    """All that the ledger of cases says."""
    cases = CaseRecord.objects.order_by("number")
    return [
        (
            *[getattr(one, field.attname) for field in one._meta.concrete_fields
              if field.name not in {"id", "revision", "created_at", "changed_at"}],
            list(one.shares.order_by("pk").values_list("mediator", "role", "weight")),
            [(p.side, p.name, p.phone) for p in one.parties.order_by("pk")],
        )
        for one in cases
    ]  # fmt: skip


def test_the_same_file_again_changes_nothing(body):
    rows = [row("A1", mediators="张三(60%)、李四(40%)", **PEOPLE), row("A2", amount="1,200.00")]
    entered(*rows)
    batch = checked(*rows)
    assert (batch.same, batch.new, batch.changed, batch.refused) == (2, 0, 0, 0)
    assert not batch.lines.exists()
    with pytest.raises(Refused):
        actions.apply_case_import(batch.pk, by=None, today=TODAY, in_background=False)


def test_what_differs_is_changed_and_what_is_silent_stays(body):
    entered(row("A1", mediators="张三(60%)、李四(40%)", **PEOPLE))
    batch = entered({"number": "A1", "fulfilment": "自动履行", "people": "5", "applicant": "赵二"})
    case = CaseRecord.objects.get()
    assert (case.fulfilment, case.is_voluntary, case.people) == ("fulfilled", True, 5)
    assert (case.agreement, case.amount, case.revision) == ("written", 12000, 1)
    assert list(case.shares.order_by("pk").values_list("weight", flat=True)) == [3, 2]
    assert [party.name for party in case.parties.all()] == ["赵二"]
    line = batch.lines.get()
    assert line.before == {"fulfilment": "", "is_voluntary": None, "people": 3}
    assert line.after == {"fulfilment": "fulfilled", "is_voluntary": True, "people": 5}
    assert line.told_parties["before"] == [["applicant", False, "赵一", "13800000000"]]


def test_a_new_outcome_takes_away_what_no_longer_goes_with_it(body):
    entered(row("A1", fulfilment="已履行", confirmation="已申请"))
    entered({"number": "A1", "outcome": "不成功"})
    case = CaseRecord.objects.get()
    assert (case.state, case.agreement, case.fulfilment) == ("failed", "", "")
    case.full_clean()
    entered({"number": "A1", "outcome": "调解中"})
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("accepted", None)


def test_shares_are_replaced_as_a_set(body):
    entered(row("A1", mediators="张三、李四"))
    entered(row("A1", mediators="李四"))
    assert [share.mediator.name for share in CaseShare.objects.all()] == ["李四"]


def test_the_same_shares_in_other_words_are_the_same(body):
    people = [(mediator("张三"), 3), (mediator("李四"), 2)]
    make_cases.case("succeeded", body=body, number="A1", mediators=people)
    assert checked({"number": "A1", "mediators": "张三(60%)、李四(40%)"}).same == 1
    assert checked({"number": "A1", "mediators": "张三、李四"}).same == 1
    assert checked({"number": "A1", "mediators": "张三(70%)、李四(30%)"}).changed == 1


def mediator(name):
    return Mediator.objects.get(name=name)


def test_an_import_is_undone_whole(body):
    entered(row("A1", **PEOPLE))
    before = everything()
    batch = entered(row("A1", people="9", mediators="李四", applicant="赵二"), row("A2"))
    assert everything() != before
    assert undone(batch).state == "undone"
    assert everything() == before


def test_what_was_changed_since_is_not_undone(body):
    batch = entered(row("A1"))
    entered(row("A1", people="9"))
    after = everything()
    batch = undone(batch)
    assert batch.state == "applied"
    assert "A1" in batch.fault
    assert everything() == after


def test_what_something_was_built_upon_is_not_undone(body):
    batch = entered(row("A1"), row("A2"))
    first, second = CaseRecord.objects.order_by("number")
    CaseRecord.objects.filter(pk=second.pk).update(same_as=first)
    batch = undone(batch)
    assert (batch.state, CaseRecord.objects.count()) == ("applied", 2)
    assert "A1" in batch.fault


@pytest.fixture
def barred():
    """A floor above that lets nobody change a case."""

    def bar(sender, cases, today, **kwargs):
        numbers = CaseRecord.objects.in_bulk(cases)
        return {pk: [f"{case.number} was paid for."] for pk, case in numbers.items()}

    may_change_cases.connect(bar)
    yield
    may_change_cases.disconnect(bar)


def test_a_case_that_was_paid_for_is_not_changed(body, barred):
    make_cases.case("succeeded", body=body, number="A1", people=2)
    batch = checked({"number": "A1", "people": "5"}, {"number": "A1x", "people": "5"})
    line = batch.lines.get(number=1)
    assert line.faults == [["number", "barred", "A1 was paid for."]]


def test_what_moved_since_the_check_refuses_the_whole(body):
    entered(row("A1"))
    batch = checked(row("A1", people="9"), row("A2"))
    CaseRecord.objects.filter(number="A1").update(revision=7)
    before = everything()
    actions.apply_case_import(batch.pk, by=None, today=TODAY, in_background=False)
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert "A1" in batch.fault
    assert everything() == before


def test_a_number_taken_since_the_check_refuses_the_whole(body):
    batch = checked(row("A1"), row("A2"))
    make_cases.case(number="A2")
    actions.apply_case_import(batch.pk, by=None, today=TODAY, in_background=False)
    batch.refresh_from_db()
    assert (batch.state, CaseRecord.objects.count()) == ("failed", 1)


def test_a_fault_in_the_middle_leaves_nothing(body, monkeypatch):
    batch = checked(*[row(f"A{n}") for n in range(10)])
    monkeypatch.setattr("casework.imports.lines.CHUNK", 3)
    shares = []

    def fail(sender, instance, **kwargs):
        shares.append(instance)
        if len(shares) == 8:
            raise OSError("The disk is full.")

    signals.post_init.connect(fail, sender=CaseShare)
    try:
        with pytest.raises(OSError, match="disk"):
            actions.apply_case_import(batch.pk, by=None, today=TODAY, in_background=False)
    finally:
        signals.post_init.disconnect(fail, sender=CaseShare)
    batch.refresh_from_db()
    assert (batch.state, CaseRecord.objects.count()) == ("failed", 0)
    actions.check_case_import(batch.pk, by=None, today=TODAY, in_background=False)
    actions.apply_case_import(batch.pk, by=None, today=TODAY, in_background=False)
    assert CaseRecord.objects.count() == 10


def test_the_ledger_proves_what_was_entered(body):
    batch = entered(row("A1"), row("A2"))
    entry = LedgerEntry.objects.of(batch).get(act="casework.caseimport.complete")
    assert entry.after["content_digest"] == batch.content_digest == digest_of(batch)
    assert ledger.faults() == []
    line = batch.lines.get(number=2)
    CaseImportRow.objects.filter(pk=line.pk).update(after={**line.after, "amount": "1.00"})
    assert digest_of(batch) != batch.content_digest


def test_chunks_are_one_import(body, monkeypatch):
    monkeypatch.setattr("casework.imports.reading.CHUNK", 4)
    monkeypatch.setattr("casework.imports.lines.CHUNK", 3)
    batch = entered(*[row(f"A{n:02d}") for n in range(11)])
    assert CaseRecord.objects.count() == 11
    undone(batch)
    assert CaseRecord.objects.count() == 0


def test_an_abandoned_import_keeps_nothing(body):
    batch = checked(row("A1", **PEOPLE))
    actions.abandon_case_import(batch.pk, by=None, today=TODAY)
    assert not CaseImportRow.objects.exists()


def test_old_files_go_and_the_history_stays(body):
    batch = entered(row("A1"))
    waiting = checked(row("A2"))
    later = batch.created_at + 40 * DAY
    assert actions.empty_case_imports(before=later, now=later) == 2
    assert CaseImportRow.objects.history_of("A1").count() == 1
    assert not waiting.lines.exists()
    batch.refresh_from_db()
    assert not batch.file


def test_a_stopped_work_is_released_after_a_silence(body):
    batch = received_in(ImportState.CHECKING)
    with pytest.raises(Refused):
        actions.release_case_import(batch.pk, by=None, today=TODAY, now=batch.changed_at)
    now = batch.changed_at + DAY
    actions.release_case_import(batch.pk, by=None, today=TODAY, now=now)
    batch.refresh_from_db()
    assert batch.state == "failed"


def received_in(state):
    batch = received(csv_file(row("A1")))
    CaseImport.objects.filter(pk=batch.pk).update(state=state)
    batch.refresh_from_db()
    return batch


STATES = [
    ("check", ["uploaded", "checked", "failed"]),
    ("apply", ["checked"]),
    ("undo", ["applied"]),
    ("abandon", ["uploaded", "checked", "failed"]),
]


@pytest.mark.parametrize(("step", "sources"), STATES)
@pytest.mark.parametrize("state", ImportState.values)
def test_each_step_starts_in_its_states_only(body, step, sources, state):
    batch = checked(row("A1"))
    CaseImport.objects.filter(pk=batch.pk).update(state=state)
    batch.refresh_from_db()
    assert (batch.flow.refusals(batch, step, TODAY) == []) == (state in sources)


BROKEN = [
    ({"verdict": "unheard"}, "caseimportrow_verdict_is_known"),
    ({"verdict": "error"}, "caseimportrow_refused_keeps_nothing"),
    ({"verdict": "changed"}, "caseimportrow_changes_a_revision"),
]


@pytest.mark.parametrize(("values", "name"), BROKEN)
def test_the_database_refuses_a_row_that_cannot_be(body, values, name):
    batch = checked(row("A1"))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        batch.lines.update(**values)


def test_parties_are_encrypted_in_the_rows_as_well(body):
    checked(row("A1", **PEOPLE))
    with connection.cursor() as cursor:
        cursor.execute("SELECT parties FROM casework_caseimportrow")
        assert "赵一" not in cursor.fetchone()[0]
    assert CaseParty.objects.count() == 0


def test_the_check_asks_a_fixed_number_of_questions(body, django_assert_max_num_queries):
    entered(*[row(f"A{n:03d}") for n in range(40)])
    batch = received_in(ImportState.UPLOADED)
    with django_assert_max_num_queries(60) as few:
        actions.check_case_import(batch.pk, by=None, today=TODAY, in_background=False)
    many = received(csv_file(*[row(f"A{n:03d}", people="8") for n in range(40)]))
    with django_assert_max_num_queries(len(few) + 4):
        actions.check_case_import(many.pk, by=None, today=TODAY, in_background=False)
