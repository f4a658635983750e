"""Cases, with who mediated them, built through the real models."""

import json
from itertools import count
from pathlib import Path

from casework.actions import load_difficulty
from casework.models import (
    CaseParty,
    CaseRecord,
    CaseShare,
    CaseworkPolicy,
    DifficultyClass,
    DisputeType,
)
from registry.actions import load_policies
from tests import make
from tests.make import DAY, TODAY

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "casework"
_numbers = count(1)


def read(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def figures():
    """The figures of casework that hold everywhere."""
    load_policies(read("policies.json"), CaseworkPolicy)


def dispute_type(code="neighbours", name="邻里纠纷", name_en="Neighbours"):
    return DisputeType.objects.get_or_create(
        code=code, defaults={"name": name, "name_en": name_en, "speciality": make.speciality()}
    )[0]


def difficulty(code="general"):
    """A class of the scheme that holds everywhere."""
    load_difficulty(read("difficulty.json"))
    return DifficultyClass.objects.get(scheme__division=None, code=code)


def case(state="accepted", *, body=None, mediators=None, **fields):
    """A case of a state; with nobody named, of somebody in post in the organisation.

    ``mediators`` are people, or (person, weight) pairs; the first leads.
    """
    body = body or make.organization()
    if mediators is None:
        mediators = [make.appointment(body=body).mediator]
    fields.setdefault("dispute_type", dispute_type())
    fields.setdefault("accepted_on", TODAY - 30 * DAY)
    fields.setdefault("number", None if state == "draft" else f"T{next(_numbers):06d}")
    if state not in {"draft", "accepted", "void"}:
        fields.setdefault("closed_on", fields["accepted_on"] + 10 * DAY)
    if state == "succeeded":
        fields.setdefault("agreement", "written")
        fields.setdefault("agreed_on", fields["closed_on"])
    made = make.saved(CaseRecord(organization=body, division=body.division, state=state, **fields))
    for place, given in enumerate(mediators):
        person, weight = given if isinstance(given, tuple) else (given, 1)
        role = "together" if place else "lead"
        make.saved(CaseShare(case=made, mediator=person, role=role, weight=weight))
    return made


def party(case, side="applicant", **fields):
    fields.setdefault("name", f"当事人{next(_numbers)}")
    return make.saved(CaseParty(case=case, side=side, **fields))
