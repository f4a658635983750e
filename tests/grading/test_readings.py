"""A member's sheet: kept as typed, handed in whole, nobody else's; scores shown when all are in."""

import itertools

import pytest
from django.db import IntegrityError, transaction

from grading.actions import assigning, reading
from grading.models import Panel, Reading
from office.flow import Refused, Stale
from office.models import LedgerEntry
from tests import make
from tests.grading import make_panels, make_rounds
from tests.grading.make_panels import WHY, sheet
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BOTH_ORDERS = list(itertools.permutations([0, 1]))


def opened(members=2, applications=1, **fields):
    panel, rows, people = make_panels.scoring(applications, members, **fields)
    made = [make_rounds.reading(panel, row, one) for row in rows for one in people]
    return panel, made


def saved(row, scores, **fields):
    return reading.save_reading(row.pk, by=row.member, now=make.moment(), scores=scores, **fields)


def handed_in(row, scores):
    saved(row, scores)
    return reading.hand_in(row.pk, by=row.member, today=TODAY)


def test_a_sheet_is_kept_as_it_was_typed_faults_and_all():
    _panel, (row, _other) = opened()
    kept = saved(row, {"skill": "3x", "law": ""}, remark="To be continued.")

    assert (kept.scores, kept.remark, kept.state) == (
        {"skill": "3x", "law": ""}, "To be continued.", "open",
    )  # fmt: skip
    assert (kept.revision, kept.saved_at is not None) == (1, True)


@pytest.mark.parametrize("order", BOTH_ORDERS)
def test_no_sheet_takes_the_place_of_another_in_either_order(order):
    panel, made = opened()
    given = [sheet(40), sheet(30)]
    for place in order:
        handed_in(made[place], given[place])

    assert [Reading.objects.get(pk=one.pk).scores for one in made] == given
    first, _third = panel.totals()
    assert first == {made[0].application_id: {made[0].member_id: 80, made[1].member_id: 70}}


def test_nobody_saves_hands_in_or_abstains_for_another():
    _panel, (row, other) = opened()
    saved(row, sheet(30))

    with pytest.raises(Refused, match="not open any more"):
        reading.save_reading(row.pk, by=other.member, now=make.moment(), scores=sheet(1))
    for act in (reading.hand_in, reading.abstain):
        more = {"reason": "X"} if act is reading.abstain else {}
        with pytest.raises(Reading.DoesNotExist):
            act(row.pk, by=other.member, today=TODAY, **more)
    row.refresh_from_db()
    assert (row.scores, row.state) == (sheet(30), "open")


def test_a_second_page_does_not_write_over_what_was_saved_from_the_first():
    _panel, (row, _other) = opened()
    saved(row, sheet(30), revision=0)

    with pytest.raises(Stale):
        saved(row, sheet(10), revision=0)
    row.refresh_from_db()
    assert row.scores == sheet(30)
    assert saved(row, sheet(10), revision=1).scores == sheet(10)


@pytest.mark.parametrize("state", ["submitted", "abstained", "dropped"])
def test_what_is_not_open_is_not_saved(state):
    panel, rows, people = make_panels.scoring(1, 1)
    row = make_rounds.reading(panel, rows[0], people[0], state, scores=sheet(30))

    with pytest.raises(Refused, match="not open any more"):
        saved(row, sheet(1))
    row.refresh_from_db()
    assert row.scores == sheet(30)


def test_a_panel_that_has_ended_takes_nothing():
    _panel, (row, _other) = opened()
    Panel.objects.update(state="revealed")

    with pytest.raises(Refused, match="not open any more"):
        saved(row, sheet(1))


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({"skill": "30", "law": "20"}, "conduct is missing."),
        (sheet(41), "skill: 41 is not from 0 to 40."),
        (sheet("30.5"), "skill: 30.5 is not on a step of 1."),
        (sheet("three"), "skill: “three” is no exact number."),
        ({**sheet(30), "extra": "1"}, "extra is not on the sheet."),
    ],
)
def test_a_sheet_with_a_fault_is_not_handed_in_and_stays_as_typed(scores, said):
    _panel, (row, _other) = opened()
    with pytest.raises(Refused) as refusal:
        handed_in(row, scores)

    assert refusal.value.messages == [said]
    row.refresh_from_db()
    assert (row.state, row.scores) == ("open", scores)


def test_the_ledger_tells_that_a_sheet_was_handed_in_and_no_scores():
    _panel, (row, other) = opened()
    handed_in(row, sheet(37))
    saved(other, sheet(39))
    reading.abstain(other.pk, by=other.member, today=TODAY, reason="Known to me.")

    entries = LedgerEntry.objects.filter(subject_type="grading.reading").order_by("sequence")
    assert [one.act for one in entries] == ["grading.reading.submit", "grading.reading.abstain"]
    assert [sorted(one.after) for one in entries] == [
        ["handed_in_on", "state"], ["handed_in_on", "reason", "state"],
    ]  # fmt: skip
    other.refresh_from_db()
    assert (other.scores, other.reason) == ({}, "Known to me.")


