"""Facts that changed after a decision are named, with what was and what is; nothing is applied."""

import pytest

from grading.actions import reviewing
from grading.models import Application
from grading.reports.late_facts import late_facts
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.grading import make_reviews, make_rounds
from tests.grading.make_reviews import GIVEN, now
from tests.make import DAY, TODAY
from tests.registry.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK = "grading_applications"


def found():
    return {late.application.pk: late for late in late_facts(Application.objects.with_all())}


def told(late):
    return {one.name: (one.was, one.now) for one in late.changes}


def served_less(made):
    made.mediator.appointments.update(from_on=made.grading_round.as_of - 300 * DAY)


def test_nothing_is_said_as_long_as_nothing_changed():
    make_reviews.decided()
    assert found() == {}


def test_what_changed_is_named_with_what_was_and_what_is():
    of = make_reviews.grading_round()
    made, other = make_reviews.decided(of=of), make_reviews.decided(of=of)
    as_of = of.as_of
    make_cases.case(
        "succeeded", mediators=[made.mediator], body=made.organization,
        accepted_on=as_of - 100 * DAY, dispute_type=make_cases.dispute_type(),
    )  # fmt: skip
    late = found()
    assert set(late) == {made.pk}
    changes = told(late[made.pk])
    assert changes["cases.mediated"] == ("0", "1")
    assert changes["mediations"] == ("0", "1")
    assert not late[made.pk].turns
    assert other.pk not in late


def test_facts_after_the_day_of_the_round_do_not_count():
    made = make_reviews.decided()
    make_cases.case(
        "succeeded", mediators=[made.mediator], body=made.organization,
        accepted_on=made.grading_round.as_of + DAY, dispute_type=make_cases.dispute_type(),
    )  # fmt: skip
    assert found() == {}


def test_a_row_altered_in_place_is_named_and_a_turned_result_is_said():
    made = make_reviews.decided()
    served_less(made)
    late = found()[made.pk]
    assert told(late)["service"] == ("1", "1, of which 1 altered")
    assert (late.was, late.now, late.turns) == ("passes", "does not pass", True)


def test_nothing_is_ever_applied():
    made = make_reviews.decided()
    before = Application.objects.filter(pk=made.pk).values().get()
    served_less(made)
    assert found()
    assert Application.objects.filter(pk=made.pk).values().get() == before
    assert made.decisions.count() == 1


def test_what_is_not_decided_yet_has_no_late_facts():
    made = make_reviews.application(answer=True)
    served_less(made)
    assert found() == {}
    reviewing.pass_first(made.pk, by=make_reviews.office(), **GIVEN)
    assert found() == {}


def test_rounds_of_different_days_are_each_judged_by_their_own():
    early = make_reviews.decided(of=make_reviews.grading_round(as_of=TODAY - 200 * DAY))
    late = make_reviews.decided(of=make_reviews.grading_round(as_of=TODAY - 20 * DAY))
    for made in (early, late):
        make_cases.case(
            "succeeded", mediators=[made.mediator], body=made.organization,
            accepted_on=TODAY - 100 * DAY, dispute_type=make_cases.dispute_type(),
        )  # fmt: skip
    assert set(found()) == {late.pk}


# At the desk


def test_the_page_of_an_application_tells_of_them(client, county):
    made = make_reviews.decided()
    page = client.get(url(DESK, "inspect", made.pk))
    assert "late-facts" not in [one.name for one in page.context["sections"]]
    served_less(made)
    page = client.get(url(DESK, "inspect", made.pk))
    assert "late-facts" in [one.name for one in page.context["sections"]]
    assert "instead of “passes”" in page.content.decode()


def test_the_page_of_a_round_names_each_of_the_own_area(client, county):
    of = make_reviews.grading_round()
    made, hidden = make_reviews.decided(of=of), make_reviews.decided(of=of)
    for one in (made, hidden):
        served_less(one)
    panel = make_rounds.panel(make_rounds.grading_round("scoring"), members=[county])
    panel.recusals.create(application=hidden, user=county, grounds=["kin"], found_on=TODAY)
    page = client.get(url(DESK, "late_facts", of.pk))
    assert [late.application.pk for late, _url in page.context["found"]] == [made.pk]
    assert hidden.mediator.name not in page.content.decode()


def test_figures_and_late_facts_of_another_county_cannot_be_found(client, county):
    theirs = make_reviews.grading_round(division=make.division("330682"))
    above = make_rounds.grading_round(division=make.division("3306"))
    for page in ("statistics", "late_facts", "statistics_export"):
        for of in (theirs, above):
            assert client.get(url(DESK, page, of.pk)).status_code == 404
            assert client.post(url(DESK, page, of.pk)).status_code in {404, 405}


@pytest.mark.parametrize("role", [Role.JUSTICE_OFFICE, Role.CLERK])
def test_figures_are_for_bureaus_and_auditors(client, at_desk, role):
    of = make_reviews.grading_round()
    made = make_reviews.application(of=of)
    at_desk(make.officer(role, made.organization if role == Role.CLERK else make_reviews.town()))
    assert client.get(url(DESK, "statistics", of.pk)).status_code == 404
    at_desk(make.officer(Role.AUDITOR, make.division("330681")))
    assert client.get(url(DESK, "statistics", of.pk)).status_code == 200


def test_late_facts_do_not_move_what_was_stored():
    made = make_reviews.decided()
    served_less(made)
    list(late_facts(Application.objects.with_all()))
    assert now(made).result == "pass"
