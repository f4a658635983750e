"""Whatever is done to a review rule part by part: it stays one and can be shown, or is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.actions import scheme_editing
from grading.notices.clauses import place_words
from grading.reports.schemes import blockers_of, missing_of, parts_of
from grading.rules import nodes
from grading.rules.blockers import blockers
from grading.rules.differences import differences
from grading.rules.documents import written
from grading.rules.reading import read
from grading.rules.review_edits import rows_of
from grading.rules.review_rows import is_review, page_keys
from grading.rules.unknown import UNK
from office.flow import Refused
from tests.grading.make_review_rules import EXAMPLES, Page, example, filled, odd
from tests.grading.test_scheme_edits_at_random import Draft, edit, places

VALUES = st.one_of(
    st.integers(-3, 99),
    st.sampled_from(["优秀", "好", "a", "success", "bureau", "30%", "talk", "", "year"]),
    st.sampled_from([UNK, True, None, [], {}, [UNK], {"of": []}, {"cap": "中"}, {"percent": 5}]),
    st.sampled_from(
        [
            {"id": "x", "weight": 5, "manual": True}, {"id": "x", "each": 2, "bonus": True},
            {"label": "新", "min": 3}, {"label": "新", "below": UNK}, ["新", 3], {"talk": True},
            {"days": 3, "day_kind": "working"}, {"flag": "misconduct"}, {"id": "bureau"},
            {"months": 6}, {"spread": "all"}, {"length": "month"}, {"pay": {"factor": 1}},
        ]
    ),
)  # fmt: skip
EDITS = st.tuples(
    st.sampled_from(["put", "put", "add", "named", "drop", "up"]),
    st.integers(0, 10_000),
    st.sampled_from(["note", "weight", "cap", "label", "steps", "rollup", "不称职"]),
    VALUES,
)


class Version(Draft):
    """What of a version its page looks at."""

    def blockers(self):
        return blockers(self.rules)


def shown_and_asked(version):
    """Show every part, and open the form of every place."""
    document = version.rules.document
    for part in parts_of(version):
        assert part.heading
    assert len(blockers_of(version)) == len(version.blockers())
    assert missing_of(version)
    for at in filter(lambda one: nodes.has(document, one), places(document)):
        assert place_words(document, at)
        keys = nodes.keys_of(document, at)
        has_page = is_review(keys) and page_keys(document, keys) == keys
        if has_page and not Page(document, at).is_condition:
            filled(document, at)


@pytest.mark.parametrize("document", [*EXAMPLES.values(), odd()], ids=[*EXAMPLES, "odd"])
def test_every_place_can_be_shown_and_asked_for(document):
    shown_and_asked(Version(document, None))


@settings(max_examples=25, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=5), is_odd=st.booleans())
def test_any_edits_leave_a_rule_that_can_be_shown(edits, is_odd):
    draft = Version(odd() if is_odd else example(), None)
    for kind, number, name, value in edits:
        paths = [one for one in places(draft.rules.document) if one.startswith("review")]
        change = edit(kind, paths[number % len(paths)], name, value)
        try:
            changed = scheme_editing.changed(draft, change)
        except Refused:
            continue
        stored = read(written(changed))[0]["ruleset"]
        assert stored == changed
        new = Version(stored, None)
        assert differences(draft.rules.document, new.rules.document)
        shown_and_asked(new)
        draft = new


@pytest.mark.parametrize("document", [*EXAMPLES.values(), odd()], ids=[*EXAMPLES, "odd"])
def test_sections_in_the_one_way_of_writing_have_as_many_rows(document):
    for name in ("indicators", "bands", "top", "vetoes", "steps"):
        held = document["review"].get(name)
        found = rows_of(f"review.{name}", held)
        assert isinstance(found, list)
        one = 1 if name == "top" and isinstance(held, dict) else None
        assert len(found) == (one or (len(held) if isinstance(held, list | dict) else 0))
