"""The import wizard, as officers walk through it, and what they may not reach."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from office.models import LedgerEntry
from office.roles import Role
from registry import actions
from registry.models import Division, ImportBatch, Mediator
from tests import make
from tests.make import TODAY
from tests.registry.desk import elsewhere, fields, sent, url
from tests.registry.rosters import (
    COMMITTEE,
    load_zhuji,
    person,
    register,
    table,
    xlsx,
)

# The work begins when the step is committed, as it does outside of tests.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committee():
    load_zhuji()
    return make.organization(name=COMMITTEE, in_division=make.division("330681109"))


@pytest.fixture
def county(at_desk, client):
    """The browser of an officer of the county who has just shown the password."""
    client.officer = at_desk(password_shown=True)
    return client


def file_of(tmp_path, *rows, heads=None, name="名册.xlsx"):
    path = xlsx(tmp_path / "upload.xlsx", table(*rows, heads=heads))
    return SimpleUploadedFile(name, path.read_bytes())


def uploaded(client, tmp_path, *rows, heads=None, **typed):
    """Upload a roster of mediators; return the import."""
    typed = {
        "kind": "mediators",
        "division": Division.objects.get(code="330681").pk,
        "file": file_of(tmp_path, *rows, heads=heads),
    } | typed
    response = client.post(url("imports", "add"), sent(**typed))
    assert response.status_code == 302, response.context["errors"]
    batch = ImportBatch.objects.latest("pk")
    assert response.url == url("imports", "headings", batch.pk)
    return batch


def checked(client, batch, **typed):
    page = client.get(url("imports", "headings", batch.pk))
    response = client.post(
        url("imports", "headings", batch.pk), {**fields(page), **sent(), **typed}
    )
    assert response.status_code == 302, response.context["errors"]
    batch.refresh_from_db()
    return batch


def act(client, batch, name):
    response = client.post(url("imports", "act", batch.pk, name), sent())
    batch.refresh_from_db()
    return response


def test_an_officer_uploads_checks_enters_and_undoes(committee, county, tmp_path):
    before = register()
    batch = uploaded(county, tmp_path, person(11), person(12, 姓名=""))
    assert (batch.state, batch.rows, batch.file_name) == ("uploaded", 2, "名册.xlsx")

    checked(county, batch)
    assert (batch.state, batch.new, batch.refused) == ("checked", 1, 1)
    assert register() == before

    assert act(county, batch, "apply").url == url("imports", "inspect", batch.pk)
    assert batch.state == "applied"
    assert Mediator.objects.get().name == "张建国"

    act(county, batch, "undo")
    assert batch.state == "undone"
    assert register() == before
    acts = LedgerEntry.objects.filter(subject_type="registry.importbatch").order_by("sequence")
    assert [entry.act.rpartition(".")[2] for entry in acts] == [
        "receive", "change", "check", "present", "apply", "complete", "undo", "restore",
    ]  # fmt: skip
    assert {entry.actor_id for entry in acts} == {county.officer.pk}


def test_the_rows_are_shown_with_reasons_and_differences_and_no_number(committee, county, tmp_path):
    first = checked(county, uploaded(county, tmp_path, person(11)))
    act(county, first, "apply")
    batch = uploaded(county, tmp_path, person(11, 职务="主任"), person(12, 姓名=""), person(13))
    checked(county, batch)

    def lines(verdict):
        page = county.get(url("imports", "lines", batch.pk), {"verdict": verdict})
        return page, page.context["lines"]

    page, (changed,) = lines("changed")
    assert (changed.line.number, changed.name, len(changed.changes)) == (1, "张建国", 1)
    page, (error,) = lines("error")
    assert [heading for heading, _sentence in error.line.faults] == ["姓名"]
    page, (new,) = lines("new")
    assert new.line.sheet_row == 4
    assert person(13)["身份证号码"] not in page.text
    assert person(13)["联系电话"] not in page.text
    assert len(lines("")[1]) == 3
    assert len(lines("nonsense")[1]) == 3
    assert lines("same")[1] == []


def test_an_unsure_heading_is_shown_and_may_be_settled(committee, county, tmp_path):
    cells = person(11, 所属调委会=COMMITTEE)
    batch = uploaded(county, tmp_path, cells)
    page = county.get(url("imports", "headings", batch.pk))
    assert fields(page)["organization"] == ""

    refusal = county.post(url("imports", "headings", batch.pk), {**fields(page), **sent()})
    assert refusal.status_code == 422
    checked(county, batch, organization=str(list(cells).index("所属调委会")))

    assert (batch.state, batch.new) == ("checked", 1)
    page = county.get(url("imports", "headings", batch.pk))
    assert fields(page)["organization"] == str(list(cells).index("所属调委会"))


def test_one_heading_chosen_twice_is_refused_and_what_was_chosen_stays(committee, county, tmp_path):
    batch = uploaded(county, tmp_path, person(11))
    page = county.get(url("imports", "headings", batch.pk))
    typed = {**fields(page), **sent(), "note": fields(page)["name"]}

    response = county.post(url("imports", "headings", batch.pk), typed)

    assert response.status_code == 422
    assert response.context["form"]["note"].value() == typed["note"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.xlsx"),
        (b"PK\x03\x04 damaged", "damaged.xlsx"),
        (b"%PDF-1.7", "roster.xlsx"),
        (b"\xff\xfe\x00\xd8", "text.csv"),
        ("这不是名册,随便\n1,2\n".encode(), "other.csv"),
        ("姓名,身份证号码,所在调解组织,专/兼职\n".encode(), "nothing.csv"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_beside_its_form(committee, county, content, name):
    division = Division.objects.get(code="330681").pk
    file = SimpleUploadedFile(name, content)

    response = county.post(
        url("imports", "add"), sent(kind="mediators", division=division, file=file)
    )

    assert response.status_code == 422
    assert len(response.context["errors"]) == 1
    assert response.context["form"]["division"].value() == str(division)
    assert not ImportBatch.objects.exists()


def test_the_same_file_is_pointed_out(committee, county, tmp_path):
    first = uploaded(county, tmp_path, person(11))
    upload = {"file": SimpleUploadedFile("b.xlsx", (tmp_path / "upload.xlsx").read_bytes())}
    second = uploaded(county, tmp_path, person(11), **upload)

    page = county.get(url("imports", "inspect", second.pk))

    assert url("imports", "inspect", first.pk) in page.text


def test_a_file_that_changes_nothing_cannot_be_entered(committee, county, tmp_path):
    act(county, checked(county, uploaded(county, tmp_path, person(11))), "apply")

    batch = checked(county, uploaded(county, tmp_path, person(11)))

    assert (batch.same, batch.new, batch.changed) == (1, 0, 0)
    act(county, batch, "apply")
    assert batch.state == "checked"


def test_the_result_file_holds_the_refused_rows(committee, county, tmp_path):
    batch = checked(county, uploaded(county, tmp_path, person(11), person(12, 姓名="")))

    response = county.get(url("imports", "report", batch.pk))

    assert b"".join(response.streaming_content).startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


def test_while_work_is_under_way_the_page_loads_itself_anew(committee, county, tmp_path):
    batch = uploaded(county, tmp_path, person(11))
    assert "Refresh" not in county.get(url("imports", "inspect", batch.pk))

    ImportBatch.objects.update(state="checking")

    assert county.get(url("imports", "inspect", batch.pk))["Refresh"] == "3"


def test_an_officer_files_only_for_the_own_division(committee, county, tmp_path):
    other = elsewhere()

    response = county.post(
        url("imports", "add"),
        sent(kind="mediators", division=other.pk, file=file_of(tmp_path, person(11))),
    )

    assert response.status_code == 422
    assert not ImportBatch.objects.exists()


LIST_QUERIES = 10
PAGES = ["inspect", "headings", "lines", "report", "history"]


@pytest.mark.parametrize("page", PAGES)
def test_an_import_of_another_county_cannot_be_found(committee, county, tmp_path, page):
    path = xlsx(tmp_path / "a.xlsx", table(person(11)))
    with path.open("rb") as file:
        batch = actions.receive_import(
            file, kind="mediators", division=elsewhere(), name="a.xlsx", by=None
        )
    actions.check_import(batch.pk, by=None, today=TODAY, in_background=False)

    assert county.get(url("imports", page, batch.pk)).status_code == 404
    for name in ("apply", "undo", "abandon", "release"):
        assert county.post(url("imports", "act", batch.pk, name), sent()).status_code == 404
    assert list(county.get(url("imports", "index")).context["listed"]) == []


@pytest.mark.parametrize("role", [Role.JUSTICE_OFFICE, Role.AUDITOR, Role.HANDLER, Role.TRAINER])
def test_other_roles_cannot_find_imports(committee, client, at_desk, role):
    at_desk(make.officer(role, Division.objects.get(code="330681")))

    assert client.get(url("imports", "index")).status_code == 404
    assert client.get(url("imports", "add")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_import_as_for_three(
    committee, county, tmp_path, rows, django_assert_num_queries
):
    for number in range(rows):
        uploaded(county, tmp_path, person(11 + number))
    county.get(url("imports", "index"))

    with django_assert_num_queries(LIST_QUERIES):
        county.get(url("imports", "index"))
