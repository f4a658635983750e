"""A rule of a review as a document: nothing is passed over, and its vectors come out."""

from pathlib import Path

import pytest
from django.core.management import call_command

from grading.rules.blockers import blockers
from grading.rules.documents import rule_sets
from grading.rules.operations import OPERATIONS
from grading.rules.reading import read
from grading.rules.review_notice import notice_of, objection_of
from grading.rules.review_operations import REVIEW_OPERATIONS
from grading.rules.review_shape import review_faults
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

SAMPLES = Path(__file__).parent / "samples"
RULES, VECTORS = SAMPLES / "review_rules.yaml", SAMPLES / "review_vectors.yaml"
FIXTURE = Path(__file__).parents[3] / "fixtures" / "grading" / "reviews.yaml"
NOTICE = {"days": 5, "day_kind": "working", "shows": ["name", "organization", "band"]}


def paths(**section):
    return [at for at, _sentence in review_faults(review_rule(**section))]


def test_a_sound_rule_has_no_fault_and_nothing_against_it():
    assert paths() == []
    assert blockers(review_rule()) == []


@pytest.mark.parametrize(
    ("section", "found"),
    [
        ({"vetos": []}, ["review.vetos"]),
        ({"frequency": "year"}, ["review.frequency"]),
        ({"note": "说明", "clause": "第一条"}, []),
        ({"decimals": "two"}, ["review.decimals"]),
        ({"decimals": -1}, ["review.decimals"]),
        ({"rounding": "about"}, ["review.rounding"]),
        ({"cap": "much"}, ["review.cap"]),
        ({"missing": "zero"}, ["review.missing.spread"]),
        ({"missing": {"spread": "all", "least": 1}}, ["review.missing"]),
        ({"missing": {"spread": "all", "least_share": 2}}, ["review.missing.least_share"]),
        ({"bands": [{"label": "a", "min": 50}, {"label": "a", "min": 0}]}, ["review.bands"]),
        ({"notice": {**NOTICE, "shows": ["name", "score"]}}, ["review.notice.shows"]),
        ({"notice": {**NOTICE, "shows": ["organization"]}}, ["review.notice.shows"]),
        ({"notice": {**NOTICE, "days": 0}}, ["review.notice.days"]),
        ({"notice": {"days": 5}}, ["review.notice.day_kind", "review.notice.shows"]),
        ({"objection": {"days": 5, "day_kind": "week"}}, ["review.objection.day_kind"]),
        ({"objection": {**NOTICE}}, ["review.objection"]),
    ],
)
def test_what_is_not_understood_is_a_fault_with_its_path(section, found):
    assert paths(**section) == found


def test_faults_of_several_sections_are_told_at_once():
    assert paths(notice=3, objection=3, top={"band": "优秀"}, cap="x") == [
        "review.cap", "review.top.at_most", "review.top.of", "review.top.per",
        "review.top.overflow", "review.notice", "review.objection",
    ]  # fmt: skip


def test_a_file_with_a_fault_is_refused_with_the_path_in_the_rule():
    text = FIXTURE.read_text(encoding="utf-8").replace("at_most: 15%", "at_most: 15.5")

    with pytest.raises(SchemeFault, match=r"R3-shaoxing-four\.review\.top\[0\]\.at_most"):
        rule_sets(text)


def test_notice_and_objection_are_so_many_days_of_a_kind():
    rule = review_rule(notice={**NOTICE, "day_kind": UNK})

    assert (objection_of(rule).days, objection_of(rule).day_kind) == (5, "working")
    assert objection_of(rule).is_known
    assert not notice_of(rule).is_known
    assert notice_of(review_rule()).shows == ("name", "organization", "band")
    assert notice_of(review_rule(notice=UNK)) is UNK
    assert notice_of(review_rule(notice=None)) is None
    assert [path for path, _ in blockers(rule)] == ["review.notice.day_kind"]


def test_the_vectors_come_out_and_ask_for_everything_that_can_be_asked(tmp_path, capsys):
    both = tmp_path / "rules.yaml"
    texts = [path.read_text(encoding="utf-8") for path in (FIXTURE, RULES)]
    both.write_text("\n---\n".join(texts), encoding="utf-8")

    call_command("check_scheme", str(both), vectors=str(VECTORS))

    assert "MISMATCH" not in capsys.readouterr().out
    (document,) = read(VECTORS.read_text(encoding="utf-8"))
    asked = {one["op"] for one in document["tests"]}
    assert REVIEW_OPERATIONS.keys() <= asked <= OPERATIONS.keys()


def test_the_example_settings_of_shaoxing_are_all_labelled():
    rule = rule_sets(FIXTURE.read_text(encoding="utf-8"))["R3-shaoxing-four"]
    section = rule.document["review"]
    labelled = ("prorate", "minimum_service", "notice", "objection", "consecutive")
    rows = [*section["vetoes"], *section["steps"], *section["top"]]
    rows += [row for listed in section["consequences"].values() for row in listed]
    rows += [section[name] for name in labelled]
    rows += [*section["renewal"]["recommend"]["all"], *section["renewal"]["against"]["any"]]

    assert blockers(rule) == []
    for row in rows:
        assert "示例" in str(row.get("note", "")) + str(row.get("clause", ""))
