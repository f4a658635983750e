"""Prints the lines that ``docs/security/matrix.csv`` lacks, as the site answers now.

Run by hand, never by the suite: ``pytest -q -s tests/security/propose.py``. A person reads each
line before it goes into the file, because the file says what ought to be and not what is.
"""

import csv
import io

import pytest

from office.desk.viewset import DESKS
from office.policies import permission_for
from tests.security.asking import word, writes
from tests.security.routes import address, has_rows, routes
from tests.security.test_matrix import lines, routed
from tests.security.world import ROLES

pytestmark = pytest.mark.django_db
VIEWS = {"inspect": "view", "history": "view", "index": "view", "edit": "change", "add": "add"}


def test_propose(world, browser):
    known = {(line["route"], line["name"]) for line in routed()}
    missing, target = [pair for pair in routes() if pair not in known], io.StringIO()
    clients = {role: browser(role) for role in ROLES}
    for route, name in missing:
        csv.writer(target, lineterminator="\n").writerow(Asked(route, name, world, clients).line())
    gone = sorted(known - set(routes()))
    print(f"\n{target.getvalue()}\nno longer routed: {gone}\n{len(lines())} lines there.")  # noqa: T201


class Asked:
    """One address, asked as every role."""

    def __init__(self, route, name, world, clients):
        self.route, self.name, self.world, self.clients = route, name, world, clients
        self.has_row = has_rows(route, name)

    def line(self):
        kind = "row" if self.has_row else "staff" if self.route[:6] == "admin/" else "public"
        answers = [self.answer(role) for role in ROLES]
        who = next((r for r, a in zip(ROLES, answers, strict=True) if a[:3] == "200"), ROLES[-1])
        with writes() as written:
            sent = word(self.clients[who].post(self.address(self.world.own)))
        rights = permission(self.route, self.name)
        return [self.route, self.name, kind, rights, sent, "x" if written else "", *answers]

    def answer(self, role):
        own = self.get(role, self.world.own)
        if not self.has_row or own == "login" or role == ROLES[-1]:
            return own
        return f"{own}/{self.get(role, self.world.outside(role))}"

    def get(self, role, rows):
        return word(self.clients[role].get(self.address(rows)))

    def address(self, rows):
        return address(self.route, self.name, rows, self.world)


def permission(route, name):
    desk = {desk.name: desk for desk in DESKS.values()}.get(name.partition(":")[0])
    if desk is None:
        return ""
    view = name.partition(":")[2]
    if view in {"act", "bulk"}:
        act = desk.acts_by_name.get(route.rstrip("/").rpartition("/")[2])
        return permission_for(act.permission, desk.model) if act else ""
    return permission_for(VIEWS.get(view, "export" if view == "export" else "view"), desk.model)
