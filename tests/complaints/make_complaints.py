"""Complaints in any state, built through the real acts and models."""

import json
from itertools import count
from pathlib import Path

from complaints import actions, vault
from complaints.flows import ENDED
from complaints.models import Complaint, ComplaintPolicy, Part
from office.roles import Role
from registry.actions import load_policies
from tests import make
from tests.make import DAY, TODAY
from tests.registry.cases import load_rules

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "complaints"
_numbers = count(1)
IDENTITY = {"name": "钱一民", "phone": "13900001111", "address": "城关镇"}


def figures():
    """The figures of complaints that hold everywhere, and the calendars they are counted by."""
    load_rules()
    content = json.loads((FIXTURES / "policies.json").read_text(encoding="utf-8"))
    load_policies(content, ComplaintPolicy)


def handler(place="330681", **fields):
    """A complaint handler with a post in a division."""
    return make.officer(Role.HANDLER, make.division(place), **fields)


def received(*, about=None, mode="named", today=TODAY, facts="调解员收了我家的香烟。", **given):
    """A complaint as it comes in, with its code; ``about`` is a mediator or an organisation."""
    about = about or make.appointment().mediator
    is_body = hasattr(about, "kind")
    body = about if is_body else about.appointments.first().organization
    fields = {
        "channel": "web",
        "division": make.division(str(body.division_id)[:6]),
        "about": "organization" if is_body else "mediator",
        "organization": body,
        "mediator": None if is_body else about,
        "grounds": ["property"],
        "identity": None if mode == "anonymous" else IDENTITY,
        "submission": f"test{next(_numbers)}",
    } | given
    return actions.file_complaint(mode=mode, facts=facts, today=today, **fields)


def complaint(state="received", *, by=None, **given):
    """A complaint put into a state without its history, with a handler who may read it.

    For tests of one step; a test of a whole path takes the steps.
    """
    made, _code = received(**given)
    if state == "received":
        return made
    by = by or handler()
    actions.give_access(made, by, Part.HANDLER, by=by, today=TODAY)
    fields = {"state": state, "handler": by}
    if state in ENDED:
        fields["closed_on"] = TODAY
    Complaint.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


def said(complaint, *kinds):
    return [text for _row, text in vault.statements(complaint, *kinds)]


__all__ = ["DAY", "IDENTITY", "TODAY", "complaint", "figures", "handler", "received", "said"]
