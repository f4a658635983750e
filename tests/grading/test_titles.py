"""Titles stand beside the level: a whole round of them, what it leaves alone, where they show."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from grading.actions import (
    announcing,
    certifying,
    confirming,
    deciding,
    entering,
    giving,
    reviewing,
    rounds,
    taking_away,
)
from grading.flows import ApplicationState
from grading.models import Application, Decision, Grade, GradingRound
from grading.reports import provenance
from grading.reports.level_list import LevelList
from grading.reports.own_levels import level_lines
from office import ledger
from office.flow import Refused
from office.roles import Role
from registry.models import Level, LevelHolding
from registry.questions import titles_of
from registry.rules import years_later
from registry.search.upkeep import rebuild
from tests import make
from tests.grading import make_bodies, make_grading, make_results, make_rounds
from tests.grading.make_results import AFTER, note
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.desk import url

pytestmark = pytest.mark.django_db
S = ApplicationState
REASON = "县局会议决定。"
TWO_YEARS_ON = years_later(AFTER, 2)


@pytest.fixture(autouse=True)
def _english(client):
    translation.activate("en")
    client.cookies["django_language"] = "en"
    cases.load_rules()


def proposed(*people, code="gold", of=None, **fields):
    """A round of titles on notice whose confirmation was proposed, its term over."""
    of = of or make_bodies.titles_round("ranking", **fields)
    for place, person in enumerate(people or [make_rounds.person()]):
        make_rounds.application("proposed", of=of, code=code, mediator=person, place=place + 1)
    announcing.announce_round(of.pk, **note(make.user()))
    return confirming.propose_confirmation(of.pk, **note(today=AFTER))


def confirmed(*people, **given):
    of = proposed(*people, **given)
    return confirming.confirm_round(of.pk, **note(today=AFTER))


def a_title(person=None, code="gold", state="held", **fields):
    """A title given, of a rule set of its own unless one is named."""
    version = fields.pop("version", None) or make_grading.version(
        "active", content=make_bodies.titles_rule()
    )
    if state in ("lowering", "revoking"):
        fields.setdefault("ground", "依据")
        fields.setdefault("proposed_by", make.user())
        fields.setdefault("proposed_on", TODAY - 20 * DAY)
        fields.setdefault("answer_by", TODAY - 5 * DAY)
    fields.setdefault("from_on", TODAY - 200 * DAY)
    label = version.rules.level(code).label
    return make.saved(
        Grade(
            mediator=person or make_rounds.person(), version=version, title_of=version.scheme,
            code=code, label=label, state=state, **fields,
        )
    )  # fmt: skip


def test_a_round_is_set_up_without_any_level_of_the_register():
    Level.objects.all().delete()
    content, city = make_bodies.titles_rule(), make.division("3306")
    version = make_grading.version("active", content=content, division=city)
    assert version.blockers() == []
    made = rounds.add_round(
        division=make.division("330681"), version=version, as_of=TODAY, levels=["gold"],
        by=cases.county_officer(), today=TODAY, reason=REASON, title="金牌调解员评选",
    )  # fmt: skip
    assert [(one.label, one.level, one.stars) for one in made.levels.all()] == [
        ("金牌调解员", None, None)
    ]


def test_a_whole_round_from_the_mediator_to_the_title():
    of = make_bodies.titles_round()
    someone = make_rounds.person(user=make.user())
    level_before = make_rounds.grade(someone, code="l3")
    given = {"by": someone.user, "today": TODAY}
    row = entering.begin_application(someone, of.levels.get(code="gold"), **given)
    entering.sign_declaration(row.pk, **given)
    row = entering.submit_application(row.pk, **given)
    assert (row.state, row.result) == (S.SUBMITTED, "pass")
    GradingRound.objects.filter(pk=of.pk).update(state="reviewing")
    reviewing.pass_first(row.pk, by=cases.county_officer(), today=TODAY, reason=REASON)
    deciding.find_eligible(row.pk, by=cases.county_officer(), today=TODAY, reason=REASON)
    Application.objects.filter(pk=row.pk).update(state=S.PROPOSED, place=1)
    GradingRound.objects.filter(pk=of.pk).update(state="ranking")
    announced = announcing.announce_round(of.pk, **note(make.user()))
    assert "拟授予下列人民调解员称号" in announced.notice.body
    assert (
        f"\n金牌调解员（1人）\n{someone.name}　{row.organization.name}\n" in announced.notice.body
    )
    confirming.propose_confirmation(of.pk, **note(today=AFTER))
    confirming.confirm_round(of.pk, **note(today=AFTER))

    won = Application.objects.get(pk=row.pk).grade
    assert (won.label, won.title_of, won.holding) == ("金牌调解员", of.version.scheme, None)
    assert (won.from_on, won.until_on, won.recheck_on) == (
        AFTER, TWO_YEARS_ON, years_later(AFTER, 1),
    )  # fmt: skip
    level_before.refresh_from_db()
    assert (level_before.state, level_before.ended_on) == ("held", None)
    holding = LevelHolding.objects.get()
    assert (holding, holding.until_on) == (level_before.holding, None)
    assert list(provenance.faults()) == []


def test_several_titles_are_held_side_by_side():
    someone = make_rounds.person()
    confirmed(someone, content=make_bodies.titles_rule("ONE"))
    confirmed(someone, content=make_bodies.titles_rule("TWO"))
    held = Grade.objects.titles().standing().filter(mediator=someone)
    assert held.count() == 2
    assert Grade.objects.levels().count() == 0


def test_a_title_of_the_same_rule_set_follows_and_a_higher_one_is_kept():
    someone, other = make_rounds.person(), make_rounds.person()
    of = make_bodies.titles_round("ranking")
    silver = a_title(someone, "silver", version=of.version)
    gold = a_title(other, "gold", version=of.version)
    make_rounds.application("proposed", of=of, code="silver", mediator=other, place=1)
    of = proposed(someone, of=of)
    confirming.confirm_round(of.pk, **note(today=AFTER))
    silver.refresh_from_db(), gold.refresh_from_db()
    assert (silver.state, silver.ended_on, gold.state) == ("followed", AFTER, "held")
    assert Grade.objects.standing().get(mediator=someone).code == "gold"
    assert Grade.objects.get(mediator=other) == gold
    kept = Decision.objects.get(application__mediator=other)
    assert kept.content["rests_on"]["higher_level_kept"] == "金牌调解员"
    assert list(provenance.faults()) == []


def test_a_title_that_ran_out_is_not_kept_against_a_lower_one():
    someone, of = make_rounds.person(), make_bodies.titles_round("ranking")
    gold = a_title(someone, "gold", version=of.version, until_on=TODAY)
    of = proposed(someone, of=of, code="silver")
    confirming.confirm_round(of.pk, **note(today=AFTER))
    gold.refresh_from_db()
    assert gold.state == "followed"
    assert Grade.objects.standing().get(mediator=someone).code == "silver"


def test_a_title_does_not_stand_in_the_way_of_a_level():
    someone = make_rounds.person()
    title = a_title(someone, until_on=None)
    of = make_results.ranked(0)
    make_rounds.application("proposed", of=of, mediator=someone, place=1)
    announcing.announce_round(of.pk, **note(make.user()))
    confirming.propose_confirmation(of.pk, **note(today=AFTER))
    confirming.confirm_round(of.pk, **note(today=AFTER))
    title.refresh_from_db()
    assert title.state == "held"
    assert Grade.objects.levels().standing().get(mediator=someone).code == "l4"


def test_what_bars_from_a_title_does_not_bar_from_a_level():
    someone = make_rounds.person()
    of = make_bodies.titles_round()
    lost = a_title(someone, version=of.version, bar_until_on=TODAY + 90 * DAY)
    Grade.objects.filter(pk=lost.pk).update(
        state="revoked",
        ground="依据",
        proposed_by=make.user(),
        ended_by=make.user(),
        ended_on=TODAY,
    )
    others = make_bodies.titles_round(content=make_bodies.titles_rule("TWO"))
    rows = [
        make_rounds.application("draft", of=of, code="gold", mediator=someone),
        make_rounds.application("draft", of=others, code="gold", mediator=someone),
        make_rounds.application("draft", of=make_rounds.grading_round("open"), mediator=someone),
    ]
    barred = [
        "After a level was taken away" in str(row.flow.refusals(row, "submit", TODAY))
        for row in rows
    ]
    assert barred == [True, False, False]


@pytest.mark.parametrize(("act", "state"), [("revoke", "revoking"), ("lower", "lowering")])
def test_taking_a_title_away_leaves_the_level_alone(act, state):
    someone = make_rounds.person()
    level = make_rounds.grade(someone)
    title = a_title(someone, state=state, lowered_to="silver" if act == "lower" else "")
    take = {"revoke": taking_away.revoke_grade, "lower": taking_away.lower_grade}[act]
    take(title.pk, **note())
    title.refresh_from_db(), level.refresh_from_db()
    assert title.ended_on == TODAY
    assert (level.state, level.holding.until_on) == ("held", None)
    assert LevelHolding.objects.get() == level.holding
    standing = Grade.objects.titles().standing()
    assert [(one.code, one.title_of) for one in standing] == (
        [("silver", title.title_of)] if act == "lower" else []
    )


def test_a_title_of_a_rule_set_is_held_once():
    title = a_title()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_title(title.mediator, "silver", version=title.version)
    a_title(title.mediator)


def test_a_crash_half_way_gives_no_title(monkeypatch):
    of = proposed(make_rounds.person(), make_rounds.person())

    def fall_over(*args, **kwargs):
        raise RuntimeError("The power is gone.")

    given, head = note(today=AFTER), ledger.head()
    monkeypatch.setattr(giving, "_tell", fall_over)
    with pytest.raises(RuntimeError):
        confirming.confirm_round(of.pk, **given)
    assert (Grade.objects.count(), Decision.objects.count()) == (0, 0)
    assert {row.state for row in of.applications.all()} == {S.IN_NOTICE}
    assert ledger.head() == head


def test_a_title_that_was_not_given_is_found():
    of = confirmed()
    Grade.objects.update(code="silver")
    row = of.applications.get()
    assert list(provenance.faults()) == [f"application {row.pk}: the title decided was not given"]


def test_titles_show_on_the_public_pages(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    holder, over = make_rounds.person(), make_rounds.person()
    make.level_holding(over)
    a_title(holder, until_on=TODAY + DAY), a_title(over, until_on=TODAY)
    rebuild(today=TODAY)

    held = LevelList({}, TODAY)
    assert (held.titles, held.total) == ({"金牌调解员": 1}, 1)
    page = client.get("/levels/?title=金牌调解员")
    assert [(row.mediator_id, row.titles) for row, _level in page.context["names"]] == [
        (holder.pk, ["金牌调解员"])
    ]
    page = client.get("/levels/")
    assert [(row.mediator_id, row.titles) for row, _level in page.context["names"]] == [
        (over.pk, [])
    ]
    own = client.get(f"/mediators/{holder.public_id}/")
    told = {str(fact["term"]): str(fact["value"]) for fact in own.context["facts"]}
    assert told["Titles"].startswith("金牌调解员, held from ")
    other = client.get(f"/mediators/{over.public_id}/")
    assert "Titles" not in [str(fact["term"]) for fact in other.context["facts"]]
    assert titles_of([holder.pk, over.pk], TODAY) == {
        holder.pk: [("金牌调解员", TODAY - 200 * DAY, TODAY + DAY)]
    }


def test_names_with_titles_cost_no_query_each(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")

    def add(number):
        for _n in range(number):
            someone = make_rounds.person()
            make.level_holding(someone)
            a_title(someone)
        rebuild(today=TODAY)

    add(1)
    with CaptureQueriesContext(connection) as for_one:
        client.get("/levels/")
    add(4)
    with CaptureQueriesContext(connection) as for_five:
        client.get("/levels/?page=1")
    assert len(for_five) <= len(for_one)


def test_titles_on_the_desk_and_the_own_page(client, at_desk):
    officer = make.officer(Role.COUNTY_BUREAU, make.division("330681"))
    someone = make_rounds.person(user=make.user())
    title, level = a_title(someone), make_rounds.grade(someone)
    at_desk(officer)
    listed = client.get(url("grading_levels_given", "index") + "?kind=title")
    assert [row.pk for row, *_rest in listed.context["listed"]] == [title.pk]
    listed = client.get(url("grading_levels_given", "index") + "?kind=level")
    assert [row.pk for row, *_rest in listed.context["listed"]] == [level.pk]
    stranger = make.officer(Role.COUNTY_BUREAU, make.division("330682"))
    at_desk(stranger)
    assert client.get(url("grading_levels_given", "inspect", title.pk)).status_code == 404
    assert sorted(str(one.label) for one in level_lines(someone.user, TODAY)) == [
        "My level", "My title",
    ]  # fmt: skip
    at_desk(someone.user)
    assert client.get(f"/my/grading/levels/{title.pk}/").context["heading"] == "My title"


def test_certificates_follow_a_title():
    of = confirmed()
    kind, level = type("Kind", (), {"category": "course"})(), of.levels.get(code="gold")
    with pytest.raises(Refused, match="Choose a certificate of a level"):
        certifying.prepare_certificates(of.pk, level=level, kind=kind, **note(today=AFTER))
