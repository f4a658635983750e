"""What is read out of a file of hotline tickets, and what each row is refused for."""

import pytest
from django.core.exceptions import ValidationError

from complaints.imports.columns import LABELS, sentences, told
from complaints.imports.reading import read_tickets
from tests import make
from tests.complaints import make_entered as made
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def read(*rows, **given):
    file = given.pop("file", None) or made.table(*rows, **given)
    return read_tickets(file, division=make.division("330681"), today=TODAY)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"ticket": ""}, "ticket", "missing"),
        ({"ticket": "无"}, "ticket", "ticket"),
        ({"ticket": "12345；甲"}, "ticket", "ticket"),
        ({"ticket": "=1+12345"}, "ticket", "ticket"),
        ({"ticket": "A" * 64 + "1"}, "ticket", "ticket"),
        ({"ticket": "2.02611E+15"}, "ticket", "lost_digits"),
        ({"received_on": ""}, "received_on", "missing"),
        ({"received_on": "昨天"}, "received_on", "date"),
        ({"received_on": "2026-02-30"}, "received_on", "date"),
        ({"received_on": "2026-11"}, "received_on", "not_a_day"),
        ({"received_on": "2026"}, "received_on", "not_a_day"),
        ({"received_on": "2026-11-24"}, "received_on", "future"),
        ({"name": "长" * 61}, "name", "long_name"),
        ({"phone": "12345"}, "phone", "phone"),
        ({"phone": "1.39E+10"}, "phone", "phone"),
        ({"confidential": "也许"}, "confidential", "answer"),
        ({"facts": ""}, "facts", "missing"),
        ({"facts": "太短了"}, "facts", "short"),
        ({"facts": "长" * 5001}, "facts", "long"),
        ({"ground": "未知事由"}, "ground", "ground"),
        ({"ground": "收费、未知事由"}, "ground", "ground"),
    ],
)
def test_every_kind_of_bad_row_is_named_by_column_and_reason(cells, column, code):
    good, bad = read(made.row("T-1"), made.row("T-2", **cells))
    assert good.faults == []
    assert (bad.row, bad.faults) == (3, [[column, code]])
    assert told(bad.faults) == [(LABELS[column], sentences()[code])]


@pytest.mark.parametrize(
    "cells",
    [
        {"received_on": "2026-11-23"},
        {"received_on": "２０２６年１１月２３日"},
        {"received_on": "2026-11-20 08:15:30"},
        {"name": "长" * 60},
        {"facts": "刚好五个字"},
        {"facts": "长" * 5000},
        {"ground": ""},
        {"ground": "收费、侮辱"},
        {"phone": "１３９ ０００１ ２２２２"},
        {"phone": "0575-87000000"},
        {"confidential": "是"},
    ],
)
def test_what_is_just_right_is_taken(cells):
    assert read(made.row("T-1", **cells))[0].faults == []


def test_all_faults_of_a_row_are_named_at_once():
    (ticket,) = read(made.row("", received_on="", facts="", phone="1"))
    assert ticket.faults == [
        ["ticket", "missing"], ["received_on", "missing"], ["phone", "phone"],
        ["facts", "missing"],
    ]  # fmt: skip


def test_a_ticket_that_stands_twice_is_taken_once_however_it_is_written():
    first, second, third = read(
        made.row("zj-0001"), made.row("ＺＪ－０００１"), made.row("ZJ-0002")
    )
    assert [one.faults for one in (first, second, third)] == [[], [["ticket", "twice"]], []]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk"])
def test_a_csv_in_the_encodings_of_the_house_is_read(encoding):
    (ticket,) = read(made.row("20260001"), encoding=encoding)
    assert (ticket.number, ticket.values["facts"]) == ("20260001", made.FACTS)


def test_a_workbook_is_read_and_a_long_number_stored_as_one_is_refused():
    text, number = read(
        file=made.workbook(made.row("20261123000012345678"), made.row(20261123000012345678))
    )
    assert (text.number, text.faults) == ("20261123000012345678", [])
    assert number.faults == [["ticket", "lost_digits"]]


@pytest.mark.parametrize(
    ("cells", "mode"),
    [
        ({}, "named"),
        ({"name": ""}, "named"),
        ({"confidential": "保密"}, "confidential"),
        ({"confidential": "否"}, "named"),
        ({"name": "", "phone": ""}, "anonymous"),
        ({"name": "", "phone": "", "confidential": "是"}, "anonymous"),
    ],
)
def test_who_calls_decides_the_way_of_complaining(cells, mode):
    assert read(made.row("T-1", **cells))[0].values["mode"] == mode


def whom(**cells):
    (ticket,) = read(made.row("T-1", **cells))
    told = ticket.values
    return told.get("about"), told.get("mediator_id"), told.get("organization_id"), ticket.faults


def test_whom_it_is_about_is_found_by_name_on_the_roster():
    person, body = made.on_roster()
    here = {"organization": body.name, "mediator": person.name}
    assert whom(**here) == ("mediator", person.pk, body.pk, [])
    assert whom(mediator=person.name) == ("mediator", person.pk, body.pk, [])
    assert whom(organization=body.name) == ("organization", None, body.pk, [])
    assert whom(organization=body.name, mediator="别人") == ("unknown", None, body.pk, [])
    assert whom(mediator="别人") == ("unknown", None, None, [])
    assert whom() == ("unknown", None, None, [])


def test_of_two_with_one_name_the_one_of_the_division_is_meant():
    made.on_roster("330682001", "上虞某某人民调解委员会")
    person, body = made.on_roster()
    assert whom(mediator=person.name) == ("mediator", person.pk, body.pk, [])


def test_of_two_in_the_division_neither_is_guessed():
    made.on_roster("330681001", "第一人民调解委员会")
    person, body = made.on_roster("330681002", "第二人民调解委员会")
    assert whom(mediator=person.name)[3] == [["mediator", "several_people"]]
    here = {"organization": body.name, "mediator": person.name}
    assert whom(**here) == ("mediator", person.pk, body.pk, [])
    made.on_roster("330681003", "第二人民调解委员会", "王某某")
    assert whom(organization=body.name)[3] == [["organization", "several_bodies"]]


def test_a_file_without_a_needed_heading_is_refused_as_a_whole():
    heads = [head for head in made.HEADS if head != "诉求内容"]
    row = made.row("T-1")
    row.pop(7)
    with pytest.raises(ValidationError, match="what happened"):
        read(row, heads=heads)


def test_more_tickets_than_are_entered_at_once_are_refused_as_a_whole():
    with pytest.raises(ValidationError, match="more than 100 tickets"):
        read(*[made.row(f"T-{number}") for number in range(101)])
    assert len(read(*[made.row(f"T-{number}") for number in range(100)])) == 100
