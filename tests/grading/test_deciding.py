"""Eligibility by a second officer; rulings by two; waivers by their approver; deciding anew."""

import json

import pytest

from grading.actions import deciding, reviewing
from grading.evaluation import facts_of, questions_of
from grading.models import Application, Decision
from grading.rules.evidence import facts_from, stored
from grading.rules.judging import grade
from grading.rules.scheme import Scheme
from grading.rules.unknown import UNK
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.grading import make_grading, make_people, make_reviews
from tests.grading.make_reviews import GIVEN, QUESTION, now
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
YEARS = "req.l4.all[0].cmp"
ANOTHER = "Another officer has to do this than the one before."


def refused(act, *args, **given):
    with pytest.raises(Refused) as refusal:
        act(*args, **{**GIVEN, **given})
    return refusal.value.messages


def first_reviewed(answer=True, **fields):
    return make_reviews.application("first_reviewed", answer=answer, **fields)


def short_of_service(**fields):
    """Somebody who has not served long enough, in the evidence."""
    made = first_reviewed(**fields)
    post = made.mediator.appointments.get()
    post.from_on = made.grading_round.as_of - 300 * DAY
    post.save()
    reviewing.take_anew(made.pk, by=make_reviews.office(), **GIVEN)
    return now(made)


def test_a_second_officer_finds_an_applicant_eligible_and_it_is_kept_for_good():
    made, officer = first_reviewed(), make_reviews.bureau()
    deciding.find_eligible(made.pk, by=officer, **GIVEN)
    found = now(made)
    assert (found.state, found.decided_by, found.decided_on) == ("eligible", officer, TODAY)
    decision = found.decisions.get()
    assert (decision.kind, decision.result, decision.by) == ("eligibility", "eligible", officer)
    assert decision.content["evidence"] == found.evidence
    assert decision.content["answers"] == {QUESTION: True}
    assert decision.content["rests_on"] == {"judged": "pass"}
    entry = LedgerEntry.objects.get(act="grading.application.decide")
    assert entry.after["digest"] == decision.digest
    assert entry.after["decision"] == decision.pk


def test_stored_evidence_judged_again_agrees_with_the_live_facts():
    for answer in (True, False):
        made = make_reviews.decided(answer=answer)
        as_of, answers = made.grading_round.as_of, {made.mediator_id: {QUESTION: answer}}
        live = facts_of([made.mediator_id], as_of, answers=answers)[made.mediator_id]
        assert grade(made.rules, "l4", live).result == made.judgment().result == made.result


@pytest.mark.parametrize("seed", [5, 6])
def test_invented_people_are_judged_alike_by_stored_and_live_facts(seed):
    rules = Scheme(make_grading.document())
    people = make_people.people(8, seed=seed)
    live = facts_of([one.pk for one in people], TODAY)
    for level in rules.open_levels:
        for at, facts in enumerate(live.values()):
            names = questions_of(rules, level)
            answers = {name: bool((at + place) % 3) for place, name in enumerate(names)}
            with_answers = facts_of([people[at].pk], TODAY, answers={people[at].pk: answers})[
                people[at].pk
            ]
            again = facts_from(json.loads(json.dumps(stored(facts))), answers=answers)
            one, other = (grade(rules, level, each) for each in (again, with_answers))
            assert one.result == other.result
            assert [leaf.found for leaf in one.leaves()] == [leaf.found for leaf in other.leaves()]


def test_whoever_does_not_pass_is_found_not_eligible_and_only_that():
    made, officer = short_of_service(), make_reviews.bureau()
    assert refused(deciding.find_eligible, made.pk, by=officer) == [
        "By the rule and all rulings the applicant is not eligible."
    ]
    deciding.find_ineligible(made.pk, by=officer, **GIVEN)
    found = now(made)
    assert (found.state, found.ended_on) == ("not_eligible", TODAY)
    assert found.decisions.get().result == "not_eligible"


