"""The examples on the page about sections are rules that are understood."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from grading.rules import (
    authority,
    benefits,
    committees,
    completeness,
    cuts,
    downgrades,
    exams,
    levels,
    paths,
    selection,
    sheets,
    stages,
    windows,
)
from grading.rules.review_shape import review_faults
from grading.rules.shape import faults_of
from tests.grading.rules.make_rules import rule

PAGE = Path(__file__).parents[3] / "docs" / "grading-rules.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
ON = date(2024, 6, 1)
READERS = {
    "round": windows.windows,
    "ungraded": lambda scheme: levels.outcome(scheme, took_part=True, granted=None),
    "mappings": lambda scheme: levels.mapped(scheme, "L1", "level", "stars", ON),
    "committee": committees.committee,
    "metrics": faults_of,
    "authority": lambda scheme: authority.authority(scheme, "L3", "town"),
    "path": lambda scheme: paths.path(scheme, "L3", "L2", 3),
    "sheet": lambda scheme: sheets.sheet(scheme, {"conduct": 5, "mark": 80}),
    "exam": lambda scheme: [exams.duty(scheme, 50, None), exams.parts(scheme, {}, ON)],
    "downgrade": downgrades.runs_of,
    "completeness": completeness.required,
    "benefits": lambda scheme: benefits.benefit(scheme, "per_case", "L1", "easy", ON),
    "stages": lambda scheme: stages.next_stage(scheme, "review", "return"),
    "review": review_faults,
}
ANSWERS = {
    "ungraded": "不定级",
    "mappings": "S3",
    "metrics": [],
    "committee": "ok",
    "authority": "county_bureau",
    "path": "allowed",
    "exam": ["compulsory", "fail"],
    "review": [],
    "stages": "recommend",
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_read_and_answers(text):
    scheme = rule(text)
    sections = scheme.document.keys() & READERS.keys()

    answers = {name: READERS[name](scheme) for name in sections}

    assert sections or "selection" in scheme.document
    for name in sections & ANSWERS.keys():
        assert answers[name] == ANSWERS[name]


def test_the_example_of_a_sheet_adds_up():
    (text,) = [text for text in EXAMPLES if text.startswith("sheet:")]
    events = {
        "attended": 1, "mediated": 20, "complaint": 1, "studies": 4, "conduct": 10,
        "late_report": [3], "mark": 80, "award": 5, "absence": 2,
    }  # fmt: skip
    work = 5 + 30 - 5 + 2 + 10 - 4

    score = 20 + work * Decimal("0.6") + 80 * Decimal("0.4") + 10 - 2
    assert sheets.sheet(rule(text), events) == [score, "合格"]


def test_the_examples_of_a_selection_choose():
    quotas, top = (rule(text) for text in EXAMPLES if text.startswith("selection:"))
    people = [{"id": n, "category": "full_time", "district": n % 3} for n in range(10)]

    assert len(selection.quota(quotas, "L2", people)) == 3
    assert cuts.topn(top, "final", {"a": 3, "b": 2}) == ["a", "b"]
