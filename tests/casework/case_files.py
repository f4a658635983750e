"""Files of cases for tests, and the county in which they are imported."""

import csv
import io

import xlsxwriter

from casework import actions
from tests import make
from tests.casework import make_cases
from tests.make import TODAY

COMMITTEE = "枫桥镇枫源村人民调解委员会"
HEADS = {
    "number": "案件编号",
    "organization": "调解组织",
    "mediators": "调解员",
    "dispute_type": "纠纷类型",
    "difficulty": "难易程度",
    "source": "案件来源",
    "accepted_on": "受理日期",
    "closed_on": "结案日期",
    "people": "涉及人数",
    "amount": "涉案金额",
    "outcome": "调解结果",
    "agreement": "协议形式",
    "fulfilment": "履行情况",
    "due_on": "履行期限",
    "fulfilled_on": "履行日期",
    "is_voluntary": "是否自愿履行",
    "confirmation": "司法确认",
    "confirmation_on": "司法确认日期",
    "attempts": "调解次数",
    "documents": "卷宗材料",
    "applicant": "申请人",
    "applicant_phone": "申请人电话",
    "respondent": "被申请人",
}


def world():
    """A committee with two mediators in post, the words, and a class of difficulty."""
    make_cases.dispute_type()
    make_cases.difficulty()
    body = make.organization(name=COMMITTEE, number="浙诸调001")
    for name in ("张三", "李四"):
        make.appointment(make.mediator(name=name, in_division=body.division), body)
    return body


def row(number="A001", **cells):
    """The cells of a case that succeeded, by column."""
    return {
        "number": number,
        "organization": COMMITTEE,
        "mediators": "张三",
        "dispute_type": "邻里纠纷",
        "difficulty": "一般",
        "source": "当事人申请",
        "accepted_on": "2026-03-05",
        "closed_on": "2026-03-15",
        "people": "3",
        "amount": "12000",
        "outcome": "成功",
        "agreement": "书面",
    } | cells


def table(*rows):
    """The rows under their headings; a column stands there if a row has it."""
    names = [name for name in HEADS if any(name in one for one in rows)]
    return [
        [HEADS[name] for name in names],
        *[[one.get(name, "") for name in names] for one in rows],
    ]


def csv_file(*rows, encoding="utf-8-sig"):
    text = io.StringIO()
    csv.writer(text).writerows(table(*rows))
    return io.BytesIO(text.getvalue().encode(encoding))


def xlsx_file(*rows, above=()):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([*above, *table(*rows)]):
            for position, cell in enumerate(cells):
                sheet.write(number, position, cell)
    content.seek(0)
    return content


def received(file, *, division=None, by=None, **given):
    """An import that was uploaded."""
    division = division or make.division("330681")
    return actions.receive_case_import(file, division=division, name="案件.csv", by=by, **given)


def checked(*rows, file=None, today=TODAY, **given):
    """An import that was checked."""
    batch = received(file or csv_file(*rows), **given)
    actions.check_case_import(batch.pk, by=given.get("by"), today=today, in_background=False)
    batch.refresh_from_db()
    return batch


def entered(*rows, **given):
    """An import that was entered."""
    batch = checked(*rows, **given)
    assert batch.refused == 0, list(batch.lines.filter(verdict="error").values_list("faults"))
    by = given.get("by")
    actions.apply_case_import(batch.pk, by=by, today=TODAY, in_background=False)
    batch.refresh_from_db()
    return batch


def undone(batch):
    """What became of an import after somebody asked for it to be undone."""
    actions.undo_case_import(batch.pk, by=None, today=TODAY, in_background=False)
    batch.refresh_from_db()
    return batch


def reasons(batch):
    """[(column, code)] of the refused rows, in their order."""
    lines = batch.lines.filter(verdict="error").order_by("number")
    return [(column, code) for line in lines for column, code, _said in line.faults]
