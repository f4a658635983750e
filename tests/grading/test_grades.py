"""Levels are checked again, lowered and revoked by two officers; the person is heard first."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from grading.actions import taking_away
from grading.flows import APPLICATION, GRADE
from grading.models import Grade
from grading.reports.own_levels import level_lines
from office.desk.submissions import new_key
from office.flow import Refused
from office.models import LedgerEntry
from office.workbench import Task
from registry.actions import levels
from registry.models import Discipline, LevelHolding, MediatorRow
from registry.rules import months_later
from tests import make
from tests.grading import make_grading, make_rounds
from tests.grading.make_results import note
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db
GROUND = {"ground": "出具虚假材料", "clause": "第十八条", "answer_days": 5}
ANSWER_BY = make.date(2026, 11, 30)
LATER = ANSWER_BY + DAY


@pytest.fixture(autouse=True)
def _rules(db):
    translation.activate("en")
    cases.load_rules()


def grade(**fields):
    return make_rounds.grade(make_rounds.person(user=fields.pop("user", None)), **fields)


def proposed(kind="revoking", by=None, **fields):
    row = grade(**fields)
    take = getattr(taking_away, f"propose_{kind}")
    more = {"lowered_to": "l4"} if kind == "lowering" else {}
    return take(row.pk, **GROUND, bar_months=24, **more, **note(by))


# --- Proposing and deciding ---------------------------------------------------------------------


def test_the_person_is_given_working_days_to_answer():
    row = proposed()
    assert (row.state, row.answer_by, row.ground) == ("revoking", ANSWER_BY, GROUND["ground"])
    assert (row.clause, row.bar_months, row.bar_until_on) == ("第十八条", 24, None)


@pytest.mark.parametrize(("today", "passes"), [(ANSWER_BY, False), (LATER, True)])
def test_nobody_decides_before_the_time_to_answer_is_over(today, passes):
    row = proposed()
    assert (GRADE.refusals(row, "revoke", today) == []) is passes


def test_after_an_answer_it_is_decided_at_once():
    row = proposed()
    taking_away.answer_proposal(row.pk, by=None, today=TODAY, answer="材料属实。")
    assert taking_away.revoke_grade(row.pk, **note(today=TODAY + DAY)).state == "revoked"


def test_a_revoked_level_ends_in_the_register_and_bars_for_the_months_of_the_rule():
    row = proposed()
    taking_away.revoke_grade(row.pk, **note(today=LATER))

    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("revoked", LATER)
    assert row.bar_until_on == months_later(LATER, 24)
    holding = LevelHolding.objects.get()
    assert holding.until_on == LATER
    assert MediatorRow.objects.get(mediator=row.mediator).level == ""
    of_person = Grade.objects.filter(mediator=row.mediator)
    assert list(of_person.in_force(LATER - DAY)) == [row]
    assert list(of_person.in_force(LATER)) == []


def test_a_level_whose_last_day_was_known_is_revoked_as_well():
    row = proposed(until_on=TODAY + 900 * DAY)
    LevelHolding.objects.update(until_on=TODAY + 900 * DAY)
    taking_away.revoke_grade(row.pk, **note(today=LATER))
    assert LevelHolding.objects.get().until_on == LATER


def test_a_lowered_level_is_followed_by_the_lower_one():
    make.level(4)
    row = proposed("lowering", code="l3", until_on=TODAY + 900 * DAY)
    taking_away.lower_grade(row.pk, **note(today=LATER))

    row.refresh_from_db()
    new = Grade.objects.standing().get()
    assert (row.state, new.code, new.from_on, new.until_on) == (
        "lowered", "l4", LATER, TODAY + 900 * DAY,
    )  # fmt: skip
    held = LevelHolding.objects.order_by("from_on")
    assert [(one.level.rank, one.until_on) for one in held] == [
        (3, LATER), (4, TODAY + 900 * DAY),
    ]  # fmt: skip
    assert (new.holding, new.application) == (held[1], None)


def test_a_level_left_as_it_is_shows_no_ground_any_more():
    row = proposed()
    taking_away.keep_grade(row.pk, **note(today=LATER))
    row.refresh_from_db()
    assert (row.state, row.ground, row.proposed_by, row.answer_by) == ("held", "", None, None)
    assert LevelHolding.objects.get().until_on is None
    assert LedgerEntry.objects.of(row).get(act="grading.grade.keep").before["ground"]


@pytest.mark.parametrize("name", ["revoke_grade", "keep_grade"])
def test_whoever_proposed_it_does_not_decide(name):
    officer = cases.county_officer()
    row = proposed(by=officer)
    with pytest.raises(Refused, match="does not decide on it"):
        getattr(taking_away, name)(row.pk, **note(officer, LATER))
    row.refresh_from_db()
    assert (row.state, LevelHolding.objects.get().until_on) == ("revoking", None)


def test_the_database_wants_two_officers():
    row = make_rounds.grade(state="revoked")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grade.objects.filter(pk=row.pk).update(ended_by=row.proposed_by)


@pytest.mark.parametrize("code", ["l3", "l2", "no-such"])
def test_a_level_is_only_lowered_to_a_lower_one(code):
    row = grade(code="l3")
    with pytest.raises(Refused, match="below the one that is held"):
        taking_away.propose_lowering(row.pk, lowered_to=code, **GROUND, **note())


@pytest.mark.parametrize(("code", "offered"), [("l4", False), ("l3", True)])
def test_where_there_is_no_lower_level_lowering_is_not_offered(at_desk, client, code, offered):
    at_desk()
    row = grade(code=code)
    page = client.get(url("inspect", row.pk)).content.decode()
    assert (url("act", row.pk, "propose_lowering") in page) is offered
    assert url("act", row.pk, "propose_revoking") in page


def test_without_a_ground_nothing_is_proposed():
    row = grade()
    with pytest.raises(Refused, match="on what ground"):
        taking_away.propose_revoking(row.pk, **{**GROUND, "ground": " "}, **note())


@pytest.mark.parametrize("name", ["propose_revoking", "recheck_grade"])
def test_a_level_that_has_run_out_is_left_alone(name):
    row = grade(until_on=TODAY)
    more = GROUND if name == "propose_revoking" else {}
    with pytest.raises(Refused, match="has run out"):
        getattr(taking_away, name)(row.pk, **more, **note())


def test_nothing_is_written_when_the_middle_fails(monkeypatch):
    row = proposed()

    def fall_over(*args, **kwargs):
        raise RuntimeError("The power is gone.")

    monkeypatch.setattr(taking_away, "_end", fall_over)
    with pytest.raises(RuntimeError):
        taking_away.revoke_grade(row.pk, **note(today=LATER))
    row.refresh_from_db()
    assert (row.state, LevelHolding.objects.get().until_on) == ("revoking", None)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_revoke_at_once_one_does():
    row = proposed()
    acts = [
        lambda by=by: taking_away.revoke_grade(row.pk, **note(by, LATER))
        for by in [cases.county_officer() for _n in range(4)]
    ]
    assert at_once(*acts) == ["done", "refused", "refused", "refused"]


# --- Grounds and bars ---------------------------------------------------------------------------


def test_grounds_of_the_rule_are_those_that_hold_now():
    row = grade()
    assert taking_away.grounds_now(row, TODAY) == []
    post = row.mediator.appointments.get()
    make.saved(
        Discipline(
            appointment=post, kind="criticism", ground="leak", unit="调委会",
            decided_on=TODAY - 5 * DAY, text="批评",
        )
    )  # fmt: skip
    ((rule, effect),) = taking_away.grounds_now(row, TODAY)
    assert (rule["clause"], effect.effect, effect.bar_months) == ("第十八条", "revoke", 24)


def test_who_lost_a_level_may_not_apply_until_the_bar_is_over():
    person = make_rounds.person()
    until = TODAY + 30 * DAY
    make_rounds.grade(person, state="revoked", bar_until_on=until)
    row = make_rounds.application("draft", mediator=person)
    bar = "After a level was taken away one may apply again from"

    def said(day):
        return [one for one in APPLICATION.refusals(row, "submit", day) if one.startswith(bar)]

    assert len(said(until - DAY)) == 1
    assert said(until) == []
    assert Grade.objects.filter(mediator=person).barred_until(until) is None


def test_a_check_is_recorded_and_the_next_one_set():
    row = grade(recheck_on=TODAY)
    assert list(Grade.objects.to_recheck(TODAY)) == [row]
    taking_away.recheck_grade(row.pk, next_on=TODAY + 365 * DAY, **note())
    row.refresh_from_db()
    assert (row.rechecked_on, row.recheck_on) == (TODAY, TODAY + 365 * DAY)
    assert list(Grade.objects.to_recheck(TODAY)) == []
    with pytest.raises(Refused, match="lies ahead"):
        taking_away.recheck_grade(row.pk, next_on=TODAY, **note())


@pytest.mark.parametrize(("until", "over"), [(TODAY - DAY, 1), (TODAY, 1), (TODAY + DAY, 0)])
def test_that_a_level_has_run_out_is_read_from_its_dates(until, over):
    grade(until_on=until)
    assert Grade.objects.run_out(TODAY).count() == over
    assert Grade.objects.in_force(TODAY).count() == 1 - over
    assert Grade.objects.in_force(TODAY - 2 * DAY).count() == 1


def test_no_single_officer_ends_a_level_that_a_round_gave():
    row = grade()
    given = note()
    with pytest.raises(Refused, match="taken away under"):
        levels.end_level(row.mediator_id, until_on=TODAY, **given)
    with pytest.raises(Refused, match="taken away under"):
        levels.record_level(
            row.mediator_id, level=make.level(3), from_on=TODAY, source="x", **given
        )
    assert LevelHolding.objects.get().until_on is None


def test_a_level_on_paper_is_ended_as_before():
    person = make_rounds.person()
    make.level_holding(person)
    levels.end_level(person.pk, until_on=TODAY, **note())
    assert LevelHolding.objects.get().until_on == TODAY


# --- The person's own page ----------------------------------------------------------------------


def own(row):
    return reverse("my_level", args=[row.pk])


def test_the_person_answers_once(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    user = make.user()
    row = proposed(user=user)
    client.force_login(user)
    assert GROUND["ground"] in client.get(own(row)).content.decode()
    typed = {"submission": new_key(), "answer": "材料属实。"}

    first, second = client.post(own(row), typed), client.post(own(row), typed)

    row.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 302)
    assert (row.answer, row.answered_on) == ("材料属实。", TODAY)
    again = client.post(own(row), {"submission": new_key(), "answer": "改口。"})
    assert again.status_code == 422
    row.refresh_from_db()
    assert row.answer == "材料属实。"


def test_an_empty_answer_stays_on_the_page(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    user = make.user()
    row = proposed(user=user)
    client.force_login(user)
    page = client.post(own(row), {"submission": new_key(), "answer": ""})
    assert page.status_code == 422
    row.refresh_from_db()
    assert row.answered_on is None


def test_the_work_bench_asks_for_the_answer():
    user = make.user()
    row = proposed(user=user)
    (task,) = [line for line in level_lines(user, TODAY) if isinstance(line, Task)]
    assert (task.url, task.due_on, task.tone) == (own(row), ANSWER_BY, "error")
    taking_away.answer_proposal(row.pk, by=user, today=TODAY, answer="x")
    assert [line for line in level_lines(user, TODAY) if isinstance(line, Task)] == []


def test_other_people_find_no_such_level(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    row = proposed(user=make.user())
    other = make.user()
    make_rounds.person(user=other)
    client.force_login(other)
    typed = {"submission": new_key(), "answer": "x"}
    assert client.get(own(row)).status_code == 404
    assert client.post(own(row), typed).status_code == 404
    row.refresh_from_db()
    assert row.answered_on is None


# --- The desk -----------------------------------------------------------------------------------


def url(name, *args):
    return reverse(f"grading_levels_given:{name}", args=args)


def test_the_desk_lists_levels_of_the_own_county_only(at_desk, client):
    at_desk()
    row = grade()
    elsewhere = make_rounds.grade(
        make_rounds.person(body=make.organization(in_division=make.division("330683")))
    )
    page = client.get(url("index")).content.decode()
    assert row.mediator.name in page
    assert elsewhere.mediator.name not in page
    assert client.get(url("inspect", row.pk)).status_code == 200
    assert client.get(url("inspect", elsewhere.pk)).status_code == 404
    assert client.get(url("act", elsewhere.pk, "propose_revoking")).status_code == 404


def test_a_clerk_of_two_bodies_finds_a_level_once():
    bodies = [make.organization() for _n in range(2)]
    person = make_rounds.person(body=bodies[0])
    make.appointment(person, bodies[1], from_on=TODAY - 90 * DAY)
    row = make_rounds.grade(person)
    make_rounds.grade(make_rounds.person())
    clerk = make.officer("clerk", bodies[0])
    found = Grade.objects.within(clerk, "grading.view_grade")
    assert [one.pk for one in found] == [row.pk]
    both = Grade.objects.filter(Grade.objects.all().of_organizations([body.pk for body in bodies]))
    assert [one.pk for one in both] == [row.pk]


@pytest.mark.parametrize(
    ("due", "found"), [("current", [1, 2]), ("recheck", [2]), ("over", [3]), ("", [1, 2, 3])]
)
def test_levels_are_found_by_what_is_due(at_desk, client, due, found):
    at_desk()
    rows = {
        1: grade(), 2: grade(recheck_on=TODAY), 3: grade(until_on=TODAY),
    }  # fmt: skip
    page = client.get(url("index"), {"due": due}).content.decode()
    assert [n for n, row in rows.items() if row.mediator.name in page] == found


def test_desk_and_own_page_tell_the_last_day_that_the_certificate_tells(
    at_desk, client, time_machine
):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    translation.activate("en")
    user = make.user()
    row = make_rounds.grade(make.mediator(user=user), until_on=TODAY + DAY)
    client.force_login(user)
    page = client.get(own(row), headers={"accept-language": "en"}).content.decode()
    assert page.count(f"<dt>Valid until</dt><dd>{date_format(TODAY)}</dd>") == 1
    assert date_format(TODAY + DAY) not in page
    at_desk()
    facts = client.get(url("inspect", row.pk)).context["sections"][0].facts
    assert dict(facts)["Valid until"] == TODAY
    [(_row, _url, cells)] = client.get(url("index")).context["listed"]
    assert {str(cell.column.label): cell.value for cell in cells}["Valid until"] == TODAY
    for last, found in ((TODAY, [row]), (TODAY - DAY, []), (date.max, [row])):
        listed = client.get(url("index"), {"until": last.isoformat()}).context["listed"]
        assert [one for one, *_rest in listed] == found


def test_the_list_takes_as_many_queries_for_one_level_as_for_three(at_desk, client):
    at_desk()
    counts = []
    for number in (1, 2):
        for _n in range(number):
            grade()
        client.get(url("index"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("index")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_export_holds_the_own_county_and_leaves_an_entry(at_desk, client):
    at_desk()
    row = grade()
    elsewhere = make_rounds.grade(
        make_rounds.person(body=make.organization(in_division=make.division("330683")))
    )
    typed = {"submission": new_key(), "reason": "年度统计。", "format": "csv"}
    answer = client.post(url("export"), typed)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert row.mediator.name in text
    assert elsewhere.mediator.name not in text
    assert LedgerEntry.objects.filter(act="grading.grade.export").count() == 1


def test_a_level_is_revoked_by_two_on_the_desk(at_desk, client):
    first = at_desk()
    row = grade()
    typed = {
        "submission": new_key(), "chosen": "typed", "ground": "虚假材料", "clause": "",
        "bar_months": "", "answer_days": "5", "reason": "查实。",
    }  # fmt: skip
    assert client.post(url("act", row.pk, "propose_revoking"), typed).status_code == 302
    taking_away.answer_proposal(row.pk, by=None, today=TODAY, answer="x")
    at_desk(password_shown=True)
    sent = {"submission": new_key(), "reason": "核准。"}
    assert client.post(url("act", row.pk, "revoke"), sent).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.proposed_by) == ("revoked", first)


def test_taking_a_level_away_asks_for_the_password(at_desk, client):
    at_desk()
    row = proposed()
    assert client.get(url("act", row.pk, "revoke")).status_code == 302


def test_without_a_ground_the_form_says_so(at_desk, client):
    at_desk()
    row = grade()
    typed = {"submission": new_key(), "chosen": "typed", "answer_days": "5", "reason": "x"}
    page = client.post(url("act", row.pk, "propose_revoking"), typed)
    assert page.status_code == 422
    assert "Say on what ground." in page.content.decode()


@pytest.mark.parametrize("role", ["justice_office", "auditor"])
def test_who_may_only_read_finds_no_act(at_desk, client, role):
    at_desk(make.officer(role, make.division("330681")))
    row = grade()
    assert client.get(url("inspect", row.pk)).status_code == 200
    for name in ("recheck", "propose_lowering", "propose_revoking"):
        assert client.get(url("act", row.pk, name)).status_code == 404


def test_below_the_lowest_level_there_is_none():
    row = make_rounds.grade(version=make_grading.version("active"))
    assert taking_away.lower_levels(row) == []
