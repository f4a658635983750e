"""The desk of rankings: the table with its cut, moves by two, places given, taken back, checked."""

import pytest

from grading.actions import ranking
from grading.models import Application, RankMove, Recusal, RoundLevel
from grading.reports import ranks
from office.roles import Role
from tests import make
from tests.grading import make_grading, make_panels, make_rounds
from tests.make import TODAY
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db
DESK = "grading_levels"


def rule(number=1, tie="manual", **sheet):
    content = make_grading.document(
        selection={"quotas": [{"level": "l4", "number": number}], "tie_at_cut": tie}
    )
    return {**content, "sheet": {**content["sheet"], **sheet}}


def text(response):
    return response.content.decode()


def page(client, level):
    return client.get(url(DESK, "inspect", level.pk))


def done(client, level, name, **typed):
    response = client.post(url(DESK, "act", level.pk, name), sent(**typed))
    assert response.status_code == 302, response.context["errors"]


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, number, django_assert_num_queries
):
    for _one in range(number):
        make_panels.ranking([40], content=rule())
    client.get(url(DESK, "index"))
    with django_assert_num_queries(9):
        assert client.get(url(DESK, "index")).status_code == 200


def test_the_page_takes_as_many_queries_for_two_applicants_as_for_six(
    client, county, django_assert_num_queries
):
    few, _rows = make_panels.ranking([40, 30], content=rule())
    many, _rows = make_panels.ranking([40, 30, 29, 28, 27, 26], content=rule())
    page(client, few)
    with django_assert_num_queries(40, exact=False) as counted:
        page(client, few)
    with django_assert_num_queries(len(counted)):
        page(client, many)


def test_a_level_of_another_county_and_one_not_yet_ranked_are_not_found(client, county):
    own, _rows = make_panels.ranking([40], content=rule())
    of = make_rounds.grading_round("scoring", division=make.division("330682"), codes=["l4"])
    other, _rows = make_panels.ranking([40], of=of)
    early = make_rounds.grading_round("scoring", codes=["l4"]).levels.get()

    assert listed(client.get(url(DESK, "index"))) == [own]
    for level in (other, early):
        assert page(client, level).status_code == 404
        assert client.get(url(DESK, "act", level.pk, "award")).status_code == 404
        assert client.post(url(DESK, "act", level.pk, "award"), sent()).status_code == 404
        assert client.get(url(DESK, "history", level.pk)).status_code == 404


@pytest.mark.parametrize("role", [Role.PANEL, Role.JUSTICE_OFFICE])
def test_who_holds_no_bureau_post_finds_no_ranking(client, at_desk, role):
    level, _rows = make_panels.ranking([40], content=rule())
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(url(DESK, "index")).status_code == 404
    assert page(client, level).status_code == 404


def test_an_auditor_reads_and_gives_nothing(client, at_desk):
    level, _rows = make_panels.ranking([40], content=rule())
    at_desk(make.officer(Role.AUDITOR, make.division("330681")))

    assert page(client, level).status_code == 200
    assert client.get(url(DESK, "act", level.pk, "award")).status_code == 404
    assert url(DESK, "act", level.pk, "award") not in text(page(client, level))


def test_an_officer_recused_from_one_applicant_finds_the_ranking_nowhere(client, county):
    level, rows = make_panels.ranking([40, 30], content=rule())
    Recusal.objects.create(
        panel=level.panel, application=rows[1], user=county, grounds=["kin"], found_on=TODAY
    )

    assert listed(client.get(url(DESK, "index"))) == []
    assert page(client, level).status_code == 404
    assert client.get(url(DESK, "act", level.pk, "award")).status_code == 404


def test_the_table_shows_ranks_the_cut_the_quota_and_what_is_not_counted(client, county):
    level, rows = make_panels.ranking([40, 30, 10], content=rule())
    table = page(client, level).context["sections"][0].context["table"]

    assert [(line.rank, line.name, line.outcome, line.cut) for line in table.lines] == [
        (1, rows[0].mediator.name, "gets a place", True),
        (2, rows[1].mediator.name, "no place", False),
        (3, rows[2].mediator.name, "below the pass mark", False),
    ]
    assert (table.chosen, table.places, table.not_counted) == (1, 1, ("表彰奖励",))
    shown = text(page(client, level))
    assert "1 of 1 places" in shown
    assert shown.count("Cut: the places end here") == 1


