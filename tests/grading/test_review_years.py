"""A year made up of its quarters: joined, frozen, worked out, kept, held back, corrected."""

from datetime import date
from decimal import Decimal

import pytest

from grading.actions import (
    consequences,
    review_corrections,
    review_marks,
    review_results,
    review_sheets,
    reviews,
)
from grading.actions.review_judging import recomputed
from grading.models import ReviewCycle, ReviewSheet
from grading.reports.review_provenance import faults_of_content, sheet_faults
from grading.viewsets.review_cycle_acts import may_be_abandoned
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.grading import make_cycles, make_sheets, make_years
from tests.grading.make_sheets import LATER, WHY, now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SKIP_NONE = {"how": "mean", "missing": "not_assessed"}


@pytest.fixture
def by():
    return {"by": make.user(), **WHY}


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.messages


def one_year(*scores, rollup=None, span=(), **changes):
    """Return (year, person) of a year whose quarters gave somebody these scores."""
    rule = make_years.version(rollup, **changes)
    who = make_years.person(*span)
    make_years.parts(who, make_years.quarters(rule), *scores)
    year = make_years.opened(make_years.draft(rule))
    return year, who


def result(year, who):
    sheet = make_years.checked(year)[who]
    return sheet.result, sheet.score, sheet.band


# Opened over its parts.


def test_a_year_joins_the_reviews_of_its_rule_and_place_and_lies_at_the_bureau(by):
    rule = make_years.version()
    mine = [make_years.quarter(number, rule) for number in (1, 2)]
    elsewhere = make_years.quarter(3, rule, division=make.division("330682", "上虞区"))
    by_another = make_years.quarter(3, make_years.version())
    given_up = make_years.quarter(4, rule, "abandoned")
    before = make_cycles.cycle(
        "decided", version=rule, length="quarter", from_on=date(2024, 10, 1),
        until_on=date(2025, 1, 1),
    )  # fmt: skip
    who = make_years.person()
    year = make_years.draft(rule)

    year = reviews.open_cycle(year.pk, **by)

    assert year.state == "bureau"
    assert list(year.parts.order_by("from_on")) == mine
    untouched = ReviewCycle.objects.filter(pk__in=[
        elsewhere.pk, by_another.pk, given_up.pk, before.pk
    ])  # fmt: skip
    assert set(untouched.values_list("part_of", flat=True)) == {None}
    (sheet,) = year.sheets.all()
    assert (sheet.mediator, sheet.state, sheet.figures.count()) == (who, "bureau", 0)
    told = LedgerEntry.objects.filter(act="grading.reviewcycle.join").order_by("sequence")
    assert [entry.subject_id for entry in told] == [str(one.pk) for one in mine]


def test_a_year_without_parts_is_not_opened_and_nothing_is_left_of_it(by):
    rule = make_years.version()
    make_years.person()
    year = make_years.draft(rule)
    assert refused(reviews.open_cycle, year.pk, **by) == [
        "By the rule the year is made up of shorter reviews, and it has none here."
    ]
    year.refresh_from_db()
    assert (year.state, ReviewSheet.objects.count()) == ("draft", 0)


def test_a_year_by_a_rule_of_the_year_is_counted_as_before(by):
    rule = make_cycles.version(content=make_sheets.rule())
    make_years.person()
    year = reviews.open_cycle(make_cycles.cycle("draft", version=rule).pk, **by)
    assert (year.state, year.sheets.get().state) == ("self", "self")
    assert year.sheets.get().figures.count() == 2


@pytest.mark.parametrize(("state", "is_taken"), [("bureau", True), ("proposed", False)])
def test_a_part_is_added_until_the_results_of_the_year_are_proposed(by, state, is_taken):
    rule = make_years.version()
    year = make_cycles.cycle(state, version=rule, **make_years.YEAR)
    fields = {
        "division": year.division, "version": rule, "title": "一季度", "length": "quarter",
        "from_on": date(2025, 1, 1), "until_on": date(2025, 4, 1), "part_of": year,
    }  # fmt: skip
    if is_taken:
        assert reviews.add_cycle(**by, **fields).part_of == year
    else:
        said = (
            "It is part of a review of the year in the same place, by the same rule, whose"
            " results are not proposed yet."
        )
        assert refused(reviews.add_cycle, **by, **fields) == [said]


