"""Annual reviews: set up by a rule of the review, people frozen, sheets handed on, put away."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grading.actions import reviews
from grading.actions.review_counting import count_figures
from grading.actions.review_freezing import roster_of
from grading.models import ReviewCycle, ReviewFigure, ReviewSheet
from grading.reports.review_rosters import roster_faults
from office.flow import Refused, Stale
from office.models import LedgerEntry
from registry.models import Appointment
from tests import make
from tests.casework import make_cases
from tests.grading import make_cycles, make_grading
from tests.grading.make_cycles import FROM_ON, UNTIL_ON, served
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
REASON = "年度考核。"


@pytest.fixture
def by():
    return make.user()


@pytest.fixture
def given(by):
    return {"by": by, "today": TODAY, "reason": REASON}


@pytest.fixture
def body():
    return make.organization()


def fields(**changes):
    return {
        "division": make.division(), "version": make_cycles.version(), "title": "2025年度考核",
        "length": "year", "from_on": FROM_ON, "until_on": UNTIL_ON,
        "self_until": TODAY + 10 * DAY, "organization_until": TODAY + 20 * DAY,
        "office_until": TODAY + 30 * DAY, **changes,
    }  # fmt: skip


def sheet_of(cycle, post):
    return cycle.sheets.get(mediator=post.mediator_id)


def acts(cycle):
    rows = LedgerEntry.objects.filter(subject_type="grading.reviewcycle", subject_id=str(cycle.pk))
    return list(rows.order_by("sequence").values_list("act", flat=True))


def refused(said, act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert caught.value.messages == [said]


# Set up.


def test_a_review_is_set_up_as_a_draft(given):
    cycle = reviews.add_cycle(**given, **fields())
    assert (cycle.state, cycle.opened_by, cycle.frozen_on) == ("draft", given["by"], None)
    assert acts(cycle) == ["grading.reviewcycle.add"]


def test_a_rule_of_grading_is_none_of_the_review(given):
    version = make_grading.version("active", division=make.division("3306"))
    said = "This is no rule of the annual review in force in this division."
    refused(said, reviews.add_cycle, **given, **fields(version=version))


@pytest.mark.parametrize("state", ["draft", "retired", "template"])
def test_a_version_not_in_force_is_refused(given, state):
    said = "This is no rule of the annual review in force in this division."
    version = (
        make_cycles.version(state)
        if state != "template"
        else make_grading.version(
            "template",
            content=make_cycles.document(),
            of=make_grading.scheme(None, purpose="review"),
        )
    )
    refused(said, reviews.add_cycle, **given, **fields(version=version))


def test_a_rule_of_another_place_is_refused(given):
    version = make_cycles.version(division=make.division("330682", "上虞区"))
    said = "This is no rule of the annual review in force in this division."
    refused(said, reviews.add_cycle, **given, **fields(version=version))


def test_a_review_is_held_by_a_bureau(given):
    town = make.division("330681101")
    refused(
        "A review is held by a county or a city.",
        reviews.add_cycle, **given, **fields(division=town),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until_on": date(2025, 12, 31)}, "The period is not as long as the cycle says."),
        ({"length": "quarter"}, "The period is not as long as the cycle says."),
        (
            {"from_on": date(2025, 2, 1), "until_on": date(2026, 2, 1)},
            "By the rule no period begins on this day.",
        ),
        (
            {"length": "quarter", "until_on": date(2025, 4, 1)},
            "The rule has no period that is as long.",
        ),
    ],
)
def test_a_period_is_one_of_the_rule(given, changes, said):
    refused(said, reviews.add_cycle, **given, **fields(**changes))


def test_a_shorter_review_is_part_of_one_of_the_year(given):
    rule = make_cycles.version(content=make_cycles.rule(cycle="quarter"))
    quarter = {"length": "quarter", "from_on": FROM_ON, "until_on": date(2025, 4, 1)}
    year = reviews.add_cycle(**given, **fields(version=rule))
    part = reviews.add_cycle(**given, **fields(version=rule, part_of=year, **quarter))
    assert list(year.parts.all()) == [part]
    said = (
        "It is part of a review of the year in the same place, by the same rule, whose results are"
        " not proposed yet."
    )
    later = {"length": "quarter", "from_on": date(2025, 4, 1), "until_on": date(2025, 7, 1)}
    refused(said, reviews.add_cycle, **given, **fields(version=rule, part_of=part, **later))


def test_a_draft_is_changed_with_its_revision(given):
    cycle = reviews.add_cycle(**given, **fields())
    changed = reviews.change_cycle(cycle.pk, **given, revision=cycle.revision, title="改")
    assert changed.title == "改"
    with pytest.raises(Stale):
        reviews.change_cycle(cycle.pk, **given, revision=cycle.revision, title="再改")
    refused(
        "A review stays in the place it was set up for.",
        reviews.change_cycle, cycle.pk, **given, revision=2, division=make.division("3306"),
    )  # fmt: skip


def test_an_open_review_is_not_changed(given):
    cycle = make_cycles.cycle("self")
    refused(
        "In this state the record may not be edited.",
        reviews.change_cycle, cycle.pk, **given, revision=cycle.revision, title="改",
    )  # fmt: skip


# Opened: everybody who served is frozen.


@pytest.fixture
def draft():
    return make_cycles.cycle("draft")


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ((date(2020, 1, 1), None), 365),
        ((date(2020, 1, 1), date(2025, 1, 2)), 1),
        ((date(2025, 12, 31), None), 1),
        ((date(2025, 7, 1), date(2026, 3, 1)), 184),
    ],
)
def test_whoever_served_a_day_of_the_period_is_frozen(given, draft, body, span, days):
    post = served(*span, body=body)
    reviews.open_cycle(draft.pk, **given)
    (sheet,) = draft.sheets.all()
    assert (sheet.mediator_id, sheet.days_in) == (post.mediator_id, days)
    assert (sheet.organization, sheet.division) == (body, body.division)


def test_whoever_did_not_serve_is_left_out(given, draft, body):
    served(date(2020, 1, 1), body=body)
    served(date(2020, 1, 1), FROM_ON, body=body)
    served(UNTIL_ON, body=body)
    served(date(2024, 1, 1), body=make.organization(in_division=make.division("330682", "上虞区")))
    served(date(2025, 3, 1), body=body, state="candidate")
    served(
        date(2025, 3, 1), body=body, state="probation", probation_until_on=TODAY, unit="调委会",
        route="appointed",
    )  # fmt: skip
    served(date(2025, 3, 1), date(2025, 5, 1), body=body, ended_by="dropped_out")
    reviews.open_cycle(draft.pk, **given)
    assert draft.sheets.count() == 1


def test_posts_of_one_person_are_joined_and_the_last_gives_the_organisation(given, draft, body):
    first = served(date(2024, 1, 1), date(2025, 5, 1), body=body)
    person, other = first.mediator, make.organization()
    served(date(2025, 4, 1), date(2025, 9, 1), body=make.organization(), person=person)
    served(date(2025, 11, 1), body=other, person=person)
    reviews.open_cycle(draft.pk, **given)
    (sheet,) = draft.sheets.all()
    assert sheet.organization == other
    assert (sheet.in_from, sheet.in_until) == (FROM_ON, UNTIL_ON)
    # January to August, November and December.
    assert sheet.days_in == 243 + 61


@pytest.mark.parametrize(
    ("from_on", "state"), [(date(2025, 7, 1), "self"), (date(2025, 7, 2), "not_graded")]
)
def test_who_served_too_little_is_not_graded(given, draft, body, from_on, state):
    post = served(from_on, body=body)
    reviews.open_cycle(draft.pk, **given)
    sheet = sheet_of(draft, post)
    label, result = ("不定等次", "not_graded") if state == "not_graded" else ("", "")
    assert (sheet.state, sheet.band, sheet.result) == (state, label, result)
    assert sheet.figures.exists() is (state == "self")


def test_opening_counts_the_figures_and_tells_the_ledger_once(given, draft, body):
    post = served(date(2020, 1, 1), body=body)
    served(date(2025, 12, 1), body=body)
    for n in range(6):
        state = "succeeded" if n else "failed"
        make_cases.case(
            state, body=body, mediators=[post.mediator], accepted_on=date(2025, 3, 1 + n),
            difficulty=make_cases.difficulty("major" if n < 2 else "simple"),
        )  # fmt: skip
    make_cases.case("succeeded", body=body, mediators=[post.mediator], accepted_on=UNTIL_ON)

    cycle = reviews.open_cycle(draft.pk, **given)

    assert (cycle.state, cycle.frozen_on) == ("self", TODAY)
    found = {one.indicator: one for one in sheet_of(cycle, post).figures.all()}
    assert list(found) == ["success", "fulfilled", "satisfaction", "training", "complaints"]
    success = found["success"]
    assert (success.part, success.whole, success.state) == (5, 6, "assessed")
    assert success.mix == {"major": 2, "simple": 4}
    assert (success.metric, success.counted_on, success.by) == ("success", TODAY, None)
    assert (found["fulfilled"].part, found["fulfilled"].whole) == (0, 5)
    lacking = found["satisfaction"]
    assert (lacking.part, lacking.whole, lacking.state, lacking.mix) == (None, None, "missing", {})
    assert (found["complaints"].part, found["complaints"].whole) == (0, 1)
    assert acts(cycle) == ["grading.reviewcycle.open", "grading.reviewcycle.freeze"]
    entry = LedgerEntry.objects.get(act="grading.reviewcycle.freeze")
    assert entry.after == {
        "people": 2, "not_graded": 1, "figures": 5, "roster": roster_of(cycle)
    }  # fmt: skip


def test_too_few_cases_say_nothing(given, draft, body):
    post = served(date(2020, 1, 1), body=body)
    for _n in range(4):
        make_cases.case("succeeded", body=body, mediators=[post.mediator], accepted_on=FROM_ON)
    reviews.open_cycle(draft.pk, **given)
    success = sheet_of(draft, post).figures.get(indicator="success")
    assert (success.part, success.whole, success.state) == (4, 4, "too_few")


def test_figures_are_counted_where_none_stand(given, draft, body):
    post = served(date(2020, 1, 1), body=body)
    cycle = reviews.open_cycle(draft.pk, **given)
    assert count_figures(cycle, TODAY) == 0
    sheet = sheet_of(cycle, post)
    sheet.figures.update(replaced_on=TODAY)
    other = make_cycles.sheet(of=cycle, body=body)
    assert count_figures(cycle, TODAY, cycle.sheets.filter(pk=other.pk)) == 5
    assert count_figures(cycle, TODAY) == 5
    assert ReviewFigure.objects.count() == 15


def test_as_many_queries_for_many_people_as_for_few(given, draft, body):
    for _n in range(3):
        served(date(2020, 1, 1), body=body)
    with CaptureQueriesContext(connection) as few:
        reviews.open_cycle(draft.pk, **given)
    for _n in range(9):
        served(date(2020, 1, 1), body=body)
    again = make_cycles.cycle(
        "draft", version=draft.version, from_on=date(2024, 1, 1), until_on=date(2025, 1, 1)
    )
    with CaptureQueriesContext(connection) as many:
        reviews.open_cycle(again.pk, **given)
    assert again.sheets.count() == 12
    assert len(many) <= len(few)


def test_a_review_is_opened_once(given, draft, body):
    served(date(2020, 1, 1), body=body)
    reviews.open_cycle(draft.pk, **given)
    refused(
        "“Open” is not possible in the state “self-review”.",
        reviews.open_cycle, draft.pk, **given,
    )  # fmt: skip
    assert ReviewSheet.objects.count() == 1


def test_a_period_that_is_not_over_is_not_reviewed(given, body):
    served(date(2020, 1, 1), body=body)
    draft = make_cycles.cycle("draft", from_on=date(2026, 1, 1), until_on=date(2027, 1, 1))
    refused("The period is not over yet.", reviews.open_cycle, draft.pk, **given)
    last_day = {**given, "today": UNTIL_ON - DAY}
    other = make_cycles.cycle(
        "draft", from_on=FROM_ON, until_on=UNTIL_ON, self_until=TODAY, version=draft.version
    )
    refused("The period is not over yet.", reviews.open_cycle, other.pk, **last_day)


def test_a_rule_ended_since_opens_nothing(given, body):
    served(date(2020, 1, 1), body=body)
    draft = make_cycles.cycle("draft", version=make_cycles.version("retired"))
    refused("The version of the rule set is not in force.", reviews.open_cycle, draft.pk, **given)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            {"self_until": None},
            "Type in until when mediators, organisations and offices have time.",
        ),
        ({"self_until": TODAY - DAY}, "This day is over already."),
        ({}, "Nobody was in post in the period."),
    ],
)
def test_what_keeps_a_review_from_being_opened(given, days, said):
    draft = make_cycles.cycle("draft", **days)
    refused(said, reviews.open_cycle, draft.pk, **given)
    assert ReviewCycle.objects.get().state == "draft"


def test_nothing_is_left_of_an_opening_that_fails(given, draft, body, monkeypatch):
    served(date(2020, 1, 1), body=body)

    def fails(*_args):
        raise RuntimeError

    monkeypatch.setattr(reviews, "count_figures", fails)
    with pytest.raises(RuntimeError):
        reviews.open_cycle(draft.pk, **given)
    assert (ReviewCycle.objects.get().state, ReviewSheet.objects.count()) == ("draft", 0)
    assert acts(draft) == []


# Handed on.


def test_who_handed_nothing_in_goes_on_without_a_self_review(given):
    cycle = make_cycles.cycle("self", self_until=TODAY - DAY)
    late = make_cycles.sheet("self", of=cycle)
    done = make_cycles.sheet("organization", of=cycle)
    elsewhere = make_cycles.sheet("self")

    reviews.collect_sheets(cycle.pk, **given)

    for row in (late, done, elsewhere, cycle):
        row.refresh_from_db()
    assert cycle.state == "organization"
    assert (late.state, late.is_late, late.revision) == ("organization", True, 1)
    assert (done.state, done.is_late, done.revision) == ("organization", False, 0)
    assert (elsewhere.state, elsewhere.is_late) == ("self", False)
    entry = LedgerEntry.objects.get(act="grading.reviewsheet.take_up")
    assert entry.subject_id == str(late.pk)
    assert (entry.before["state"], entry.after["state"]) == ("self", "organization")


def test_on_the_last_day_mediators_still_have_time(given):
    cycle = make_cycles.cycle("self", self_until=TODAY)
    sheet = make_cycles.sheet("self", of=cycle)
    refused(
        "The time of the mediators is not over, and a self-review is not in yet.",
        reviews.collect_sheets, cycle.pk, **given,
    )  # fmt: skip
    sheet.refresh_from_db()
    assert (sheet.state, sheet.is_late) == ("self", False)


def test_all_handed_in_early_is_collected_early(given):
    cycle = make_cycles.cycle("self", self_until=TODAY + DAY)
    make_cycles.sheet("organization", of=cycle)
    assert reviews.collect_sheets(cycle.pk, **given).state == "organization"
    assert not LedgerEntry.objects.filter(act="grading.reviewsheet.take_up").exists()


@pytest.mark.parametrize("state", ["organization", "office"])
def test_the_bureau_waits_for_every_sheet(given, state):
    cycle = make_cycles.cycle("organization")
    sheet = make_cycles.sheet(state, of=cycle)
    make_cycles.sheet("bureau", of=cycle)
    refused(
        "A sheet is still with an organisation or an office.",
        reviews.take_over_sheets, cycle.pk, **given,
    )  # fmt: skip
    ReviewSheet.objects.filter(pk=sheet.pk).update(state="bureau")
    assert reviews.take_over_sheets(cycle.pk, **given).state == "bureau"


def test_a_review_is_given_up_with_a_reason(given):
    cycle = make_cycles.cycle("self")
    refused("Give the reason.", reviews.abandon_cycle, cycle.pk, **{**given, "reason": " "})
    assert reviews.abandon_cycle(cycle.pk, **given).state == "abandoned"
    other = make_cycles.cycle("organization", version=cycle.version)
    refused(
        "“Abandon” is not possible in the state “with the organisations”.",
        reviews.abandon_cycle, other.pk, **given,
    )  # fmt: skip


def test_what_is_settled_is_put_away(given):
    cycle = make_cycles.cycle("applied")
    assert reviews.archive_cycle(cycle.pk, **given).state == "archived"
    assert Appointment.objects.count() == 0


def test_people_taken_away_or_moved_after_the_freezing_are_found(given, draft, body):
    served(date(2020, 1, 1), body=body)
    newcomer = served(UNTIL_ON - 5 * DAY, body=body)
    cycle = reviews.open_cycle(draft.pk, **given)
    sequence = LedgerEntry.objects.get(act="grading.reviewcycle.freeze").sequence
    said = [
        f"review {cycle.pk}: its people or their days are not those it was opened with;"
        f" the ledger tells of them in entry {sequence}"
    ]
    assert list(roster_faults()) == []

    sheet = ReviewSheet.objects.get(mediator=newcomer.mediator_id)
    ReviewSheet.objects.filter(pk=sheet.pk).update(days_in=sheet.days_in + 1)
    assert list(roster_faults()) == said

    ReviewSheet.objects.filter(pk=sheet.pk).update(days_in=sheet.days_in)
    assert list(roster_faults()) == []
    ReviewFigure.objects.filter(sheet=sheet).delete()
    ReviewSheet.objects.filter(pk=sheet.pk)._raw_delete("default")
    assert list(roster_faults()) == said
