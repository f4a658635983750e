"""Why an outcome is what it is: for the person alone, rule by rule, without any reader's name."""

import re

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from grading.actions import announcing
from grading.actions.judging import take_evidence
from grading.models import Application, GradingRound
from grading.notices.statements import statement_paper
from grading.reports.statements import is_told, remedies_of, statement_of
from grading.viewsets.statements import ReasonsView
from office.desk.viewset import DeskViewSet
from office.papers import Rows
from tests import make
from tests.grading import make_results, make_rounds
from tests.grading.make_results import note
from tests.make import TODAY

pytestmark = pytest.mark.django_db
MORNING = f"{TODAY}T09:00:00+08:00"


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


def on_notice(user=None, **fields):
    """A person on notice with evidence, two readings and a ruling."""
    of = make_results.ranked(0, losers=1)
    person = make_rounds.person(user=user or make.user())
    row = make_rounds.application(
        "proposed", of=of, mediator=person, score="81.50", raw_score="80.00", place=1, **fields
    )
    take_evidence(Application.objects.with_all().filter(pk=row.pk), today=TODAY)
    readers = [make.user(name=f"读者{name}") for name in ("甲", "乙")]
    panel = make_rounds.panel(of, state="revealed", members=readers)
    first = {"skill": "30", "law": "20", "conduct": "20"}
    second = {"skill": "35", "law": "21", "conduct": "20"}
    for reader, scores in zip(readers, (first, second), strict=True):
        make_rounds.reading(panel, row, reader, "submitted", scores=scores)
    announcing.announce_round(of.pk, **note(make.user()))
    return Application.objects.with_all().get(pk=row.pk)


def ruled(row):
    row.rulings.create(
        path="req.l4.all[1].cmp", clause="第六条", was="fail", result="pass", reason="核实卷宗。",
        by=make.user(), on=TODAY, confirmed_by=make.user(), confirmed_on=TODAY,
    )  # fmt: skip


def test_every_condition_is_told_with_what_was_found():
    statement = statement_of(on_notice())
    assert statement.result
    assert len(statement.lines) >= 6
    assert all(line.words and line.answer for line in statement.lines)


def test_conditions_are_told_with_their_clause_and_without_names_of_the_file():
    row = on_notice()
    lines = statement_of(row).lines
    assert {line.clause for line in lines} >= {"第六条第一项", "第六条第二项"}
    assert not [line for line in lines if re.search("〔[a-zA-Z_0-9]+〕", line.words)]
    assert not [line for line in lines if line.clause and line.clause in line.condition]
    paper = statement_paper(statement_of(row), issuer="县局", dated_on=TODAY)
    rows = next(one for one in paper.body if isinstance(one, Rows))
    assert [cells[1] for cells in rows.rows] == [line.clause or "—" for line in lines]


def test_a_ruling_is_told_with_its_reason():
    row = on_notice()
    ruled(row)
    ((condition, was, result, reason),) = statement_of(row).rulings
    assert (was, str(result), reason) == ("not fulfilled", "fulfilled", "核实卷宗。 第六条")
    assert condition


def test_a_ruling_that_waits_for_a_second_officer_is_not_told():
    row = on_notice()
    row.rulings.create(
        path="req.l4.all[1].cmp", was="fail", result="pass", reason="x", by=make.user(), on=TODAY
    )
    assert statement_of(row).rulings == []


def test_scores_are_means_and_no_reader_is_named():
    row = on_notice()
    scores = {label: str(mean) for label, mean, _most in statement_of(row).scores}
    assert scores == {"调解能力": "32.50", "法律和政策知识": "20.50", "职业操守": "20.00"}
    assert "读者" not in str(statement_of(row))


def test_scores_of_a_panel_that_still_reads_are_not_told():
    row = on_notice()
    row.round_level.refresh_from_db()
    type(row.round_level.panel).objects.update(state="sitting")
    again = Application.objects.with_all().get(pk=row.pk)
    assert statement_of(again).scores == []


def test_place_places_and_cut_are_told():
    row = on_notice()
    told = {label: str(value) for label, value in statement_of(row).ranking}
    assert told == {
        "Score": "81.50", "Score as given": "80.00", "Rank": "1", "Levels given": "1",
        "Score of the last who got the level": "81.50",
    }  # fmt: skip


def test_an_objection_and_its_answer_are_told_but_not_who_objected():
    of = make_results.announced(2)
    row, objection = make_results.objected(of)
    announcing.drop_proposal(row.pk, answer="经核实成立。", **note())
    row = Application.objects.with_all().get(pk=row.pk)
    ((day, told, reason, _digest),) = statement_of(row).decisions
    assert (day, reason) == (TODAY.isoformat(), "经核实成立。")
    assert told == "decision on an objection：no level"
    assert objection.text not in str(statement_of(row))