def test_a_part_by_another_rule_is_none(by):
    year = make_years.draft(make_years.version())
    fields = {
        "division": year.division, "version": make_years.version(), "title": "一季度",
        "length": "quarter", "from_on": date(2025, 1, 1), "until_on": date(2025, 4, 1),
    }  # fmt: skip
    assert refused(reviews.add_cycle, **by, part_of=year, **fields)
    assert reviews.add_cycle(**by, **fields).part_of is None


# Worked out.


@pytest.mark.parametrize(
    ("rollup", "scores", "expected"),
    [
        (None, (90, 90, 90, 90), ("done", Decimal("90.0"), "优秀")),
        # The boundary: 89.95 is rounded up, 89.9 is not.
        (None, (90, 90, 90, "89.8"), ("done", Decimal("90.0"), "优秀")),
        (None, (90, 90, 90, "89.6"), ("done", Decimal("89.9"), "称职")),
        (None, (80, None, None, 60), ("done", Decimal("70.0"), "称职")),
        ({"how": "latest", "missing": "skip"}, (95, 95, 95, 20), ("done", Decimal(20), "不称职")),
        (
            {"how": "weighted", "missing": "skip", "weights": ["10%", "20%", "30%", "40%"]},
            (100, 90, 80, 70), ("done", Decimal("80.0"), "称职"),
        ),
        ({"how": "mean", "missing": "skip", "least": 3}, (80, 90, None, None),
         ("too_little", None, "")),
        ({"how": "mean", "missing": "skip", "least": 2}, (80, 90, None, None),
         ("done", Decimal(85), "称职")),
        (SKIP_NONE, (80, 90, 90, None), ("not_assessed", None, "")),
    ],
)  # fmt: skip
def test_a_year_is_what_the_rule_makes_of_its_quarters(rollup, scores, expected):
    year, who = one_year(*map(as_number, scores), rollup=rollup)
    assert result(year, who) == expected


def as_number(score):
    return None if score is None else Decimal(str(score))


@pytest.mark.parametrize(
    ("began", "expected"),
    [
        # In post from the first day of the third quarter: two are all there is.
        (date(2025, 7, 1), "done"),
        # A day earlier the second one is missing.
        (date(2025, 6, 30), "not_assessed"),
    ],
)
def test_a_quarter_out_of_post_is_not_missing(began, expected):
    changes = {"minimum_service": {"days": 1}}
    year, who = one_year(None, None, 80, 90, rollup=SKIP_NONE, span=(began,), **changes)
    assert result(year, who)[0] == expected


def test_a_gap_between_two_posts_is_not_missing():
    rule = make_years.version(SKIP_NONE)
    held = make_years.quarters(rule)
    who = make_years.person(date(2020, 1, 1), date(2025, 4, 1))
    body = who.appointments.get().organization
    make_cycles.served(date(2025, 10, 1), body=body, person=who)
    make_years.parts(who, held, 80, None, None, 90)
    year = make_years.opened(make_years.draft(rule))
    assert result(year, who) == ("done", Decimal(85), "称职")
    (sheet,) = year.sheets.all()
    assert [one["served"] for one in now(sheet).content["parts"]] == [True, False, False, True]


@pytest.mark.parametrize("state", ["not_graded", "without_a_result"])
def test_a_quarter_without_a_result_is_missing_and_never_nought(state):
    rule = make_years.version()
    held, who = make_years.quarters(rule, 1, 2), make_years.person()
    make_years.part(held[1], who, 80)
    if state == "not_graded":
        make_years.part(held[2], who, state="not_graded")
    else:
        make_years.part(held[2], who)
    year = make_years.opened(make_years.draft(rule))
    assert result(year, who) == ("done", Decimal(80), "称职")
    content = make_years.sheets(year)[who].content
    assert (content["weights"], content["missing"]) == ({"1": "1"}, [2, 3, 4])


def test_a_result_that_was_corrected_counts_in_place_of_the_old_one():
    rule = make_years.version()
    held, who = make_years.quarters(rule, 1), make_years.person()
    old = make_years.part(held[1], who, 80)
    ReviewSheet.objects.filter(pk=old.pk).update(state="replaced")
    waiting = {"number": 2, "corrects": old, "correction_reason": "改。"}
    new = make_years.part(held[1], who, 95, **waiting)
    proposed = {**waiting, "number": 3, "corrects": new, "state": "bureau"}
    make_cycles.sheet(of=held[1], mediator=who, body=new.organization, **proposed)
    year = make_years.opened(make_years.draft(rule))
    assert result(year, who) == ("done", Decimal(95), "优秀")


