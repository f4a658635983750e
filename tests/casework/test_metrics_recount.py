"""What is counted in SQL equals a plain recount in Python, on whatever register there is."""

from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.metrics import METRICS, figures
from casework.models import CaseRecord, CaseShare, Opinion
from casework.rules.windows import Window
from office.roles import Role
from tests import make
from tests.casework import make_cases

pytestmark = pytest.mark.django_db
FIRST, UNTIL = date(2026, 1, 1), date(2027, 1, 1)
CODES = ["330681001", "330681002", "330682001"]
KINDS = ["village", "township", "village"]
COUNTED = {"accepted", "succeeded", "failed", "withdrawn", "transferred"}
CLOSED = COUNTED - {"accepted"}
KNOWN = {"fulfilled", "partly", "refused"}

# Metric: (in the numerator, in the denominator), of a case that counts.
SAID = {
    "accepted": (lambda c: True, None),
    "closed": (lambda c: c.state in CLOSED, None),
    "succeeded": (lambda c: c.state == "succeeded", None),
    "success_rate": (lambda c: c.state == "succeeded", lambda c: True),
    "success_of_closed": (lambda c: c.state == "succeeded", lambda c: c.state in CLOSED),
    "agreed": (lambda c: c.agreement in {"written", "oral"}, None),
    "written": (lambda c: c.agreement == "written", None),
    "written_share": (
        lambda c: c.agreement == "written",
        lambda c: c.agreement in {"written", "oral"},
    ),
    "oral": (lambda c: c.agreement == "oral", None),
    "oral_of_mediated": (lambda c: c.agreement == "oral", lambda c: True),
    "oral_of_agreed": (
        lambda c: c.agreement == "oral",
        lambda c: c.agreement in {"written", "oral"},
    ),
    "fulfilment": (lambda c: c.fulfilment == "fulfilled", lambda c: c.fulfilment in KNOWN),
    "voluntary_fulfilment": (
        lambda c: c.fulfilment == "fulfilled" and c.is_voluntary is True,
        lambda c: c.fulfilment == "fulfilled" and c.is_voluntary is not None,
    ),
    "average_days": (
        lambda c: (c.closed_on - c.accepted_on).days if c.state in CLOSED else 0,
        lambda c: c.state in CLOSED,
    ),
    "court_refusals": (
        lambda c: c.confirmation == "refused",
        lambda c: c.confirmation in {"refused", "confirmed"},
    ),
    "overturned": (lambda c: c.judgment in {"changed", "revoked", "invalid"}, None),
}
SUBJECTS = {
    "organization": lambda c: c.organization_id,
    "kind": lambda c: c.organization.kind,
    "city": lambda c: c.division_id // 10**8 * 10**8,
    "county": lambda c: c.division_id // 10**6 * 10**6,
    "township": lambda c: c.division_id // 10**3 * 10**3,
    "village": lambda c: c.division_id,
    "dispute_type": lambda c: c.dispute_type_id,
    "difficulty": lambda c: c.difficulty_id,
    "source": lambda c: c.source,
    "month": lambda c: c.accepted_on.replace(day=1),
    "year": lambda c: c.accepted_on.replace(month=1, day=1),
}
# Days around the ends of the window are drawn as often as those within.
DAYS = st.sampled_from(
    [FIRST - timedelta(1), FIRST, UNTIL - timedelta(1), UNTIL, date(2026, 2, 28), date(2026, 3, 1)]
) | st.dates(date(2025, 10, 1), date(2027, 3, 1))

STATES = ["draft", "accepted", "void", *sorted(CLOSED), *["succeeded"] * 4]


