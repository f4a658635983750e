"""One application is found by either of its numbers, except by who reads it blind."""

import pytest

from grading.models import Panel
from grading.rules.references import own_reference, read_reference, reference
from office.desk.history import told
from office.models import LedgerEntry
from tests import make
from tests.grading import make_panels, make_reviews, make_rounds
from tests.registry.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK = "grading_applications"


def listed(client, text):
    page = client.get(url(DESK, "index"), {"reference": text})
    return [row for row, *_more in page.context["listed"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PD2026-000345", {"pk": 345, "opened_on__year": 2026}),
        (" pd2026-345 ", {"pk": 345, "opened_on__year": 2026}),
        ("12-00345", {"pk": 345, "grading_round": 12}),
        ("345", None),
        ("PD26-1", None),
        ("12-", None),
        ("", None),
        ("1-" + "9" * 13, None),
    ],
)
def test_both_numbers_are_read(text, found):
    assert read_reference(text) == found


def test_an_officer_finds_an_application_by_either_number(client, county):
    made = make_reviews.application()
    other = make_reviews.application(of=made.grading_round)
    mine = own_reference(made.opened_on.year, made.pk)
    assert listed(client, mine) == [made]
    assert listed(client, reference(made.grading_round_id, made.pk)) == [made]
    assert listed(client, own_reference(made.opened_on.year - 1, made.pk)) == []
    assert listed(client, reference(made.grading_round_id + 1, made.pk)) == []
    assert listed(client, "nonsense") == []
    assert set(listed(client, "")) == {made, other}


def test_of_another_county_no_number_finds_anything(client, at_desk):
    made = make_reviews.application()
    at_desk(make_reviews.bureau("330682"))
    assert listed(client, own_reference(made.opened_on.year, made.pk)) == []


def facts(client, row):
    [section] = [
        one for one in client.get(url(DESK, "inspect", row.pk)).context["sections"]
        if one.name == "application"
    ]  # fmt: skip
    return dict(section.facts)


def test_the_page_tells_both(client, county):
    made = make_reviews.application()
    told_facts = facts(client, made)
    assert told_facts["Reference"] == own_reference(made.opened_on.year, made.pk)
    assert told_facts["Number on the panel"] == reference(made.grading_round_id, made.pk)


def test_who_reads_it_blind_is_told_by_none_of_them(client, at_desk):
    reader = make.officer("county_bureau", make.division("330681"))
    panel, [row, other], _people = make_panels.scoring(2)
    make_rounds.reading(panel, row, reader)
    at_desk(reader)
    own = own_reference(row.opened_on.year, row.pk)
    assert listed(client, own) == []
    assert listed(client, reference(row.grading_round_id, row.pk)) == []
    assert listed(client, reference(other.grading_round_id, other.pk)) == [other]
    assert "Number on the panel" not in facts(client, row)
    Panel.objects.filter(pk=panel.pk).update(state="revealed")
    assert listed(client, own) == [row]


def test_the_history_tells_results_in_words():
    made = make_reviews.application()
    entry = LedgerEntry(
        act="grading.application.pass_first", subject_type="grading.application",
        subject_id=str(made.pk), before={"result": "blocked_rule"}, after={"result": "pass"},
    )  # fmt: skip
    [line] = told([entry])
    assert [change for change in line.changes if change[0] == "By the rule"] == [
        ("By the rule", "the rule does not say enough", "passes")
    ]
