"""The first review: who may, returning once, answers that take the place of others, passing on."""

import pytest
from django.contrib.auth.models import AnonymousUser

from grading.actions import reviewing
from grading.actions.acting import may_take, office_for
from grading.models import Application
from office.clocks import Calendar
from office.flow import Refused
from office.models import CalendarYear, LedgerEntry
from office.roles import Role
from tests import make
from tests.grading import make_reviews, make_rounds
from tests.grading.make_reviews import GIVEN, QUESTION, now
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def calendar():
    for year in (2026, 2027):
        fields = {"document": "test", "issued_on": TODAY, "loaded_at": make.moment()}
        CalendarYear.objects.get_or_create(year=year, defaults=fields)
    return Calendar.load()


def refused(act, *args, **given):
    with pytest.raises(Refused) as refusal:
        act(*args, **{**GIVEN, **given})
    return refusal.value.messages


ACTS = {
    "send_back": ("submitted", reviewing.send_back, {}),
    "take_up": ("returned", reviewing.take_up, {}),
    "pass_first": ("submitted", reviewing.pass_first, {}),
    "answer": ("submitted", reviewing.answer_question, {"name": QUESTION, "answer": True}),
    "ask_for_evidence": ("first_reviewed", reviewing.ask_for_evidence, {}),
}


@pytest.mark.parametrize("name", ACTS)
def test_officers_of_another_body_or_place_are_refused(name):
    state, act, more = ACTS[name]
    answer = True if name == "pass_first" else None
    made = make_reviews.application(state, answer=answer)
    right, wrong = make_reviews.bureau(), make_reviews.office()
    if name != "ask_for_evidence":
        right, wrong = wrong, right
    strangers = [
        wrong,
        make_reviews.bureau("330682"),
        make_reviews.office("330681102"),
        make.officer(Role.AUDITOR, make.division("330681")),
        make.officer(Role.CLERK, made.organization),
    ]
    for officer in strangers:
        said = refused(act, made.pk, by=officer, **more)
        assert [one.split(":")[0] for one in said] == ["By the rule this is done by"]
        assert not may_take(officer, made, name)
    assert now(made).state == state
    assert not made.answers.filter(by__in=strangers).exists()
    assert may_take(right, made, name)
    assert not may_take(AnonymousUser(), made, name)


def test_what_lies_in_no_township_is_reviewed_by_the_bureau_of_the_round():
    made = make_reviews.application(place="330681", answer=True)
    assert office_for(made, "justice_office") == (Role.COUNTY_BUREAU, make.division("330681"))
    refused(reviewing.pass_first, made.pk, by=make_reviews.office())
    reviewing.pass_first(made.pk, by=make_reviews.bureau(), **GIVEN)
    assert now(made).state == "first_reviewed"


def test_bodies_without_officers_act_through_the_bureau_of_the_round():
    made = make_reviews.application(first_body="association", answer=True)
    assert office_for(made, "association") == (Role.COUNTY_BUREAU, make.division("330681"))
    city = make_rounds.grading_round("reviewing", division=make.division("3306"))
    above = make_rounds.application(of=city, code="l2")
    assert office_for(above, "") == (Role.CITY_BUREAU, make.division("3306"))
    assert office_for(above, "county_bureau") == (Role.COUNTY_BUREAU, make.division("330681"))


def test_a_superuser_acts_for_every_body_yet_not_when_recused():
    root = make.user(is_superuser=True)
    made = make_reviews.application(answer=True)
    panel = make_rounds.panel(made.grading_round, members=[root])
    found = panel.recusals.create(application=made, user=root, grounds=["kin"], found_on=TODAY)
    assert refused(reviewing.pass_first, made.pk, by=root) == [
        "You do not act on this application."
    ]
    found.lifted_on = TODAY
    found.save()
    assert reviewing.pass_first(made.pk, by=root, **GIVEN).first_reviewed_by == root


def test_it_is_returned_once_with_reasons_and_a_last_day(calendar):
    made, officer = make_reviews.application(), make_reviews.office()
    reviewing.send_back(made.pk, by=officer, **GIVEN)
    found = now(made)
    assert (found.state, found.returned_on) == ("returned", TODAY)
    assert found.return_reasons == GIVEN["reason"]
    # Five working days after Monday the 23rd.
    assert found.correct_by == TODAY + 7 * DAY
    early = refused(reviewing.take_up, made.pk, by=officer, today=found.correct_by)
    assert early == ["It may be corrected until 2026-11-30."]
    reviewing.take_up(made.pk, by=officer, today=found.correct_by + DAY, reason="Time is over.")
    assert now(made).state == "submitted"
    assert refused(reviewing.send_back, made.pk, by=officer) == [
        "It was returned once; it is now decided as it is."
    ]


