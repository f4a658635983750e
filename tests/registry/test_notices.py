"""Public notices and objections: their life, their term, who answers, what is kept."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from office.clocks import Term, Unit
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import notices
from registry.flows import NOTICE, OBJECTION, NoticeState, ObjectionState
from registry.models import Objection, Policy, PublicNotice
from registry.rules import personal_numbers
from tests import make
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.cases import note

pytestmark = pytest.mark.django_db
N, J = NoticeState, ObjectionState
CARD = "6222 0200 0000 0000 000"
WIDE = "１１０１０１１９９００３０７４４７７"  # the number before it, in full width
LAST_DAY = make.date(2026, 11, 30)  # five working days after 23 November 2026


@pytest.fixture(autouse=True)
def _rules(db):
    translation.activate("en")
    cases.load_rules()


@pytest.mark.parametrize("state", NoticeState)
@pytest.mark.parametrize("step", NOTICE.steps)
def test_a_notice_takes_a_step_in_its_states_only(state, step):
    row = cases.notice(state)
    take = {"publish": notices.publish_notice, "withdraw": notices.withdraw_notice}[step]
    allowed = state in NOTICE.steps[step].sources
    entries = LedgerEntry.objects.of(row).count()

    if allowed:
        take(row.pk, **note())
    else:
        with pytest.raises(Refused, match="not possible in the state"):
            take(row.pk, **note())

    row.refresh_from_db()
    assert row.state == (NOTICE.steps[step].target if allowed else state)
    assert LedgerEntry.objects.of(row).count() == entries + int(allowed)


@pytest.mark.parametrize("state", ObjectionState)
@pytest.mark.parametrize("step", OBJECTION.steps)
def test_an_objection_takes_a_step_in_its_states_only(state, step):
    row = cases.objection(state)
    allowed = state in OBJECTION.steps[step].sources
    entries = LedgerEntry.objects.of(row).count()

    if allowed:
        decide(step, row)
    else:
        with pytest.raises(Refused, match="not possible in the state"):
            decide(step, row)

    row.refresh_from_db()
    assert row.state == (OBJECTION.steps[step].target if allowed else state)
    assert LedgerEntry.objects.of(row).count() == entries + int(allowed)


def decide(step, row, **given):
    take = {
        "uphold": notices.uphold_objection,
        "reject": notices.reject_objection,
        "withdraw": notices.withdraw_objection,
    }[step]
    answer = {} if step == "withdraw" else {"answer": "已核实。"}
    return take(row.pk, **answer, **note(**given))


def test_a_notice_runs_for_the_term_of_its_policy_and_keeps_the_policy():
    row = cases.notice()
    ruling = Policy.objects.get(key="appointment_notice")

    assert (row.starts_on, row.ends_on, row.policy) == (TODAY, LAST_DAY, ruling)
    assert (ruling.term, row.number) == (Term(5, Unit.WORKING), f"公示〔2026〕{row.pk}号")


@pytest.mark.parametrize(
    ("today", "running", "closed"),
    [(TODAY, True, False), (LAST_DAY, True, False), (LAST_DAY + DAY, False, True)],
)
def test_whether_it_is_over_is_read_from_its_dates(today, running, closed):
    row = cases.notice()

    assert (row.is_running(today), row.is_closed(today)) == (running, closed)
    assert PublicNotice.objects.running(today).exists() is running
    assert PublicNotice.objects.past(today).exists() is closed


def test_a_term_that_nobody_can_know_is_not_published():
    row = cases.notice(N.DRAFT)

    with pytest.raises(Refused, match="the calendar of that year is not loaded"):
        notices.publish_notice(row.pk, **note(today=make.date(2026, 12, 29)))
    Policy.objects.all().delete()
    with pytest.raises(Refused, match="No policy sets the term"):
        notices.publish_notice(row.pk, **note())

    row.refresh_from_db()
    assert (row.state, row.starts_on) == ("draft", None)


@pytest.mark.parametrize(
    "number",
    [
        "138 1234 5678",
        "13812345678",
        "+86-138-1234-5678",
        "110101199003074477",
        WIDE,
        "6222 0200 0000 0000 000",
    ],
)
def test_a_personal_number_bars_the_publication(number):
    row = cases.notice(N.DRAFT, body=f"联系人：某某（{number}）。")

    assert len(NOTICE.refusals(row, "publish", TODAY)) == 1
    with pytest.raises(Refused, match="looks like a personal number"):
        notices.publish_notice(row.pk, **note())


@pytest.mark.parametrize(
    "text", ["0575-87000000", "12348", "公示〔2026〕12号", "2026年11月23日", "330681109001", ""]
)
def test_what_is_no_personal_number_is_left_alone(text):
    assert personal_numbers(text) == []


def test_a_published_notice_is_not_corrected():
    with pytest.raises(Refused, match="may not be edited"):
        notices.change_notice(cases.notice().pk, title="别的", **note())


@pytest.mark.parametrize(
    ("today", "taken"),
    [(TODAY - DAY, False), (TODAY, True), (LAST_DAY, True), (LAST_DAY + DAY, False)],
)
def test_an_objection_is_taken_while_the_notice_runs(today, taken):
    row = cases.notice()

    if taken:
        assert cases.objection(to=row, on=today).state == "open"
    else:
        with pytest.raises(Refused, match="is over"):
            cases.objection(to=row, on=today)


@pytest.mark.parametrize("state", [N.DRAFT, N.WITHDRAWN])
def test_nobody_objects_to_what_is_not_published(state):
    with pytest.raises(Refused, match="is over"):
        cases.objection(to=cases.notice(state))


def test_the_same_form_sent_twice_is_one_objection_with_one_code():
    row = cases.notice()
    sent = {"submission": "a" * 32, "text": "不同意。", "today": TODAY}

    first, code = notices.file_objection(row.pk, **sent)
    again, same_code = notices.file_objection(row.pk, **sent)
    other, other_code = notices.file_objection(row.pk, **{**sent, "submission": "b" * 32})

    assert (again, same_code) == (first, code)
    assert other != first
    assert other_code != code
    assert len(code) == 19
    assert Objection.objects.count() == 2


def test_the_code_finds_the_objection_however_it_is_typed_and_is_not_kept():
    row = cases.notice()
    made, code = notices.file_objection(row.pk, submission="a" * 32, text="不同意。", today=TODAY)

    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "")):
        assert notices.follow_objection(typed) == made
    for wrong in ("", "-", "AAAA-AAAA-AAAA-AAAA", code[:-1]):
        assert notices.follow_objection(wrong) is None
    assert code.replace("-", "").lower() not in dump()
    assert code.lower() not in dump()


def dump():
    """All that the database holds of objections and of the ledger, as it is stored."""
    with connection.cursor() as cursor:
        rows = []
        for table in ("registry_objection", "office_ledgerentry"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows += cursor.fetchall()
    return str(rows).lower()


def test_what_an_objector_wrote_is_sealed_and_stays_out_of_the_ledger():
    cases.objection("rejected", text="村东头的理由", name="王大妈", phone="13812345678")

    for secret in ("村东头的理由", "王大妈", "13812345678"):
        assert secret not in dump()


def test_who_published_does_not_decide_the_objections():
    officer = cases.county_officer()
    row = cases.objection(to=cases.notice(by=officer))

    for step in ("uphold", "reject"):
        with pytest.raises(Refused, match="Ask a colleague"):
            decide(step, row, by=officer)

    row.refresh_from_db()
    assert row.state == "open"


def test_the_answer_is_kept_with_who_and_when():
    officer = cases.county_officer()

    row = decide("reject", cases.objection(), by=officer)

    assert (row.answer, row.answered_by, row.answered_on) == ("已核实。", officer, TODAY)
    entry = LedgerEntry.objects.of(row).latest("sequence")
    assert (entry.act, entry.actor, entry.area) == (
        "registry.objection.reject", officer, 330681000000,
    )  # fmt: skip


def test_reading_who_objected_leaves_an_entry_and_needs_a_reason():
    row = cases.objection(name="王大妈", phone="13812345678")
    officer = cases.county_officer()

    shown = notices.read_objection(row.pk, **note(officer))

    assert shown == {"name": "王大妈", "phone": "13812345678"}
    assert LedgerEntry.objects.of(row).latest("sequence").act == "registry.objection.read"
    with pytest.raises(ValidationError):
        notices.read_objection(row.pk, by=officer, today=TODAY, reason=" ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"ends_on": None},
        {"starts_on": None},
        {"ends_on": TODAY},
        {"policy": None},
        {"published_by": None},
        {"number": None},
        {"state": "withdrawn"},
        {"withdrawal_reason": "x"},
    ],
    ids=str,
)
def test_the_database_refuses_a_notice_that_cannot_be(wrong):
    row = cases.notice()

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicNotice.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [{"state": "nonsense"}, {"answer": ""}, {"answered_by": None}, {"answered_on": None}],
    ids=str,
)
def test_the_database_refuses_a_decision_without_an_answer(wrong):
    row = cases.objection("rejected")

    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=row.pk).update(**wrong)
