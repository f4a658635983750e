"""Every address is classified in ``docs/security/matrix.csv`` and answers each role as it says.

A cell holds the answer for a row in scope and, after a stroke, out of scope: a status, or "login",
"again" (password first), "home" where a redirect leads there. ``post`` is what an empty form brings
those who may open the page. ``writes`` marks the addresses where an empty form changes something.
No answer, whoever asks, holds a word that was sealed with a complaint: see ``planting``.
"""

import csv
from pathlib import Path

import pytest
from django.db import connection

from office.roles import Role, permissions_of
from tests.security.asking import text, word, writes
from tests.security.planting import MARKS, plant_words
from tests.security.policy import policy_faults
from tests.security.routes import address, routes
from tests.security.world import ROLES, SUPERUSER

MATRIX = Path(__file__).parents[2] / "docs" / "security" / "matrix.csv"
KINDS = {"public", "account", "staff", "row", "cms", "closed", "absent"}
# The digest of a paper is kept when it is drawn, so that a copy of it can be compared later.
KEEPS_WHAT_IT_DRAWS = {"certificates:paper"}
# What a bureau puts on the shelf is read by all mediators of its place.
FOR_THE_PLACE = {"my/textbooks/"}
REFUSED = {"login", "home", "404", "403", "again"}
# Roles that never see what is not public; the trainer sees who serves where, no more.
OUTSIDERS = {"anonymous", "mediator", "panel", "trainer", "system_admin"}
# On PostgreSQL walk those whose rows are cut out in different ways, each way once: what a role may
# do is the same Python on both databases, only the queries for rows are not.
SCOPED_ANEW = ["anonymous", "mediator", "clerk", "county_bureau", "handler"]
# Whoever takes a complaint in picks from the whole public roster, of whichever place.
OFFERS_THE_ROSTER = "choose_roster_"
# Wagtail's own pages ask for permissions that no role carries, so one role stands for all staff.
WALKS_WAGTAIL = {"anonymous", "mediator", "county_bureau", SUPERUSER}
SENDS_TO_WAGTAIL = WALKS_WAGTAIL - {SUPERUSER}

pytestmark = pytest.mark.django_db


def lines():
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def routed():
    return [line for line in lines() if line["kind"] != "absent"]


def test_every_address_is_in_the_file_and_the_file_names_no_other():
    classified = sorted((line["route"], line["name"]) for line in routed())

    assert classified == sorted(routes())


def test_every_line_has_a_kind_and_an_answer_for_every_role():
    faults = [
        line["route"]
        for line in lines()
        if line["kind"] not in KINDS or not all(line[role] for role in ROLES)
    ]

    assert faults == []


def test_what_asks_for_a_permission_names_it_and_a_row_has_two_answers():
    faults = [
        line["route"]
        for line in routed()
        if (line["kind"] in {"staff", "row"} and not line["permission"])
        or (line["kind"] == "row" and "/" not in line["county_bureau"])
    ]

    assert faults == []


def test_no_role_carries_a_permission_of_wagtails_pages():
    carried = permissions_of(list(Role))

    assert {name for name in carried if name.startswith(("wagtail", "auth.", "office.user"))} == {
        "wagtailadmin.access_admin"
    }


@pytest.fixture(scope="module")
def planted(whole_world, django_db_blocker):
    with django_db_blocker.unblock():
        return plant_words(whole_world)


@pytest.mark.parametrize("role", ROLES if connection.vendor == "sqlite" else SCOPED_ANEW)
def test_the_answers_are_those_of_the_file(world, planted, browser, role):
    client, found = browser(role), []
    for line in lines():
        if line["kind"] == "cms" and role not in WALKS_WAGTAIL:
            continue
        hidden = forbidden(role, line, world)
        for target, answer in targets(role, line, world):
            keeps = line["name"] in KEEPS_WHAT_IT_DRAWS
            found += ask(client.get, target, {answer}, hidden, may_write=keeps)
            if line["kind"] != "cms" or role in SENDS_TO_WAGTAIL:
                allowed = answers_to_sending(line, answer)
                found += ask(client.post, target, allowed, hidden, may_write=line["writes"])
        if line["writes"]:
            client = browser(role)

    assert found == [], "\n".join(found)


def targets(role, line, world):
    """Return (address, expected answer) for a row in scope and, where it matters, out of scope."""
    both = zip([world.own, world.outside(role)], line[role].split("/"), strict=False)
    return [(address(line["route"], line["name"], rows, world), answer) for rows, answer in both]


def answers_to_sending(line, answer):
    if answer in REFUSED:
        return {answer, "405"}
    return set(line["post"].split("|"))


def ask(method, target, allowed, hidden, *, may_write):
    """Ask once; return what is wrong with the answer."""
    with writes() as written:
        response = method(target)
    got, body = word(response), text(response)
    said = [f"shows {mark}" for mark in hidden if mark in body] + policy_faults(target, response)
    if got not in allowed:
        said.append(f"is {got}, not {sorted(allowed)}")
    if written and not may_write:
        said.append(f"wrote {sorted(written)}")
    return [f"{method.__name__} {target}: {fault}" for fault in said]


def forbidden(role, line, world):
    """Return what must not stand in the answer: others' marks, what is never public, numbers."""
    kind, everybody = line["kind"], [world.own, *world.elsewhere.values()]
    hidden = [*MARKS, *(number for rows in everybody for number in rows.numbers)]
    if (kind == "public" or role in OUTSIDERS) and not shows_certificates(role, line):
        hidden += [secret for rows in everybody for secret in rows.secrets]
    if kind != "public" and role != SUPERUSER:
        others = [
            rows
            for rows in world.hidden_from(role)
            if not is_own_page(role, line, rows, world)
            and not (line["route"] in FOR_THE_PLACE and rows is world.elsewhere["same_place"])
        ]
        open_marks = line["name"].startswith(OFFERS_THE_ROSTER)
        hidden += [
            mark for rows in others for mark in rows.secrets + ([] if open_marks else rows.marks)
        ]
    return hidden


def shows_certificates(role, line):
    """Numbers of certificates are seen by their holder and by the trainer who prepares them."""
    own, prepared = line["route"].startswith("my/"), line["name"].startswith("certificates:")
    return (role == "mediator" and own) or (role == "trainer" and prepared)


def is_own_page(role, line, rows, world):
    """A mediator reads on the own pages what is about the mediator, and nothing of anybody else."""
    return role == "mediator" and line["route"].startswith("my/") and rows is world.own