def test_without_a_calendar_no_day_is_guessed():
    CalendarYear.objects.all().delete()
    made, officer = make_reviews.application(), make_reviews.office()
    reviewing.send_back(made.pk, by=officer, **GIVEN)
    assert now(made).correct_by is None
    late = refused(reviewing.take_up, made.pk, by=officer, today=TODAY + 90 * DAY)
    assert late == ["The working days of this year are not loaded yet."]


def test_a_newer_answer_takes_the_place_of_the_older_and_changes_the_result():
    made, officer = make_reviews.application(), make_reviews.office()
    assert made.result == "pending"
    given = {"name": QUESTION, "by": officer, "today": TODAY}
    reviewing.answer_question(made.pk, answer=False, reason="Heard so.", **given)
    assert now(made).result == "fail"
    reviewing.answer_question(made.pk, answer=True, reason="Heard otherwise.", **given)
    assert now(made).result == "pass"
    rows = [(one.answer, one.reason, one.replaced_on) for one in made.answers.order_by("pk")]
    assert rows == [(False, "Heard so.", TODAY), (True, "Heard otherwise.", None)]
    entries = LedgerEntry.objects.filter(act="grading.application.answer").order_by("sequence")
    assert [entry.after["question_answer"] for entry in entries] == [False, True]


@pytest.mark.parametrize(
    ("state", "of_round"),
    [("eligible", "reviewing"), ("returned", "reviewing"), ("first_reviewed", "ranking")],
)
def test_nothing_is_answered_once_the_review_is_over(state, of_round):
    made = make_reviews.application(state, of=make_reviews.grading_round(of_round))
    refused(
        reviewing.answer_question, made.pk, name=QUESTION, answer=True, by=make_reviews.office()
    )
    assert not made.answers.exists()


def test_only_questions_of_the_rule_are_answered_and_never_without_a_reason():
    made, officer = make_reviews.application(), make_reviews.office()
    act = reviewing.answer_question
    assert refused(act, made.pk, name="likes_tea", answer=True, by=officer) == [
        "The rule does not ask this."
    ]
    assert refused(act, made.pk, name=QUESTION, answer=True, by=officer, reason=" ") == [
        "Give the reason."
    ]
    assert not made.answers.exists()


def test_an_unanswered_question_bars_the_first_review():
    made, officer = make_reviews.application(), make_reviews.office()
    assert len(refused(reviewing.pass_first, made.pk, by=officer)) == 1
    assert (now(made).state, now(made).result) == ("submitted", "pending")
    reviewing.answer_question(made.pk, name=QUESTION, answer=True, by=officer, **GIVEN)
    reviewing.pass_first(made.pk, by=officer, **GIVEN)
    found = now(made)
    assert (found.state, found.first_reviewed_by, found.first_reviewed_on) == (
        "first_reviewed", officer, TODAY,
    )  # fmt: skip
    entry = LedgerEntry.objects.get(act="grading.application.pass_first")
    assert entry.reason == GIVEN["reason"]


def test_passing_takes_the_evidence_that_nobody_took():
    made = make_reviews.application(answer=True)
    Application.objects.filter(pk=made.pk).update(evidence={}, evidence_on=None, result="")
    reviewing.pass_first(made.pk, by=make_reviews.office(), **GIVEN)
    found = now(made)
    assert (found.evidence_on, found.result) == (TODAY, "pass")


def test_evidence_is_taken_anew_as_of_the_day_of_the_round():
    made = make_reviews.application()
    post = made.mediator.appointments.get()
    post.from_on = made.grading_round.as_of - 40 * DAY
    post.save()
    assert now(made).evidence == made.evidence
    reviewing.take_anew(made.pk, by=make_reviews.office(), **GIVEN)
    found = now(made)
    assert (found.result, found.evidence["as_of"]) == ("fail", made.evidence["as_of"])


def test_whoever_asks_for_evidence_lets_the_application_wait():
    made = make_reviews.application("first_reviewed")
    reviewing.ask_for_evidence(made.pk, by=make_reviews.bureau(), **GIVEN)
    assert now(made).state == "pending"
    # The deciding body answers as well from then on.
    officer = make_reviews.bureau()
    reviewing.answer_question(made.pk, name=QUESTION, answer=True, by=officer, **GIVEN)
    assert now(made).result == "pass"
