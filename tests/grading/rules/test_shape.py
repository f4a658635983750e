"""Whatever is broken in a document, it is refused with its path and never crashes a reader."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.documents import rule_sets, written
from grading.rules.facts import Facts
from grading.rules.judging import grade
from grading.rules.reading import Unreadable
from grading.rules.scheme import Scheme, SchemeFault
from grading.rules.shape import faults_of, strangers
from grading.rules.unknown import UNK
from tests.grading.rules.make_rules import open_rules

STRANGE = [None, UNK, True, 0, -1, Decimal("0.5"), "", "x", [], {}, [[]], {"all": []}, {"cmp": []}]
RULES = {name: written(rule.document) for name, rule in open_rules().items()}


def places(value, path=()):
    """Yield the path of everything in a document."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from places(one, (*path, key))


def broken(document, draw):
    """Put something strange at some place of a document."""
    *way, last = draw.choice(list(places(document)))
    at = document
    for key in way:
        at = at[key]
    at[last] = draw.choice(STRANGE)


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9), rule=st.sampled_from(sorted(RULES)))
def test_a_broken_document_is_refused_or_works(seed, rule):
    document = rule_sets(RULES[rule])[rule].document
    broken(document, Random(seed))  # noqa: S311 - nothing here is a secret
    with suppress(SchemeFault, Unreadable):
        (scheme,) = rule_sets(written(document)).values()
        blockers(scheme)
        for level in scheme.levels:
            grade(scheme, level.code, Facts({"as_of": date(2024, 6, 1)}))


@pytest.mark.parametrize("key", ["vetos", "authorty", "metric"])
def test_a_slip_of_the_pen_is_a_fault(key):
    levels = [{"code": "A", "label": "甲", "rank": 1}]
    assert [path for path, _why in faults_of(Scheme({"id": "x", "levels": levels, key: {}}))] == [
        key
    ]


@pytest.mark.parametrize(
    ("value", "is_fault"),
    [("很多", True), ("12人", True), ("30%", False), ("12", False), (12, False), (UNK, False)],
)
def test_a_parameter_is_a_number(value, is_fault):
    levels = [{"code": "l1", "label": "一级", "rank": 1}]
    found = faults_of(Scheme({"id": "x", "levels": levels, "params": {"cases": value}}))
    assert [path for path, _why in found] == (["params.cases"] if is_fault else [])


def test_what_the_format_does_not_have_is_kept_and_named():
    assert strangers({"id": "x", "贯彻意见": "……"}) == ["贯彻意见"]


@pytest.mark.parametrize("window", ["lately", {"last_years": 0}, {"years": 3}, UNK])
def test_a_span_of_time_is_one_that_can_be_told(window):
    level = {"code": "A", "label": "甲", "rank": 1}
    asked = {"flag": "misconduct", "window": window}
    document = {
        "id": "x",
        "levels": [level],
        "base": {"not": asked},
        "vetoes": [{"when": {"flag": "misconduct"}, "window": window}],
    }
    assert [path for path, _why in faults_of(Scheme(document))] == [
        "base.not.window",
        "vetoes[0].window",
    ]
