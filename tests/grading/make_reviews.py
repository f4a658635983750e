"""Applications under review by a rule set small enough to be decided, and officers for it."""

from grading.actions import deciding, reviewing
from grading.actions.judging import take_evidence
from grading.models import Application
from office.roles import Role
from tests import make
from tests.grading import make_grading, make_rounds
from tests.make import TODAY

REASON = "As the papers show."
QUESTION = "political_and_conduct"
TOWN = "330681101"
GIVEN = {"today": TODAY, "reason": REASON}


def rule(**changes):
    """A rule with one question and two figures of the register for level four."""
    years = {"cmp": ["service_years", ">=", "$p.years_L4"], "id": "years", "clause": "第六条第一项"}
    cases = {"cmp": ["mediated", ">=", 0], "clause": "第六条第二项"}
    parts = {
        "base": {"all": [{"attest": QUESTION, "clause": "第五条第一项"}]},
        "req": {"l4": {"all": [years, cases]}, "l3": {"all": [cases]}},
        "vetoes": [],
    }
    return make_grading.document(**{**parts, **changes})


def grading_round(state="reviewing", *, content=None, **fields):
    return make_rounds.grading_round(state, content=content or rule(), **fields)


def town(code=TOWN):
    return make.division(code)


def office(code=TOWN, **fields):
    return make.officer(Role.JUSTICE_OFFICE, town(code), **fields)


def bureau(code="330681", **fields):
    return make.officer(Role.COUNTY_BUREAU, make.division(code), **fields)


def application(state="submitted", *, of=None, place=TOWN, answer=None, **fields):
    """An application from a township, with its evidence; ``answer`` is that of the question."""
    of = of or grading_round()
    if "mediator" not in fields:
        fields.setdefault("body", make.organization(in_division=make.division(place)))
    made = make_rounds.application(state, of=of, **fields)
    if answer is not None:
        made.answers.create(name=QUESTION, answer=answer, reason=REASON, by=make.user(), on=TODAY)
    take_evidence([made], today=TODAY)
    return made


def decided(*, answer=True, of=None, **fields):
    """An application that went through both reviews; returns it as it is stored."""
    made = application(of=of, **fields)
    first, second = office(), bureau()
    reviewing.answer_question(made.pk, name=QUESTION, answer=answer, by=first, **GIVEN)
    reviewing.pass_first(made.pk, by=first, **GIVEN)
    find = deciding.find_eligible if answer else deciding.find_ineligible
    find(made.pk, by=second, **GIVEN)
    return now(made)


def now(made):
    return Application.objects.get(pk=made.pk)
