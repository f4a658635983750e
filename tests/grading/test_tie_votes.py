"""Equals at the cut are left to the panel: each member's vote is kept, two officers record it."""

import pytest

from grading.actions import awarding, rank_moves, tie_votes
from grading.models import PanelMember, RankMove, Recusal, RoundLevel
from grading.rules.ties import Ballot
from office.models import LedgerEntry
from tests import make
from tests.grading import make_grading, make_panels
from tests.grading.make_panels import WHY
from tests.grading.test_ranking_rounds import outcome, refusal_of
from tests.make import DAY, TODAY
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
VOTE = "Equals stand at the cut: the panel votes on them."


def rule(number=2, **committee):
    content = make_grading.document(
        selection={
            "quotas": [{"level": "l4", "number": number}], "tie_at_cut": "vote",
            "rank_by": ["score"],
        },
    )  # fmt: skip
    of = {**content["committee"], "quorum": 2, **committee}
    return {**content, "committee": of, "sheet": {**content["sheet"], "tie_break": []}}


def tied(points=(40, 30, 30, 20), members=3, **committee):
    level, rows = make_panels.ranking(
        list(points), members=members, reads=members, content=rule(**committee)
    )
    people = PanelMember.objects.filter(seat__panel=level.panel).order_by("pk")
    return level, rows, [one.user for one in people]


def ballots(people, *choices):
    return [
        Ballot(one.pk, frozenset(row.pk for row in chosen), "" if chosen else "回避。",
               abstains=not chosen)
        for one, chosen in zip(people, choices, strict=False)
    ]  # fmt: skip


def record(level, given, *, by=None, held_on=TODAY):
    return tie_votes.record_vote(
        level.pk, by=by or make.user(), held_on=held_on, ballots=given, **WHY
    )


def test_the_vote_orders_equals_once_a_second_officer_confirms():
    level, rows, people = tied()
    assert refusal_of(awarding.award_level, level.pk, by=make.user(), **WHY) == [VOTE]
    officer = make.user()
    moves = record(level, ballots(people, [rows[2]], [rows[2]], [rows[1]]), by=officer)

    assert [(one.application_id, one.place) for one in moves] == [(rows[2].pk, 1), (rows[1].pk, 2)]
    assert refusal_of(rank_moves.confirm_move, level.pk, by=officer, move=moves[0], **WHY) == [
        "Another officer than the one who proposed it confirms."
    ]
    rank_moves.confirm_move(level.pk, by=make.user(), move=moves[0], **WHY)
    awarding.award_level(level.pk, by=make.user(), **WHY)

    assert outcome(rows) == [
        ("proposed", 1), ("no_level", None), ("proposed", 2), ("no_level", None),
    ]  # fmt: skip
    level = RoundLevel.objects.get(pk=level.pk)
    assert awarding.award_faults(level) == []
    assert level.award["vote"] == moves[0].vote


def test_the_record_tells_who_was_there_for_whom_and_what_was_counted():
    level, rows, people = tied(members=4)
    record(level, ballots(people[:3], [rows[2]], [rows[2]], []), held_on=TODAY - DAY)
    vote = RankMove.objects.first().vote
    assert vote["held_on"] == (TODAY - DAY).isoformat()
    assert vote["present"] == sorted(one.pk for one in people[:3])
    assert vote["ballots"] == [
        {"member": people[0].pk, "for": [rows[2].pk], "abstained": False, "reason": ""},
        {"member": people[1].pk, "for": [rows[2].pk], "abstained": False, "reason": ""},
        {"member": people[2].pk, "for": [], "abstained": True, "reason": "回避。"},
    ]
    assert vote["counts"] == {str(rows[1].pk): [0, 2, 1, 2], str(rows[2].pk): [2, 0, 1, 2]}
    assert vote["needed_present"] == 2
    entry = LedgerEntry.objects.of(level).get(act="grading.roundlevel.vote")
    assert entry.after["vote"] == vote


def test_a_vote_that_settles_nothing_is_taken_again():
    level, rows, people = tied()
    told = refusal_of(record, level, ballots(people, [rows[1]], [rows[2]], []))
    assert told[-1] == "The vote settles nothing: vote again."
    assert RankMove.objects.count() == 0
    record(level, ballots(people, [rows[1]], [rows[2]], [rows[1]]))
    assert RankMove.objects.count() == 2


