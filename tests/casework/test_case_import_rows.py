"""A file with every kind of bad row: each is refused for its reason, the good ones enter whole."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from casework.models import CaseRecord
from casework.rules.row_reasons import REASONS
from tests import make
from tests.casework import make_cases
from tests.casework.case_files import (
    checked,
    csv_file,
    entered,
    reasons,
    row,
    world,
    xlsx_file,
)
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db

FAILED = {"outcome": "不成功", "agreement": ""}
BAD = [
    ({"number": ""}, "number", "number_missing"),
    ({"number": "9" * 41}, "number", "number_long"),
    ({"number": "1.23E+17"}, "number", "digits_lost"),
    ({"organization": ""}, "organization", "organization_missing"),
    ({"organization": "没有的调委会"}, "organization", "organization_unknown"),
    ({"organization": "外县村人民调解委员会"}, "organization", "organization_unknown"),
    ({"organization": "外县001"}, "organization", "organization_unknown"),
    ({"organization": "同名村人民调解委员会"}, "organization", "organization_ambiguous"),
    ({"organization": "长" * 121}, "organization", "text_long"),
    ({"mediators": ""}, "mediators", "mediators_missing"),
    ({"mediators": "王五"}, "mediators", "mediator_unknown"),
    ({"mediators": "同名"}, "mediators", "mediator_ambiguous"),
    ({"mediators": "张三、张三"}, "mediators", "mediator_twice"),
    ({"mediators": "张三(60%)、李四"}, "mediators", "share_missing"),
    ({"mediators": "张三(60%)、李四(30%)"}, "mediators", "shares_do_not_sum"),
    ({"mediators": "张三(100%)、李四(0%)"}, "mediators", "shares_do_not_sum"),
    ({"dispute_type": ""}, "dispute_type", "type_missing"),
    ({"dispute_type": "星际纠纷"}, "dispute_type", "type_unknown"),
    ({"difficulty": "超难"}, "difficulty", "difficulty_unknown"),
    ({"source": "天上掉下"}, "source", "source_unknown"),
    ({"accepted_on": ""}, "accepted_on", "accepted_missing"),
    ({"accepted_on": "去年春天"}, "accepted_on", "date_bad"),
    ({"accepted_on": "2026-02-30"}, "accepted_on", "date_bad"),
    ({"accepted_on": "2026年3月"}, "accepted_on", "date_imprecise"),
    ({"accepted_on": str(TODAY + DAY), "closed_on": "", "outcome": "调解中", "agreement": ""},
     "accepted_on", "day_in_the_future"),
    ({"closed_on": "2026-03-04"}, "closed_on", "day_before_accepted"),
    ({"closed_on": str(TODAY + DAY)}, "closed_on", "day_in_the_future"),
    ({"closed_on": ""}, "closed_on", "closed_missing"),
    ({"outcome": "", "agreement": ""}, "outcome", "outcome_missing"),
    ({"outcome": "调解中", "agreement": ""}, "outcome", "closed_but_open"),
    ({"outcome": "大概"}, "outcome", "outcome_unknown"),
    ({"people": "许多"}, "people", "count_bad"),
    ({"people": "0"}, "people", "count_bad"),
    ({"attempts": "1001"}, "attempts", "count_bad"),
    ({"amount": "一大笔"}, "amount", "amount_bad"),
    ({"amount": "0.001"}, "amount", "amount_bad"),
    ({"amount": "1000000000000"}, "amount", "amount_bad"),
    ({"amount": "-1"}, "amount", "amount_negative"),
    ({"agreement": "吟唱"}, "agreement", "agreement_unknown"),
    ({"agreement": "无"}, "agreement", "success_without_agreement"),
    ({"outcome": "不成功"}, "agreement", "agreement_without_success"),
    ({**FAILED, "fulfilment": "已履行"}, "fulfilment", "only_after_success"),
    ({**FAILED, "confirmation": "已申请"}, "confirmation", "only_after_success"),
    ({**FAILED, "due_on": "2026-04-01"}, "due_on", "only_after_success"),
    ({"fulfilment": "看情况"}, "fulfilment", "fulfilment_unknown"),
    ({"is_voluntary": "也许", "fulfilment": "已履行"}, "is_voluntary", "voluntary_unknown"),
    ({"is_voluntary": "是", "fulfilment": "未履行"}, "is_voluntary",
     "voluntary_without_fulfilment"),
    ({"fulfilled_on": "2026-04-01"}, "fulfilled_on", "fulfilled_day_without_fulfilment"),
    ({"fulfilled_on": "2026-01-01", "fulfilment": "已履行"}, "fulfilled_on",
     "day_before_accepted"),
    ({"confirmation": "也许"}, "confirmation", "confirmation_unknown"),
    ({"confirmation_on": "2026-04-01"}, "confirmation_on", "decision_day_without_decision"),
    ({"documents": "调解笔录、情书"}, "documents", "documents_unknown"),
    ({"applicant": "名" * 61}, "applicant", "text_long"),
    ({"applicant_phone": "13800000000"}, "applicant_phone", "phone_without_name"),
    ({"applicant": "赵一", "applicant_phone": "打不通"}, "applicant_phone", "phone_bad"),
    ({"applicant": "赵一", "applicant_phone": "1.38E+10"}, "applicant_phone", "digits_lost"),
]  # fmt: skip
# Of these a single new row cannot tell.
ELSEWHERE = {
    "number_repeated",
    "number_taken",
    "number_void",
    "barred",
    "kind_bad",
    "field_unknown",
}


@pytest.fixture
def body():
    return world()


@pytest.fixture
def others(body):
    """Organisations and people who are hard to tell apart, and a committee of another county."""
    for township in ("330681100", "330681101"):
        place = make.division(township, f"第{township}镇")
        make.organization(name="同名村人民调解委员会", in_division=place)
        make.appointment(make.mediator(name="同名"), body)
    abroad = make.division("330683", "嵊州市")
    make.organization(name="外县村人民调解委员会", number="外县001", in_division=abroad)


@pytest.mark.parametrize(("cells", "column", "code"), BAD)
def test_a_bad_row_is_refused_for_its_reason(others, cells, column, code):
    assert reasons(checked(row(**cells))) == [(column, code)]


def test_every_reason_has_its_bad_row():
    assert {code for _cells, _column, code in BAD} | ELSEWHERE == set(REASONS)


def test_all_bad_rows_in_one_file_and_the_good_ones_enter(others):
    bad = [row(f"B{n:03d}") | cells for n, (cells, _column, _code) in enumerate(BAD)]
    good = [row(f"G{n:03d}") for n in range(20)]
    mixed = [one for pair in zip(bad, good, strict=False) for one in pair] + bad[20:]
    batch = checked(*mixed)
    assert (batch.new, batch.refused, batch.rows) == (20, len(BAD), len(BAD) + 20)
    assert sum(number for _column, _code, number, _row in batch.reasons) == len(BAD)
    assert CaseRecord.objects.count() == 0


def test_a_number_stands_once_in_a_file(body):
    batch = checked(row("A1"), row("A2"), row("A1"))
    assert reasons(batch) == [("number", "number_repeated")]
    assert batch.lines.get(verdict="error").faults[0][2] == "2"


def test_a_case_is_entered_whole(body):
    batch = entered(
        row(
            mediators="张三（60%）、李四（40%）", fulfilment="自动履行", fulfilled_on="2026.3.20",
            due_on="2026/4/1", confirmation="已确认", confirmation_on="20260401",
            documents="调解笔录、协议书", attempts="2", amount="1.2万元",
            applicant="赵一、越城纺织有限公司", applicant_phone="138 0000 0000", respondent="钱二",
        )
    )  # fmt: skip
    case = CaseRecord.objects.get(number="A001")
    assert (batch.new, case.state, case.agreement) == (1, "succeeded", "written")
    assert (case.organization, case.division) == (body, body.division)
    assert (case.dispute_type.code, case.difficulty.code) == ("neighbours", "general")
    assert (case.people, case.amount, case.attempts) == (3, Decimal("12000.00"), 2)
    assert (case.accepted_on, case.closed_on) == (date(2026, 3, 5), date(2026, 3, 15))
    assert (case.fulfilment, case.is_voluntary) == ("fulfilled", True)
    assert (case.fulfilled_on, case.due_on) == (date(2026, 3, 20), date(2026, 4, 1))
    assert (case.confirmation, case.confirmation_on) == ("confirmed", date(2026, 4, 1))
    assert case.documents == ["agreement", "record"]
    assert (case.origin, case.source) == ("imported", "applied")
    shares = case.shares.order_by("pk").values_list("mediator__name", "role", "weight")
    assert list(shares) == [("张三", "lead", 3), ("李四", "together", 2)]
    parties = [(one.side, one.is_unit, one.name, one.phone) for one in case.parties.order_by("pk")]
    assert parties == [
        ("applicant", False, "赵一", "13800000000"),
        ("applicant", True, "越城纺织有限公司", ""),
        ("respondent", False, "钱二", ""),
    ]
    case.full_clean()


DAYS = [
    "2026-03-05", "2026/3/5", "2026.03.05", "2026年3月5日", "２０２６年３月５日", "20260305",
    "46086", "2026-03-05 00:00:00",
]  # fmt: skip


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read_however_it_is_written(body, written):
    entered(row(accepted_on=written))
    assert CaseRecord.objects.get().accepted_on == date(2026, 3, 5)


def test_number_and_date_cells_of_a_workbook_are_read(body):
    cells = row(accepted_on=46086, closed_on=46096.0, people=3, amount=1200.1)
    entered(file=xlsx_file(cells, above=[["诸暨市人民调解案件登记表"], []]))
    case = CaseRecord.objects.get()
    assert (case.accepted_on, case.closed_on) == (date(2026, 3, 5), date(2026, 3, 15))
    assert (case.people, case.amount) == (3, Decimal("1200.10"))


def test_a_file_in_gbk_is_read(body):
    entered(file=csv_file(row(), encoding="gbk"))
    assert CaseRecord.objects.get().organization == body


def test_an_organisation_is_found_by_number_and_people_by_theirs(body):
    person = make.mediator(name="丁一", certificate_number="33068100123")
    make.appointment(person, body)
    entered(row(organization="浙诸调001", mediators="33068100123、李四"))
    names = CaseRecord.objects.get().shares.order_by("pk").values_list("mediator__name", flat=True)
    assert list(names) == ["丁一", "李四"]


def test_somebody_of_the_same_name_who_was_in_post_that_day_is_meant(body):
    first, second = make.mediator(name="赵六"), make.mediator(name="赵六")
    make.appointment(first, body, **make.left(date(2026, 1, 1)))
    make.appointment(second, body, from_on=date(2026, 2, 1))
    entered(row(mediators="赵六"))
    assert CaseRecord.objects.get().shares.get().mediator == second


def test_a_case_still_being_mediated_is_entered(body):
    entered({name: row()[name] for name in (
        "number", "organization", "mediators", "dispute_type", "accepted_on")})  # fmt: skip
    case = CaseRecord.objects.get()
    assert (case.state, case.closed_on, case.agreement) == ("accepted", None, "")


def test_a_formula_is_neither_worked_out_nor_entered(body):
    bad = row(number="=1+1")
    batch = checked(file=xlsx_file(bad, row(dispute_type='=HYPERLINK("http://x")')))
    assert batch.lines.get(number=1).case_number == "=1+1"
    assert reasons(batch) == [("dispute_type", "type_unknown")]


def test_what_a_party_is_called_stands_in_no_reason_and_in_no_plain_column(body):
    batch = checked(
        row("A1", applicant="周伯通", applicant_phone="打不通13812345678"),
        row("A2", applicant="周伯通", mediators="330681198005040011"),
        row("A3", applicant="周伯通"),
    )
    told = str(list(batch.lines.values_list("faults", "before", "after")))
    assert "周伯通" not in told
    assert "1381234" not in told
    assert "198005" not in told


def test_a_case_struck_out_and_one_of_another_county_stay_as_they_are(body):
    abroad = make.organization(in_division=make.division("330683", "嵊州市"))
    make_cases.case("void", body=body, number="V1")
    make_cases.case("succeeded", body=abroad, number="X1")
    batch = checked(row("V1"), row("X1", dispute_type="星际纠纷"))
    assert ("number", "number_void") in reasons(batch)
    assert ("number", "number_taken") in reasons(batch)
    assert batch.refused == 2


def test_a_clerks_file_reaches_the_own_organisation_only(body):
    other = make.organization(name="枫桥镇另一村人民调解委员会")
    make.appointment(make.mediator(name="张三", in_division=other.division), other)
    batch = checked(row("A1"), row("A2", organization=other.name), organization=body)
    assert reasons(batch) == [("organization", "organization_unknown")]
    assert batch.new == 1


def test_days_of_a_cell_with_a_time_are_read(body):
    entered(row(accepted_on=str(datetime(2026, 3, 5, 9, 30))))  # noqa: DTZ001 - a cell has no zone
    assert CaseRecord.objects.get().accepted_on == date(2026, 3, 5)
