"""Results on public notice, and objections that suspend one person and not the list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from grading.actions import announcing
from grading.flows import ApplicationState
from grading.models import Application, Decision, GradingRound
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import notices
from registry.models import Objection, PublicNotice
from tests import make
from tests.grading import make_results, make_rounds
from tests.grading.make_results import COUNTY, note
from tests.make import DAY, TODAY
from tests.registry import cases

pytestmark = pytest.mark.django_db
S = ApplicationState
LAST_DAY = make.date(2026, 11, 30)  # five working days after 23 November 2026


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


def states(of):
    return [row.state for row in make_results.people(of)]


# --- The notice ---------------------------------------------------------------------------------


def test_everybody_proposed_goes_on_notice_for_the_term_of_the_rule():
    of = make_results.ranked(2, losers=1)

    announcing.announce_round(of.pk, **note())

    of = GradingRound.objects.get(pk=of.pk)
    assert states(of) == [S.IN_NOTICE, S.IN_NOTICE, S.NO_LEVEL]
    notice = of.notice
    assert (of.state, notice.kind, notice.state) == ("notice", "grading", "published")
    assert (notice.starts_on, notice.ends_on, notice.policy) == (TODAY, LAST_DAY, None)
    assert notice.rests_on.startswith(of.version.scheme.title)
    assert notice.division_id == of.division_id


def test_the_notice_tells_name_organisation_and_level_and_nothing_else():
    of = make_results.ranked(1, losers=1)
    winner, loser = make_results.people(of)

    announcing.announce_round(of.pk, **note())

    body = PublicNotice.objects.get(kind="grading").body
    assert f"{winner.mediator.name}　{winner.organization.name}" in body.splitlines()
    assert f"{of.levels.get(code='l4').label}（1人）" in body.splitlines()
    assert loser.mediator.name not in body


def test_names_and_organisations_are_masked_where_the_rule_says_so():
    masked = {"by": "x", "days": 5, "day_kind": "working", "masked": ["name", "organization"]}
    of = make_results.ranked(1, content=make_results.rule(publicity=masked))
    row = make_results.people(of)[0]

    announcing.announce_round(of.pk, **note())

    body = PublicNotice.objects.get(kind="grading").body
    assert row.mediator.name not in body
    assert row.organization.name not in body
    assert row.mediator.name[0] + "*" in body


def test_without_days_in_the_rule_the_policy_of_the_bureau_sets_the_term():
    of = make_results.ranked(1, content=make_results.rule(publicity={"by": "x"}))

    announcing.announce_round(of.pk, **note())

    notice = PublicNotice.objects.get(kind="grading")
    assert (notice.policy.key, notice.rests_on, notice.ends_on) == ("grading_notice", "", LAST_DAY)


def test_a_personal_number_in_a_name_stops_it_before_anything_is_written():
    of = make_results.ranked(2)
    person = make_results.people(of)[0].mediator
    type(person).objects.filter(pk=person.pk).update(name="章13800000000")
    given, head = note(), ledger.head()

    with pytest.raises(Refused, match="looks like a personal number"):
        announcing.announce_round(of.pk, **given)

    assert states(of) == [S.PROPOSED, S.PROPOSED]
    assert (PublicNotice.objects.count(), ledger.head()) == (0, head)


def test_nothing_is_written_when_the_middle_fails(monkeypatch):
    of = make_results.ranked(2)
    given, head = note(), ledger.head()

    def fall_over(*args, **kwargs):
        raise RuntimeError("The power is gone.")

    monkeypatch.setattr(announcing, "publish_notice", fall_over)
    with pytest.raises(RuntimeError):
        announcing.announce_round(of.pk, **given)

    assert states(of) == [S.PROPOSED, S.PROPOSED]
    assert GradingRound.objects.get(pk=of.pk).state == "ranking"
    assert (PublicNotice.objects.count(), ledger.head()) == (0, head)


def test_a_round_in_which_nobody_is_proposed_is_not_announced():
    of = make_results.ranked(0, losers=1)
    with pytest.raises(Refused, match="Nobody is proposed"):
        announcing.announce_round(of.pk, **note())


def test_everybody_has_an_entry_in_the_ledger():
    of = make_results.announced(3)
    for row in make_results.people(of):
        entry = LedgerEntry.objects.of(row).get(act="grading.application.announce")
        assert (entry.before, entry.after) == ({"state": "proposed"}, {"state": "in_notice"})
    assert ledger.faults() == []


def test_more_people_take_no_more_statements():
    counts = []
    for number in (1, 4):
        of, given = make_results.ranked(number), note()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            announcing.announce_round(of.pk, **given)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Objections ---------------------------------------------------------------------------------


def test_an_objection_suspends_one_person_and_not_the_list():
    of = make_results.announced(3)
    row, objection = make_results.objected(of)

    assert states(of) == [S.OBJECTED, S.IN_NOTICE, S.IN_NOTICE]
    assert (row.objection, Objection.objects.get().state) == (objection, "open")


def test_an_objection_upheld_takes_the_level_from_exactly_one_person():
    of = make_results.announced(3)
    row, objection = make_results.objected(of)

    announcing.drop_proposal(row.pk, answer="经核实成立。", **note())

    assert states(of) == [S.NO_LEVEL, S.IN_NOTICE, S.IN_NOTICE]
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == ("upheld", "经核实成立。")
    decision = Decision.objects.get()
    assert (decision.kind, decision.result, decision.reason) == (
        "objection", "no_level", "经核实成立。",
    )  # fmt: skip
    assert decision.content["rests_on"]["objection"] == objection.pk
    row.refresh_from_db()
    assert (row.ended_on, row.outcome_reason) == (TODAY, make_results.REASON)
    of.notice.refresh_from_db()
    assert of.notice.state == "published"


def test_an_objection_not_upheld_puts_the_person_back():
    of = make_results.announced(2)
    row, objection = make_results.objected(of)

    announcing.keep_proposal(row.pk, answer="经核实不成立。", **note())

    assert states(of) == [S.IN_NOTICE, S.IN_NOTICE]
    objection.refresh_from_db()
    assert (objection.state, Decision.objects.get().result) == ("rejected", "kept")


def test_an_objection_about_two_is_answered_with_the_second():
    of = make_results.announced(3)
    first, objection = make_results.objected(of)
    second = make_results.people(of, S.IN_NOTICE)[0]
    announcing.contest(second.pk, objection=objection, **note())

    announcing.keep_proposal(first.pk, answer="甲不成立。", **note())
    objection.refresh_from_db()
    assert objection.state == "open"
    announcing.drop_proposal(second.pk, answer="乙成立。", **note())

    objection.refresh_from_db()
    assert (objection.state, objection.answer) == ("upheld", "甲不成立。\n乙成立。")
    assert states(of) == [S.IN_NOTICE, S.NO_LEVEL, S.IN_NOTICE]


def test_an_objection_to_another_notice_is_not_tied():
    of = make_results.announced(1)
    other = cases.objection(to=cases.notice())
    row = make_results.people(of)[0]
    with pytest.raises(Refused, match="another notice"):
        announcing.contest(row.pk, objection=other, **note())
    assert states(of) == [S.IN_NOTICE]


def test_an_objection_that_is_decided_is_not_tied():
    of = make_results.announced(1)
    objection = cases.objection(to=of.notice)
    notices.reject_objection(objection.pk, answer="不成立。", **note())
    row = make_results.people(of)[0]
    with pytest.raises(Refused, match="decided already"):
        announcing.contest(row.pk, objection=objection, **note())


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("first_reviewed_by", "You made the first review of this application."),
        ("decided_by", "You decided on this application."),
        ("outcome_by", "You proposed the outcome of this application."),
        ("announced_by", "You announced the results."),
        ("reading", "You read this application on a panel."),
    ],
)
@pytest.mark.parametrize("take", [announcing.keep_proposal, announcing.drop_proposal])
def test_whoever_had_a_part_does_not_decide(part, sentence, take):
    officer = cases.county_officer()
    of = make_results.announced(1)
    row, objection = make_results.objected(of)
    if part == "announced_by":
        GradingRound.objects.filter(pk=of.pk).update(announced_by=officer)
    elif part == "reading":
        panel = make_rounds.panel(of, members=[officer])
        make_rounds.reading(panel, row, officer, "submitted")
    else:
        Application.objects.filter(pk=row.pk).update(**{part: officer})

    with pytest.raises(Refused) as refusal:
        take(row.pk, answer="。", **note(officer))

    assert sentence in refusal.value.messages
    objection.refresh_from_db()
    assert (states(of), objection.state) == ([S.OBJECTED], "open")


def test_the_registers_desk_does_not_uphold_without_a_person():
    of = make_results.announced(2)
    objection = cases.objection(to=of.notice)
    with pytest.raises(Refused, match="drop the proposal"):
        notices.uphold_objection(objection.pk, answer="成立。", **note())
    objection.refresh_from_db()
    assert (objection.state, states(of)) == ("open", [S.IN_NOTICE, S.IN_NOTICE])


def test_the_notice_of_a_round_is_not_withdrawn():
    of = make_results.announced(1)
    with pytest.raises(Refused, match="A grading round rests on this notice"):
        notices.withdraw_notice(of.notice_id, **note())
    assert PublicNotice.objects.get(pk=of.notice_id).state == "published"


def test_a_notice_of_something_else_is_withdrawn_as_before():
    make_results.announced(1)
    other = cases.notice()
    assert notices.withdraw_notice(other.pk, **note()).state == "withdrawn"


def test_an_objection_withdrawn_meanwhile_may_be_kept_or_dropped():
    of = make_results.announced(2)
    row, objection = make_results.objected(of)
    notices.withdraw_objection(objection.pk, **note(today=TODAY + DAY))

    announcing.keep_proposal(row.pk, answer="已撤回。", **note())

    objection.refresh_from_db()
    assert (objection.state, states(of)) == ("withdrawn", [S.IN_NOTICE, S.IN_NOTICE])


def test_the_public_reads_the_notice_and_may_object(client, time_machine):
    of = make_results.announced(1)
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    page = client.get(of.notice.get_absolute_url())
    assert make_results.people(of)[0].mediator.name in page.content.decode()
    assert of.division_id == make.division(COUNTY).pk


def test_whoever_gave_the_places_does_not_announce_them():
    of, officer = make_results.ranked(1), cases.county_officer()
    of.levels.filter(code="l4").update(awarded_by=officer, awarded_on=TODAY, award_digest="x" * 64)

    with pytest.raises(Refused) as refusal:
        announcing.announce_round(of.pk, **note(officer))

    assert refusal.value.messages == [
        "You gave the places of a level: another officer announces them."
    ]
    assert states(of) == [S.PROPOSED]
    assert PublicNotice.objects.filter(kind="grading").count() == 0
    announcing.announce_round(of.pk, **note())
    assert states(of) == [S.IN_NOTICE]
