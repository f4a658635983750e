"""Whoever gets hold of the whole database reads neither ID numbers nor phones in it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from office.desk.submissions import new_key
from office.identity import resident_id_for
from office.roles import Role
from registry.actions import mediators
from registry.models import Mediator
from tests import make
from tests.make import TODAY
from tests.registry.rosters import COMMITTEE, load_zhuji

pytestmark = pytest.mark.django_db

ADDED, CHANGED, IMPORTED, TYPED = (
    (resident_id_for("330681", make.date(1966, 6, 6), serial), f"1386666{serial:04d}")
    for serial in (11, 13, 15, 17)
)


def sqlite_dump():
    return "\n".join(connection.connection.iterdump())


def postgresql_dump():
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                parts += [bytes(block).decode() for block in copy]
    return "\n".join(parts)


def dump():
    return {"sqlite": sqlite_dump, "postgresql": postgresql_dump}[connection.vendor]()


def add_and_correct(by):
    """One person entered at the desk and corrected, so that the ledger tells of both."""
    number, phone = ADDED
    person = mediators.add_mediator(
        by=by, today=TODAY, reason="A letter.", name="甲某", division=make.division("330681"),
        id_number=number, phone=phone,
    )  # fmt: skip
    number, phone = CHANGED
    mediators.change_mediator(
        person.pk, by=by, today=TODAY, reason="A mistake.", id_number=number, phone=phone
    )
    mediators.unmask_mediator(person.pk, by=by, today=TODAY, reason="A call.")


def import_one(tmp_path):
    number, phone = IMPORTED
    path = tmp_path / "roster.csv"
    head = "姓名,性别,身份证号码,所在调解组织,专/兼职,联系电话"
    person = f"乙某,男,{number},{COMMITTEE},兼职,{phone}"
    refused = f"丙某,女,{number[:-1]}0,{COMMITTEE},兼职,{phone}"
    path.write_text(f"{head}\n{person}\n{refused}\n", encoding="utf-8-sig")
    call_command(
        "import_mediators", str(path), "--division", "330681", stdout=io.StringIO(),
        stderr=io.StringIO(),
    )  # fmt: skip


def type_into_a_session_that_is_over(client):
    """A form that came too late waits in the session."""
    number, phone = TYPED
    session = client.session
    session["left_by"] = {"user": 1, "until": 2**40}
    session.save()
    client.post(
        reverse("mediators:add"), {"submission": new_key(), "id_number": number, "phone": phone}
    )
    assert client.session["kept_form"]["path"] == reverse("mediators:add")


def test_a_dump_holds_no_id_number_and_no_phone(client, tmp_path):
    load_zhuji()
    make.organization(name=COMMITTEE, in_division=make.division("330681"))
    add_and_correct(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    import_one(tmp_path)
    type_into_a_session_that_is_over(client)

    everything = dump()

    assert "甲某" in everything
    assert "乙某" in everything
    numbers = [number for pair in (ADDED, CHANGED, IMPORTED, TYPED) for number in pair]
    assert [number for number in numbers if number in everything] == []
    assert Mediator.objects.get(name="乙某").id_number == IMPORTED[0]
    assert Mediator.objects.get(name="甲某").phone == CHANGED[1]


def test_an_import_at_the_desk_keeps_no_number_in_the_database(client, tmp_path):
    load_zhuji()
    make.organization(name=COMMITTEE, in_division=make.division("330681"))
    officer = make.officer(Role.COUNTY_BUREAU, make.division("330681"))
    client.force_login(officer)
    number, phone = IMPORTED
    head = "姓名,性别,身份证号码,所在调解组织,专/兼职,联系电话"
    rows = f"{head}\n乙某,男,{number},{COMMITTEE},兼职,{phone}\n丙某,男,{number},无此组织,兼职,1\n"
    file = SimpleUploadedFile("roster.csv", rows.encode("utf-8-sig"), "text/csv")
    sent = {
        "submission": new_key(), "kind": "mediators", "division": make.division("330681").pk,
        "file": file, "reason": "The yearly roster.",
    }  # fmt: skip

    uploaded = client.post(reverse("imports:add"), sent)
    assert uploaded.status_code == 302
    client.get(uploaded["Location"])

    assert [found for found in IMPORTED if found in dump()] == []