def test_a_veto_of_the_year_holds_for_what_the_quarters_add_up_to():
    veto = {"id": "two", "when": {"cmp": ["complaints.founded", ">=", 0]},
            "effect": {"cap": "不称职"}}  # fmt: skip
    year, who = one_year(95, 95, 95, 95, vetoes=[veto])
    assert result(year, who) == ("done", Decimal(95), "不称职")
    (sheet,) = make_years.sheets(year).values()
    assert [one["id"] for one in sheet.content["vetoes"]] == ["two"]
    assert faults_of_content(sheet) == []


def test_the_quota_of_a_band_is_counted_over_the_year():
    top = make_sheets.top(1, tie=["tie_break", "exclude_all"], tie_break=["conduct"])
    rule = make_years.version(top=[top])
    held = make_years.quarters(rule, 1, 2)
    first, second = make_years.person(), make_years.person()
    make_years.parts(first, held, 95, 93)
    make_years.parts(second, held, 92, 95)
    year = make_years.opened(make_years.draft(rule))
    make_years.checked(year)
    review_results.propose_results(year.pk, by=make.user(), **WHY)
    rows = make_years.sheets(year)
    assert [(rows[one].band, rows[one].band_earned) for one in (first, second)] == [
        ("优秀", "优秀"), ("称职", "优秀"),
    ]  # fmt: skip


def test_as_many_queries_for_many_people_as_for_few(django_assert_max_num_queries):
    rule = make_years.version()
    held = make_years.quarters(rule, 1, 2)
    people = [make_years.person() for _n in range(6)]
    for who in people:
        make_years.parts(who, held, 80, 90)
    year = make_years.opened(make_years.draft(rule))
    by = make.user()
    with django_assert_max_num_queries(30):
        review_sheets.check_all(year.pk, by=by, **WHY)


# Held back.


def test_a_part_that_is_not_decided_keeps_the_year_back_and_is_named(by):
    rule = make_years.version()
    held, who = make_years.quarters(rule, 1), make_years.person()
    make_years.part(held[1], who, 80)
    late = make_years.quarter(2, rule, "notice", title="二季度考核")
    make_years.quarter(3, rule, "draft", title="三季度考核")
    year = make_years.opened(make_years.draft(rule))
    said = [f"“{title}” counts in this year and is not decided yet."
            for title in ("二季度考核", "三季度考核")]  # fmt: skip
    sheet = year.sheets.get()
    assert refused(review_sheets.check, sheet.pk, **by) == said
    assert refused(review_sheets.check_all, year.pk, **by) == said
    assert now(sheet).result == ""
    ReviewSheet.objects.filter(pk=sheet.pk).update(
        state="proposed", result="done", score=80, band="称职", band_earned="称职"
    )
    assert refused(review_results.propose_results, year.pk, **by) == said
    late.parts.model.objects.filter(title="三季度考核").update(state="abandoned")
    assert refused(review_results.propose_results, year.pk, **by) == said[:1]


def test_a_part_decided_after_the_check_has_the_sheet_checked_anew(by):
    rule = make_years.version()
    held, who = make_years.quarters(rule, 1), make_years.person()
    make_years.part(held[1], who, 80)
    year = make_years.opened(make_years.draft(rule))
    sheet = make_years.checked(year)[who]
    added = make_years.quarter(2, rule, part_of=year)
    make_years.part(added, who, 90)
    assert refused(review_results.propose_results, year.pk, **by) == [
        f"A shorter review has changed since: check anew the sheets of {who}."
    ]
    review_sheets.reopen(sheet.pk, **by)
    assert result(year, who) == ("done", Decimal(85), "称职")
    review_results.propose_results(year.pk, **by)


