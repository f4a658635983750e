"""Appointments in every state, ready for any step, and what the forms of the steps ask for."""

import json
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from office.clocks import read_calendar, store_calendar
from registry import actions
from registry.flows import AppointmentState
from registry.models import Policy
from tests import make
from tests.make import DAY, TODAY

A = AppointmentState
FIXTURES = Path(__file__).parents[2] / "fixtures"
UNIT = "枫源村村民会议"
BORN = date(1975, 3, 8)


def load_rules():
    """Load the policies that come with the product, and the calendar of the year."""
    actions.load_policies(json.loads((FIXTURES / "policies.json").read_text()))
    calendar = read_calendar((FIXTURES / "calendars" / "2026.json").read_text())
    store_calendar(calendar, by=None, now=timezone.now())


def paper(name="decision.pdf"):
    """A file that is taken as a PDF."""
    return SimpleUploadedFile(name, b"%PDF-1.4\n1 0 obj\n%%EOF\n", content_type="application/pdf")


def policy(key, amount, unit, **fields):
    """A policy from long ago that holds everywhere, if nothing else is said."""
    fields = {"from_on": date(2011, 1, 1), "standing": "setting", **fields}
    return make.saved(Policy(key=key, amount=amount, unit=unit, **fields))


def person(**fields):
    """An adult with a certificate."""
    fields.setdefault("born_on", BORN)
    fields.setdefault("certificate_number", f"证{make.next_number()}")
    return make.mediator(**fields)


NEEDED = {
    A.NOTICE: {"notice_from_on": TODAY - 9 * DAY, "notice_until_on": TODAY - DAY},
    A.PROBATION: {"probation_until_on": TODAY},
    A.ENDED: {"until_on": TODAY, "ended_by": "resigned"},
}


def post(state=A.IN_POST, someone=None, body=None, **fields):
    """An appointment in a state, elected by a village, with all that the state asks for."""
    given = {
        "route": "elected",
        "unit_body": "villagers",
        "unit": UNIT,
        "post": "member",
        **NEEDED.get(state, {}),
        **fields,
    }
    return make.appointment(someone or person(), body, state=state, **given)


DEPRIVING = {
    "ground": "property",
    "serious": True,
    "unit": UNIT,
    "decided_on": TODAY - 3 * DAY,
    "until_on": TODAY,
    "without_criticism_because": "He took money at the first case.",
}
GONE = {"until_on": TODAY}
ASKED = {
    "accept": {
        "route": "elected",
        "unit_body": "villagers",
        "unit": UNIT,
        "decided_on": TODAY - DAY,
    },
    "renew": {"decided_on": TODAY, "without_reviews_because": "No review is held yet."},
    "lapse": {"told_on": TODAY},
    "remove": DEPRIVING,
    "dismiss": DEPRIVING,
    "resign": GONE,
    "transfer": GONE,
    "record_death": GONE,
}
WITH_A_PAPER = {"accept", "remove", "dismiss", "resign", "transfer", "record_death"}
# What a row must say beside its state so that nothing bars the step.
READY = {
    "dismiss": {"route": "appointed"},
    "resume": {"term_until_on": TODAY + 10 * DAY},
    "renew": {"term_until_on": TODAY + 10 * DAY},
    "lapse": {"term_until_on": TODAY},
}


def ready(state, step, **fields):
    """An appointment in a state that no guard of the step bars."""
    return post(state, **{**READY.get(step, {}), **fields})


def asked(step, **typed):
    """What a step asks for beside the reason, with a fresh paper where it wants one."""
    document = {"document": paper()} if step in WITH_A_PAPER else {}
    return {**ASKED.get(step, {}), **document, **typed}
