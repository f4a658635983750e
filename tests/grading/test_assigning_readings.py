"""Readings are shared out evenly, past recusals, with alternates, and again if need be."""

from collections import Counter

import pytest

from grading.actions import assigning, reading, recusing
from grading.models import Application, Panel, Reading
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.grading import make_panels, make_rounds
from tests.grading.make_panels import WHY, sheet
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def assigned(panel):
    return assigning.assign_readings(panel.pk, by=make.user(), **WHY)


def readers(panel, **filters):
    found = {}
    rows = panel.readings.exclude(state="dropped").filter(**filters).order_by("pk")
    for row in rows:
        found.setdefault(row.application_id, set()).add(row.member_id)
    return found


def test_everybody_reads_as_much_as_the_others():
    panel, rows, people = make_panels.scoring(applications=6, members=4)
    outcome = assigned(panel)

    assert (outcome.made, outcome.dropped, outcome.sentences) == (12, 0, ())
    assert {len(users) for users in readers(panel).values()} == {2}
    loads = Counter(panel.readings.values_list("member", flat=True))
    assert loads == dict.fromkeys([one.pk for one in people], 3)
    panel.refresh_from_db()
    entry = LedgerEntry.objects.get(act="grading.panel.assign")
    assert entry.after["seed"] == panel.seed != ""
    assert len(entry.after["readings"]) == 12
    assert {row.pk for row in rows} == set(readers(panel))


def test_a_recused_member_gets_nothing_and_an_alternate_steps_in_there_only():
    panel, rows, people = make_panels.scoring(applications=3, members=2, alternates=1)
    make_rounds.person(user=people[0], body=rows[0].organization)
    assigned(panel)

    first, second, alternate = (one.pk for one in people)
    assert readers(panel) == {
        rows[0].pk: {second, alternate},
        rows[1].pk: {first, second},
        rows[2].pk: {first, second},
    }


def test_what_is_short_is_said_with_the_reference_and_no_name():
    panel, rows, people = make_panels.scoring(applications=2, members=2)
    make_rounds.person(user=people[0], body=rows[0].organization)
    named = f"{panel.grading_round_id}-{rows[0].pk:05d}"

    assert assigned(panel).sentences == (
        f"Application {named} has 1 of 2 readers: only 1 members are not recused.",
    )
    assert assigning.shortages(panel, make.user()) == [f"Application {named} has 1 of 2 readers."]


def test_the_limit_of_a_member_holds():
    panel, _rows, _people = make_panels.scoring(applications=3, members=2, load_cap=2)
    outcome = assigned(panel)

    assert outcome.made == 4
    assert len(outcome.sentences) == 2
    assert "have reached their limit" in outcome.sentences[0]


def test_assigning_again_changes_nothing():
    panel, _rows, _people = make_panels.scoring(applications=4, members=3)
    assigned(panel)
    before = readers(panel)

    assert assigned(panel).made == 0
    assert readers(panel) == before


def test_another_reads_for_who_abstained_and_abstaining_is_no_nought():
    panel, rows, people = make_panels.scoring(applications=1, members=3)
    assigned(panel)
    mine = panel.readings.order_by("pk").first()
    reading.abstain(mine.pk, by=mine.member, today=TODAY, reason="I know the case.")
    for row in panel.readings.open():
        reading.save_reading(row.pk, by=row.member, now=make.moment(), scores=sheet(40))
        reading.hand_in(row.pk, by=row.member, today=TODAY)
    assert [one.pk for one in panel.unread()] == [rows[0].pk]

    assert assigned(panel).made == 1
    new = panel.readings.open().get()
    assert new.member_id not in {mine.member_id} | readers(panel, state="submitted")[rows[0].pk]
    reading.save_reading(new.pk, by=new.member, now=make.moment(), scores=sheet(40))
    reading.hand_in(new.pk, by=new.member, today=TODAY)
    assert panel.settlements()[rows[0].pk].score == 80
    assert len(people) == 3


def test_open_sheets_of_who_left_go_to_others_and_what_was_handed_in_counts():
    panel, rows, people = make_panels.scoring(applications=2, members=3, reads=1)
    kept = make_rounds.reading(panel, rows[0], people[0], "submitted")
    gone = make_rounds.reading(panel, rows[1], people[0])
    panel.seats.get().members.filter(user=people[0]).update(until_on=TODAY)

    outcome = assigned(panel)
    assert (outcome.made, outcome.dropped) == (1, 1)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.state, gone.state) == ("submitted", "dropped")
    assert readers(panel)[rows[1].pk] <= {people[1].pk, people[2].pk}