@st.composite
def cases(draw):
    """A case the database takes, as fields; people as {number: (role, weight)}."""
    state = draw(
        st.sampled_from(["draft", "accepted", "void", *sorted(CLOSED), *["succeeded"] * 4])
    )
    on = draw(DAYS)
    said = {"state": state, "accepted_on": on, "closed_on": None}
    if state in CLOSED or (state == "void" and draw(st.booleans())):
        said["closed_on"] = on + timedelta(draw(st.integers(0, 400)))
    if state in {"succeeded", "void"}:
        said["agreement"] = draw(st.sampled_from(["", "written", "oral"]))
        said["fulfilment"] = draw(st.sampled_from(["", "pending", *sorted(KNOWN)]))
        said["confirmation"] = draw(st.sampled_from(["", "applied", "confirmed", "refused"]))
        if said["fulfilment"] in {"fulfilled", "partly"}:
            said["is_voluntary"] = draw(st.sampled_from([None, True, False]))
    said["judgment"] = draw(st.sampled_from(["", "", "changed", "revoked", "invalid"]))
    said["source"] = draw(st.sampled_from(["applied", "court"]))
    said["body"], said["dispute_type"] = draw(st.integers(0, 2)), draw(st.integers(0, 1))
    said["difficulty"] = draw(st.sampled_from([None, 0, 1]))
    people = draw(st.lists(st.integers(0, 2), unique=True, max_size=3))
    said["people"] = {
        person: ("together" if place else "lead", draw(st.integers(1, 3)))
        for place, person in enumerate(people)
    }
    said["twin"] = draw(st.integers(0, 4)) == 0
    said["scores"] = draw(st.lists(st.sampled_from([None, 1, 2, 3, 4, 5]), max_size=2))
    return said


@pytest.fixture
def register():
    """Three organisations in two counties, three people, two types, two classes."""
    bodies = [
        make.organization(in_division=make.division(code), kind=kind)
        for code, kind in zip(CODES, KINDS, strict=True)
    ]
    return SimpleNamespace(
        bodies=bodies,
        people=[make.mediator() for _person in range(3)],
        types=[make_cases.dispute_type(), make_cases.dispute_type("land", "山林土地", "Land")],
        classes=[make_cases.difficulty("simple"), make_cases.difficulty("general")],
    )


def written(register, drawn):
    """Write the cases past the actions; every fifth stands for the dispute of the one before."""
    made = []
    for number, said in enumerate(drawn):
        fields = {
            name: value
            for name, value in said.items()
            if name not in {"body", "people", "twin", "dispute_type", "difficulty", "scores"}
        }
        body = register.bodies[said["body"]]
        place = said["difficulty"]
        made.append(
            CaseRecord(
                number=f"R{number}",
                organization=body,
                division=body.division,
                dispute_type=register.types[said["dispute_type"]],
                difficulty=None if place is None else register.classes[place],
                **fields,
            )
        )
    made = CaseRecord.objects.bulk_create(made)
    for before, said, row in zip([None, *made], drawn, made, strict=False):
        if said["twin"] and before is not None:
            row.same_as = before
    CaseRecord.objects.bulk_update(made, ["same_as"])
    for said, row in zip(drawn, made, strict=True):
        row.people_of_it = {register.people[n].pk: part for n, part in said["people"].items()}
    CaseShare.objects.bulk_create(
        CaseShare(case=row, mediator_id=person, role=role, weight=weight)
        for row in made
        for person, (role, weight) in row.people_of_it.items()
    )
    for said, row in zip(drawn, made, strict=True):
        row.scores = [score for score in said["scores"] if score is not None]
    Opinion.objects.bulk_create(
        Opinion(
            case=row, channel="visit", means="phone", side="applicant", given_on=UNTIL, score=score,
            outcome="reached" if score else "not_reached",
        )
        for said, row in zip(drawn, made, strict=True)
        for score in said["scores"]
    )  # fmt: skip
    return made


def recount(rows, name, weigh=lambda row: 1):
    numerator, denominator = SAID[name]
    below = None if denominator is None else sum(denominator(row) * weigh(row) for row in rows)
    return sum(numerator(row) * weigh(row) for row in rows), below


def same(found, subject, rows, weigh=lambda row: 1):
    """Compare all metrics of a subject with the recount of its rows."""
    for name, figure in found.of(subject).items():
        numerator, denominator = recount(rows, name, weigh)
        assert (figure.numerator, figure.denominator) == (numerator, denominator), (subject, name)
        if denominator is None:
            assert figure.exact == numerator
        elif denominator == 0:
            assert (figure.exact, figure.value, bool(figure.reason)) == (None, None, True)
        else:
            assert figure.exact == Fraction(numerator, denominator)