def test_remedies_follow_the_rule():
    of = make_results.announced(1)
    sentences = remedies_of(make_results.people(of)[0])
    assert "within 10 days" in sentences[0]
    assert of.notice.ends_on.isoformat() in sentences[1]


def test_where_the_rule_sets_no_time_none_is_made_up():
    of = make_results.announced(1, content=make_results.rule(objection={"kinds": []}))
    assert "the rule sets no time for it" in remedies_of(make_results.people(of)[0])[0]


@pytest.mark.parametrize(
    ("round_state", "state", "told"),
    [
        ("reviewing", "eligible", False),
        ("reviewing", "not_eligible", True),
        ("ranking", "proposed", False),
        ("ranking", "no_level", False),
        ("notice", "no_level", True),
        ("notice", "in_notice", True),
        ("confirmed", "withdrawn", False),
        ("confirmed", "confirmed", True),
    ],
)
def test_reasons_are_told_once_the_outcome_is(round_state, state, told):
    of = make_rounds.grading_round(round_state)
    assert is_told(make_rounds.application(state, of=of)) is told


# --- The person's own page ----------------------------------------------------------------------


def page_of(row, name="my_reasons"):
    return reverse(name, args=[row.pk])


def test_the_person_reads_the_own_reasons_and_prints_them(client, time_machine):
    time_machine.move_to(MORNING)
    user = make.user()
    row = on_notice(user)
    client.force_login(user)

    page = client.get(page_of(row))
    paper = client.get(page_of(row, "my_reasons_paper"))

    assert page.status_code == 200
    assert "32.50" in page.content.decode()
    assert page["Cache-Control"].startswith("no-store, private")
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")


@pytest.mark.parametrize(("round_state", "told"), [("ranking", False), ("confirmed", True)])
def test_the_own_application_leads_to_the_reasons_once_they_are_told(client, round_state, told):
    user = make.user()
    person = make_rounds.person(user=user)
    of = make_rounds.grading_round(round_state)
    row = make_rounds.application("no_level", of=of, mediator=person)
    assert is_told(row) is told
    client.force_login(user)
    page = client.get(reverse("my_application", args=[row.pk])).content.decode()
    assert (f'href="{page_of(row)}"' in page) is told


@pytest.mark.parametrize("name", ["my_reasons", "my_reasons_paper"])
def test_other_people_find_nothing(client, time_machine, name):
    time_machine.move_to(MORNING)
    row = on_notice()
    other = make.user()
    make_rounds.person(user=other)
    for who in (other, make.user(), make.officer("county_bureau", make.division("330681"))):
        client.force_login(who)
        assert client.get(page_of(row, name)).status_code == 404


def test_before_the_outcome_is_told_there_is_no_such_page(client, time_machine):
    time_machine.move_to(MORNING)
    user = make.user()
    row = on_notice(user)
    client.force_login(user)
    Application.objects.filter(pk=row.pk).update(state="proposed")
    GradingRound.objects.filter(pk=row.grading_round_id).update(state="ranking", notice=None)
    assert client.get(page_of(row)).status_code == 404


def test_nobody_reads_it_without_signing_in(client):
    row = on_notice()
    assert client.get(page_of(row)).status_code == 302


# --- The officers' page -------------------------------------------------------------------------


class Desk(DeskViewSet):
    """Stands for the desk of applications, on which the page is wired."""

    name = "reasons_of_a_test"
    model = Application

    def url(self, view, *args):
        return "/admin/"


def at_desk_of(user, row, query=""):
    request = RequestFactory().get(f"/{query}")
    request.user = user
    return ReasonsView.as_view(desk=Desk())(request, pk=row.pk)


def test_an_officer_of_the_county_reads_and_prints_the_reasons():
    row = on_notice()
    officer = make.officer("county_bureau", make.division("330681"))
    page = at_desk_of(officer, row)
    assert page.status_code == 200
    assert "32.50" in render_to_string(page.template_name[0], page.context_data, page._request)
    assert at_desk_of(officer, row, "?paper=1").content[:4] == b"%PDF"


def test_officers_elsewhere_and_recused_ones_find_no_such_page():
    row = on_notice()
    elsewhere = make.officer("county_bureau", make.division("330683"))
    recused = make.officer("county_bureau", make.division("330681"))
    panel = row.round_level.panel
    panel.recusals.create(application=row, user=recused, grounds=["kin"], found_on=TODAY)
    for officer in (elsewhere, recused, make.user()):
        with pytest.raises(Http404):
            at_desk_of(officer, row)
