"""Recusals: what the registers say, what members declare, what officers lift."""

import pytest

from complaints.models import Complaint
from grading.actions import recusing
from grading.models import Panel, Recusal
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.complaints import make_complaints
from tests.grading import make_panels, make_rounds
from tests.grading.make_panels import WHY
from tests.make import DAY, TODAY
from tests.training import make_pairings
from training.models import Pairing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def found(panel):
    recusing.find_recusals(panel.pk, by=make.user(), today=TODAY)
    rows = Recusal.objects.standing().order_by("pk")
    return {(row.user_id, row.application_id): row.grounds for row in rows}


def of_member(panel, account):
    """The entry in the register of a member, in post somewhere else."""
    return make_rounds.person(user=account)


def complained_of(mediator, handler):
    make_complaints.figures()
    made = make_complaints.complaint("screening", about=mediator)
    Complaint.objects.filter(pk=made.pk).update(handler=handler)


def test_who_has_nothing_to_do_with_an_applicant_is_not_recused():
    panel, _rows, people = make_panels.scoring()
    for account in people:
        of_member(panel, account)

    assert found(panel) == {}
    assert LedgerEntry.objects.filter(act="grading.panel.recuse").count() == 0


def test_the_applicant_does_not_judge_the_own_application():
    panel, rows, people = make_panels.scoring()
    applicant = rows[0].mediator
    applicant.user = people[0]
    applicant.save()

    assert found(panel) == {(people[0].pk, rows[0].pk): ["self"]}


def test_colleagues_and_the_clerk_of_the_organisation_stand_back():
    panel, rows, people = make_panels.scoring(applications=2)
    make_rounds.person(user=people[0], body=rows[0].organization)
    left = make.mediator(user=people[2], in_division=rows[0].division)
    make.appointment(left, rows[0].organization, **make.left(TODAY))
    make.officer(Role.CLERK, rows[1].organization)
    clerk = make.officer(Role.CLERK, rows[1].organization)
    panel.seats.get().members.filter(user=people[1]).update(user=clerk)

    assert found(panel) == {
        (people[0].pk, rows[0].pk): ["organisation"],
        (clerk.pk, rows[1].pk): ["organisation"],
    }


@pytest.mark.parametrize(
    ("ended", "stands_back"), [(TODAY - 300 * DAY, True), (TODAY - 400 * DAY, False)]
)
def test_a_mentor_stands_back_for_a_year_after_the_end(ended, stands_back):
    panel, rows, people = make_panels.scoring(applications=1)
    mentor = of_member(panel, people[0])
    make_pairings.figures()
    made = make_pairings.pairing("completed")
    Pairing.objects.filter(pk=made.pk).update(
        mentor=mentor, apprentice=rows[0].mediator, from_on=ended - 200 * DAY,
        began_on=ended - 200 * DAY, until_on=ended, ended_on=ended,
    )  # fmt: skip

    assert found(panel) == ({(people[0].pk, rows[0].pk): ["mentorship"]} if stands_back else {})


@pytest.mark.parametrize(
    ("closed", "stands_back"), [(TODAY - 700 * DAY, True), (TODAY - 800 * DAY, False)]
)
def test_who_mediated_a_case_together_stands_back(closed, stands_back):
    panel, rows, people = make_panels.scoring(applications=1)
    member = of_member(panel, people[0])
    make_cases.case(
        "succeeded", body=rows[0].organization, mediators=[rows[0].mediator, member],
        accepted_on=closed - DAY, closed_on=closed,
    )  # fmt: skip

    assert found(panel) == ({(people[0].pk, rows[0].pk): ["co_mediation"]} if stands_back else {})


def test_the_handler_of_a_complaint_stands_back_and_so_does_who_is_complained_of():
    panel, rows, people = make_panels.scoring(applications=2)
    complained_of(rows[0].mediator, people[0])
    # The second applicant handles a complaint about a member.
    applicant = rows[1].mediator
    applicant.user = make.user()
    applicant.save()
    complained_of(of_member(panel, people[1]), applicant.user)

    assert found(panel) == {
        (people[0].pk, rows[0].pk): ["complaint"],
        (people[1].pk, rows[1].pk): ["complaint"],
    }


def test_kin_declared_once_hold_in_later_rounds_and_other_reasons_do_not():
    earlier, old_rows, people = make_panels.scoring(applications=2)
    readings = [make_rounds.reading(earlier, row, people[0]) for row in old_rows]
    given = {"by": people[0], "today": TODAY}
    recusing.declare_recusal(readings[0].pk, reason="My cousin.", is_kin=True, **given)
    recusing.declare_recusal(readings[1].pk, reason="A quarrel.", **given)
    panel = make_rounds.panel(make_rounds.grading_round("scoring"), members=people)
    rows = [
        make_rounds.application("eligible", of=panel.grading_round, mediator=row.mediator)
        for row in old_rows
    ]

    recusing.find_recusals(panel.pk, by=None, today=TODAY)
    assert list(panel.recusals.values_list("user", "application", "grounds")) == [
        (people[0].pk, rows[0].pk, ["kin"])
    ]