def test_a_rule_without_bands_tells_in_words_who_passed(client, county):
    content = rule(**{"pass": 60})
    del content["sheet"]["bands"]
    level, _rows = make_panels.ranking([40, 10], content=content)
    table = page(client, level).context["sections"][0].context["table"]

    assert [line.band for line in table.lines] == ["passed", "not passed"]


def test_places_are_given_checked_anew_and_taken_back(client, county):
    level, rows = make_panels.ranking([40, 30], content=rule())
    asked = text(client.get(url(DESK, "act", level.pk, "award")))
    assert "1 applicants are proposed for the level" in asked
    done(client, level, "award")

    assert Application.objects.get(pk=rows[0].pk).state == "proposed"
    shown = text(page(client, level))
    assert "Worked out anew from the stored sheets, the places are the same." in shown
    barred = client.post(url(DESK, "act", level.pk, "award"), sent())
    assert barred.status_code == 422
    assert client.post(url(DESK, "act", level.pk, "undo_award"), sent(reason="")).status_code == 422
    done(client, level, "undo_award")
    assert Application.objects.get(pk=rows[0].pk).state == "eligible"


def test_a_form_sent_twice_gives_the_places_once(client, county):
    level, _rows = make_panels.ranking([40], content=rule())
    form = sent()
    where = url(DESK, "act", level.pk, "award")

    assert [client.post(where, form).status_code for _time in range(2)] == [302, 302]
    assert RoundLevel.objects.get(pk=level.pk).awarded_by == county


def test_a_move_is_proposed_by_one_and_confirmed_by_another(client, county, at_desk):
    level, rows = make_panels.ranking([40, 30], content=rule())
    done(client, level, "move", application=rows[1].pk, place=1)
    move = RankMove.objects.get()
    assert "waits for a second officer" in text(page(client, level))
    own = client.post(url(DESK, "act", level.pk, "confirm_move"), sent(move=move.pk))
    assert own.status_code == 422

    second = at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681"), name="第二人"))
    done(client, level, "confirm_move", move=move.pk)
    shown = text(page(client, level))
    assert f"proposed by {county.get_full_name()}" in shown
    assert f"confirmed by {second.get_full_name()}" in shown
    assert "moved by hand, computed 2" in shown
    # What two officers made is not undone by one.
    alone = client.post(url(DESK, "act", level.pk, "drop_move"), sent(move=move.pk))
    assert alone.status_code == 422
    assert "taken back" not in text(page(client, level))


def test_equals_at_the_cut_are_marked_and_put_in_order_by_two(client, county, at_desk):
    level, rows = make_panels.ranking([30, 30], content=rule(tie_break=[]))
    table = page(client, level).context["sections"][0].context["table"]
    assert [(line.outcome, line.is_tied) for line in table.lines] == [
        ("equal at the cut", True)
    ] * 2
    assert "two officers decide" in text(client.get(url(DESK, "act", level.pk, "award")))

    twice = {f"place_{row.pk}": 1 for row in rows}
    response = client.post(url(DESK, "act", level.pk, "order"), sent(**twice))
    assert response.status_code == 422
    order = {f"place_{rows[0].pk}": 2, f"place_{rows[1].pk}": 1}
    done(client, level, "order", **order)
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    done(client, level, "confirm_move", move=RankMove.objects.first().pk)
    done(client, level, "award")

    assert Application.objects.get(place=1) == rows[1]


def outcomes(client, level):
    table = page(client, level).context["sections"][0].context["table"]
    return [(line.standing.application.pk, line.outcome, line.cut) for line in table.lines]


def test_as_long_as_a_tie_is_open_nobody_is_said_to_have_no_place(client, county, at_desk):
    level, rows = make_panels.ranking([40, 30, 30, 25, 10], content=rule(2, tie_break=[]))
    best, one, two, below, failed = (row.pk for row in rows)
    assert outcomes(client, level) == [
        (best, "gets a place however the tie is settled", False),
        (one, "equal at the cut", False),
        (two, "equal at the cut", False),
        (below, "not settled yet", False),
        (failed, "below the pass mark", False),
    ]
    asked = client.get(url(DESK, "act", level.pk, "order"))
    assert "1 of these 2 equals get a place" in text(asked)
    told = [
        field.help_text for name, field in asked.context["form"].fields.items() if "place" in name
    ]
    assert told == ["Score: 70.00"] * 2

    done(client, level, "order", **{f"place_{one}": 2, f"place_{two}": 1})
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    asked = text(client.get(url(DESK, "act", level.pk, "confirm_move")))
    names = "、".join(rows[at].mediator.name for at in (2, 1))
    assert f"In this order: {names}." in asked
    assert f"Proposed by {county.get_full_name()}: " in asked
    done(client, level, "confirm_move", move=RankMove.objects.first().pk)
    # The equals stand as they were ordered, and the cut below the last who has a place.
    assert outcomes(client, level) == [
        (best, "gets a place", False),
        (two, "gets a place", True),
        (one, "no place", False),
        (below, "no place", False),
        (failed, "below the pass mark", False),
    ]