def test_whoever_passes_cannot_be_found_not_eligible():
    made = first_reviewed()
    assert refused(deciding.find_ineligible, made.pk, by=make_reviews.bureau()) == [
        "By the rule and all rulings the applicant is eligible."
    ]
    assert now(made).state == "first_reviewed"
    assert not Decision.objects.exists()


def test_the_first_reviewer_does_not_decide():
    # Of the bureau, because the organisation lies in no township.
    made, officer = make_reviews.application(place="330681", answer=True), make_reviews.bureau()
    reviewing.pass_first(made.pk, by=officer, **GIVEN)
    assert refused(deciding.find_eligible, made.pk, by=officer) == [ANOTHER]
    assert now(made).state == "first_reviewed"
    assert not Decision.objects.exists()
    assert not LedgerEntry.objects.filter(act="grading.application.decide").exists()
    deciding.find_eligible(made.pk, by=make_reviews.bureau(), **GIVEN)
    assert now(made).state == "eligible"


def test_whoever_answered_a_question_does_not_decide():
    made, officer = first_reviewed(answer=False), make_reviews.bureau()
    reviewing.answer_question(made.pk, name=QUESTION, answer=True, by=officer, **GIVEN)
    assert refused(deciding.find_eligible, made.pk, by=officer) == [
        "You answered a question of the rule here; another officer decides."
    ]
    deciding.find_eligible(made.pk, by=make_reviews.bureau(), **GIVEN)


@pytest.mark.parametrize("act", [deciding.find_eligible, deciding.find_ineligible])
def test_officers_of_another_body_or_place_do_not_decide(act):
    made = first_reviewed(answer=act is deciding.find_eligible)
    strangers = [
        make_reviews.office(),
        make_reviews.bureau("330682"),
        make.officer(Role.CITY_BUREAU, make.division("3306")),
        make.officer(Role.AUDITOR, make.division("330681")),
    ]
    for officer in strangers:
        said = refused(act, made.pk, by=officer)
        assert said == ["By the rule this is done by: county bureau（Division 330681101）."]
    assert now(made).state == "first_reviewed"


def test_nobody_is_decided_on_without_evidence_or_by_a_rule_that_does_not_say_enough():
    made, officer = first_reviewed(), make_reviews.bureau()
    Application.objects.filter(pk=made.pk).update(evidence={})
    assert refused(deciding.find_ineligible, made.pk, by=officer) == [
        "No evidence has been taken yet."
    ]
    silent = make_reviews.grading_round(content=make_reviews.rule(req={"l4": UNK, "l3": UNK}))
    other = first_reviewed(of=silent)
    assert other.result == "blocked_rule"
    assert refused(deciding.find_ineligible, other.pk, by=officer) == [
        "The rule does not say enough to judge anybody for this level."
    ]


def test_an_unanswered_question_stays_pending():
    made, officer = first_reviewed(answer=None), make_reviews.bureau()
    assert made.result == "pending"
    assert len(refused(deciding.find_eligible, made.pk, by=officer)) == 1
    reviewing.ask_for_evidence(made.pk, by=officer, **GIVEN)
    assert (now(made).state, now(made).result) == ("pending", "pending")


def test_deciding_anew_keeps_the_decision_that_was_taken():
    made = make_reviews.decided(answer=False)
    other = make_reviews.bureau()
    refused(deciding.reopen, made.pk, by=make_reviews.office())
    deciding.reopen(made.pk, by=other, **GIVEN)
    found = now(made)
    assert (found.state, found.decided_by, found.decided_on, found.ended_on) == (
        "first_reviewed", None, None, None,
    )  # fmt: skip
    given = {"name": QUESTION, "answer": True, "by": make_reviews.office()}
    reviewing.answer_question(made.pk, **given, **GIVEN)
    deciding.find_eligible(made.pk, by=other, **GIVEN)
    assert [one.result for one in made.decisions.order_by("pk")] == ["not_eligible", "eligible"]


