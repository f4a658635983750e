"""Roster files for tests, and the register in which they are imported."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import xlsxwriter
from django.core.management import call_command

from office.identity import resident_id_for
from registry import actions
from registry.models import (
    Appointment,
    ImportBatch,
    LevelHolding,
    Mediator,
    MediatorRow,
    Organization,
    OrganizationRow,
)

SAMPLES = Path(__file__).parent / "samples"
FIXTURES = Path(__file__).parents[2] / "fixtures"
ZHUJI = "330681"
HEADS = ["姓名", "性别", "身份证号码", "所在调解组织", "专/兼职", "联系电话"]
COMMITTEE = "枫桥镇枫源村人民调解委员会"
REGISTER = [Organization, Mediator, Appointment, LevelHolding, OrganizationRow, MediatorRow]
# What counts the changes of a row, not what the row says.
BOOKKEEPING = {"revision", "created_at", "changed_at", "id"}


def load_zhuji():
    """The divisions of one county with all above it, and the lists of words."""
    with (FIXTURES / "divisions_330600.csv").open(encoding="utf-8-sig") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["code"].startswith(ZHUJI) or ZHUJI.startswith(row["code"])
        ]
    actions.load_divisions(rows, by=None, source="test")
    actions.load_terms(json.loads((FIXTURES / "terms.json").read_text(encoding="utf-8")))


def id_number(serial=11, born_on=date(1975, 3, 8)):
    """A valid ID number; odd serials are men's."""
    return resident_id_for(ZHUJI, born_on, serial)


def person(serial=11, **cells):
    """The cells of a row that is in order, by heading."""
    return {
        "姓名": "张建国",
        "性别": "男" if serial % 2 else "女",
        "身份证号码": id_number(serial),
        "所在调解组织": COMMITTEE,
        "专/兼职": "兼职",
        "联系电话": f"138{serial:08d}",
    } | cells


def table(*rows, heads=None):
    """Return rows of cells: the headings and under them what the rows say."""
    heads = heads or list(dict.fromkeys(name for row in rows for name in row))
    return [heads, *([row.get(name) for name in heads] for row in rows)]


def xlsx(path, rows, *, sheet="名册"):
    """Write rows of cells as they are, numbers as numbers and formulas as text."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for number, cells in enumerate(rows):
            for position, cell in enumerate(cells):
                if cell is not None:
                    page.write(number, position, cell)
    return path


def csv_file(path, rows, *, encoding="utf-8-sig", delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def run(command, path, *arguments, division=ZHUJI):
    """Run an import command; return the JSON of its last line."""
    out = io.StringIO()
    try:
        call_command(
            command, str(path), "--division", division, *arguments, stdout=out, stderr=io.StringIO()
        )
    finally:
        run.last = json.loads(out.getvalue().splitlines()[-1]) if out.getvalue() else None
    return run.last


def import_people(tmp_path, *rows, arguments=()):
    """Import rows of people; return the JSON."""
    return run("import_mediators", xlsx(tmp_path / "people.xlsx", table(*rows)), *arguments)


def undo():
    """Undo the last import."""
    batch = ImportBatch.objects.latest("pk")
    call_command("undo_import", str(batch.pk), stdout=io.StringIO())


def counts(result):
    names = ("rows", "accepted", "repaired", "refused", "new", "changed", "same")
    return {name: result[name] for name in names if result[name]}


def refused(result):
    """Return {row: the headings of its reasons}."""
    found = {}
    for error in result["errors"]:
        found.setdefault(error["row"], []).append(error["column"])
    return found


def register():
    """Return what the tables of the register hold, row by row, without bookkeeping."""
    dump = {}
    for model in REGISTER:
        names = [f.attname for f in model._meta.concrete_fields if f.name not in BOOKKEEPING]
        dump[model.__name__] = sorted(
            repr([getattr(row, name) for name in names]) for row in model.objects.all()
        )
    for name in ("specialities", "languages"):
        links = Mediator.objects.values_list("public_id", f"{name}__code")
        dump[name] = sorted(map(repr, links))
    return dump