def test_only_a_panel_that_reads_for_a_round_being_scored_assigns():
    panel, _rows, _people = make_panels.scoring()
    panel.grading_round.state = "reviewing"
    panel.grading_round.save()
    with pytest.raises(Refused, match="while the round is being scored"):
        assigned(panel)
    Panel.objects.update(state="draft")
    with pytest.raises(Refused, match="does not read now"):
        assigned(panel)
    assert Reading.objects.count() == 0


def apart(points=(40, 10), members=3, **fields):
    panel, rows, people = make_panels.scoring(1, members, limit_points=15, **fields)
    for account, skill in zip(people, points, strict=False):
        make_rounds.reading(panel, rows[0], account, "submitted", scores=sheet(skill))
    return panel, rows[0], people


def test_readers_who_are_apart_get_a_third_and_only_one():
    panel, row, people = apart()
    assigning.assign_third(panel.pk, by=make.user(), **WHY)

    third = panel.readings.get(is_third=True)
    assert (third.application_id, third.member_id) == (row.pk, people[2].pk)
    with pytest.raises(Refused, match="No application waits"):
        assigning.assign_third(panel.pk, by=make.user(), **WHY)
    assert assigned(panel).made == 0


def test_at_the_limit_nobody_needs_a_third():
    panel, _row, _people = apart(points=(40, 25))

    with pytest.raises(Refused, match="No application waits"):
        assigning.assign_third(panel.pk, by=make.user(), **WHY)


def test_a_third_who_abstains_is_followed_by_another_and_without_one_it_is_said():
    panel, _row, people = apart(members=4)
    assigning.assign_third(panel.pk, by=make.user(), **WHY)
    third = panel.readings.get(is_third=True)
    reading.abstain(third.pk, by=third.member, today=TODAY, reason="Known to me.")
    assigning.assign_third(panel.pk, by=make.user(), **WHY)
    new = panel.readings.open().get()
    assert {third.member_id, new.member_id} == {people[2].pk, people[3].pk}
    reading.abstain(new.pk, by=new.member, today=TODAY, reason="Known to me.")

    outcome = assigning.assign_third(panel.pk, by=make.user(), **WHY)
    assert outcome.made == 0
    assert len(outcome.sentences) == 1


def test_all_members_read_the_calibration_item_but_who_is_recused_from_it():
    panel, rows, people = make_panels.scoring(applications=1, members=3)
    out = make_rounds.application("not_eligible", of=panel.grading_round)
    make_rounds.person(user=people[0], body=out.organization)

    with pytest.raises(Refused, match="not ranked"):
        assigning.assign_calibration(panel.pk, by=make.user(), application=rows[0], **WHY)
    foreign = make_rounds.application(
        "not_eligible", of=make_rounds.grading_round("scoring", division=make.division("330682"))
    )
    with pytest.raises(Refused, match="of this bureau"):
        assigning.assign_calibration(panel.pk, by=make.user(), application=foreign, **WHY)
    assigning.assign_calibration(panel.pk, by=make.user(), application=out, **WHY)

    assert readers(panel, is_calibration=True) == {out.pk: {people[1].pk, people[2].pk}}
    assert panel.totals() == ({}, {})


def test_a_lifted_recusal_lets_the_member_read_again():
    panel, rows, people = make_panels.scoring(applications=1, members=2)
    make_rounds.person(user=people[0], body=rows[0].organization)
    assigned(panel)
    recusing.lift_recusal(
        panel.pk, by=make.user(), today=TODAY, reason="Small.", recusal=panel.recusals.get()
    )

    assert assigned(panel).made == 1
    assert readers(panel) == {rows[0].pk: {people[0].pk, people[1].pk}}


def test_a_sheet_of_whom_withdrew_holds_nothing_up():
    panel, rows, _people = make_panels.scoring(2, 3)
    assigned(panel)
    Application.objects.filter(pk=rows[0].pk).update(state="withdrawn")

    assert set(panel.readings.open().values_list("application", flat=True)) == {rows[1].pk}
    panel.readings.open().update(state="submitted", handed_in_on=TODAY, scores=sheet(30))
    assert reading.reveal(panel.pk, by=make.user(), **WHY).state == "revealed"