# Rulings


def ruled(made, by=None, **given):
    given = {"path": YEARS, "result": "pass", **GIVEN, **given}
    return deciding.overrule_clause(made.pk, by=by or make_reviews.bureau(), **given)


def test_a_ruling_waits_for_the_second_officer_and_then_changes_the_result():
    made, officer, other = short_of_service(), make_reviews.bureau(), make_reviews.bureau()
    ruling = ruled(made, officer)
    assert (ruling.was, ruling.result, ruling.clause) == ("fail", "pass", "第六条第一项")
    assert now(made).result == "fail"
    assert refused(deciding.find_ineligible, made.pk, by=other) == [
        "A ruling waits for a second officer."
    ]
    assert refused(deciding.confirm_ruling, made.pk, ruling=ruling, by=officer) == [ANOTHER]
    assert now(made).result == "fail"
    deciding.confirm_ruling(made.pk, ruling=ruling, by=other, **GIVEN)
    assert now(made).result == "pass"
    deciding.find_eligible(made.pk, by=officer, **GIVEN)
    assert made.decisions.get().content["rulings"] == {YEARS: "pass"}


def test_a_ruling_is_taken_back_by_another_and_no_longer_counts():
    made, officer, other = short_of_service(), make_reviews.bureau(), make_reviews.bureau()
    ruling = ruled(made, officer)
    deciding.confirm_ruling(made.pk, ruling=ruling, by=other, **GIVEN)
    assert refused(deciding.drop_ruling, made.pk, ruling=ruling, by=officer) == [ANOTHER]
    deciding.drop_ruling(made.pk, ruling=ruling.pk, by=other, **GIVEN)
    assert now(made).result == "fail"
    assert refused(deciding.drop_ruling, made.pk, ruling=ruling, by=other) == [
        "There is no such ruling any more."
    ]
    # It may be ruled on once more.
    ruled(made, other)
    assert made.rulings.count() == 2


def test_what_can_be_overruled():
    made, officer = short_of_service(), make_reviews.bureau()
    ask = {"by": officer, "result": "pass"}
    act = deciding.overrule_clause
    assert refused(act, made.pk, path="req.l3.all[0].cmp", **ask) == [
        "The rule has no such condition for this level."
    ]
    assert refused(act, made.pk, path="req.l4.all[1].cmp", **ask) == [
        "By the rule it counts as this already."
    ]
    ruled(made, officer)
    assert refused(act, made.pk, path=YEARS, **ask) == [
        "There is a ruling on this condition already."
    ]
    refused(act, made.pk, path=YEARS, by=make_reviews.office(), result="pass")
    assert made.rulings.count() == 1


def test_a_ruling_of_another_application_is_not_found():
    one, other = short_of_service(), short_of_service()
    ruling = ruled(one)
    assert refused(deciding.confirm_ruling, other.pk, ruling=ruling, by=make_reviews.bureau()) == [
        "There is no such ruling any more."
    ]
    assert not one.rulings.in_force().exists()


# Waivers


def with_waiver(approver="county_bureau"):
    waivers = [{"nodes": ["years"], "when": {"flag": "in_post"}, "approver": approver}]
    return make_reviews.grading_round(content=make_reviews.rule(waivers=waivers))


