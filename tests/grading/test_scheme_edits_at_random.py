"""Whatever is done to a document node by node: it stays a rule set, or the edit is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.actions import scheme_editing
from grading.rules import nodes
from grading.rules.blockers import blockers
from grading.rules.differences import differences
from grading.rules.documents import written
from grading.rules.reading import read
from grading.rules.scheme import Scheme, with_parent
from grading.rules.shape import faults_of
from grading.rules.unknown import UNK
from grading.rules.wording import say
from office.flow import Refused
from tests.grading import make_grading

CONDITIONS = st.recursive(
    st.sampled_from(
        [
            UNK, {"flag": "full_time"}, {"attest": "calm", "clause": "一"},
            {"cmp": ["mediated", ">=", "$p.cases_L4"]}, {"cmp": ["mediated", "满", 3]},
            {"use": "trained"}, {"use": "nowhere"}, {"cmp": ["mediated", "~", 3]},
            {"each_year": {"metric": "mediated", "last": 3, "op": ">=", "value": UNK}}, {"odd": 1},
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda rows: {"all": rows}),
        st.lists(inner, min_size=1, max_size=3).map(lambda rows: {"any": rows}),
        inner.map(lambda one: {"not": one}),
        st.lists(inner, min_size=1, max_size=3).map(lambda rows: {"k_of": {"k": 1, "of": rows}}),
        inner.map(lambda one: {"switch": "oral_share", "of_mediated": one}),
    ),
    max_leaves=4,
)  # fmt: skip
VALUES = st.one_of(
    CONDITIONS, st.integers(-3, 99), st.text(max_size=4), st.booleans(), st.just([]), st.just({})
)
EDITS = st.tuples(
    st.sampled_from(["put", "add", "named", "drop", "up"]),
    st.integers(0, 10_000),
    st.sampled_from(["x", "l4", "when", "levels", "effect"]),
    VALUES,
)


class Draft:
    """What of a version the check of an edit looks at."""

    def __init__(self, document, parent):
        self.document, self.parent = document, parent
        self.parent_id = parent and 1
        self.rules = Scheme(with_parent(document, parent.rules.document) if parent else document)


class Parent:
    def __init__(self, document):
        self.rules = Scheme(document)
        self.scheme = self

    code = "DEMO-shaoxing"


def places(value, keys=()):
    """Yield the paths of all places of a document."""
    yield nodes.address(keys)
    rows = value.items() if isinstance(value, dict) else ()
    for key, one in enumerate(value) if isinstance(value, list) else rows:
        yield from places(one, (*keys, key))


def edit(kind, path, name, value):
    return {
        "put": lambda own, whole: nodes.put(own, whole, path, value),
        "add": lambda own, whole: nodes.add(own, whole, path, value),
        "named": lambda own, whole: nodes.put_named(own, whole, path, name, value),
        "drop": lambda own, whole: nodes.drop(own, whole, path),
        "up": lambda own, whole: nodes.move_up(own, whole, path),
    }[kind]


@pytest.mark.parametrize("takes_over", [False, True])
@settings(max_examples=120, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=6))
def test_any_edits_leave_a_rule_set_or_change_nothing(takes_over, edits):
    parent = Parent(make_grading.document()) if takes_over else None
    document = make_grading.document()
    if takes_over:
        document = {"id": "child", "title": "县", "parent": parent.code}
    draft = Draft(document, parent)
    above = written(parent.rules.document) if parent else ""
    for kind, number, name, value in edits:
        paths = list(places(draft.rules.document))
        before = written(draft.document)
        change = edit(kind, paths[number % len(paths)], name, value)
        try:
            changed = scheme_editing.changed(draft, change)
        except Refused:
            assert written(draft.document) == before
            continue
        # As it is stored and read again, it is the same, whole, and can be shown and compared.
        stored = read(written(changed))[0]["ruleset"]
        assert stored == changed
        new = Draft(stored, parent)
        assert faults_of(new.rules) == []
        assert differences(draft.rules.document, new.rules.document)
        blockers(new.rules)
        say(new.rules, new.rules.document.get("base"), "base")
        draft = new
    assert (written(parent.rules.document) if parent else "") == above


def test_every_place_is_found_again_by_its_path():
    for document in (make_grading.document(), make_grading.published("O3-guangdong-chaoan")):
        for path in places(document):
            assert nodes.address(nodes.keys_of(document, path)) == path


def test_the_group_may_be_left_out_of_a_path():
    document = make_grading.document()

    assert nodes.at(document, "req.l4[0]") == document["req"]["l4"]["all"][0]
    assert nodes.nearest(document, "req.l4[0].cmp.nowhere") == "req.l4.all[0].cmp"
    assert nodes.nearest(document, "nowhere.at.all") == ""
