"""Files of rule sets: looked at, entered as drafts, refused whole with every fault and its path."""

import pytest

from grading import actions
from grading.actions.scheme_imports import text_of
from grading.models import GradingScheme, SchemeVersion
from grading.rules.documents import written
from grading.rules.unknown import UNK
from office.flow import Refused
from tests import make
from tests.grading import make_grading
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def check(text, division=None):
    return actions.check_schemes(text, division=division or make.division(), today=TODAY)


def enter(text, division=None):
    note = {"by": make.user(), "today": TODAY, "reason": "-"}
    return actions.enter_schemes(text, division=division or make.division(), **note)


def whats(findings):
    return {line.code: line.what for line in findings.lines}


def test_a_new_file_is_entered_as_drafts_and_a_second_time_says_nothing_new():
    text = make_grading.text("published")
    assert set(whats(check(text)).values()) == {"new"}
    made = enter(text)

    assert [version.state for version in made] == ["draft"] * 3
    assert set(whats(check(text)).values()) == {"same"}
    assert enter(text) == []
    assert SchemeVersion.objects.count() == 3


def test_looking_at_a_file_writes_nothing():
    check(make_grading.text("published"))

    assert not GradingScheme.objects.exists()


def test_what_is_changed_is_the_next_version_and_the_rest_stays():
    enter(make_grading.text("published"))
    text = make_grading.text("published").replace("cases_L4: 50", "cases_L4: 60")
    line = next(line for line in check(text).lines if line.what == "changed")
    assert line.code == "O3-guangdong-chaoan"
    (made,) = enter(text)

    assert (made.number, made.document["params"]["cases_L4"]) == (2, 60)
    first = made.scheme.versions.get(number=1)
    assert first.document["params"]["cases_L4"] == 50


def test_a_file_that_was_taken_away_comes_back_the_same():
    (version,) = enter(make_grading.text("demo_city"))
    text = actions.exported(version, by=make.user()).decode()

    assert set(whats(check(text)).values()) == {"same"}
    assert "绍兴示范市" in text
    assert "0.60" in text


def test_rows_in_another_order_are_a_change():
    (version,) = enter(make_grading.text("demo_city"))
    content = {**version.document, "authority": version.document["authority"][::-1]}

    assert set(whats(check(written(content))).values()) == {"changed"}


def a_file(**changes):
    return written({**make_grading.published("O3-guangdong-chaoan"), **changes})


FAULTY = {
    "no yaml": ("schema: [", ""),
    "no rule sets": ("- 1", "[0]"),
    "another format": ("schema: grading-rule/v2\nruleset: {id: a, title: b}", "[0].schema"),
    "twice": ("a: 1\na: 2", ""),
    "no levels": (a_file(levels=[]), "O3-guangdong-chaoan.levels"),
    "equal ranks": (
        a_file(levels=[{"code": "a", "label": "a", "rank": 1}] * 2),
        "O3-guangdong-chaoan.levels",
    ),
    "no such parameter": (
        a_file(base={"cmp": ["mediated", ">=", "$p.none"]}),
        "O3-guangdong-chaoan.base.cmp",
    ),
    "no condition": (a_file(base={"flagg": "x"}), "O3-guangdong-chaoan.base"),
    "no comparison": (a_file(base={"cmp": ["mediated", "~", 1]}), "O3-guangdong-chaoan.base.cmp"),
    "no such level": (a_file(req={"L9": UNK}), "O3-guangdong-chaoan.req.L9"),
    "a metric of itself": (
        a_file(metrics={"a": {"add": ["a", 1]}}),
        "O3-guangdong-chaoan.metrics.a",
    ),
    "no such parent": (a_file(parent="nobody"), "O3-guangdong-chaoan.parent"),
    "its own parent": (a_file(parent="O3-guangdong-chaoan"), "O3-guangdong-chaoan.parent"),
    "no title": (a_file(title=UNK), "O3-guangdong-chaoan.title"),
    "an id too long": (a_file(id="x" * 81), "ruleset.id"),
    "a parent that is a list": (a_file(parent=["a"]), "O3-guangdong-chaoan.parent"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_file_with_a_fault_stores_nothing_and_says_where(name):
    text, path = FAULTY[name]
    good = make_grading.text("demo_city")
    for whole in (text, f"{good}---\n{text}"):
        found = check(whole)
        assert found.faults, whole[-80:]
        assert not found.lines
        with pytest.raises(Refused):
            enter(whole)
        assert not GradingScheme.objects.exists()
    assert path in {one for one, _said in check(text).faults}


def test_a_file_that_is_empty_is_refused():
    assert check("").faults


def test_the_faults_of_all_rule_sets_are_said_at_once():
    text = a_file(levels=[]) + "---\n" + a_file(id="other", base={"flagg": 1})

    assert {path for path, _said in check(text).faults} == {
        "O3-guangdong-chaoan.levels", "other.base"
    }  # fmt: skip


def test_a_parent_in_the_same_file_is_entered_before_its_child():
    child = {"id": "child", "title": "县办法", "parent": "O1-national"}
    text = written(child) + "---\n" + written(make_grading.published("O1-national"))
    parent, version = enter(text)

    assert (version.scheme.code, version.parent) == ("child", parent)
    assert len(version.rules.levels) == 4


def test_a_child_takes_over_from_what_is_in_force_nearest():
    city, county = make.division("3306"), make.division("330681")
    content = make_grading.document(id="rule")
    nowhere = make_grading.scheme(None, code="rule")
    make_grading.version("template", content=content, of=nowhere)
    above = make_grading.scheme(city, code="rule")
    former = make_grading.version("active", content=content, of=above)
    make_grading.version("draft", content=content, of=above)
    (version,) = enter(written({"id": "child", "title": "-", "parent": "rule"}), county)

    assert version.parent == former


class Upload:
    def __init__(self, content):
        self.content = content

    def read(self, size):
        return self.content[:size]


@pytest.mark.parametrize("content", ["等级".encode("gb18030"), b"x" * 400_001])
def test_a_file_that_is_no_text_or_too_large_is_refused(content):
    with pytest.raises(Refused):
        text_of(Upload(content))


def test_the_mark_of_some_editors_is_no_part_of_the_text():
    assert text_of(Upload("\ufeff等级".encode())) == "等级"


def test_the_published_rule_sets_are_loaded_once_as_templates():
    text = make_grading.text("published")

    assert actions.load_schemes(text, today=TODAY) == 3
    assert actions.load_schemes(text, today=TODAY) == 0
    assert {version.state for version in SchemeVersion.objects.all()} == {"template"}