def test_a_waiver_is_granted_by_its_approver_and_lifts_the_condition():
    made = short_of_service(of=with_waiver())
    assert made.result == "fail"
    refused(deciding.grant_waiver, made.pk, path="years", by=make_reviews.office())
    officer = make_reviews.bureau()
    assert refused(deciding.grant_waiver, made.pk, path="cases", by=officer) == [
        "The rule has no waiver of this condition."
    ]
    deciding.grant_waiver(made.pk, path="years", by=officer, **GIVEN)
    assert now(made).result == "fail"
    assert refused(deciding.grant_waiver, made.pk, path="years", by=officer) == [
        "This waiver was granted already."
    ]
    second = make_reviews.bureau()
    deciding.confirm_waiver(made.pk, path="years", by=second, **GIVEN)
    assert now(made).result == "pass"
    assert refused(deciding.find_eligible, made.pk, by=second) == [
        "You granted a waiver here; another officer decides."
    ]
    assert not Application.objects.waiting_for(second).exists()
    assert refused(deciding.find_eligible, made.pk, by=officer) == [
        "You granted a waiver here; another officer decides."
    ]
    assert not Application.objects.waiting_for(officer).exists()
    decider = make_reviews.bureau()
    assert Application.objects.waiting_for(decider).get() == made
    deciding.find_eligible(made.pk, by=decider, **GIVEN)
    assert made.decisions.get().content["waived"] == ["years"]


def test_a_waiver_takes_two_officers_of_its_approver():
    made, officer = short_of_service(of=with_waiver()), make_reviews.bureau()
    deciding.grant_waiver(made.pk, path="years", by=officer, **GIVEN)
    waits = "A waiver waits for a second officer."
    for decide in (deciding.find_eligible, deciding.find_ineligible):
        assert waits in refused(decide, made.pk, by=make_reviews.bureau())
    assert refused(deciding.confirm_waiver, made.pk, path="years", by=officer) == [
        "Another officer has to do this than the one before."
    ]
    refused(deciding.confirm_waiver, made.pk, path="years", by=make_reviews.office())
    refused(deciding.confirm_waiver, made.pk, path="years", by=make_reviews.bureau("330682"))
    assert (now(made).result, made.waivings.granted().count()) == ("fail", 0)
    second = make_reviews.bureau()
    deciding.confirm_waiver(made.pk, path="years", by=second, **GIVEN)
    granted = made.waivings.granted().get()
    assert (granted.by, granted.confirmed_by, granted.confirmed_on) == (officer, second, TODAY)
    assert refused(deciding.confirm_waiver, made.pk, path="years", by=make_reviews.bureau()) == [
        "This waiver was not granted."
    ]
    told = LedgerEntry.objects.of(made).get(act="grading.application.confirm_waiver")
    assert told.after == {"condition_waived": "years"}


def test_what_one_officer_granted_lifts_nothing_in_a_decision():
    made, officer = short_of_service(of=with_waiver()), make_reviews.bureau()
    deciding.grant_waiver(made.pk, path="years", by=officer, **GIVEN)
    deciding.take_back_waiver(made.pk, path="years", by=make_reviews.bureau(), **GIVEN)
    deciding.find_ineligible(made.pk, by=make_reviews.bureau(), **GIVEN)
    assert made.decisions.get().content["waived"] == []


def test_the_office_grants_what_the_rule_leaves_to_it_and_takes_it_back():
    made, officer = short_of_service(of=with_waiver("justice_office")), make_reviews.office()
    refused(deciding.grant_waiver, made.pk, path="years", by=make_reviews.bureau())
    deciding.grant_waiver(made.pk, path="years", by=officer, **GIVEN)
    deciding.take_back_waiver(made.pk, path="years", by=officer, **GIVEN)
    assert now(made).result == "fail"
    assert made.waivings.get().replaced_on == TODAY
    refused(deciding.take_back_waiver, made.pk, path="years", by=officer)


def test_what_an_act_refuses_leaves_nothing_behind():
    made, entries = first_reviewed(), LedgerEntry.objects.count()
    refused(deciding.grant_waiver, made.pk, path="years", by=make_reviews.bureau())
    refused(deciding.find_eligible, made.pk, by=make_reviews.office())
    entries_now = LedgerEntry.objects.exclude(act__startswith="registry.").count()
    assert (entries_now <= entries, made.waivings.count(), made.decisions.count()) == (True, 0, 0)
