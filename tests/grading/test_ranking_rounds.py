"""Rankings and awards: scores, bonus, calibration, ties, moves, quotas, and all of it anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grading.actions import awarding, rank_moves, round_scoring
from grading.actions.ranking import awarded_to, ranking_of
from grading.flows import APPLICATION
from grading.models import Application, Panel, RankMove, Reading, RoundLevel
from grading.rules.references import reference
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from registry.models import Appointment
from tests import make
from tests.grading import make_grading, make_panels, make_rounds
from tests.grading.make_panels import WHY
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
EQUALS = "Equals stand at the cut: two officers decide on their order."


def rule(number=2, tie="manual", **selection):
    quotas = [{"level": "l4", "number": number}] if number is not None else []
    return make_grading.document(
        selection={"quotas": quotas, "tie_at_cut": tie, "rank_by": ["score"], **selection}
    )


def without_tie_breaks(content):
    return {**content, "sheet": {**content["sheet"], "tie_break": []}}


def tied(tie="manual", points=(40, 30, 30, 20), number=2, **selection):
    content = without_tie_breaks(rule(number, tie, **selection))
    return make_panels.ranking(list(points), content=content)


def award(level, **fields):
    return awarding.award_level(level.pk, by=fields.pop("by", make.user()), **WHY)


def outcome(rows):
    found = Application.objects.in_bulk([row.pk for row in rows])
    return [(found[row.pk].state, found[row.pk].place) for row in rows]


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.messages


def test_more_applicants_take_no_more_statements():
    counts = []
    for number in (3, 9):
        points = [(40 - at, 38 - at) for at in range(number)]
        level, rows = make_panels.ranking(points, content=rule())
        officer = make.user()
        with CaptureQueriesContext(connection) as queries:
            award(level, by=officer)
        with CaptureQueriesContext(connection) as undoing:
            awarding.undo_award(level.pk, by=officer, **{**WHY, "reason": "重排。"})
        counts.append((len(queries), len(undoing)))
        found = Application.objects.get(pk=rows[0].pk)
        assert (found.state, found.score, found.place, found.outcome_by) == (
            "eligible", None, None, None,
        )  # fmt: skip
        assert (found.outcome_reason, found.revision) == ("", rows[0].revision + 3)
    assert counts[0] == counts[1]


def test_places_go_to_the_best_and_what_they_rest_on_is_kept():
    level, rows = make_panels.ranking([(30, 34), (40, 38), (20, 21)], content=rule())
    officer = make.user()
    awarded = award(level, by=officer)

    assert outcome(rows) == [("proposed", 2), ("proposed", 1), ("no_level", None)]
    first = Application.objects.get(pk=rows[1].pk)
    assert (first.score, first.raw_score, first.outcome_by) == (79, 79, officer)
    assert first.outcome_reason != ""
    assert (awarded.awarded_by, awarded.awarded_on) == (officer, TODAY)
    assert awarded.award["chosen"] == [rows[1].pk, rows[0].pk]
    assert len(awarded.award["sheets"]) == 6
    assert awarding.award_faults(RoundLevel.objects.get(pk=level.pk)) == []


def test_whoever_does_not_reach_the_pass_mark_gets_no_place_that_is_left():
    level, rows = make_panels.ranking([40, 19], content=rule(number=5))
    award(level)

    assert outcome(rows) == [("proposed", 1), ("no_level", None)]
    standing = ranking_of(RoundLevel.objects.get(pk=level.pk)).standings[rows[1].pk]
    assert (standing.score, standing.band, standing.passes) == (59, "不合格", False)


def test_in_sets_as_by_the_flow():
    level, rows = make_panels.ranking([40, 30, 20], content=rule(number=1))
    award(level)

    assert outcome(rows) == [("proposed", 1), ("no_level", None), ("no_level", None)]
    steps = APPLICATION.steps
    for row in rows:
        acts = (
            LedgerEntry.objects.of(row).order_by("sequence").values_list("act", "before", "after")
        )
        names = [act.rpartition(".")[2] for act, _before, _after in acts]
        assert names[0] == "score"
        assert names[1] in ("propose", "give_none")
        for name, (_act, before, after) in zip(names, acts, strict=True):
            assert before["state"] in steps[name].sources
            assert after["state"] == steps[name].target
        row.refresh_from_db()
        assert row.revision == 2
        assert row.state == steps[names[-1]].target
    assert ledger.faults() == []


def test_what_is_known_of_the_scores_is_written_and_nothing_when_one_is_missing():
    level, rows = make_panels.ranking([40, 30], content=rule())
    Reading.objects.filter(application=rows[1]).update(state="dropped")
    named = f"{level.grading_round_id}-{rows[1].pk:05d}"

    said = f"{named} has no score: nobody has handed in a sheet for it."
    assert refusal_of(award, level) == [said]
    assert outcome(rows) == [("eligible", None)] * 2


def test_a_sheet_that_cannot_be_read_stops_the_award_and_is_named():
    level, rows = make_panels.ranking([40, 30], content=rule())
    Reading.objects.filter(application=rows[0]).update(scores={"skill": "40"})

    said = refusal_of(award, level)
    assert len(said) == 2
    assert all(f"-{rows[0].pk:05d} cannot be read" in one for one in said)
    assert outcome(rows) == [("eligible", None)] * 2


def test_criteria_decide_between_equals():
    level, rows = make_panels.ranking([40, 40], content=rule(number=1))
    Reading.objects.filter(application=rows[0]).update(
        scores={"skill": "38", "law": "22", "conduct": "20"}
    )
    award(level)

    assert outcome(rows) == [("no_level", None), ("proposed", 1)]


def test_equals_at_the_cut_wait_for_an_order_by_two_officers():
    level, rows = tied()
    first, second = make.user(), make.user()
    assert refusal_of(award, level) == [EQUALS]
    assert ranking_of(level).tied == [rows[1].pk, rows[2].pk]

    order = [rows[2], rows[1]]
    given = {"by": first, "today": TODAY}
    assert refusal_of(
        rank_moves.propose_order, level.pk, reason="X", order=[rows[2], rows[0]], **given
    ) == ["Name everybody whom the tie concerns, each once."]
    moves = rank_moves.propose_order(level.pk, reason="Longer service.", order=order, **given)
    assert refusal_of(award, level) == [
        EQUALS, "A move or an order of equals waits for a second officer.",
    ]  # fmt: skip
    assert refusal_of(rank_moves.confirm_move, level.pk, move=moves[0], **given) == [
        "Another officer than the one who proposed it confirms."
    ]
    rank_moves.confirm_move(level.pk, by=second, today=TODAY, move=moves[0])
    assert {move.second for move in RankMove.objects.all()} == {second}
    award(level)

    assert outcome(rows) == [
        ("proposed", 1), ("no_level", None), ("proposed", 2), ("no_level", None),
    ]  # fmt: skip
    assert awarding.award_faults(RoundLevel.objects.get(pk=level.pk)) == []


@pytest.mark.parametrize(
    ("tie", "places"),
    [
        ("include_all", [1, 2, 3, None]),
        ("exclude_all", [1, None, None, None]),
    ],
)
def test_the_policy_of_the_rule_settles_a_tie(tie, places):
    level, rows = tied(tie)
    award(level)

    assert [place for _state, place in outcome(rows)] == places


def test_a_lot_follows_from_the_seed_that_was_recorded():
    level, rows = tied("lot")
    award(level)
    drawn = outcome(rows)
    assert [place for _state, place in drawn].count(2) == 1
    assert awarding.award_faults(RoundLevel.objects.get(pk=level.pk)) == []

    awarding.undo_award(level.pk, by=make.user(), **WHY)
    award(level)
    assert outcome(rows) == drawn


def test_without_a_seed_no_lot_is_drawn():
    level, _rows = tied("lot")
    RoundLevel.objects.update(seed="")

    assert refusal_of(award, level) == [
        "Equals stand at the cut, and no seed of the lot was recorded."
    ]


def test_a_rule_that_is_silent_on_ties_waits_for_an_order_too():
    level, rows = tied(None)
    assert "does not say what is done" in refusal_of(award, level)[0]
    moves = rank_moves.propose_order(level.pk, by=make.user(), order=rows[1:3], **WHY)
    rank_moves.confirm_move(level.pk, by=make.user(), move=moves[0], **WHY)
    award(level)

    assert [place for _state, place in outcome(rows)] == [1, 2, None, None]


def test_a_move_is_made_by_two_and_keeps_the_computed_rank():
    level, rows = make_panels.ranking([40, 30, 25], content=rule())
    given = {"by": make.user(), "today": TODAY, "application": rows[2], "place": 1}
    assert refusal_of(rank_moves.propose_move, level.pk, reason=" ", **given) == [
        "Give the reason for the move."
    ]
    assert refusal_of(rank_moves.propose_move, level.pk, reason="X", **{**given, "place": 4}) == [
        "The ranking has places 1 to 3."
    ]
    move = rank_moves.propose_move(level.pk, reason="Rescued a child.", **given)
    assert refusal_of(rank_moves.propose_move, level.pk, reason="X", **given) == [
        "A move waits for a second officer: confirm it or take it back first."
    ]
    rank_moves.confirm_move(level.pk, by=make.user(), move=move, **WHY)
    award(level)

    assert outcome(rows) == [("proposed", 2), ("no_level", None), ("proposed", 1)]
    lines = ranking_of(RoundLevel.objects.get(pk=level.pk)).lines
    assert [(line.person, line.rank, line.computed_rank) for line in lines] == [
        (rows[2].pk, 1, 3), (rows[0].pk, 2, 1), (rows[1].pk, 3, 2),
    ]  # fmt: skip


def test_a_move_that_was_taken_back_counts_no_more_and_stays_to_be_read():
    level, rows = make_panels.ranking([40, 30], content=rule(number=1))
    move = rank_moves.propose_move(level.pk, by=make.user(), application=rows[1], place=1, **WHY)
    rank_moves.drop_move(level.pk, by=make.user(), move=move, **WHY)
    award(level)

    assert outcome(rows) == [("proposed", 1), ("no_level", None)]
    assert RankMove.objects.get().dropped_on == TODAY


def test_raw_stays_beside_calibrated():
    # The second member gives five less on everything.
    level, rows = make_panels.ranking(
        [(40, 35), (30, 25), (20, 15)], content=rule(), calibration_minimum=3
    )
    Reading.objects.filter(application=rows[0]).order_by("-pk").first().delete()
    panel = level.panel
    panel.reads = 1
    panel.calibration_minimum = 2
    panel.save()
    standings = ranking_of(RoundLevel.objects.get(pk=level.pk)).standings

    assert [(standings[row.pk].raw, standings[row.pk].given) for row in rows] == [
        (80, 78), (67.5, 68), (57.5, 58),
    ]  # fmt: skip
    assert {one.why_raw for one in standings.values()} == {""}


def test_below_the_sample_scores_stay_as_given_with_the_reason():
    level, rows = make_panels.ranking([(40, 35)], content=rule(), calibration_minimum=2)
    standing = ranking_of(level).standings[rows[0].pk]

    assert (standing.raw, standing.given) == (77.5, 77.5)
    assert standing.why_raw == "Not calibrated: 1 readings shared with others, 2 needed."


def counted(number):
    return {"as_of": {"$day": "2026-11-01"}, "honours": {"number": number}}


def test_what_is_counted_is_taken_from_the_evidence_and_capped():
    content = rule()
    content["metrics"] = {**content["metrics"], "awards": {"field": "honours.number"}}
    level, rows = make_panels.ranking([20, 20, 20], content=content)
    for row, number in zip(rows, (1, 9, 0), strict=True):
        row.evidence = counted(number)
        row.save()
    standings = ranking_of(level).standings

    assert [standings[row.pk].score for row in rows] == [62, 70, 60]
    assert [standings[row.pk].raw for row in rows] == [60, 60, 60]


def asked_by(work):
    with CaptureQueriesContext(connection) as queries:
        found = work()
    return found, [query["sql"] for query in queries]


@pytest.mark.parametrize("is_measured", [True, False])
def test_evidence_is_read_only_where_points_depend_on_it(is_measured):
    content = rule()
    if is_measured:
        content["metrics"] = {**content["metrics"], "awards": {"field": "honours.number"}}
    level, rows = make_panels.ranking([20, 20], content=content)
    flags = [{"full_time": True, "part_time": False}, {"full_time": False, "part_time": True}]
    for row, told in zip(rows, flags, strict=True):
        row.evidence = {**counted(1), "flags": told}
        row.save()
    # In the register it is the other way round by now: what was taken as evidence counts.
    Appointment.objects.update(employment="full_time")
    level = RoundLevel.objects.with_rules().get(pk=level.pk)

    ranking = ranking_of(level)
    assert [one.entry.category for one in ranking.standings.values()] == ["full_time", "part_time"]
    assert [one.score for one in ranking.standings.values()] == [62 if is_measured else 60] * 2
    read = ["evidence" in vars(one.application) for one in ranking.standings.values()]
    assert read == [is_measured] * 2


def test_the_check_reads_no_evidence_of_anybody_again():
    level, rows = make_panels.ranking([40, 20], content=rule())
    awarding.award_level(level.pk, by=make.user(), **WHY)
    level = RoundLevel.objects.with_rules().get(pk=level.pk)
    ranking = ranking_of(level, *awarded_to(level))
    faults, asked = asked_by(lambda: awarding.award_faults(level, ranking))
    assert (faults, [sql for sql in asked if "evidence" in sql]) == ([], [])
    Application.objects.filter(pk=rows[0].pk).update(place=None)
    Application.objects.filter(pk=rows[1].pk).update(score=99)
    assert awarding.award_faults(level, ranking) == [
        f"{reference(level.grading_round_id, row.pk)} holds another score or place than the"
        " ranking gives."
        for row in rows
    ]


def test_what_the_rule_does_not_measure_is_named_and_not_nought_in_silence():
    level, rows = make_panels.ranking([40], content=rule())
    standing = ranking_of(level).standings[rows[0].pk]

    assert (standing.extra.points, standing.extra.left_out) == ({}, ("awards",))


def test_without_a_quota_everybody_eligible_is_proposed_where_nothing_is_scored():
    of = make_rounds.grading_round("ranking", codes=["l4"], content=rule(number=None))
    rows = [make_rounds.application("eligible", of=of) for _one in range(3)]
    award(of.levels.get())

    assert {state for state, _place in outcome(rows)} == {"proposed"}
    assert {row.score for row in Application.objects.all()} == {None}


def test_a_quota_of_a_level_that_is_not_scored_needs_an_order_by_hand():
    of = make_rounds.grading_round("ranking", codes=["l4"], content=rule(number=1))
    rows = [make_rounds.application("eligible", of=of) for _one in range(2)]
    level = of.levels.get()
    assert refusal_of(award, level) == [EQUALS]

    moves = rank_moves.propose_order(level.pk, by=make.user(), order=rows[::-1], **WHY)
    rank_moves.confirm_move(level.pk, by=make.user(), move=moves[0], **WHY)
    award(level)
    assert outcome(rows) == [("no_level", None), ("proposed", 1)]


def test_reserve_and_coverage_of_the_rule_are_kept():
    content = rule(2, reserve=1, coverage={"per": "township", "min": 1})
    of = make_rounds.grading_round("scoring", codes=["l4"], content=content)
    far = make.organization(in_division=make.division("330681002"))
    level, rows = make_panels.ranking([40, 35, 30, 28], of=of, content=content)
    Application.objects.filter(pk=rows[3].pk).update(division=far.division)
    Application.objects.exclude(pk=rows[3].pk).update(division=make.division("330681001"))
    award(level)

    assert [place for _state, place in outcome(rows)] == [1, None, None, 2]
    reserve = Application.objects.order_by("pk").values_list("reserve_place", flat=True)
    assert list(reserve) == [None, 1, None, None]


@pytest.mark.parametrize(
    ("of", "percent", "places"),
    [("handed_in", 50, 2), ("serving", 20, 1), ("serving", 60, 3), ("applicants", 50, 1)],
)
def test_a_percentage_may_be_one_of_people_outside_the_ranking(of, percent, places):
    """Three are ranked, of four who handed in, of five in post in the county."""
    quotas = [{"level": "l4", "percent": percent, "of": of}]
    content = {**rule(), "selection": {"quotas": quotas, "tie_at_cut": "manual"}}
    level, rows = make_panels.ranking([40, 30, 20], content=content)
    Appointment.objects.exclude(mediator__in=[row.mediator_id for row in rows]).delete()
    make_rounds.application("not_eligible", of=level.grading_round, code="l4")
    make_rounds.person()
    elsewhere = make.organization(in_division=make.division("330682"))
    make_rounds.person(body=elsewhere)

    level = award(level)

    assert [state for state, _place in outcome(rows)].count("proposed") == places
    # Who comes later changes nothing of what was decided.
    make_rounds.person()
    assert awarding.award_faults(RoundLevel.objects.get(pk=level.pk)) == []


def test_a_percentage_of_somebody_unheard_of_bars_the_award():
    quotas = [{"level": "l4", "percent": 50, "of": "voters"}]
    content = {**rule(), "selection": {"quotas": quotas, "tie_at_cut": "manual"}}
    level, _rows = make_panels.ranking([40, 30], content=content)

    assert refusal_of(award, level) == ["The number of “voters” is needed."]


def test_a_limit_that_nobody_can_check_bars_the_award():
    limits = {"party": {"share": "50%", "by": "party_member", "values": ["yes"]}}
    level, _rows = make_panels.ranking([40], content=rule(share_limits=limits))

    assert refusal_of(award, level) == [
        "The rule limits places by “party_member”, which is not known of people here."
    ]


def test_an_award_is_given_once_undone_with_a_reason_and_given_again():
    level, rows = make_panels.ranking([40, 30], content=rule(number=1))
    digest = award(level).award_digest
    assert refusal_of(award, level) == ["The places of this level are given."]
    assert refusal_of(
        rank_moves.propose_move, level.pk, by=make.user(), application=rows[1], place=1, **WHY
    ) == ["The places of this level are given."]
    awarding.undo_award(level.pk, by=make.user(), **WHY)

    assert outcome(rows) == [("eligible", None)] * 2
    assert set(Application.objects.values_list("score", "raw_score", "outcome_reason")) == {
        (None, None, "")
    }
    level.refresh_from_db()
    assert (level.award, level.award_digest, level.awarded_by) == ({}, "", None)
    assert refusal_of(awarding.undo_award, level.pk, by=make.user(), **WHY) == [
        "The places of this level are not given."
    ]
    assert award(level).award_digest == digest


@pytest.mark.parametrize("state", ["scoring", "notice", "confirmed"])
def test_places_are_given_and_taken_back_only_while_the_round_is_ranked(state):
    level, _rows = make_panels.ranking([40], content=rule())
    if state != "scoring":
        award(level)
    of = level.grading_round
    type(of).objects.filter(pk=of.pk).update(
        state=state, notice=make_rounds.running_notice(of.division), announced_by=make.user(),
        proposed_by=make.user(), confirmed_by=make.user(), confirmed_on=TODAY,
    )  # fmt: skip

    assert refusal_of(award, level) == ["The round is not being ranked."]
    assert refusal_of(awarding.undo_award, level.pk, by=make.user(), **WHY) == [
        "The round is not being ranked."
    ]


def test_what_was_altered_later_is_named():
    level, rows = make_panels.ranking([40, 30, 25], content=rule(number=1))
    award(level)
    Reading.objects.filter(application=rows[1]).update(
        scores={"skill": "40", "law": "30", "conduct": "30"}
    )
    Application.objects.filter(pk=rows[2].pk).update(place=2)
    level.refresh_from_db()
    level.award["places"] = 2
    level.save()
    found = awarding.award_faults(level)

    assert found[0] == "What the places rest on was altered: its digest is another."
    assert "Worked out anew, “chosen” is not what was stored." in found
    assert "Worked out anew, “places” is not what was stored." in found
    named = f"{level.grading_round_id}-{rows[2].pk:05d}"
    assert f"{named} holds another score or place than the ranking gives." in found
    assert len(award_free(level)) == 1


def award_free(level):
    """The sentences on a level whose places nobody gave."""
    RoundLevel.objects.filter(pk=level.pk).update(awarded_on=None)
    return awarding.award_faults(RoundLevel.objects.get(pk=level.pk))


def test_nothing_is_written_if_the_award_breaks_in_the_middle(monkeypatch):
    level, rows = make_panels.ranking([40], content=rule())

    def breaks(entries):
        raise RuntimeError

    monkeypatch.setattr(ledger, "append_all", breaks)
    with pytest.raises(RuntimeError):
        award(level)
    assert outcome(rows) == [("eligible", None)]
    level.refresh_from_db()
    assert level.awarded_on is None


def test_the_ranking_of_a_round_draws_the_seed_of_each_lot_once():
    panel, rows, people = make_panels.scoring(1, 2)
    of = panel.grading_round
    assert refusal_of(round_scoring.rank_round, of.pk, by=make.user(), **WHY) == [
        "A panel has not ended its reading."
    ]
    panel.state = "revealed"
    panel.save()
    round_scoring.rank_round(of.pk, by=make.user(), **WHY)

    assert len(of.levels.get().seed) == 32
    assert (len(rows), len(people)) == (1, 2)


def test_the_scoring_waits_for_judgments_and_panels():
    of = make_rounds.grading_round("reviewing", codes=["l4"])
    waiting = make_rounds.application("pending", of=of)
    panel = make_rounds.panel(of, "draft")
    assert len(refusal_of(round_scoring.score_round, of.pk, by=make.user(), **WHY)) == 2

    Application.objects.filter(pk=waiting.pk).update(state="eligible")
    type(panel).objects.update(state="sitting")
    assert round_scoring.score_round(of.pk, by=make.user(), **WHY).state == "scoring"


def test_a_move_of_two_officers_is_not_taken_back_by_one():
    level, rows = make_panels.ranking([40, 30], content=rule(number=1))
    move = rank_moves.propose_move(level.pk, by=make.user(), application=rows[1], place=1, **WHY)
    rank_moves.confirm_move(level.pk, by=make.user(), move=move, **WHY)

    assert refusal_of(rank_moves.drop_move, level.pk, by=make.user(), move=move, **WHY) == [
        "Two officers made this move: propose a further one, which takes two too."
    ]
    assert RankMove.objects.get().dropped_on is None


def test_a_move_of_whom_withdrew_can_be_taken_back_by_one():
    level, rows = make_panels.ranking([40, 30, 20], content=rule(number=1))
    move = rank_moves.propose_move(level.pk, by=make.user(), application=rows[1], place=1, **WHY)
    rank_moves.confirm_move(level.pk, by=make.user(), move=move, **WHY)
    Application.objects.filter(pk=rows[1].pk).update(state="withdrawn")
    assert refusal_of(award, level) != []

    rank_moves.drop_move(level.pk, by=make.user(), move=move, **WHY)
    award(level)

    assert outcome(rows) == [("proposed", 1), ("withdrawn", None), ("no_level", None)]


def test_a_sheet_whose_limits_are_not_applied_is_not_ranked_by():
    content = without_tie_breaks(rule())
    content["sheet"]["items"] = [
        {**one, "cap": 35} if one["id"] == "skill" else one for one in content["sheet"]["items"]
    ]
    level, rows = make_panels.ranking([40, 30], content=content)

    assert refusal_of(award, level) == [
        "“skill” is scored by hand, and its limits, sign or bonus cannot be applied here."
    ]
    assert outcome(rows) == [("eligible", None), ("eligible", None)]


def test_a_level_for_which_nobody_is_eligible_needs_no_panel():
    of = make_rounds.grading_round("reviewing", codes=["l3", "l4"])
    make_rounds.application("eligible", of=of, code="l4")
    make_rounds.application("not_eligible", of=of, code="l3")
    make_rounds.panel(of, levels=[of.levels.get(code="l4")])
    make_rounds.panel(of, "draft", levels=[of.levels.get(code="l3")])

    assert round_scoring.score_round(of.pk, by=make.user(), **WHY).state == "scoring"
    Panel.objects.filter(levels__code="l4").update(state="revealed")
    assert round_scoring.rank_round(of.pk, by=make.user(), **WHY).state == "ranking"
