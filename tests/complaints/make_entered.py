"""Complaints typed by officers, and files of hotline tickets."""

import csv
import io
from itertools import count

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from complaints import actions
from office.roles import Role
from registry.search.upkeep import refresh_organizations
from tests import make
from tests.make import TODAY

# What may be found nowhere but under a key.
FACTS = "标记事实：他收了我家两条香烟。"
NAME = "标记姓名"
PHONE = "13900002222"
HEADS = [
    "工单编号", "受理时间", "诉求人", "联系电话", "是否保密", "被投诉单位", "被投诉人", "诉求内容",
    "投诉类别",
]  # fmt: skip
_numbers = count(1)


def window(place="330681109", **fields):
    """An officer of a justice office."""
    return make.officer(Role.JUSTICE_OFFICE, make.division(place), **fields)


def on_roster(place="330681109", name="枫桥镇人民调解委员会", person="寿某某"):
    """A mediator and an organisation that the public roster shows."""
    body = make.organization(name=name, in_division=make.division(place))
    post = make.appointment(make.mediator(name=person, in_division=body.division), body)
    refresh_organizations([body.pk], today=TODAY)
    return post.mediator, body


def form(**typed):
    """What a browser sends for a complaint about somebody unknown."""
    return {
        "channel": "window", "mode": "named", "name": NAME, "phone": PHONE, "about": "unknown",
        "whom": "标记对象", "grounds": ["property"], "facts": FACTS,
    } | typed  # fmt: skip


def entered(by, **given):
    """A complaint entered through the act, with its code."""
    told = {
        "submission": f"{next(_numbers):032x}", "channel": "window", "mode": "named",
        "about": "unknown", "whom": "标记对象", "grounds": ["property"], "facts": FACTS,
        "identity": {"name": NAME, "phone": PHONE, "address": ""},
    }  # fmt: skip
    return actions.enter_complaint(by=by, today=TODAY, **(told | given))


def row(ticket="T-1", /, **cells):
    """The cells of one ticket in the order of ``HEADS``."""
    told = {
        "ticket": ticket, "received_on": "2026-11-20", "name": NAME, "phone": PHONE,
        "confidential": "", "organization": "", "mediator": "", "facts": FACTS, "ground": "收费",
    } | cells  # fmt: skip
    return list(told.values())


def table(*rows, encoding="utf-8-sig", heads=HEADS):
    """A CSV file as it is uploaded."""
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return SimpleUploadedFile("标记文件名.csv", text.getvalue().encode(encoding))


def workbook(*rows):
    """The same as a workbook."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([HEADS, *rows]):
            sheet.write_row(number, 0, cells)
    return SimpleUploadedFile("标记文件名.xlsx", target.getvalue())


def checked(*rows, by, **given):
    """An import that waits to be entered."""
    file = given.pop("file", None) or table(*rows)
    division = given.pop("division", None) or make.division("330681")
    return actions.check_hotline_file(file, division=division, by=by, today=TODAY)


def tables():
    """All that lies in the database, as one text."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - every table there is
            found.extend(str(cells) for cells in cursor.fetchall())
    return "\n".join(found)
