"""What somebody typed is shown as text: no script in a page, no formula in a file."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from zipfile import ZipFile

import pytest

from office import ledger
from office.desk.submissions import new_key
from office.desk.viewset import DESKS
from office.roles import Role
from registry.search.upkeep import refresh_organizations
from tests import make
from tests.make import TODAY
from tests.security.asking import show_password
from tests.security.world import SUPERUSER, checked_import

pytestmark = pytest.mark.django_db

SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</textarea></title><svg onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "{{ 7|add:7 }}${7*7}<%= 7*7 %>",
]
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1", "'=1+1", '=HYPERLINK("x","y")']
DANGEROUS = re.compile(r"[=+\-@＝＋－＠\t\r\n]")


class Alarms(HTMLParser):
    """Collects what a browser would run of a payload."""

    def __init__(self, page):
        super().__init__()
        self.found, self.in_script = [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.in_script = tag == "script" and not any(
            name == "type" and "json" in (value or "") for name, value in attributes
        )
        self.found += [
            (tag, name, value)
            for name, value in attributes
            if "alert(1)" in (value or "")
            and (name.startswith("on") or (value or "").lstrip().startswith("javascript:"))
        ]

    def handle_endtag(self, tag):
        self.in_script = False

    def handle_data(self, data):
        if self.in_script and "alert(1)" in data:
            self.found.append(("script", data))


def plant(text, serial):
    """Put a text into every field of the register that takes text."""
    place = make.division("330681003")
    body = make.organization(
        in_division=place, name=f"{text}委员会", short_name=text, founding_unit=text, address=text,
        phone=text[:30], hours=text, number=f"{serial}{text}"[:40],
    )  # fmt: skip
    person = make.mediator(
        in_division=place, name=text, ethnicity=text[:20], political_status=text[:20],
        other_specialities=text, note=text, certificate_number=f"{text}{serial}"[:40],
    )  # fmt: skip
    held = make.appointment(person, body)
    who = make.officer(Role.JUSTICE_OFFICE, place, name=text)
    entry = ledger.append(
        "registry.mediator.change", person, by=who, reason=text, legal_basis=text,
        before={"note": text}, after={"name": text},
    )  # fmt: skip
    batch = checked_import(place, text, text)
    refresh_organizations([body.pk], today=TODAY)
    return {
        "organizations": body, "mediators": person, "appointments": held, "divisions": place,
        "posts": who.posts.get(), "imports": batch, "ledger": entry,
    }  # fmt: skip


@pytest.fixture
def client(world, browser):
    """The superuser, who sees every page, with the password just shown."""
    client = browser(SUPERUSER)
    show_password(client, world.accounts[SUPERUSER])
    return client


@pytest.fixture
def planted(world):
    return [plant(text, serial) for serial, text in enumerate(SCRIPTS)]


def alarms(response):
    body = response.content.decode()
    if response.get("Content-Type", "").startswith("application/json"):
        body = json.loads(body).get("html", "")
    return Alarms(body).found


def test_no_list_and_no_query_runs_a_script(client, planted):
    found = []
    for desk in DESKS.values():
        found += alarms(client.get(desk.url("index")))
        for text in SCRIPTS:
            query = dict.fromkeys(["name", "q", "mediator", "by", "ordering", "p", "state"], text)
            found += alarms(client.get(desk.url("index"), query))

    assert found == []


@pytest.mark.parametrize(
    "desk", ["organizations", "mediators", "appointments", "posts", "ledger", "imports"]
)
def test_no_page_of_a_record_runs_a_script(client, planted, desk):
    found, seen = [], 0
    for rows in planted:
        for page in ("", "history/", "edit/", "rows/", "headings/"):
            response = client.get(f"/admin/{desk}/{rows[desk].pk}/{page}")
            seen += response.status_code == 200
            found += alarms(response)

    assert found == []
    assert seen >= len(SCRIPTS)


def test_no_form_that_is_refused_runs_a_script(client, planted):
    found = []
    for text in SCRIPTS:
        for desk in ("organizations", "mediators", "appointments", "posts"):
            fields = ["name", "note", "address", "account", "id_number", "phone", "credit_code"]
            typed = dict.fromkeys(fields, text)
            found += alarms(client.post(f"/admin/{desk}/new/", {"submission": new_key(), **typed}))
        found += alarms(client.post("/admin/mediators/find/", {"number": text}))

    assert found == []


@pytest.mark.parametrize("kind", ["division", "organization", "mediator"])
def test_no_chooser_runs_a_script(client, planted, kind):
    found = alarms(client.get(f"/admin/choose/{kind}/"))
    for text in SCRIPTS:
        found += alarms(client.get(f"/admin/choose/{kind}/results/", {"q": text}))

    assert found == []


def test_no_public_page_runs_a_script(client, browser, planted):
    visitor, found = browser("anonymous"), []
    for rows in planted:
        for record in (rows["organizations"], rows["mediators"]):
            response = visitor.get(record.get_absolute_url())
            assert response.status_code == 200
            found += alarms(response)
    for address in ("/mediators/", "/organizations/"):
        for text in SCRIPTS:
            query = dict.fromkeys(["q", "division", "level", "kind", "language", "page"], text)
            found += alarms(visitor.get(address, query))

    assert found == []


def exported(client, desk, file_format):
    sent = {"submission": new_key(), "reason": "A letter.", "format": file_format}
    response = client.post(f"/admin/{desk}/export/", sent)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("desk", ["organizations", "mediators", "ledger"])
def test_no_export_holds_a_formula(client, desk, world):
    for serial, text in enumerate(FORMULAS):
        plant(text, serial)

    lines = list(csv.reader(io.StringIO(exported(client, desk, "csv").decode("utf-8-sig"))))
    cells = [cell for line in lines for cell in line]

    assert len(lines) > len(FORMULAS)
    assert any("1+1" in cell for cell in cells)
    assert [cell for cell in cells if DANGEROUS.match(cell)] == []
    assert formulas(exported(client, desk, "xlsx")) == []


def formulas(workbook):
    """Return the formulas and links of a workbook."""
    with ZipFile(io.BytesIO(workbook)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "sheet" in name]
    return [found for sheet in sheets for found in re.findall(r"<f[ >]|<hyperlink", sheet)]


def test_the_result_of_an_import_holds_no_formula(client, world):
    batch = checked_import(make.division("330681003"), "=1+1", "=1+1")

    response = client.get(f"/admin/imports/{batch.pk}/report/")

    assert response.status_code == 200
    assert formulas(b"".join(response.streaming_content)) == []
