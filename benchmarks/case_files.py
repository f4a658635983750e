"""The stages of an import of cases, timed one by one."""

import csv
import resource
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import xlsxwriter
from django.core.management import call_command
from django.db import connection, transaction

from casework import actions
from casework.models import CaseImport
from registry.actions import load_divisions
from registry.models import Appointment, Division, Mediator, Organization

COUNTY, TODAY = "330681", date(2026, 11, 23)
COMMITTEES, PEOPLE_EACH = 500, 5
HEADS = [
    "案件编号", "调解组织", "调解员", "纠纷类型", "难易程度", "案件来源", "受理日期", "结案日期",
    "涉及人数", "涉案金额", "调解结果", "协议形式", "履行情况", "履行期限", "履行日期", "卷宗材料",
]  # fmt: skip


# On a machine that others use as well the seconds of this process alone say more.
CLOCKS = {"wall": perf_counter, "cpu": process_time}


def run(home, rows, *, xlsx, clock="wall"):
    """Import into an empty ledger and print what each stage took."""
    timed.clock = CLOCKS[clock]
    file = home / ("cases.xlsx" if xlsx else "cases.csv")
    (write_xlsx if xlsx else write_csv)(file, rows)
    prepare()
    taken = stages(file)
    # Last: what the bare table takes of memory is not that of an import.
    report(rows, taken | {"reference": timed(copy, rows)})


def invented(number):
    """Yield the cells of cases, the same in every run."""
    random = Random(7)  # noqa: S311 - a fixed seed is the point
    first = date(2025, 1, 1)
    for n in range(number):
        body, person = n % COMMITTEES, random.randrange(PEOPLE_EACH)
        accepted = first + timedelta(days=random.randrange(600))
        closed = accepted + timedelta(days=random.randrange(1, 40))
        succeeded = random.random() < 0.97
        other = (person + 1) % PEOPLE_EACH
        people = f"调{body}甲{person}"
        yield (
            f"浙诸调{accepted.year}{n:08d}",
            f"第{body}号人民调解委员会",
            f"{people}(60%)、调{body}甲{other}(40%)" if n % 3 == 0 else people,
            random.choice(["邻里纠纷", "物业纠纷", "婚姻家庭", "损害赔偿", "交通事故"]),
            random.choice(["简易", "一般", "重大"]),
            random.choice(["当事人申请", "主动调解", "法院委托", "派出所"]),
            accepted.isoformat(),
            closed.isoformat(),
            str(random.randrange(2, 9)),
            str(random.randrange(0, 90_000)),
            "成功" if succeeded else "不成功",
            random.choice(["书面", "口头"]) if succeeded else "",
            "已履行" if succeeded else "",
            (closed + timedelta(days=10)).isoformat() if succeeded else "",
            closed.isoformat() if succeeded else "",
            "调解申请书、调解笔录、协议书" if succeeded else "调解申请书",
        )


def write_csv(path, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        writer.writerows(invented(rows))


def write_xlsx(path, rows):
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADS)
        for number, cells in enumerate(invented(rows), start=1):
            for position, cell in enumerate(cells):
                page.write_string(number, position, cell)


def copy(rows):
    """Put the same cells into a bare table as fast as the database can."""
    columns = ", ".join(f"c{number} text" for number in range(len(HEADS)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
        if connection.vendor == "postgresql":
            with cursor.copy("COPY bare FROM STDIN") as target:
                for cells in invented(rows):
                    target.write_row(cells)
        else:
            marks = ", ".join(["%s"] * len(HEADS))
            cursor.executemany(f"INSERT INTO bare VALUES ({marks})", invented(rows))
        cursor.execute("DROP TABLE bare")


def prepare():
    """Make the words, the county, its committees and their mediators."""
    call_command("load_casework", verbosity=0)
    rows = [
        {"code": "33", "name": "浙江省", "parent_code": "", "level": "province"},
        {"code": "3306", "name": "绍兴市", "parent_code": "33", "level": "city"},
        {"code": COUNTY, "name": "诸暨市", "parent_code": "3306", "level": "county"},
    ]
    load_divisions(rows, by=None, source="benchmark")
    county = Division.objects.get(code=COUNTY)
    bodies = Organization.objects.bulk_create(
        Organization(name=f"第{n}号人民调解委员会", kind="village", division=county, state="listed")
        for n in range(COMMITTEES)
    )
    people = Mediator.objects.bulk_create(
        Mediator(name=f"调{body}甲{n}", division=county)
        for body in range(COMMITTEES)
        for n in range(PEOPLE_EACH)
    )
    Appointment.objects.bulk_create(
        Appointment(
            mediator=person,
            organization=bodies[place // PEOPLE_EACH],
            employment="part_time",
            from_on=date(2020, 1, 1),
        )
        for place, person in enumerate(people)
    )


def stages(file):
    """Receive, check, enter, check again and undo; return the seconds of each."""
    county = Division.objects.get(code=COUNTY)
    given = {"by": None, "today": TODAY, "in_background": False}
    taken = {}
    taken["receive"] = timed(received, file, county)
    batch = CaseImport.objects.latest("pk")
    taken["check"] = timed(actions.check_case_import, batch.pk, **given)
    taken["enter"] = timed(actions.apply_case_import, batch.pk, **given)
    again = received(file, county)
    taken["check again"] = timed(actions.check_case_import, again.pk, **given)
    taken["undo"] = timed(actions.undo_case_import, batch.pk, **given)
    taken["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    columns = ("state", "new", "refused", "same", "fault")
    print("imports:", list(CaseImport.objects.order_by("pk").values_list(*columns)))
    return taken


def received(file, county):
    with Path(file).open("rb") as content:
        return actions.receive_case_import(content, division=county, name=file.name, by=None)


def timed(work, *arguments, **named):
    """Return the seconds a piece of work took."""
    start = timed.clock()
    work(*arguments, **named)
    return timed.clock() - start


def report(rows, taken):
    memory = taken.pop("memory")
    whole = taken["receive"] + taken["check"] + taken["enter"]
    for name, seconds in taken.items():
        print(f"{name:12} {seconds:8.1f} s {rows / seconds:10,.0f} rows/s")
    print(f"whole import {whole:8.1f} s {rows / whole:10,.0f} rows/s")
    print(f"of the reference: {taken['reference'] / whole:.3f}; memory at most {memory:,.0f} MB")