def test_nobody_gives_points_or_puts_figures_right_on_a_year_made_of_parts(by):
    year, _who = one_year(80, 80, 80, 80)
    sheet = year.sheets.get()
    assert [sheet.asked_of(actor) for actor in ("organization", "bureau")] == [(), ()]
    wrong = {"indicator": "success", "part": 1, "whole": 2}
    assert refused(review_marks.correct_figure, sheet.pk, **by, **wrong) == [
        "The year is made up of shorter reviews: put it right there."
    ]


# Kept, and corrected.


@pytest.fixture
def decided():
    """Return (sheet of a quarter, sheet of the year), both decided by the actions."""
    rule = make_years.version()
    who = make_years.person()
    quarter = make_years.quarter(1, rule, "bureau")
    body = who.appointments.get().organization
    part = make_sheets.checked(quarter, mediator=who, body=body)
    make_sheets.decided(quarter)
    year = make_years.opened(make_years.draft(rule))
    sheet = make_years.checked(year)[who]
    make_sheets.decided(year)
    return now(part), now(sheet)


def corrected(sheet, **what):
    """Propose and confirm the correction of a sheet by two officers."""
    new = review_corrections.correct_sheet(sheet.pk, by=make.user(), **LATER, **what)
    return review_corrections.confirm_correction(new.pk, by=make.user(), **LATER)


def test_a_year_is_kept_with_what_each_part_said_and_computed_anew(decided):
    part, year = decided
    assert (year.state, year.score, year.band) == ("decided", Decimal("94.00"), "优秀")
    first, *others = year.content["parts"]
    assert first == {
        "number": 1, "period": ["2025-01-01", "2025-04-01"], "served": True,
        "review": part.cycle_id, "sheet": part.pk, "digest": part.digest, "result": "done",
        "score": "94.00", "band": "优秀",
    }  # fmt: skip
    assert [one["review"] for one in others] == [None] * 3
    again = recomputed(year.content, year.cycle.rules)
    assert (again.score, again.band, again.year.missing) == (Decimal("94.0"), "优秀", (2, 3, 4))
    assert list(sheet_faults()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"score": 80}, "tells otherwise"),
        ({"band": "称职"}, "tells otherwise"),
        ({"state": "replaced"}, "was replaced and nobody was told"),
    ],
)
def test_a_part_that_is_not_what_it_was_is_found(decided, change, said):
    part, year = decided
    ReviewSheet.objects.filter(pk=part.pk).update(**change)
    expected = f"review sheet {year.pk}: review sheet {part.pk}, a part of it, {said}"
    assert expected in list(sheet_faults())


@pytest.mark.parametrize("name", ["weights", "missing"])
def test_how_parts_make_up_the_year_is_computed_anew(decided, name):
    _part, year = decided
    content = {**year.content, name: type(year.content[name])()}
    ReviewSheet.objects.filter(pk=year.pk).update(content=content)
    found = "\n".join(sheet_faults())
    assert f"review sheet {year.pk}: computed anew its {name} is" in found


def test_a_correction_of_a_part_flags_the_year_and_a_correction_of_the_year_settles_it(decided):
    part, year = decided
    assert refused(review_corrections.correct_sheet, year.pk, by=make.user(), **LATER) == [
        "Nothing of what the year is made up of has changed."
    ]
    new_part = corrected(part, points={"conduct": 10})

    assert (now(year).flagged_on, now(year).state) == (LATER["today"], "decided")
    told = LedgerEntry.objects.get(act="grading.reviewsheet.flag")
    assert told.subject_id == str(year.pk)
    assert list(sheet_faults()) == []
    said = "The year is made up of shorter reviews: put it right there."
    wrong = {"figures": {"success": (1, 10)}}
    assert refused(review_corrections.correct_sheet, year.pk, by=make.user(), **LATER, **wrong) == [
        said
    ]

    new = corrected(year)
    assert (new.score, new.band, new.flagged_on) == (Decimal("64.00"), "称职", None)
    assert new.content["parts"][0]["sheet"] == new_part.pk
    assert now(year).state == "replaced"
    assert list(sheet_faults()) == []


def test_a_correction_that_went_out_of_date_is_not_confirmed(decided):
    part, year = decided
    second = corrected(part, points={"conduct": 10})
    waiting = review_corrections.correct_sheet(year.pk, by=make.user(), **LATER)
    corrected(second, points={"conduct": 20})
    confirm = review_corrections.confirm_correction
    assert refused(confirm, waiting.pk, by=make.user(), **LATER) == [
        f"A shorter review has changed since: check anew the sheets of {year.mediator}."
    ]
    review_corrections.drop_correction(waiting.pk, by=make.user(), **LATER)
    assert corrected(year).score == Decimal("74.00")


