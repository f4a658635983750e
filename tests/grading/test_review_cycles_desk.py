"""Annual reviews at the desk: who sees which, what is counted for whom, what is typed."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from grading.models import ReviewCycle, ReviewSheet
from grading.reports.review_calibration import Calibration
from grading.reports.review_standing import ROAD, matrix_of, notes_on, standing_of
from grading.reports.roads import road_of
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.grading import make_rounds, make_sheets, make_told
from tests.grading.make_told import COUNTY, ELSEWHERE
from tests.make import DAY, TODAY
from tests.registry.desk import fields, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK = "grading_reviews"
QUERIES = 10
MEAN = {"how": "mean", "missing": "skip"}


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    cache.clear()


def other(state="draft"):
    return make_told.cycle(state, division=make.division(ELSEWHERE))


def office(code=make_told.TOWN):
    return make.officer(Role.JUSTICE_OFFICE, make.division(code))


@pytest.mark.parametrize("page", ["inspect", "history", "edit", "calibration"])
def test_a_review_of_another_county_cannot_be_found(client, county, page):
    assert client.get(url(DESK, page, make_told.cycle("draft").pk)).status_code == 200
    assert client.get(url(DESK, page, other().pk)).status_code == 404


ACTS = [
    "open", "collect", "take_over", "check_ready", "propose", "take_back", "apply", "archive",
    "abandon",
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_review_of_another_county_cannot_be_found(client, county, act):
    assert client.get(url(DESK, "act", make_told.cycle("draft").pk, act)).status_code == 200
    theirs = other()
    assert client.get(url(DESK, "act", theirs.pk, act)).status_code == 404
    assert client.post(url(DESK, "act", theirs.pk, act), sent()).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "draft"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CITY_BUREAU, 200),
        (Role.COUNTY_BUREAU, 200),
        (Role.JUSTICE_OFFICE, 404),
        (Role.AUDITOR, 404),
    ],
)
def test_only_bureaus_set_up_reviews(client, at_desk, role, status):
    at_desk(make.officer(role, make.division(COUNTY)))
    assert client.get(url(DESK, "index")).status_code == 200
    assert client.get(url(DESK, "add")).status_code == status
    of = make_told.cycle("draft")
    expected = 404 if role == Role.JUSTICE_OFFICE else 200
    assert client.get(url(DESK, "calibration", of.pk)).status_code == expected


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HANDLER, Role.SYSTEM_ADMIN])
def test_others_have_no_such_desk(client, at_desk, role):
    at_desk(make.officer(role, make.division(COUNTY)))
    assert client.get(url(DESK, "index")).status_code == 404


def test_an_office_reads_what_is_published_for_its_place_and_acts_on_nothing(client, at_desk):
    at_desk(office())
    opened = make_told.cycle("organization")
    hidden = [make_told.cycle("draft", from_on=date(2024, 1, 1)), other("organization")]
    listed = {row.pk for row, *_rest in client.get(url(DESK, "index")).context["listed"]}
    assert listed == {opened.pk}
    assert client.get(url(DESK, "inspect", opened.pk)).status_code == 200
    assert [client.get(url(DESK, "inspect", one.pk)).status_code for one in hidden] == [404, 404]
    assert client.get(url(DESK, "act", opened.pk, "take_over")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        of = make_told.cycle(from_on=date(2020 + number, 1, 1), until_on=date(2021 + number, 1, 1))
        make_told.sheet("proposed", of=of)
        make_told.sheet("self", of=of)
    client.get(url(DESK, "index"))
    with django_assert_num_queries(QUERIES):
        response = client.get(url(DESK, "index"))
    found = [(row.number_of_sheets, row.number_done) for row, *_rest in response.context["listed"]]
    assert found == [(2, 1)] * rows


@pytest.mark.parametrize(("last", "number"), [("2025-12-30", 0), ("2025-12-31", 1)])
def test_a_period_is_shown_and_found_by_its_last_day(client, county, last, number):
    of = make_told.cycle(from_on=date(2025, 1, 1), until_on=date(2026, 1, 1))
    found = client.get(f"{url(DESK, 'index')}?ends_until={last}").context["listed"]
    assert [row.pk for row, *_rest in found] == [of.pk] * number
    assert of.last_day == date(2025, 12, 31)


def test_the_form_offers_the_year_before_and_only_rules_of_reviews(client, county):
    mine = make_told.version()
    draft = make_told.version(state="draft")
    page = client.get(url(DESK, "add"))
    form = page.context["form"]
    assert list(form.fields["version"].queryset) == [mine]
    assert draft.pk != mine.pk
    shown = fields(page)
    assert shown["period"] == "year:2025-01-01:2026-01-01"
    assert shown["version"] == mine.pk
    assert shown["self_until"] == TODAY + 10 * DAY


def test_days_out_of_order_stand_beside_their_field_and_nothing_is_lost(client, county):
    make_told.version()
    typed = fields(client.get(url(DESK, "add")))
    typed |= {"title": "My title", "office_until": TODAY, "part_of": "", "reason": "x"}
    answer = client.post(url(DESK, "add"), sent(**typed))
    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == ["office_until"]
    assert form["title"].value() == "My title"
    assert not ReviewCycle.objects.exists()


def test_a_part_of_a_year_lies_in_it(client, county):
    rule = make_told.version(make_told.rule(cycle="month", rollup=MEAN))
    year = make_told.cycle("draft", version=rule)
    typed = fields(client.get(url(DESK, "add")))
    typed |= {"version": year.version_id, "division": year.division_id, "part_of": year.pk}
    for period, wrong in [
        ("month:2026-02-01:2026-03-01", True),
        ("year:2025-01-01:2026-01-01", True),
    ]:
        answer = client.post(url(DESK, "add"), sent(**typed) | {"period": period})
        assert ("part_of" in answer.context["form"].errors) is wrong


def offered(client):
    """The values of the periods that the form offers, by year."""
    form = client.get(url(DESK, "add")).context["form"]
    return {year: [value for value, _said in told] for year, told in form.fields["period"].choices}


def test_a_rule_of_the_year_offers_years_alone(client, county):
    assert offered(client) == {}
    make_told.version()
    assert offered(client) == {
        "2025": ["year:2025-01-01:2026-01-01"], "2026": ["year:2026-01-01:2027-01-01"],
        "2024": ["year:2024-01-01:2025-01-01"],
    }  # fmt: skip


def test_a_shorter_cycle_offers_its_periods_and_the_year_they_make_up(client, county):
    make_told.version(make_told.rule(cycle="half_year", rollup=MEAN))
    assert offered(client)["2025"] == [
        "year:2025-01-01:2026-01-01",
        "half_year:2025-01-01:2025-07-01",
        "half_year:2025-07-01:2026-01-01",
    ]
    shown = fields(client.get(url(DESK, "add")))
    assert shown["period"] == "half_year:2026-01-01:2026-07-01"
    assert shown["title"] == "Review: half-year 1 of 2026"


def test_a_year_that_begins_in_december_is_called_as_the_rule_calls_it(client, county):
    cycle = {"length": "month", "first_month": 12, "year_of": "end"}
    make_told.version(make_told.rule(cycle=cycle, rollup=MEAN))
    form = client.get(url(DESK, "add")).context["form"]
    told = dict(form.fields["period"].choices)["2025"]
    assert told[0] == (
        "year:2024-12-01:2025-12-01", "the year 2025: Dec. 1, 2024 to Nov. 30, 2025",
    )  # fmt: skip
    assert told[1][0] == "month:2024-12-01:2025-01-01"
    assert told[1][1] == "month 12 of 2024: Dec. 1, 2024 to Dec. 31, 2024"
    assert len(told) == 13


def test_a_period_of_another_rule_is_refused_beside_the_field(client, county):
    of_years = make_told.version()
    of_quarters = make_told.version(make_told.rule(cycle="quarter", rollup=MEAN))
    typed = fields(client.get(url(DESK, "add"))) | {"division": of_years.scheme.division_id}
    typed |= {"part_of": "", "reason": "It is time.", "period": "quarter:2025-04-01:2025-07-01"}
    answer = client.post(url(DESK, "add"), sent(**typed | {"version": of_years.pk}))
    said = ["This is no period of the version that you chose."]
    assert answer.context["form"].errors == {"period": said}
    assert answer.context["form"]["period"].value() == "quarter:2025-04-01:2025-07-01"
    sending = sent(**typed | {"version": of_quarters.pk})
    assert client.post(url(DESK, "add"), sending).status_code == 302
    made = ReviewCycle.objects.get()
    assert (made.version, made.length) == (of_quarters, "quarter")


def test_the_road_and_the_matrix_count_only_whom_the_reader_may_find(county):
    of = make_told.cycle("organization")
    make_told.sheet("organization", of=of)
    make_told.sheet("office", of=of, organization=make_told.body("330681102"))
    make_told.sheet("replaced", of=of)
    mine = make.mediator(user=county)
    make_told.sheet("self", of=of, mediator=mine)

    standing = standing_of(of, county)
    road = [(str(one.label), one.count) for one in road_of(of, ROAD, standing)]
    assert road[2] == ("with the organisations", 2)
    assert sum(count for _label, count in road) == 2
    states, lines = matrix_of(of, standing)
    assert [str(one) for one in states] == ["organization", "office"]
    cells = [(line.name, [number for _s, number in line.cells], line.total) for line in lines]
    assert cells == [
        ("Division 330681101", [1, 0], 1), ("Division 330681102", [0, 1], 1)
    ]  # fmt: skip
    narrow = standing_of(of, office("330681102"))
    assert sum(narrow.places.values()) == 1


def test_who_is_not_graded_or_not_assessed_is_told_apart_from_who_has_a_result(client, county):
    begun = make_told.cycle("organization")
    make_told.sheet("organization", of=begun)
    for _each in range(2):
        make_told.sheet("not_graded", of=begun)
    standing = standing_of(begun, county)
    assert sum(one.count for one in road_of(begun, ROAD, standing)) == 1
    short = "2 people served too short a time to be graded and have no place on this road."
    assert notes_on(standing) == [short]
    assert short in client.get(url(DESK, "inspect", begun.pk)).content.decode()

    over = make_told.cycle("decided", from_on=date(2024, 1, 1), until_on=date(2025, 1, 1))
    make_told.sheet("decided", of=over, result="done")
    for result in ("not_assessed", "too_little"):
        make_told.sheet("decided", of=over, result=result, score=None, band="")
    standing = standing_of(over, county)
    assert {str(one.label): one.count for one in road_of(over, ROAD, standing)}["decided"] == 3
    assert notes_on(standing) == ["Of those decided 2 have no band: figures were missing."]
    rows = {row.pk: row for row, *_rest in client.get(url(DESK, "index")).context["listed"]}
    told = [
        (rows[one.pk].number_of_sheets, rows[one.pk].number_done, rows[one.pk].number_ungraded)
        for one in (begun, over)
    ]
    assert told == [(3, 0, 2), (3, 3, 0)]


def test_a_number_leads_to_the_sheets_that_it_counts(client, county):
    of = make_told.cycle("organization")
    sheet = make_told.sheet("organization", of=of)
    make_told.sheet("office", of=of)
    make_told.sheet("organization", of=of, organization=make_told.body("330681102"))
    page = client.get(url(DESK, "inspect", of.pk)).content.decode()
    town = sheet.division_id // 1000 * 1000
    address = f"/admin/grading_sheets/?cycle={of.pk}&amp;division={town}&amp;state=organization"
    assert address in page
    listed = client.get(address.replace("&amp;", "&")).context["listed"]
    assert [row for row, *_rest in listed] == [sheet]


@pytest.fixture
def scored():
    """A review whose sheets lie in two towns; two of them have no score."""
    of = make_told.cycle("bureau")
    for score, band, place in [
        ("95.0", "优秀", "330681101201"), ("85.0", "称职", "330681101202"),
        ("70.0", "称职", "330681102"), ("50.0", "不称职", "330681102"),
    ]:  # fmt: skip
        make_told.sheet(
            "proposed",
            of=of,
            organization=make_told.body(place),
            score=Decimal(score),
            band=band,
        )
    make_told.sheet("bureau", of=of)
    make_told.sheet("replaced", of=of, score=Decimal("1.0"), band="不称职")
    return of


def test_places_are_compared_by_mean_spread_and_bands(scored, county):
    found = Calibration(scored, county)
    lines = {line.label: line for line in found.by_place()}
    first, second = lines["Division 330681101"], lines["Division 330681102"]
    assert (first.sheets, first.scored, first.mean, first.spread) == (
        3, 2, Decimal("90.00"), Decimal("5.00")
    )  # fmt: skip
    assert (second.mean, second.spread) == (Decimal("60.00"), Decimal("10.00"))
    assert [(band, number, share) for band, number, share, _b in first.shares()] == [
        ("优秀", 1, Decimal("50.0")), ("称职", 1, Decimal("50.0")), ("不称职", 0, Decimal("0.0")),
    ]  # fmt: skip
    total = found.total()
    assert (total.sheets, total.scored, total.without, total.mean) == (5, 4, 1, Decimal("75.00"))
    assert not found.has_offices()


def test_comparing_asks_as_often_however_many_places_there_are(
    scored, county, django_assert_num_queries
):
    found = Calibration(scored, county)
    assert found.bands == ["优秀", "称职", "不称职"]
    with django_assert_num_queries(1):
        found.by_place()
    with django_assert_num_queries(0):
        found.by_office()


def test_nothing_is_divided_where_nobody_has_a_score(client, county):
    of = make_told.cycle("bureau")
    make_told.sheet("bureau", of=of)
    total = Calibration(of, county).total()
    assert (total.mean, total.spread, total.scored) == (None, None, 0)
    page = client.get(url(DESK, "calibration", of.pk))
    assert "No sheet has a score yet" in page.content.decode()


def test_the_comparison_is_exported_and_the_ledger_tells_it(scored, client, county):
    assert client.get(url(DESK, "calibration_export", scored.pk)).status_code == 405
    answer = client.post(url(DESK, "calibration_export", scored.pk))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [
        "Place",
        "Sheets",
        "With a score",
        "Mean",
        "Spread",
        "优秀",
        "称职",
        "不称职",
    ]
    assert [row[0] for row in rows[1:]] == ["Division 330681101", "Division 330681102", "All"]
    entry = LedgerEntry.objects.of(scored).first()
    assert (entry.act, entry.after) == (
        "grading.reviewcycle.export", {"rows": 3, "format": "xlsx"}
    )  # fmt: skip


def test_before_results_are_taken_over_it_is_said_how_many_sheets_there_are(client, county):
    of = make_told.cycle("organization")
    make_told.sheet("bureau", of=of)
    page = client.get(url(DESK, "act", of.pk, "take_over"))
    assert page.context["consequences"][0] == "1 sheet now: with the bureau."
    make_told.sheet("office", of=of)
    page = client.get(url(DESK, "act", of.pk, "take_over"))
    assert page.context["refusals"] == ["A sheet is still with an organisation or an office."]


def test_all_sheets_that_are_ready_are_checked_from_the_page_of_the_review(client, county):
    of = make_sheets.cycle()
    ready = [make_sheets.sheet(of=of) for _number in range(2)]
    own = make_sheets.sheet(of=of, mediator=make_rounds.person(user=county))
    bare = make_sheets.sheet(of=of, conduct=None)
    address = url(DESK, "act", of.pk, "check_ready")

    assert client.get(address).context["consequences"] == [
        "3 sheets are checked: their results are worked out by the rule and kept.",
        "1 sheet waits for points of the bureau.",
        "Your own sheet is left for a colleague.",
    ]
    assert client.post(address, sent()).status_code == 302

    states = ReviewSheet.objects.in_bulk()
    assert {states[row.pk].state for row in ready} == {"proposed"}
    assert [states[row.pk].state for row in (own, bare)] == ["bureau", "bureau"]
    again = client.post(address, sent())
    assert again.status_code == 422
    assert states[bare.pk].revision == ReviewSheet.objects.get(pk=bare.pk).revision


def test_without_a_sheet_that_is_ready_it_is_said_before(client, county):
    of = make_sheets.cycle()
    make_sheets.sheet(of=of, conduct=None)
    asked = client.get(url(DESK, "act", of.pk, "check_ready"))

    assert asked.context["refusals"] == ["No sheet is ready to be checked."]


def test_a_review_is_set_up_once_changed_and_opened(client, county):
    version = make_told.version()
    body = make_told.body()
    someone = make.mediator(in_division=body.division)
    make.appointment(someone, body, from_on=date(2023, 1, 1))
    county_itself = make.division(COUNTY)
    typed = fields(client.get(url(DESK, "add")))
    typed |= {"title": "Of 2025", "division": county_itself.pk, "reason": "It is time."}
    for _twice in range(2):
        assert client.post(url(DESK, "add"), typed).status_code == 302
    made = ReviewCycle.objects.get()
    assert (made.title, made.version, made.length, made.from_on, made.until_on) == (
        "Of 2025", version, "year", date(2025, 1, 1), date(2026, 1, 1)
    )  # fmt: skip
    shown = fields(client.get(url(DESK, "edit", made.pk)))
    changed = {**shown, "title": "Annual review", "reason": "Better so."}
    assert client.post(url(DESK, "edit", made.pk), changed).status_code == 302
    assert client.post(url(DESK, "act", made.pk, "open"), sent()).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.state) == ("Annual review", "self")
    assert [one.mediator for one in made.sheets.all()] == [someone]
