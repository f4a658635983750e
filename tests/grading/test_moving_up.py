"""Whoever stands first in the reserve takes a place that was dropped, on a notice of its own."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from grading.actions import announcing, awarding, confirming, moving_up, reserve_orders
from grading.flows import ROUND
from grading.models import Application, GradingRound, RankMove, RoundLevel
from grading.notices.announcements import supplement
from grading.reports import provenance
from grading.reports.reserve_orders import reserve_faults
from grading.reports.statements import statement_of
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import notices
from registry.models import PublicNotice
from tests import make
from tests.grading import make_grading, make_panels, make_results
from tests.grading.make_results import AFTER, note
from tests.make import DAY
from tests.registry import cases
from tests.registry.at_once import at_once
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = AFTER + 20 * DAY


def rule(number=2, tie="manual", **selection):
    quotas = [{"level": "l4", "number": number}]
    content = make_grading.document(
        selection={"quotas": quotas, "tie_at_cut": tie, "rank_by": ["score"], **selection}
    )
    return {**content, "sheet": {**content["sheet"], "tie_break": []}}


def announced(points=(40, 35, 30, 25), number=2, **selection):
    """A round on notice: places given by points, the best first."""
    cases.load_rules()
    level, rows = make_panels.ranking(
        list(points), members=1, reads=1, content=rule(number, **selection)
    )
    awarding.award_level(level.pk, by=make.user(), **make_panels.WHY)
    of = announcing.announce_round(level.grading_round_id, **note(make.user()))
    return of, rows


def dropped(row, *, today=make.TODAY, to=None):
    """Uphold an objection to somebody on the notice."""
    row = Application.objects.select_related("grading_round", "notice").get(pk=row.pk)
    objection = cases.objection(to=to or row.grading_round.notice)
    announcing.contest(row.pk, objection=objection, **note(make.user(), today))
    announcing.drop_proposal(row.pk, answer="查证属实。", **note(make.user(), today))
    return objection


def up(row, by=None, today=make.TODAY):
    return moving_up.move_up(row.pk, **note(by or make.user(), today))


def states(rows):
    found = Application.objects.in_bulk([row.pk for row in rows])
    return [found[row.pk].state for row in rows]


def refusal_of(act, *args, **given):
    with pytest.raises(Refused) as refusal:
        act(*args, **given)
    return refusal.value.messages


FREE = "No place of this level is free, or nobody in the reserve may take it."
NOT_FIRST = "Somebody else stands first in the reserve of this level."


def test_the_first_of_the_reserve_goes_on_a_notice_of_the_full_term():
    of, rows = announced()
    dropped(rows[1])
    officer = make.user()

    moved = up(rows[2], by=officer)

    assert states(rows) == ["in_notice", "no_level", "in_notice", "no_level"]
    notice = moved.notice
    assert notice.pk != of.notice_id
    assert (notice.kind, notice.state, notice.starts_on) == ("grading", "published", make.TODAY)
    assert (notice.ends_on, notice.rests_on) == (of.notice.ends_on, of.notice.rests_on)
    assert (moved.outcome_by, moved.its_notice_id, moved.ended_on) == (officer, notice.pk, None)
    with translation.override("zh-hans"):
        assert moved.outcome_reason == gettext("Moved up from the reserve to a free place.")
    # The places as they were given stay to be checked.
    assert (moved.place, moved.reserve_place) == (None, None)
    assert awarding.award_faults(moved.round_level) == []


def test_the_notice_names_this_person_and_nobody_else():
    _of, rows = announced()
    dropped(rows[1])
    body = up(rows[2]).notice.body
    lines = body.splitlines()
    assert f"{rows[2].mediator.name}　{rows[2].organization.name}" in lines
    assert "四级人民调解员（1人）" in lines
    assert not any(row.mediator.name in body for row in (rows[0], rows[1], rows[3]))


def test_a_mask_of_the_rule_holds_there_too():
    masked = {"by": "x", "days": 5, "day_kind": "working", "masked": ["name"]}
    of = make_results.ranked(1, content=make_results.rule(publicity=masked))
    row = make_results.people(of)[0]
    assert row.mediator.name not in supplement(row)[1]


def test_the_ledger_tells_it():
    _of, rows = announced()
    dropped(rows[1])
    moved = up(rows[2])
    entry = LedgerEntry.objects.of(moved).get(act="grading.application.move_up")
    assert (entry.before["state"], entry.after["state"]) == ("no_level", "in_notice")
    assert entry.after["notice_id"] == moved.notice_id
    assert ledger.faults() == []


@pytest.mark.parametrize("who", [2, 3])
def test_without_a_place_that_is_free_nobody_moves_up(who):
    _of, rows = announced()
    assert refusal_of(up, rows[who]) == [FREE]
    assert PublicNotice.objects.filter(kind="grading").count() == 1


def test_nobody_moves_up_past_another():
    _of, rows = announced()
    dropped(rows[1])
    assert refusal_of(up, rows[3]) == [NOT_FIRST]
    assert refusal_of(up, rows[1]) == [NOT_FIRST]
    assert states(rows) == ["in_notice", "no_level", "no_level", "no_level"]


def test_one_place_is_taken_once():
    _of, rows = announced()
    dropped(rows[1])
    up(rows[2])
    assert refusal_of(up, rows[3]) == [FREE]


def test_who_moved_up_and_was_dropped_does_not_stand_first_again():
    _of, rows = announced()
    dropped(rows[1])
    moved = up(rows[2])
    dropped(rows[2], to=moved.notice)
    assert refusal_of(up, rows[2]) == [NOT_FIRST]
    assert up(rows[3]).state == "in_notice"


def test_who_is_below_the_pass_mark_never_moves_up():
    _of, rows = announced(points=(40, 35, 2))
    dropped(rows[1])
    assert refusal_of(up, rows[2]) == [FREE]


@pytest.mark.parametrize(("reserve", "said"), [(1, [NOT_FIRST]), (0, [FREE])])
def test_where_the_rule_names_a_reserve_only_those_of_it_move_up(reserve, said):
    _of, rows = announced(reserve=reserve)
    dropped(rows[1])
    assert refusal_of(up, rows[3]) == said
    dropped(rows[0])
    if reserve:
        up(rows[2])
    assert refusal_of(up, rows[3]) == [FREE]


def test_equals_that_nothing_orders_do_not_move_up():
    _of, rows = announced(points=(40, 35, 30, 30))
    dropped(rows[1])
    [said] = refusal_of(up, rows[2])
    assert said.startswith("Equals stand first in the reserve, and nothing orders them: ")
    dropped(rows[0])
    # There is room for both.
    assert [up(row).state for row in rows[2:]] == ["in_notice", "in_notice"]


def test_a_lot_orders_equals_where_the_rule_draws_lots():
    _of, rows = announced(points=(40, 35, 30, 30), tie="lot")
    dropped(rows[1])
    fresh = Application.objects.filter(pk__in=[row.pk for row in rows[2:]])
    said = {row.pk: row.bars_to_moving_up() for row in fresh}
    assert sorted(said.values()) == [[], [NOT_FIRST]]
    first = next(row for row in rows[2:] if not said[row.pk])
    assert up(first).state == "in_notice"


def test_a_tie_that_gave_more_places_than_the_rule_has_frees_none():
    _of, rows = announced(points=(40, 35, 35, 20), tie="include_all")
    assert states(rows)[:3] == ["in_notice"] * 3
    dropped(rows[1])
    assert refusal_of(up, rows[3]) == [FREE]


def test_the_officer_who_gave_the_places_does_not_do_it():
    of, rows = announced()
    dropped(rows[1])
    by = of.levels.get().awarded_by
    assert refusal_of(up, rows[2], by=by) == [
        "You gave the places of a level: another officer announces them."
    ]
    assert states(rows)[2] == "no_level"


@pytest.mark.parametrize("state", ["ranking", "confirmed", "archived"])
def test_only_while_the_round_is_on_notice(state):
    of, rows = announced()
    dropped(rows[1])
    two = {"proposed_by": make.user(), "confirmed_by": make.user(), "confirmed_on": make.TODAY}
    GradingRound.objects.filter(pk=of.pk).update(state=state, **two)
    assert "The round is not on public notice." in refusal_of(up, rows[2])


def test_a_crash_leaves_nothing(monkeypatch):
    _of, rows = announced()
    dropped(rows[1])
    given, head = note(make.user()), ledger.head()

    def fall_over(*args, **kwargs):
        raise RuntimeError("The power is gone.")

    monkeypatch.setattr(moving_up, "_propose_anew", fall_over)
    with pytest.raises(RuntimeError):
        moving_up.move_up(rows[2].pk, **given)
    assert states(rows)[2] == "no_level"
    assert (PublicNotice.objects.filter(kind="grading").count(), ledger.head()) == (1, head)


# --- Equals in the reserve, ordered by two officers -------------------------------------------

WHY = "任职年限较长者在先。"


def equals(points=(40, 35, 30, 30, 30), **given):
    """A round on notice, a place free, and equals first in the reserve; returns level and rows."""
    of, rows = announced(points=points, **given)
    dropped(rows[1])
    return of.levels.get(), rows


def proposed_order(level, order, *, by=None, reason=WHY):
    given = {"by": by or make.user(), "today": make.TODAY, "reason": reason}
    return reserve_orders.propose_reserve_order(level.pk, order=order, **given)


def ordered(level, order, **given):
    rows = proposed_order(level, order, **given)
    reserve_orders.confirm_reserve_order(level.pk, by=make.user(), today=make.TODAY)
    return rows


def bars(rows):
    return [row.bars_to_moving_up() for row in Application.objects.in_bulk(
        [row.pk for row in rows]).values()]  # fmt: skip


def test_the_first_of_the_order_moves_up_and_no_other():
    level, rows = equals()
    ordered(level, [rows[3], rows[4], rows[2]])
    assert refusal_of(up, rows[2]) == [NOT_FIRST]
    assert up(rows[3]).state == "in_notice"
    dropped(rows[0])
    # The order holds for the place that becomes free later.
    assert refusal_of(up, rows[2]) == [NOT_FIRST]
    assert up(rows[4]).state == "in_notice"
    assert awarding.award_faults(RoundLevel.objects.get(pk=level.pk)) == []
    assert list(provenance.faults()) == []


def test_an_order_takes_two_officers_and_only_one_waits():
    level, rows = equals()
    officer = make.user()
    proposed_order(level, rows[2:], by=officer)
    assert refusal_of(up, rows[2])[0].startswith("Equals stand first")
    given = {"by": officer, "today": make.TODAY}
    assert refusal_of(reserve_orders.confirm_reserve_order, level.pk, **given) == [
        "Another officer than the one who proposed it confirms."
    ]
    assert refusal_of(proposed_order, level, rows[2:]) == [
        "An order waits for a second officer: confirm it or take it back first."
    ]
    second = make.user()
    reserve_orders.confirm_reserve_order(level.pk, by=second, today=make.TODAY)
    assert {(one.by, one.second, one.in_reserve) for one in level.moves.all()} == {
        (officer, second, True)
    }
    assert refusal_of(reserve_orders.confirm_reserve_order, level.pk, **given) == [
        "It is confirmed or taken back already."
    ]


@pytest.mark.parametrize(
    ("chosen", "reason", "said"),
    [
        ([2, 3], WHY, "Name everybody who stands first as an equal, each once."),
        ([2, 3, 4, 4], WHY, "Name everybody who stands first as an equal, each once."),
        ([2, 3, 0], WHY, "Name everybody who stands first as an equal, each once."),
        ([2, 3, 4], " ", "Give the reason for the order."),
    ],
)
def test_an_order_that_is_none_is_refused(chosen, reason, said):
    level, rows = equals()
    order = [rows[one] for one in chosen]
    assert refusal_of(proposed_order, level, order, reason=reason) == [said]
    assert RankMove.objects.count() == 0


def test_the_reason_names_nobody_for_each_of_them_reads_it():
    level, rows = equals()
    reason = f"{rows[3].mediator.name}任职较久。"
    [said] = refusal_of(proposed_order, level, rows[2:], reason=reason)
    assert said == "Each of the equals reads the reason: name nobody in it."
    ordered(level, [rows[4], rows[2], rows[3]])
    own = statement_of(Application.objects.with_all().get(pk=rows[2].pk))
    told = dict(own.ranking)["Place among the equals of the reserve"]
    assert told == f"2 of 3, ordered by two officers: {WHY}"
    other = statement_of(Application.objects.with_all().get(pk=rows[0].pk))
    assert "Place among the equals of the reserve" not in dict(other.ranking)


def test_each_order_has_its_own_number_of_equals():
    level, rows = equals()
    moves = ordered(level, rows[2:])
    for place, row in enumerate(rows[:2], 1):
        # Others, ordered by the same two on the same day for the same reason.
        made = RankMove.objects.get(pk=moves[0].pk)
        made.pk, made.application, made.place = None, row, place
        made.save()
    for row, said in ((rows[2], "1 of 3"), (rows[0], "1 of 2")):
        found = statement_of(Application.objects.with_all().get(pk=row.pk))
        told = dict(found.ranking)["Place among the equals of the reserve"]
        assert told == f"{said}, ordered by two officers: {WHY}"


def test_without_equals_first_there_is_nothing_to_order():
    level, rows = equals(points=(40, 35, 31, 30, 30))
    assert refusal_of(proposed_order, level, rows[3:]) == [
        "No equals stand first in the reserve of this level."
    ]
    full, _rows = announced(points=(40, 35, 30, 30))
    assert reserve_orders.bars_to_ordering(full.levels.get()) == [
        "No equals stand first in the reserve of this level."
    ]


@pytest.mark.parametrize("state", ["ranking", "confirmed", "archived"])
def test_equals_are_ordered_only_while_the_round_is_on_notice(state):
    level, rows = equals()
    two = {"proposed_by": make.user(), "confirmed_by": make.user(), "confirmed_on": make.TODAY}
    GradingRound.objects.update(state=state, **two)
    assert refusal_of(proposed_order, level, rows[2:]) == ["The round is not on public notice."]


def test_an_order_that_waits_is_taken_back_and_stays_to_be_read():
    level, rows = equals()
    proposed_order(level, rows[2:])
    reserve_orders.drop_reserve_order(level.pk, **note(make.user()))
    assert {one.dropped_on for one in level.moves.all()} == {make.TODAY}
    assert refusal_of(up, rows[2])[0].startswith("Equals stand first")
    ordered(level, [rows[4], rows[3], rows[2]])
    assert refusal_of(reserve_orders.drop_reserve_order, level.pk, **note(make.user())) == [
        "It is confirmed or taken back already."
    ]
    assert up(rows[4]).state == "in_notice"
    assert list(provenance.faults()) == []


def test_if_others_stand_first_by_now_the_order_is_not_confirmed():
    level, rows = equals()
    proposed_order(level, rows[2:])
    Application.objects.filter(pk=rows[4].pk).update(state="withdrawn")
    given = {"by": make.user(), "today": make.TODAY}
    assert refusal_of(reserve_orders.confirm_reserve_order, level.pk, **given) == [
        "Others stand first in the reserve by now: take the order back."
    ]


def test_an_order_that_was_altered_is_found():
    level, rows = equals()
    moves = ordered(level, [rows[3], rows[4], rows[2]])
    at = f"level {level.pk}, equals in the reserve"
    RankMove.objects.filter(pk=moves[0].pk).update(reason="另有理由")
    assert list(provenance.faults()) == [f"{at}: the ledger tells another order"]
    RankMove.objects.filter(pk=moves[0].pk).update(reason=WHY, application=rows[0].pk)
    assert list(provenance.faults()) == [
        f"{at}: the ledger tells another order",
        f"{at}: those who were ordered are no equals in the ranking",
    ]
    RankMove.objects.all().delete()
    assert list(provenance.faults()) == [f"{at}: the ledger tells another order"]


def test_who_moved_up_past_another_is_found():
    level, rows = equals()
    ordered(level, [rows[3], rows[4], rows[2]])
    moved = up(rows[3])
    Application.objects.filter(pk=rows[3].pk).update(state="no_level", notice=None)
    Application.objects.filter(pk=rows[4].pk).update(state="in_notice", notice=moved.notice)
    at, said = f"level {level.pk}, equals in the reserve", "somebody moved up past another"
    assert list(reserve_faults()) == [f"{at}: {said} who comes before"]
    # Whoever was dropped after an objection is passed by rightly.
    objection = cases.objection(to=moved.notice)
    Application.objects.filter(pk=rows[3].pk).update(objection=objection)
    assert list(reserve_faults()) == []


def test_a_crash_while_confirming_leaves_nothing(monkeypatch):
    level, rows = equals()
    proposed_order(level, rows[2:])
    officer, head = make.user(), ledger.head()

    def fall_over(*args, **kwargs):
        raise RuntimeError("The power is gone.")

    monkeypatch.setattr(ledger, "append", fall_over)
    with pytest.raises(RuntimeError):
        reserve_orders.confirm_reserve_order(level.pk, by=officer, today=make.TODAY)
    assert not level.moves.exclude(confirmed_on=None).exists()
    assert ledger.head() == head


def test_two_officers_order_equals_at_the_desk(client, at_desk):
    at_desk(password_shown=True)
    level, rows = equals()

    def act(name, **typed):
        return client.post(url("grading_levels", "act", level.pk, name), sent(**typed))

    def offered():
        page = client.get(url("grading_levels", "inspect", level.pk))
        return [label for label, *_more in page.context["buttons"]]

    assert "Propose an order of equals in the reserve" in offered()
    assert not any("Move up" in label for label in offered())
    places = {f"place_{row.pk}": place for place, row in zip((3, 1, 2), rows[2:], strict=True)}
    twice = act("order_reserve", reason=WHY, **{**places, f"place_{rows[2].pk}": 1})
    assert (twice.status_code, RankMove.objects.count()) == (422, 0)
    assert act("order_reserve", reason=WHY, **places).status_code == 302
    assert act("confirm_order_reserve").status_code == 422

    at_desk(cases.county_officer(), password_shown=True)
    shown = client.get(url("grading_levels", "act", level.pk, "confirm_order_reserve"))
    names = "、".join(rows[one].mediator.name for one in (3, 4, 2))
    assert shown.context["consequences"][0] == f"In this order: {names}."
    assert act("confirm_order_reserve").status_code == 302
    assert f"Move up from the reserve: {rows[3].mediator.name}" in offered()
    at_desk(make.officer("county_bureau", make.division("330682")))
    assert act("order_reserve", reason=WHY, **places).status_code == 404


# --- What waits for it --------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "passes"), [(0, False), (1, True)])
def test_the_confirmation_waits_for_the_supplementary_notice(day, passes):
    of, rows = announced()
    dropped(rows[1])
    moved = up(rows[2], today=of.notice.ends_on)
    assert moved.notice.ends_on > of.notice.ends_on
    of = GradingRound.objects.get(pk=of.pk)
    today = moved.notice.ends_on + day * DAY
    assert (ROUND.refusals(of, "confirm", today) == []) is passes


def test_an_objection_to_the_supplementary_notice_bars_and_is_decided_as_any_other():
    of, rows = announced()
    dropped(rows[1])
    moved = up(rows[2])
    objection = cases.objection(to=moved.notice)
    of = GradingRound.objects.get(pk=of.pk)
    assert ROUND.refusals(of, "confirm", LATER) == ["An objection to the notice is still open."]
    elsewhere = cases.objection(to=of.notice)
    with pytest.raises(Refused, match="one to another notice"):
        announcing.contest(moved.pk, objection=elsewhere, **note(make.user()))
    notices.reject_objection(elsewhere.pk, answer="不成立。", **note(make.user()))

    announcing.contest(moved.pk, objection=objection, **note(make.user()))
    by = moved.notice.published_by
    Application.objects.filter(pk=moved.pk).update(outcome_by=make.user())
    with pytest.raises(Refused, match="You put the person on public notice"):
        announcing.keep_proposal(moved.pk, answer="不成立。", **note(by))
    announcing.keep_proposal(moved.pk, answer="不成立。", **note(make.user()))

    assert states(rows)[2] == "in_notice"
    assert ROUND.refusals(of, "confirm", LATER) == []


def test_a_confirmation_that_was_proposed_before_is_proposed_anew():
    of, rows = announced()
    dropped(rows[1])
    confirming.propose_confirmation(of.pk, **note(make.user(), AFTER))
    up(rows[2], today=AFTER)
    of = GradingRound.objects.get(pk=of.pk)
    assert of.proposed_by is None
    assert LedgerEntry.objects.of(of).filter(act="grading.gradinground.propose_anew").count() == 1


def test_who_moved_up_gets_the_level_with_the_others():
    of, rows = announced()
    dropped(rows[1])
    moved = up(rows[2])
    confirming.propose_confirmation(of.pk, **note(make.user(), LATER))
    confirming.confirm_round(of.pk, **note(make.user(), LATER))
    assert states(rows) == ["confirmed", "no_level", "confirmed", "no_level"]
    rests_on = moved.decisions.get(kind="outcome").content["rests_on"]
    assert rests_on["notice"] == moved.notice_id
    assert rows[2].mediator.grades.get().code == "l4"


def test_the_supplementary_notice_is_not_withdrawn():
    _of, rows = announced()
    dropped(rows[1])
    moved = up(rows[2])
    with pytest.raises(Refused, match="A grading round rests on this notice"):
        notices.withdraw_notice(moved.notice_id, **note(make.user()))


@pytest.mark.django_db(transaction=True)
def test_of_several_who_come_at_once_one_moves_somebody_up():
    _of, rows = announced()
    dropped(rows[1])
    officers = [make.user() for _n in range(6)]
    acts = [lambda by=by: up(rows[2], by=by) for by in officers]
    assert at_once(*acts) == ["done", *["refused"] * 5]
    assert states(rows).count("in_notice") == 2
    assert ledger.faults() == []


# --- The desk -----------------------------------------------------------------------------------


def page_of_the_act(client, row):
    return client.get(url("grading_applications", "act", row.pk, "move_up"))


def test_the_desk_shows_the_notice_and_the_level_leads_there(client, at_desk):
    at_desk(password_shown=True)
    of, rows = announced()
    dropped(rows[1])
    level = client.get(url("grading_levels", "inspect", of.levels.get().pk))
    ways = {label: address for label, address, *_more in level.context["buttons"]}
    address = ways[f"Move up from the reserve: {rows[2].mediator.name}"]
    assert address == url("grading_applications", "act", rows[2].pk, "move_up")

    shown = page_of_the_act(client, rows[2])
    title, _body = supplement(Application.objects.with_all().get(pk=rows[2].pk))
    assert (shown.status_code, shown.context["notice_title"]) == (200, title)
    name = rows[2].mediator.name
    assert list(shown.context["consequences"]) == [
        f"{name} is proposed for “四级人民调解员” and put on a notice of the full term.",
        "The round is confirmed only after this notice, by two officers.",
        "The rule names no reserve: the order of the ranking is taken.",
    ]


def test_the_page_of_the_round_names_the_supplementary_notice(client, county):
    of, rows = announced()
    dropped(rows[1])

    def further():
        page = client.get(url("grading_rounds", "inspect", of.pk))
        [section] = [one for one in page.context["sections"] if one.name == "round"]
        return dict(section.facts).get("Supplementary notices")

    assert further() is None
    moved = up(rows[2])
    assert further() == str(moved.notice)


def test_no_way_leads_anywhere_before_a_place_is_free(client, at_desk):
    at_desk(password_shown=True)
    of, rows = announced()
    level = client.get(url("grading_levels", "inspect", of.levels.get().pk))
    assert not any("Move up" in label for label, *_more in level.context["buttons"])
    assert list(page_of_the_act(client, rows[2]).context["refusals"]) == [FREE]


def test_of_another_county_nobody_is_moved_up(client, at_desk):
    _of, rows = announced()
    dropped(rows[1])
    for role, place in (("county_bureau", "330682"), ("justice_office", "330681001")):
        at_desk(make.officer(role, make.division(place)), password_shown=True)
        assert page_of_the_act(client, rows[2]).status_code == 404
        address = url("grading_applications", "act", rows[2].pk, "move_up")
        assert client.post(address, sent()).status_code == 404
    assert states(rows)[2] == "no_level"