def test_a_declared_recusal_takes_the_reading_back_and_needs_a_reason():
    panel, rows, people = make_panels.scoring(applications=1)
    reading = make_rounds.reading(panel, rows[0], people[0], "submitted")

    with pytest.raises(Refused, match="Give the reason"):
        recusing.declare_recusal(reading.pk, by=people[0], today=TODAY, reason=" ")
    recusing.declare_recusal(reading.pk, by=people[0], today=TODAY, reason="We quarrelled.")

    reading.refresh_from_db()
    row = Recusal.objects.get()
    assert (reading.state, row.grounds, row.reason) == ("dropped", ["declared"], "We quarrelled.")
    assert reading.scores == {"skill": "30", "law": "20", "conduct": "20"}
    with pytest.raises(Panel.DoesNotExist):
        recusing.declare_recusal(0, by=people[0], today=TODAY, reason="X")


def test_nobody_declares_for_another_member():
    panel, rows, people = make_panels.scoring(applications=1)
    reading = make_rounds.reading(panel, rows[0], people[0])

    with pytest.raises(type(reading).DoesNotExist):
        recusing.declare_recusal(reading.pk, by=people[1], today=TODAY, reason="X")
    assert Recusal.objects.count() == 0


def test_what_is_found_later_is_added_and_takes_readings_back():
    panel, rows, people = make_panels.scoring(applications=1)
    reading = make_rounds.reading(panel, rows[0], people[0], "submitted")
    assert found(panel) == {}
    make_rounds.person(user=people[0], body=rows[0].organization)

    key = people[0].pk, rows[0].pk
    assert found(panel) == {key: ["organisation"]}
    reading.refresh_from_db()
    assert reading.state == "dropped"
    complained_of(rows[0].mediator, people[0])
    assert found(panel) == {key: ["organisation", "complaint"]}


def test_a_recusal_stands_when_its_facts_are_gone_until_an_officer_lifts_it():
    panel, rows, people = make_panels.scoring(applications=1)
    colleague = make_rounds.person(user=people[0], body=rows[0].organization)
    found(panel)
    colleague.appointments.update(**make.left(TODAY - DAY))
    assert len(found(panel)) == 1

    row = Recusal.objects.get()
    given = {"by": make.user(), "recusal": row, "today": TODAY}
    with pytest.raises(Refused, match="Give the reason"):
        recusing.lift_recusal(panel.pk, reason=" ", **given)
    with pytest.raises(Refused, match="Another officer"):
        recusing.lift_recusal(panel.pk, reason="Left.", **{**given, "by": people[0]})
    recusing.lift_recusal(panel.pk, reason="Left.", **given)
    assert found(panel) == {}
    with pytest.raises(Refused, match="lifted already"):
        recusing.lift_recusal(panel.pk, reason="Left.", **given)


def test_what_was_lifted_is_found_again_only_on_another_ground():
    panel, rows, people = make_panels.scoring(applications=1)
    make_rounds.person(user=people[0], body=rows[0].organization)
    found(panel)
    recusing.lift_recusal(
        panel.pk, by=make.user(), today=TODAY, reason="Small place.", recusal=Recusal.objects.get()
    )
    assert found(panel) == {}

    complained_of(rows[0].mediator, people[0])
    assert found(panel) == {(people[0].pk, rows[0].pk): ["complaint"]}


def test_the_own_application_is_never_lifted():
    panel, rows, people = make_panels.scoring(applications=1)
    rows[0].mediator.user = people[0]
    rows[0].mediator.save()
    found(panel)

    with pytest.raises(Refused, match="own application"):
        recusing.lift_recusal(panel.pk, by=make.user(), recusal=Recusal.objects.get(), **WHY)


def test_facts_are_asked_for_in_sets(django_assert_num_queries):
    panel, _rows, _people = make_panels.scoring(applications=2)
    with django_assert_num_queries(21) as few:
        found(panel)
    more, _rows, _people = make_panels.scoring(applications=6, members=5)
    with django_assert_num_queries(len(few)):
        found(more)


def test_a_panel_that_has_shown_its_scores_asks_no_more():
    panel, _rows, _people = make_panels.scoring()
    Panel.objects.update(state="revealed")

    with pytest.raises(Refused, match="ended its reading"):
        recusing.find_recusals(panel.pk, by=None, today=TODAY)


@pytest.mark.parametrize("is_superuser", [False, True])
def test_the_ledger_tells_nothing_of_what_one_stands_back_from(is_superuser):
    panel, rows, _people = make_panels.scoring(applications=2)
    officer = make.officer(Role.CITY_BUREAU, make.division("3306"))
    officer.is_superuser = is_superuser
    officer.save()
    for row in rows:
        sheet = make_rounds.reading(panel, row, make.user())
        for subject in (row, sheet):
            ledger.append("grading.test", subject, by=make.user(), reason="X")
    told = LedgerEntry.objects.filter(act="grading.test")
    assert told.within(officer, "office.view_ledgerentry").count() == 4

    make.saved(
        Recusal(panel=panel, application=rows[0], user=officer, grounds=["kin"], found_on=TODAY)
    )

    seen = told.within(officer, "office.view_ledgerentry").order_by("sequence")
    assert [entry.subject_id for entry in seen if entry.subject_type.endswith("application")] == [
        str(rows[1].pk)
    ]
    assert seen.count() == 2
    colleague = make.officer(Role.CITY_BUREAU, make.division("3306"))
    assert told.within(colleague, "office.view_ledgerentry").count() == 4
