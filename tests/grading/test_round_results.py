"""The acts of results as the desks show them: what is offered, and what is said beforehand."""

from types import SimpleNamespace

import pytest
from django.template.loader import get_template
from django.utils import timezone, translation

from grading.actions import announcing
from grading.flows import ROUND
from grading.forms.results import CertifyForm, ContestForm, objection_to
from grading.models import Application
from grading.notices.announcements import announcement
from grading.viewsets.round_results import (
    APPLICATION_ACTS,
    ROUND_ACTS,
    announcing_effects,
    confirming_effects,
    shown_notice,
)
from office.desk.submissions import new_key
from registry.actions import notices
from tests import make
from tests.grading import make_results, make_rounds
from tests.grading.make_results import note
from tests.registry import cases
from tests.registry.desk import url
from tests.training import make_certificates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


def act(name):
    return next(one for one in (*ROUND_ACTS, *APPLICATION_ACTS) if one.name == name)


@pytest.mark.parametrize("name", ["confirm", "close_empty"])
def test_what_is_final_asks_for_the_password(name):
    assert act(name).sensitive is True


@pytest.mark.parametrize("one", [*ROUND_ACTS, *APPLICATION_ACTS], ids=lambda one: one.name)
def test_every_act_is_a_permission_of_a_bureau(one):
    officer = cases.county_officer()
    model = "gradinground" if one in ROUND_ACTS else "application"
    assert officer.has_perm(f"grading.{one.permission}_{model}")
    clerk = make.officer("clerk", make.organization())
    assert not clerk.has_perm(f"grading.{one.permission}_{model}")


def test_every_step_of_results_has_its_act():
    of_round = {"announce", "confirm", "close_empty"} & ROUND.steps.keys()
    of_application = {
        "object", "keep", "drop", "move_up", "propose_above", "grant_above", "refuse_above",
    }  # fmt: skip
    assert of_round | {"propose", "certify"} == {one.name for one in ROUND_ACTS}
    assert of_application == {one.name for one in APPLICATION_ACTS}


def test_how_many_get_which_level_is_said_beforehand():
    of = make_results.ranked(2, losers=1)
    said = announcing_effects(of, None)
    assert said[:2] == ["三级人民调解员: 0 persons.", "四级人民调解员: 2 persons."]
    of = make_results.announced(1, losers=1)
    said = confirming_effects(of, None)
    assert said[1:3] == [
        "四级人民调解员: 1 person.", "1 person gets no level; this is recorded.",
    ]  # fmt: skip


def test_the_notice_is_shown_before_it_is_published():
    of = make_results.ranked(1)
    shown = shown_notice(SimpleNamespace(record=of))
    assert make_results.people(of)[0].mediator.name in shown["notice_body"]
    assert shown["notice_title"] == f"{of.title}评定结果公示"
    assert get_template("grading/desk/announce.html")


def test_only_open_objections_to_this_notice_are_offered():
    of = make_results.announced(2)
    mine = cases.objection(to=of.notice)
    decided = cases.objection(to=of.notice)
    notices.reject_objection(decided.pk, answer="不成立。", **note())
    cases.objection(to=cases.notice())
    row = make_results.people(of)[0]

    form = ContestForm(user=cases.county_officer(), record=row)
    assert list(form.fields["objection"].queryset) == [mine]
    elsewhere = make.officer("county_bureau", make.division("330683"))
    assert list(ContestForm(user=elsewhere, record=row).fields["objection"].queryset) == []


def test_a_contest_takes_what_the_form_gives():
    of = make_results.announced(1)
    objection = cases.objection(to=of.notice)
    row = make_results.people(of)[0]
    officer = cases.county_officer()
    typed = {"submission": new_key(), "objection": objection.pk, "reason": "指向本人。"}
    form = ContestForm(typed, user=officer, record=row)
    assert form.is_valid(), form.errors
    taken = act("object").take(row.pk, by=officer, today=make.TODAY, **form.values())
    assert (taken.state, taken.objection) == ("objected", objection)


def test_whoever_decides_on_an_objection_reads_it_on_the_page_and_in_the_form(client, county):
    row, objection = make_results.objected(make_results.announced(2))
    other = make_results.people(row.grading_round, "in_notice")[0]
    page = client.get(url("grading_applications", "inspect", row.pk)).content.decode()
    assert page.count(objection.text) == 1
    form = client.get(url("grading_applications", "act", row.pk, "drop")).context["form"]
    assert form.fields["answer"].help_text == (
        f"Objection No. {objection.pk}: {objection.text}"
        " The objector reads it with the receipt code."
    )
    page = client.get(url("grading_applications", "inspect", other.pk)).content.decode()
    assert objection.text not in page
    elsewhere = make.officer("county_bureau", make.division("330683"))
    assert objection_to(row, county) == objection
    assert objection_to(row, elsewhere) is None
    assert objection_to(other, county) is None


def test_whoever_was_dropped_is_not_offered_to_move_up():
    of = make_results.announced(1, losers=1)
    row, _objection = make_results.objected(of)
    dropped = announcing.drop_proposal(row.pk, answer="成立。", **note(make.user()))
    assert dropped.state == "no_level"
    assert not act("move_up").offered(dropped)
    waiting = of.applications.exclude(pk=dropped.pk).get()
    assert act("move_up").offered(waiting)
    waiting.grading_round.state = "confirmed"
    assert not act("move_up").offered(waiting)


def test_only_kinds_of_levels_are_offered():
    of = make_results.confirmed(1)
    level = make_certificates.kind("level", name="等级证书")
    make_certificates.kind("training")
    form = CertifyForm(user=cases.county_officer(), record=of)
    assert list(form.fields["kind"].queryset) == [level]
    assert set(form.fields["level"].queryset) == set(of.levels.all())


def test_a_kind_of_another_place_or_of_later_is_not_offered():
    of = make_results.confirmed(1)
    elsewhere = make.division("330682")
    make_certificates.kind("level", code="own", division=elsewhere)
    make_certificates.kind("level", code="later", from_on=timezone.localdate() + 2 * make.DAY)
    form = CertifyForm(user=cases.county_officer(), record=of)
    assert not form.fields["kind"].queryset.exists()

    said = act("certify").refusals(of, timezone.localdate())
    assert said == [
        "No certificate of a level is issued here yet: set one up under “Kinds of certificates”."
    ]
    kind = make_certificates.kind("level", code="ours", division=of.division)
    assert list(form.fields["kind"].queryset.all()) == [kind]
    assert act("certify").refusals(of, timezone.localdate()) == []


def test_a_notice_does_not_say_grading_twice():
    of = make_results.ranked(1)
    of.title = "2026年人民调解员等级评定"
    assert announcement(of, [])[0] == "2026年人民调解员等级评定结果公示"
    of.title = "2026年第二批"
    assert announcement(of, [])[0] == "2026年第二批评定结果公示"


def test_whoever_joins_the_level_of_an_application_leaves_its_award_out():
    row = make_rounds.application("submitted")
    for rows in (Application.objects.with_all(), Application.objects.select_related("round_level")):
        found = rows.get(pk=row.pk)
        assert found.round_level.get_deferred_fields() == {"award"}
        assert found.round_level.award == {}