def test_a_part_of_somebody_else_flags_nobody(decided):
    part, year = decided
    other = make_cycles.sheet("decided", of=part.cycle)
    review = year.cycle
    theirs = make_cycles.sheet("decided", of=review, mediator=other.mediator)
    corrected(part, points={"conduct": 10})
    assert (now(theirs).flagged_on, now(other).flagged_on) == (None, None)


def test_what_follows_from_a_year_is_opened_and_flagged_when_the_year_is_corrected(decided):
    part, year = decided
    pay = year.consequences.get(kind="pay")
    consequences.carry_out_consequence(pk=pay.pk, by=make.user(), **LATER)
    corrected(part, points={"conduct": 10})
    corrected(year)
    pay.refresh_from_db()
    assert pay.flagged_on == LATER["today"]


def test_the_day_of_a_part_is_that_of_the_rule(by):
    """A quarter on other days than the rule's is no period of the year."""
    rule = make_years.version()
    year = make_years.draft(rule)
    fields = {
        "division": year.division, "version": rule, "title": "错", "length": "quarter",
        "from_on": date(2025, 2, 1), "until_on": date(2025, 5, 1), "part_of": year,
    }  # fmt: skip
    assert refused(reviews.add_cycle, **by, **fields) == [
        "By the rule no period begins on this day."
    ]


# Given up.


def of_parts(year):
    return list(year.parts.order_by("pk").values_list("pk", "state", "revision", "part_of"))


def test_a_year_that_is_open_is_given_up_and_its_parts_stay(by):
    year, who = one_year(80, 90, 70, 60)
    before = of_parts(year)
    assert refused(reviews.abandon_cycle, year.pk, **{**by, "reason": " "}) == ["Give the reason."]
    assert reviews.abandon_cycle(year.pk, **by).state == "abandoned"
    assert of_parts(year) == before
    assert len(before) == 4
    again = make_years.opened(make_years.draft(year.version))
    assert [row[:2] for row in of_parts(again)] == [row[:2] for row in before]
    assert result(again, who) == ("done", Decimal(75), "称职")


def test_a_year_with_a_checked_sheet_is_not_given_up(by):
    year, who = one_year(80, 90, 70, 60)
    sheet = make_years.checked(year)[who]
    said = ["A sheet was checked already. Take its result back before."]
    assert refused(reviews.abandon_cycle, year.pk, **by) == said
    review_sheets.reopen(sheet.pk, **by)
    assert reviews.abandon_cycle(year.pk, **by).state == "abandoned"


def test_a_year_whose_results_are_proposed_is_not_given_up(by):
    year, _who = one_year(80, 90, 70, 60)
    make_years.checked(year)
    review_results.propose_results(year.pk, **by)
    (said,) = refused(reviews.abandon_cycle, year.pk, **by)
    assert said == "“Abandon” is not possible in the state “results proposed”."


def test_a_review_that_organisations_worked_on_is_not_given_up(by):
    cycle = make_cycles.cycle("bureau")
    said = ["Organisations have worked on it already."]
    assert refused(reviews.abandon_cycle, cycle.pk, **by) == said


def test_who_was_not_graded_in_a_review_given_up_was_in_none(by):
    who = make_years.person(from_on=date(2025, 12, 20))
    rule = make_years.version(minimum_service={"months": 6, "label": "不定等次"})
    make_years.quarters(rule)
    year = make_years.opened(make_years.draft(rule))
    assert [row.mediator for row in ReviewSheet.objects.standing()] == [who]
    reviews.abandon_cycle(year.pk, **by)
    assert list(ReviewSheet.objects.standing()) == []
    assert year.sheets.get().state == "not_graded"


def test_only_a_year_of_parts_is_offered_to_be_given_up_at_the_bureau():
    year, _who = one_year(80, 90, 70, 60)
    assert may_be_abandoned(year)
    assert not may_be_abandoned(make_cycles.cycle("bureau"))
    assert may_be_abandoned(make_cycles.cycle("self"))
    assert not may_be_abandoned(make_cycles.cycle("organization"))