def test_the_page_tells_who_was_dropped_and_who_moved_up_after_the_places_were_given(
    client, county
):
    content = rule(1)
    content["selection"]["reserve"] = 1
    level, rows = make_panels.ranking([40, 30], content=content)
    done(client, level, "award")
    Application.objects.filter(pk=rows[0].pk).update(state="no_level")
    Application.objects.filter(pk=rows[1].pk).update(state="in_notice")
    assert outcomes(client, level) == [
        (rows[0].pk, "dropped after an objection", True),
        (rows[1].pk, "moved up from the reserve", False),
    ]


def test_who_left_the_minimum_of_places_aside_is_told_only_where_somebody_did(client, county):
    level, _rows = make_panels.ranking([40], content=rule())
    [data] = [one for one in page(client, level).context["sections"] if one.name == "data"]
    assert [label for label, _value in data.facts] == [
        "Round", "Level", "Panel", "Seed of the lot", "Places given by", "Places given on",
    ]  # fmt: skip


def test_the_form_of_a_move_asks_for_a_place_in_the_ranking(client, county):
    level, _rows = make_panels.ranking([40, 30], content=rule())
    form = client.get(url(DESK, "act", level.pk, "move")).context["form"]
    assert form.fields["place"].label == "To which place"


def test_without_equals_at_the_cut_no_order_is_asked_for(client, county):
    level, _rows = make_panels.ranking([40, 30], content=rule())
    barred = text(client.get(url(DESK, "act", level.pk, "order")))

    assert "No tie at the cut is to be decided." in barred


def test_calibrated_scores_stand_beside_those_given_only_where_asked_for(client, county):
    level, rows = make_panels.ranking([(40, 36), (30, 26)], content=rule(), calibration_minimum=2)
    table = page(client, level).context["sections"][0].context["table"]
    assert table.is_calibrated
    assert [(one.standing.raw, one.standing.given) for one in table.lines] == [(78, 78), (68, 68)]

    level.panel.calibration_minimum = 3
    level.panel.save()
    shown = text(page(client, level))
    assert shown.count("Not calibrated: 2 readings shared with others, 3 needed.") == len(rows)
    level.panel.calibration_minimum = None
    level.panel.save()
    assert not page(client, level).context["sections"][0].context["table"].is_calibrated


def test_the_form_of_an_order_works_the_ranking_out_once(client, county, monkeypatch):
    level, _rows = make_panels.ranking([40, 40], content=rule(tie_break=[]))
    real, calls = ranking.ranking_of, []
    monkeypatch.setattr(ranking, "ranking_of", lambda *args: calls.append(1) or real(*args))
    shown = client.get(url(DESK, "act", level.pk, "order"))
    assert len([name for name in shown.context["form"].fields if "place_" in name]) == 2
    assert len(calls) == 1


@pytest.mark.parametrize(("number", "on_page"), [("1", 2), ("2", 2), ("3", 1)])
def test_a_long_ranking_is_read_page_by_page_with_a_way_to_the_cut(
    client, county, monkeypatch, number, on_page
):
    monkeypatch.setattr(ranks, "LINES", 2)
    level, _rows = make_panels.ranking([40, 35, 30, 25, 20], content=rule(3))
    shown = client.get(url(DESK, "inspect", level.pk), {"p": number})
    [section] = [one for one in shown.context["sections"] if one.name == "ranking"]
    assert len(section.context["page_obj"]) == on_page
    assert section.context["cut_page"] == 2
    assert ("To the cut" in text(shown)) is (number != "2")
    assert ("Cut: the places end here" in text(shown)) is (number == "2")
