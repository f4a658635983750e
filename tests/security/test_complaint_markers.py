"""Who complained, and what was said, stands on no page but those of the one who handles it.

Every complaint of a small register carries marked words wherever something is sealed: identity,
statements, names and contents of files, the reason an identity was seen for. Every role then asks
for every address of complaints, of rows inside and outside of its posts, with the password just
typed. Their pages are found among all addresses, so that a new one is looked at without being
named here; on all other addresses of the site ``test_matrix`` looks for the same words.
"""

import re
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test import Client

from complaints.models import Complaint, Evidence, IdentityView, SealedIdentity, Statement
from office.desk.submissions import new_key
from office.desk.viewset import DESKS
from tests.security.asking import show_password, text, word
from tests.security.planting import (
    MARKS,
    OF_THE_PERSON,
    SAID,
    WHY,
    plant_words,
)
from tests.security.routes import PARAMETER, SPECIAL, address, common, routes
from tests.security.test_dump import dump
from tests.security.world import ANONYMOUS, MEDIATOR, ROLES

pytestmark = pytest.mark.django_db
ROWS_OF_A_PLACE = 2
# A walk that finds fewer addresses has lost its way.
LEAST_ASKED = 60
# No page of these says more of a row than a list of it may.
NOT_OF_A_ROW = (":index", ":export", ":history", ":bulk", ":add")


@pytest.fixture(scope="module")
def planted(whole_world, django_db_blocker):
    with django_db_blocker.unblock():
        return plant_words(whole_world, in_hand=whole_world.own.further["complaints"])


def targets(world):
    """Yield (address, name, row of complaints or None) of all there is to ask for of complaints.

    On every other page, the walk of the matrix of rights looks for the same words.
    """
    for route, name in routes():
        if rows := rows_of(name, route):
            for row in rows:
                yield of_complaint(route, row, world), name, row
        elif "complaint" in route or is_of_complaints(name):
            yield address(route, name, world.own, world), name, None


def is_of_complaints(name):
    desk = desk_of(name)
    return desk is not None and desk.model._meta.app_label == "complaints"


def desk_of(name):
    namespace = name.partition(":")[0]
    return next((desk for desk in DESKS.values() if desk.name == namespace), None)


def rows_of(name, route):
    """The rows to ask for by an address of a desk of complaints: the first two of each place."""
    if "<int:pk>" not in route or not is_of_complaints(name):
        return []
    places, rows = {}, []
    for row in desk_of(name).model.objects.order_by("pk"):
        number = places[row.area] = places.get(row.area, 0) + 1
        if number <= ROWS_OF_A_PLACE:
            rows.append(row)
    return rows


def of_complaint(route, row, world):
    """The address of a row, with the rows that belong to the same complaint."""
    complaint = complaint_of(row)
    further = {
        "evidence": Evidence, "file": Evidence, "statement": Statement, "view": IdentityView,
    }  # fmt: skip
    values = {**common(world), "pk": row.pk}
    for name, model in further.items():
        of_it = model.objects.filter(complaint=complaint).order_by("-pk")
        values[name] = of_it.values_list("pk", flat=True).first() or 0
    found = PARAMETER.sub(lambda match: str(values.get(match[1], 0)), SPECIAL.get(route, route))
    return "/" + found.replace("^", "").replace("$", "")


def complaint_of(row):
    return row if isinstance(row, Complaint) else getattr(row, "complaint", None)


def hidden_from(role, name, row, planted):
    """Return the marks that must not stand in an answer."""
    in_hand = role == "handler" and row is not None and complaint_of(row) == planted.given
    if in_hand and not name.endswith(NOT_OF_A_ROW):
        return OF_THE_PERSON
    return MARKS


def browser_of(role, world):
    client = Client(raise_request_exception=False)
    if role != ANONYMOUS:
        client.force_login(world.accounts[role])
        show_password(client, world.accounts[role])
    return client


@pytest.mark.parametrize("role", ROLES if connection.vendor == "sqlite" else ["handler", MEDIATOR])
def test_no_page_shows_a_marked_word_but_to_the_one_who_handles_it(world, planted, role):
    client, found, asked = browser_of(role, world), [], 0
    for target, name, row in targets(world):
        body, asked = text(client.get(target)), asked + 1
        shown = [mark for mark in hidden_from(role, name, row, planted) if mark in body]
        found += [f"{target} shows {mark}" for mark in shown]
    assert found == [], "\n".join(found)
    assert asked > LEAST_ASKED


def test_the_walk_would_see_a_mark_where_it_may_stand(world, planted):
    client = browser_of("handler", world)
    page = text(client.get(DESKS["complaints.complaint"].url("inspect", planted.given.pk)))
    assert SAID in page
    assert [mark for mark in OF_THE_PERSON if mark in page] == []


@pytest.mark.parametrize("role", ["handler", "county_bureau", "city_bureau", "auditor", "clerk"])
def test_no_export_takes_a_marked_word_along(world, planted, role):
    client, found, taken = browser_of(role, world), [], 0
    typed = {"format": "csv", "reason": "年度核对"}
    for desk in list(DESKS.values()):
        if desk.model._meta.app_label not in {"complaints", "office"} or not desk.export_columns:
            continue
        for file_format in ["csv", "xlsx"]:
            sent = typed | {"submission": new_key(), "format": file_format}
            response = client.post(desk.url("export"), sent)
            body = text(response)
            taken += response.status_code == 200
            found += [f"{desk.name} {mark}" for mark in MARKS if mark in body]
    assert found == []
    assert taken or role in {"clerk", "county_bureau"}


@pytest.mark.parametrize("role", ["handler", "city_bureau", "auditor", MEDIATOR, ANONYMOUS])
def test_no_search_finds_a_complaint_by_what_is_sealed(world, planted, role):
    client = browser_of(role, world)
    queue = DESKS["complaints.complaint"].url("index")
    numbers = list(Complaint.objects.values_list("number", flat=True))
    found = []
    for mark in MARKS:
        for target in [queue, "/search/", "/lookup/", "/admin/ledger/", "/library/"]:
            for name in ["q", "number", "search", "reason", "who"]:
                body = text(client.get(target, {name: mark}))
                if target == queue and name == "number":
                    found += [f"{target} {mark}" for number in numbers if number in body]
    assert found == []


def test_no_message_holds_a_marked_word(planted):
    whole = "\n".join(planted.mails)
    assert planted.mails
    assert [mark for mark in MARKS if mark in whole] == []


def test_neither_a_table_nor_a_file_holds_a_marked_word(world, planted):
    everything = dump()
    assert planted.given.number in everything
    assert [mark for mark in MARKS if mark in everything] == []
    assert re.search("TS330681", everything)
    folders = {Path(storages[name].location) for name in ("private", "default")}
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert len(files) > Evidence.objects.count() / 2
    held = [
        (path.name, mark)
        for path in files
        for mark in MARKS
        if mark.encode() in path.read_bytes() or mark in path.name
    ]
    assert held == []


def test_of_an_anonymous_complaint_there_is_no_identity_to_find(planted):
    assert not SealedIdentity.objects.filter(complaint__mode="anonymous").exists()


def test_the_holder_of_the_log_sees_who_looked_but_not_why(world, planted):
    client = browser_of("auditor", world)
    view = IdentityView.objects.filter(complaint=planted.given).first()
    page = text(client.get(DESKS["complaints.identityview"].url("inspect", view.pk)))
    assert planted.given.number in page
    assert WHY not in page
    read = DESKS["complaints.identityview"].url("act", view.pk, "read")
    assert word(client.get(read)) == "404"
