"""Two evaluators, one meaning: row by row in Python, and for everybody at once in SQL."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casework.metrics import figures
from casework.models import CaseRecord
from grading.evaluation import ORGANISATIONS, Everybody, facts_of
from grading.rules.judging import grade
from grading.rules.scheme import Scheme
from grading.rules.shape import faults_of
from registry.models import Appointment, LevelHolding, Mediator, Organization
from tests import make
from tests.grading import make_people
from tests.grading.make_rules import rule_sets
from tests.grading.rules.make_rules import open_rules
from tests.make import TODAY

pytestmark = pytest.mark.django_db
SOME = settings(
    max_examples=60,
    deadline=None,
    # Each step of shrinking judges everybody twice: the first counterexample is told as it is.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def people():
    return make_people.people(25, seed=7)


@SOME
@given(
    document=rule_sets(),
    days=st.integers(0, 3000),
    level=st.sampled_from(["L1", "L2"]),
)
def test_both_judge_every_person_alike(people, document, days, level):
    scheme, as_of = Scheme(document), TODAY - timedelta(days=days)
    assert faults_of(scheme) == []

    facts = facts_of([person.pk for person in people], as_of)
    one_by_one = {pk: grade(scheme, level, found).result for pk, found in facts.items()}
    at_once = dict(Everybody(scheme, level, as_of).results())

    assert at_once == one_by_one


def test_the_facts_of_one_are_those_among_all(people):
    keys = [person.pk for person in people]
    among_all = facts_of(keys, TODAY)
    assert any(len(found.find("opinions")) for found in among_all.values())
    for pk in keys:
        alone = facts_of([pk], TODAY)
        assert alone == {pk: among_all[pk]}


@SOME
@given(
    document=rule_sets(),
    days=st.integers(0, 3000),
    level=st.sampled_from(["L1", "L2"]),
)
def test_both_judge_every_organisation_alike(people, document, days, level):
    scheme, as_of = Scheme({**document, "subject": "committee"}), TODAY - timedelta(days=days)
    keys = list(Organization.objects.values_list("pk", flat=True))

    facts = facts_of(keys, as_of, subject=ORGANISATIONS)
    one_by_one = {pk: grade(scheme, level, found).result for pk, found in facts.items()}

    assert dict(Everybody(scheme, level, as_of).results()) == one_by_one


def test_the_facts_of_an_organisation_are_those_of_its_rows(people):
    for person in people[:6]:
        make.level_holding(person, rank=4)
    keys = list(Organization.objects.values_list("pk", flat=True))
    among_all = facts_of(keys, TODAY, subject=ORGANISATIONS)

    for pk in keys:
        assert facts_of([pk], TODAY, subject=ORGANISATIONS) == {pk: among_all[pk]}
        found = among_all[pk]
        serving = Appointment.objects.in_post(TODAY).filter(organization=pk)
        assert found.find("members.count") == serving.count()
        held = LevelHolding.objects.in_force(TODAY).filter(mediator__appointments__in=serving)
        assert found.find("members.with_level") == held.count()
        cases = CaseRecord.objects.filter(organization=pk, same_as=None, state="succeeded")
        assert found.find("cases.agreed") == cases.count()
    assert sum(found.find("members.with_level") for found in among_all.values()) > 0


EVIL = "x) FROM registry_mediator; DROP TABLE casework_caseshare; --"


@pytest.mark.parametrize(
    "calc",
    [
        {"count": {"of": EVIL}},
        {"count": {"of": "mediations", "distinct": EVIL}},
        {"count": {"of": "mediations", "where": {EVIL: "x"}}},
        {"count": {"of": "mediations", "where": {"state": EVIL}}},
        {"sum": {"of": "mediations", "field": EVIL}},
        {"average": {"of": "mediations", "field": EVIL}},
        {"latest": {"of": "mediations", "field": EVIL}},
        {"latest": EVIL},
        {"field": EVIL},
        {"duration": EVIL},
        {"service_months": EVIL},
        {"ratio": [EVIL, "cases.mediated"]},
    ],
)
def test_what_a_document_says_never_becomes_part_of_the_query(people, calc):
    node = {"cmp": ["m", ">=", 1]}
    levels = [{"code": "A", "label": EVIL, "rank": 1}]
    scheme = Scheme({"id": EVIL, "levels": levels, "metrics": {"m": calc}, "req": {"A": node}})

    facts = facts_of([person.pk for person in people], TODAY)
    one_by_one = {pk: grade(scheme, "A", found).result for pk, found in facts.items()}

    assert dict(Everybody(scheme, "A", TODAY).results()) == one_by_one


def test_the_count_of_everybody_is_that_of_the_single_answers(people):
    scheme = open_rules()["O3-guangdong-chaoan"]
    everybody = Everybody(scheme, "L4", TODAY, answer=True)

    results = [result for _pk, result in everybody.results()]
    counted = Everybody(scheme, "L4", TODAY, answer=True).counted()

    assert counted.results == dict(Counter(results))
    assert len(results) == len(people)
    told = {clause: (failed, waiting) for _path, clause, failed, waiting in counted.clauses}
    assert told["四级2"] == (0, 0)
    assert told["四级1"][0] > 0


def test_nobody_is_judged_by_a_rule_that_does_not_say(people):
    scheme = open_rules()["O3-guangdong-chaoan"]
    assert Everybody(scheme, "L3", TODAY).counted().results == {"blocked_rule": len(people)}
    assert {result for _pk, result in Everybody(scheme, "L2", TODAY).results()} == {
        "level_not_open"
    }


def test_people_given_are_the_people_judged(people):
    some = Mediator.objects.filter(pk__in=[person.pk for person in people[:3]])
    scheme = open_rules()["O3-guangdong-chaoan"]
    assert {pk for pk, _result in Everybody(scheme, "L4", TODAY, people=some).results()} == {
        person.pk for person in people[:3]
    }


def test_the_figures_of_cases_are_those_of_the_ledger(people):
    names = {"accepted": "accepted", "mediated": "closed", "agreed": "succeeded",
             "written": "written", "oral": "oral"}  # fmt: skip
    facts = facts_of([person.pk for person in people], TODAY)
    ledger = figures([*names.values()], per="mediator")
    assert sum(found.find("cases.oral") for found in facts.values()) > 0
    for pk, found in facts.items():
        counted = ledger.of(pk)
        for here, there in names.items():
            assert found.find(f"cases.{here}") == counted[there].value
