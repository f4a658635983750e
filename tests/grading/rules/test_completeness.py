import pytest

from grading.rules.completeness import complete, missing
from grading.rules.scheme import SchemeFault
from tests.grading.rules.make_rules import rule

LIST = "{completeness: [id_number, photo, {field: education, clause: 第五条}]}"


@pytest.mark.parametrize(
    ("have", "lacks"),
    [
        (["id_number", "photo", "education"], []),
        (["photo", "other"], ["id_number", "education"]),
        ({"id_number": "x", "photo": "", "education": None}, ["photo", "education"]),
        ([], ["id_number", "photo", "education"]),
    ],
)
def test_what_is_missing_is_named_in_the_order_of_the_rule(have, lacks):
    assert missing(rule(LIST), have) == lacks
    assert complete(rule(LIST), have) == ("missing" if lacks else "complete")


def test_one_of_several_documents_may_be_enough():
    scheme = rule("{completeness: [{any_of: [diploma, permit]}, {field: fax, required: false}]}")

    assert missing(scheme, []) == ["diploma | permit"]
    assert complete(scheme, ["permit"]) == "complete"


@pytest.mark.parametrize(
    "text",
    [
        "{completeness: [photo, {field: thesis, levels: [L1]}]}",
        "{completeness: {all: [photo], L1: [thesis]}}",
    ],
)
def test_a_level_may_ask_for_more(text):
    assert missing(rule(text), ["photo"], "L1") == ["thesis"]
    assert missing(rule(text), ["photo"], "L2") == []


@pytest.mark.parametrize("text", ["{completeness: UNK}", "{completeness: [photo, UNK]}"])
def test_what_the_rule_does_not_know_is_never_complete(text):
    assert complete(rule(text), ["photo"]) == "missing"


def test_a_rule_that_asks_for_nothing_is_complete():
    assert complete(rule(), []) == "complete"


@pytest.mark.parametrize("text", ["{completeness: photo}", "{completeness: [{documents: a}]}"])
def test_what_is_not_understood_is_a_fault(text):
    with pytest.raises(SchemeFault):
        missing(rule(text), [])