def test_an_abstention_needs_a_reason_and_a_refused_one_loses_nothing():
    _panel, (row, _other) = opened()
    saved(row, sheet(30))

    with pytest.raises(Refused, match="Give the reason"):
        reading.abstain(row.pk, by=row.member, today=TODAY, reason=" ")
    Panel.objects.update(state="revealed")
    with pytest.raises(Refused, match="does not read now"):
        reading.abstain(row.pk, by=row.member, today=TODAY, reason="Known to me.")
    row.refresh_from_db()
    assert row.scores == sheet(30)


def test_an_abstention_is_not_a_nought():
    panel, made = opened(members=3)
    handed_in(made[0], sheet(40))
    handed_in(made[1], sheet(40))
    reading.abstain(made[2].pk, by=made[2].member, today=TODAY, reason="Known to me.")

    assert panel.settlements()[made[0].application_id].score == 80


def test_the_database_keeps_one_sheet_of_a_member():
    panel, (row, _other) = opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rounds.reading(panel, row.application, row.member)
    Reading.objects.filter(pk=row.pk).update(state="dropped")
    make_rounds.reading(panel, row.application, row.member)


def test_an_officer_takes_a_reading_back_and_it_does_not_count():
    panel, (row, _other) = opened()
    handed_in(row, sheet(40))
    reading.drop_reading(panel.pk, by=make.user(), reading=row, **WHY)

    row.refresh_from_db()
    assert (row.state, row.scores) == ("dropped", sheet(40))
    assert panel.totals() == ({}, {})
    other, (foreign, _more) = opened()
    with pytest.raises(Reading.DoesNotExist):
        reading.drop_reading(panel.pk, by=make.user(), reading=foreign, **WHY)
    assert other.readings.open().count() == 2


def revealed(panel):
    return reading.reveal(panel.pk, by=make.user(), **WHY)


def refused(panel):
    with pytest.raises(Refused) as refusal:
        revealed(panel)
    assert Panel.objects.get(pk=panel.pk).state == "sitting"
    return refusal.value.messages


def test_scores_are_shown_once_every_reading_is_in():
    panel, made = opened()
    handed_in(made[0], sheet(40))
    assert refused(panel) == [
        "A reading is not in yet.",
        "An application has fewer readings than the panel owes it.",
    ]

    handed_in(made[1], sheet(30))
    assert (revealed(panel).state, Panel.objects.get().revealed_on) == ("revealed", TODAY)


def test_readers_who_are_apart_block_the_reveal_until_a_third_is_in():
    panel, rows, people = make_panels.scoring(1, 3)
    for account, skill in zip(people, (40, 10), strict=False):
        handed_in(make_rounds.reading(panel, rows[0], account), sheet(skill))
    apart = "The readings of an application are too far apart; a third reading is needed."
    assert refused(panel) == [apart]

    assigning.assign_third(panel.pk, by=make.user(), **WHY)
    assert refused(panel) == ["A reading is not in yet.", apart]
    handed_in(panel.readings.get(is_third=True), sheet(36))
    assert revealed(panel).settlements()[rows[0].pk].score == 78


def test_a_sheet_that_cannot_be_read_stops_the_reveal_and_is_named():
    panel, made = opened()
    for row in made:
        handed_in(row, sheet(40))
    Reading.objects.filter(pk=made[0].pk).update(scores={"skill": "40", "law": "20"})
    named = f"{panel.grading_round_id}-{made[0].application_id:05d}"
    who = made[0].member.get_full_name()

    said = f"The sheet of {who} for {named} cannot be read: conduct is missing."
    assert refused(panel) == [said]
    with pytest.raises(ValueError, match="conduct is missing"):
        panel.totals()


def test_nothing_is_revealed_before_the_round_is_scored():
    panel, _rows, _people = make_panels.scoring(0)
    of = panel.grading_round
    of.state = "reviewing"
    of.save()

    with pytest.raises(Refused) as refusal:
        revealed(panel)
    assert refusal.value.messages == ["The round is not being scored."]
    assert Panel.objects.get().state == "sitting"


def test_fewer_readers_than_the_quorum_of_the_rule_reveal_nothing():
    of = make_rounds.grading_round("scoring", codes=["l4"], content=make_panels.small(3))
    panel, (row,), people = make_panels.scoring(1, of=of)
    for account in people[:2]:
        make_rounds.reading(panel, row, account, "submitted")

    fewer = "An application has fewer readings than the panel owes it."
    assert refused(panel) == [fewer]
    # The next assignment brings the readers that are missing.
    assert assigning.assign_readings(panel.pk, by=make.user(), **WHY).made == 1
    panel.readings.open().update(state="submitted", handed_in_on=TODAY, scores=sheet(30))
    assert revealed(panel).state == "revealed"


def test_the_same_few_do_not_read_everything():
    of = make_rounds.grading_round("scoring", codes=["l4"], content=make_panels.small(3))
    panel, rows, people = make_panels.scoring(2, of=of)
    for row in rows:
        for account in people[:2]:
            make_rounds.reading(panel, row, account, "submitted")

    assert refused(panel) == ["The rule asks for 3 members, and 2 have read."]