def counting(rows, window):
    return [
        row
        for row in rows
        if row.state in COUNTED and row.same_as_id is None and row.accepted_on in window
    ]


def checked(register, drawn, check):
    """Write what was drawn, check it, and take it all back for the next example."""
    with transaction.atomic():
        check(written(register, drawn))
        transaction.set_rollback(True)


REGISTERS = st.lists(cases(), max_size=14)
WINDOWS = st.sampled_from(
    [Window(FIRST, UNTIL), Window(), Window(None, FIRST), Window(date(2026, 2, 28), None),
     Window(date(2026, 3, 1), date(2026, 3, 1))]
)  # fmt: skip
OFTEN = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_every_metric_of_the_ledger_is_recounted():
    assert set(SAID) == {
        name
        for name, metric in METRICS.items()
        if all(tally.source == "cases" for tally in metric.tallies)
    }


@OFTEN
@given(drawn=REGISTERS, window=WINDOWS)
def test_figures_of_all_and_of_every_subject_equal_the_recount(register, drawn, window):
    def check(made):
        rows = counting(made, window)
        same(figures(SAID, window=window), (), rows)
        for per, subject_of in SUBJECTS.items():
            found = figures(SAID, per=per, window=window)
            assert set(found) == {subject_of(row) for row in rows}
            for subject in found:
                same(found, subject, [row for row in rows if subject_of(row) == subject])

    checked(register, drawn, check)


@OFTEN
@given(drawn=REGISTERS, window=WINDOWS, role=st.sampled_from([None, "lead", "together"]))
def test_figures_of_people_equal_the_recount(register, drawn, window, role):
    asked = {"window": window, "filters": {"role": role} if role else {}}
    weighable = [name for name in SAID if name != "average_days"]

    def check(made):
        rows = counting(made, window)
        wholly = figures(SAID, per="mediator", **asked)
        weighed = figures(weighable, per="mediator", by_weight=True, **asked)
        for person in register.people:
            own = [
                row
                for row in rows
                if person.pk in row.people_of_it and role in {None, row.people_of_it[person.pk][0]}
            ]
            same(wholly, person.pk, own)
            same(weighed, person.pk, own, lambda row, who=person.pk: part(row, who))

    checked(register, drawn, check)


def part(row, person):
    weights = [weight for _role, weight in row.people_of_it.values()]
    return Fraction(row.people_of_it[person][1], sum(weights))


@OFTEN
@given(drawn=REGISTERS, window=WINDOWS)
def test_satisfaction_of_all_organisations_and_people_equals_the_recount(register, drawn, window):
    def check(made):
        rows = counting(made, window)
        for per, subjects in [
            ((), {(): rows}),
            ("organization", {b.pk: [r for r in rows if r.organization == b] for b in bodies}),
            ("mediator", {p.pk: [r for r in rows if p.pk in r.people_of_it] for p in people}),
        ]:
            found = figures(["satisfaction"], per=per, window=window)
            for subject, own in subjects.items():
                scores = [score for row in own for score in row.scores]
                figure = found.of(subject)["satisfaction"]
                assert (figure.numerator, figure.denominator) == (sum(scores), len(scores))

    bodies, people = register.bodies, register.people
    checked(register, drawn, check)


@OFTEN
@given(drawn=REGISTERS)
def test_an_officer_counts_what_lies_in_the_own_area(register, drawn):
    county = make.division("330681")
    officer = make.officer(Role.COUNTY_BUREAU, county)
    clerk = make.officer(Role.CLERK, register.bodies[2])

    def check(made):
        rows = counting(made, Window())
        near = [row for row in rows if row.division_id // 10**6 == 330681]
        own = [row for row in rows if row.organization_id == register.bodies[2].pk]
        same(figures(SAID, user=officer), (), near)
        same(figures(SAID, division=county), (), near)
        same(figures(SAID, user=clerk), (), own)
        same(figures(SAID, user=make.user()), (), [])
        for person in register.people:
            theirs = [row for row in near if person.pk in row.people_of_it]
            same(figures(SAID, per="mediator", user=officer), person.pk, theirs)

    checked(register, drawn, check)
