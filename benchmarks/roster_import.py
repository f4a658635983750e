"""The stages of an import, timed one by one."""

import json
import resource
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

import xlsxwriter
from django.db import connection, transaction

from office.identity import resident_id_for
from registry import actions
from registry.models import Division, ImportBatch, Organization

COUNTY, TODAY = "330681", date(2026, 11, 23)
COMMITTEES = 1_000
HEADS = [
    "姓名", "性别", "身份证号码", "民族", "文化程度", "所在调解组织", "职务", "专/兼职", "擅长领域",
    "任职时间", "联系电话",
]  # fmt: skip


def run(home, rows):
    """Import into an empty register and print what each stage took."""
    roster = home / "roster.xlsx"
    people = list(invented(rows))
    write(roster, people)
    taken = {"reference": timed(copy, people)}
    del people
    report(rows, taken | stages(roster))


def invented(number):
    """Yield the cells of people with valid numbers, the same in every run."""
    random = Random(7)  # noqa: S311 - a fixed seed is the point
    first = date(1950, 1, 1)
    for n in range(number):
        day, serial = divmod(n, 1_000)
        born_on = first + timedelta(days=day * 37 % 18_000)
        yield (
            random.choice("赵钱孙李周吴郑王冯陈") + chr(0x4E00 + n % 5_000),
            "男" if serial % 2 else "女",
            resident_id_for(COUNTY, born_on, serial),
            "汉族",
            random.choice(["初中", "高中", "大专", "本科"]),
            f"第{n % COMMITTEES}号人民调解委员会",
            "调解员",
            random.choice(["专职", "兼职"]),
            random.choice(["邻里", "物业", "婚姻家庭", "医疗"]),
            f"20{random.randrange(10, 26)}-0{random.randrange(1, 10)}-15",
            f"139{n:08d}",
        )


def write(path, people):
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for number, cells in enumerate([HEADS, *people]):
            for position, cell in enumerate(cells):
                page.write_string(number, position, cell)


def copy(people):
    """Put the same cells into a bare table as fast as the database can."""
    columns = ", ".join(f"c{number} text" for number in range(len(HEADS)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
        if connection.vendor == "postgresql":
            with cursor.copy("COPY bare FROM STDIN") as target:
                for cells in people:
                    target.write_row(cells)
        else:
            marks = ", ".join(["%s"] * len(HEADS))
            cursor.executemany(f"INSERT INTO bare VALUES ({marks})", people)


def stages(roster):
    """Receive, check, enter, look again and undo; return the seconds of each."""
    fixtures = Path(__file__).parents[1] / "fixtures"
    actions.load_terms(json.loads((fixtures / "terms.json").read_text(encoding="utf-8")))
    rows = [
        {"code": "33", "name": "浙江省", "parent_code": "", "level": "province"},
        {"code": "3306", "name": "绍兴市", "parent_code": "33", "level": "city"},
        {"code": COUNTY, "name": "诸暨市", "parent_code": "3306", "level": "county"},
    ]
    actions.load_divisions(rows, by=None, source="benchmark")
    county = Division.objects.get(code=COUNTY)
    Organization.objects.bulk_create(
        Organization(name=f"第{n}号人民调解委员会", kind="village", division=county, state="listed")
        for n in range(COMMITTEES)
    )
    given = {"by": None, "today": TODAY, "in_background": False}
    taken = {}
    with roster.open("rb") as file:
        start = perf_counter()
        batch = actions.receive_import(
            file, kind="mediators", division=county, name=roster.name, by=None
        )
        taken["receive"] = perf_counter() - start
    taken["check"] = timed(actions.check_import, batch.pk, **given)
    taken["enter"] = timed(actions.apply_import, batch.pk, **given)
    taken["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with roster.open("rb") as file:
        again = actions.receive_import(
            file, kind="mediators", division=county, name=roster.name, by=None
        )
    taken["check again"] = timed(actions.check_import, again.pk, **given)
    taken["undo"] = timed(actions.undo_import, batch.pk, **given)
    states = ImportBatch.objects.order_by("pk").values_list("state", "refused", "same")
    print("states:", list(states))
    return taken


def timed(work, *arguments, **named):
    """Return the seconds a piece of work took."""
    start = perf_counter()
    work(*arguments, **named)
    return perf_counter() - start


def report(rows, taken):
    memory = taken.pop("memory")
    whole = taken["receive"] + taken["check"] + taken["enter"]
    for name, seconds in taken.items():
        print(f"{name:12} {seconds:8.1f} s {rows / seconds:10,.0f} rows/s")
    print(f"whole import {whole:8.1f} s {rows / whole:10,.0f} rows/s")
    print(f"of the reference: {taken['reference'] / whole:.3f}; memory at most {memory:,.0f} MB")
