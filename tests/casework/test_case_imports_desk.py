"""Imports of cases as officers walk through them, and what they may not reach."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import CaseImport, CaseRecord
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.casework.case_files import checked, entered, row, world, xlsx_file
from tests.registry.desk import fields, sent, url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def body():
    return world()


@pytest.fixture
def county(at_desk, client):
    client.officer = at_desk(password_shown=True)
    return client


def uploaded(client, *rows, **typed):
    file = SimpleUploadedFile("案件.xlsx", xlsx_file(*rows).getvalue())
    typed = typed or {"division": make.division("330681").pk}
    response = client.post(url("case_imports", "add"), sent(file=file, **typed))
    assert response.status_code == 302, response.context["errors"]
    return CaseImport.objects.latest("pk")


def told(client, batch):
    page = client.get(url("case_imports", "headings", batch.pk))
    client.post(url("case_imports", "headings", batch.pk), sent(**fields(page)))
    batch.refresh_from_db()
    return batch


def test_a_file_is_uploaded_checked_entered_and_undone(county, body):
    batch = told(county, uploaded(county, row("A1"), row("A2", dispute_type="=1+1")))
    assert (batch.state, batch.new, batch.refused) == ("checked", 1, 1)
    page = county.get(url("case_imports", "inspect", batch.pk)).content.decode()
    assert "is not a type of dispute of the list" in page
    assert CaseRecord.objects.count() == 0
    county.post(url("case_imports", "act", batch.pk, "apply"), sent())
    assert CaseRecord.objects.get().entered_by == county.officer
    county.post(url("case_imports", "act", batch.pk, "undo"), sent())
    batch.refresh_from_db()
    assert (batch.state, CaseRecord.objects.count()) == ("undone", 0)
    acts = LedgerEntry.objects.of(batch).order_by("sequence").values_list("act", flat=True)
    assert [act.rpartition(".")[2] for act in acts] == [
        "receive", "change", "check", "present", "apply", "complete", "undo", "restore",
    ]  # fmt: skip


def test_the_refused_rows_come_as_a_workbook_without_formulas(county, body):
    batch = checked(file=xlsx_file(row("A1"), row("A2", dispute_type="=1+1", people="@SUM(1)")))
    response = county.get(url("case_imports", "report", batch.pk))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    values = [cell.value for cell in cells]
    assert "A2" in values
    assert "A1" not in values
    assert "=1+1" in values
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_the_rows_are_shown_with_reasons_and_differences(county, body):
    entered(row("A1"))
    batch = checked(row("A1", people="9", mediators="李四"), row("A2", people="许多"))
    page = county.get(url("case_imports", "lines", batch.pk)).content.decode()
    assert "许多" in page
    assert "张三" in page
    assert "李四" in page
    page = county.get(url("case_imports", "lines", batch.pk) + "?verdict=changed")
    assert [item.line.case_number for item, _tone in page.context["lines"]] == ["A1"]


def test_what_imports_did_to_a_case_is_shown(county, body):
    entered(row("A1"))
    entered(row("A1", people="9"))
    case = CaseRecord.objects.get()
    page = county.get(url("case_imports", "of_case", case.pk))
    assert [item.line.verdict for item, _address in page.context["lines"]] == ["changed", "new"]


PAGES = [
    ("inspect", ()), ("headings", ()), ("lines", ()), ("report", ()), ("history", ()),
    ("act", ("apply",)), ("act", ("undo",)), ("act", ("abandon",)),
]  # fmt: skip


@pytest.mark.parametrize(("page", "more"), PAGES)
def test_an_import_of_another_county_is_not_there(county, page, more):
    abroad = make.division("330683", "嵊州市")
    make.organization(name="外县村人民调解委员会", in_division=abroad)
    batch = checked(row("A1"), division=abroad)
    assert county.get(url("case_imports", page, batch.pk, *more)).status_code == 404


def test_a_case_of_another_county_has_no_history_here(county):
    abroad = make.organization(in_division=make.division("330683", "嵊州市"))
    case = make_cases.case(body=abroad)
    assert county.get(url("case_imports", "of_case", case.pk)).status_code == 404


def test_a_clerk_imports_into_the_own_organisation_only(at_desk, client, body):
    other = make.organization(name="枫桥镇另一村人民调解委员会", in_division=body.division)
    make.appointment(make.mediator(name="张三", in_division=body.division), other)
    at_desk(make.officer(Role.CLERK, body), password_shown=True)
    batch = uploaded(client, row("A1"), row("A2", organization=other.name), organization=body.pk)
    batch = told(client, batch)
    assert (batch.organization, batch.new, batch.refused) == (body, 1, 1)
    seen = checked(row("A3"), organization=other)
    assert client.get(url("case_imports", "inspect", seen.pk)).status_code == 404


def test_a_clerk_cannot_name_another_organisation(at_desk, client, body):
    other = make.organization()
    at_desk(make.officer(Role.CLERK, body), password_shown=True)
    file = SimpleUploadedFile("案件.xlsx", xlsx_file(row()).getvalue())
    response = client.post(url("case_imports", "add"), sent(file=file, organization=other.pk))
    assert response.status_code == 422


def test_an_auditor_looks_but_does_not_import(at_desk, client, body):
    batch = checked(row())
    at_desk(make.officer(Role.AUDITOR, make.division("330681")), password_shown=True)
    assert client.get(url("case_imports", "inspect", batch.pk)).status_code == 200
    assert client.get(url("case_imports", "add")).status_code in {302, 403, 404}
    client.post(url("case_imports", "act", batch.pk, "apply"), sent())
    assert CaseRecord.objects.count() == 0


def test_a_file_that_is_no_spreadsheet_is_refused_whole(county, body):
    file = SimpleUploadedFile("x.xlsx", b"%PDF-1.4 invented")
    division = make.division("330681").pk
    response = county.post(url("case_imports", "add"), sent(file=file, division=division))
    assert response.status_code == 422
    assert not CaseImport.objects.exists()


def test_the_list_takes_the_same_queries_for_one_and_three(
    county, body, django_assert_num_queries, django_assert_max_num_queries
):
    checked(row("A1"))
    address = url("case_imports", "index")
    county.get(address)
    with django_assert_max_num_queries(60) as first:
        county.get(address)
    for number in range(2):
        checked(row(f"B{number}"))
    with django_assert_num_queries(len(first)):
        county.get(address)