def test_below_the_quorum_nothing_is_decided():
    level, rows, people = tied()
    assert refusal_of(record, level, ballots(people[:1], [rows[1]])) == [
        "Too few members were present to vote."
    ]


def test_who_is_recused_from_one_of_them_has_no_vote():
    level, rows, people = tied()
    barred = {"application": rows[1], "user": people[0], "grounds": ["relative"]}
    make.saved(Recusal(panel=level.panel, found_on=TODAY, **barred))
    given = ballots(people, [rows[1]], [rows[1]], [rows[1]])
    assert refusal_of(record, level, given) == [
        f"{people[0].get_full_name()} does not sit in this matter and has no vote."
    ]


def test_officers_alone_do_not_order_them():
    level, rows, _people = tied()
    assert refusal_of(
        rank_moves.propose_order, level.pk, by=make.user(), order=[rows[2], rows[1]], **WHY
    ) == ["By the rule the panel votes on equals: record its vote."]


def test_without_a_tie_or_a_rule_of_votes_nothing_is_recorded():
    level, rows, people = tied(points=(40, 30, 20))
    assert refusal_of(record, level, ballots(people, [rows[1]])) == [
        "No tie at the cut is to be decided."
    ]
    content = rule()
    content["selection"]["tie_at_cut"] = "manual"
    level, rows = make_panels.ranking([40, 30, 30], members=1, reads=1, content=content)
    assert refusal_of(record, level, []) == ["The rule leaves equals to no vote of the panel."]


def test_a_vote_of_tomorrow_is_none():
    level, rows, people = tied()
    given = ballots(people, [rows[1]], [rows[1]], [rows[1]])
    assert refusal_of(record, level, given, held_on=TODAY + DAY) == ["This day lies in the future."]


def test_a_second_vote_waits_until_the_first_is_taken_back():
    level, rows, people = tied()
    given = ballots(people, [rows[1]], [rows[1]], [rows[1]])
    [first, _second] = record(level, given)
    assert refusal_of(record, level, given) == [
        "An order of equals is there already: take it back first."
    ]
    rank_moves.drop_move(level.pk, by=make.user(), move=first, **WHY)
    assert len(record(level, given)) == 2


# --- The desk -----------------------------------------------------------------------------------


def typed(people, rows):
    given = {"held_on": TODAY.isoformat()}
    for one in people[:2]:
        given |= {f"sits_{one.pk}": "votes", f"for_{one.pk}": [str(rows[2].pk)]}
    return given | {f"sits_{people[2].pk}": "abstains", f"why_{people[2].pk}": "回避。"}


def test_the_desk_asks_for_each_member_and_shows_the_vote(client, county):
    level, rows, people = tied()
    page = client.get(url("grading_levels", "inspect", level.pk))
    labels = [label for label, *_more in page.context["buttons"]]
    assert "Record the vote on equals" in labels
    assert "Propose an order of equals" not in labels
    address = url("grading_levels", "act", level.pk, "vote")
    bad = client.post(address, sent(**{**typed(people, rows), f"why_{people[2].pk}": ""}))
    assert bad.context["form"].errors[f"why_{people[2].pk}"] == ["Say why."]
    assert client.post(address, sent(**typed(people, rows))).status_code == 302
    page = client.get(url("grading_levels", "inspect", level.pk)).content.decode()
    name = rows[2].mediator.name
    assert f"{people[0].get_full_name()}：{name}" in page
    assert f"{name}: 2 for, 0 against, 1 abstained; 2 carry." in page


def test_of_another_county_no_vote_is_recorded(client, at_desk):
    level, rows, people = tied()
    at_desk(make.officer("county_bureau", make.division("330682")))
    address = url("grading_levels", "act", level.pk, "vote")
    assert client.get(address).status_code == 404
    assert client.post(address, sent(**typed(people, rows))).status_code == 404
    at_desk(people[0])
    assert client.post(address, sent(**typed(people, rows))).status_code == 404
    assert RankMove.objects.count() == 0
