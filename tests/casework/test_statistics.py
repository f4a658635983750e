"""The statistics on the desk: the yearbook's table, its workbook, trends, figures of one's own."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db.models import DateField, Value
from python_calamine import CalamineWorkbook

from casework.metrics import figures
from casework.models import CaseRecord, Opinion
from casework.receivers import cases_of_organizations
from casework.reports.trends import trend
from casework.reports.yearbook import yearbook
from casework.rules.windows import year
from office.models import LedgerEntry
from office.roles import Role
from registry.models import Organization
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOW, EARLIER = date(2026, 5, 1), date(2025, 5, 1)


@pytest.fixture(autouse=True)
def _figures(db):
    make_cases.figures()


@pytest.fixture
def body():
    return make.organization(in_division=make.division("330681001"))


def cases(count, *, on=NOW, state="succeeded", **fields):
    return [make_cases.case(state, accepted_on=on, **fields) for _case in range(count)]


def lines(book):
    return {
        line.label: (line.count, line.share, line.before, line.change, line.change_share)
        for line in book.lines
        if line.count or line.before
    }


def book(by="dispute_type", **asked):
    return yearbook(make.user(is_superuser=True), by=by, window=year(2026), on=TODAY, **asked)


def shown(client, page, *args, **query):
    response = client.get(url("case_statistics", page, *args), query)
    assert response.status_code == 200
    return response.context


def test_the_yearbook_counts_shares_and_changes(body):
    land = make_cases.dispute_type("land", "山林土地", "Land")
    work = make_cases.dispute_type("labour", "劳动争议", "Labour")
    cases(3, body=body)
    cases(1, body=body, state="failed")
    cases(5, body=body, on=EARLIER)
    cases(4, body=body, dispute_type=land)
    cases(2, body=body, on=EARLIER, dispute_type=work)

    found = book()

    assert lines(found) == {
        "Neighbours": (4, Decimal("50.0"), 5, -1, Decimal("-20.0")),
        "Land": (4, Decimal("50.0"), 0, 4, None),
        "Labour": (0, Decimal("0.0"), 2, -2, Decimal("-100.0")),
    }
    total = found.total
    assert (total.count, total.before, total.change) == (8, 7, 1)
    assert total.change_share == Decimal("14.3")
    assert total.figures["success_rate"].shown == Decimal("87.5")


@pytest.mark.parametrize(
    "by", ["dispute_type", "difficulty", "source", "kind", "division", "organization"]
)
def test_the_last_line_is_the_sum_of_the_others_and_of_the_ledger(body, by):
    other = make.organization(in_division=elsewhere(), kind="township")
    cases(2, body=body, difficulty=make_cases.difficulty("major"))
    cases(3, body=other, source="court", fulfilment="fulfilled")
    cases(1, body=other, on=EARLIER)
    cases(1, body=other, state="void")

    found = book(by)

    accepted = CaseRecord.objects.counting().filter(accepted_on__year=2026).count()
    assert sum(line.count for line in found.lines) == found.total.count == accepted == 5
    assert sum(line.before for line in found.lines) == found.total.before == 1
    for name, figure in found.total.figures.items():
        parts = [line.figures[name].numerator or 0 for line in found.lines]
        assert sum(parts) == (figure.numerator or 0)


def test_told_by_division_the_lines_lie_one_level_below(body):
    cases(2, body=body)
    cases(1, body=make.organization(in_division=elsewhere()))

    city = book("division", root=make.division("3306"))
    county = book("division", root=make.division("330681"))

    assert {line.label: line.count for line in city.lines} == {
        "Division 330681": 2, "Division 330682": 1,
    }  # fmt: skip
    assert {line.label: line.count for line in county.lines} == {"Division 330681001": 2}


def test_a_class_that_nobody_gave_is_a_line_of_its_own(body):
    make_cases.difficulty()
    cases(2, body=body)

    assert lines(book("difficulty")) == {"not known": (2, Decimal("100.0"), 0, 2, None)}


def test_many_organisations_end_in_a_line_of_all_others(body, monkeypatch):
    monkeypatch.setattr("casework.reports.yearbook.MOST_LINES", 1)
    cases(2, body=body)
    cases(1)
    cases(1)

    found = book("organization")

    assert [(line.label, line.count) for line in found.lines] == [
        (body.name, 2), ("all others", 2),
    ]  # fmt: skip


def test_the_page_narrows_to_quarter_division_and_kind(client, county, body):
    cases(1, body=body)
    cases(1, body=body, on=date(2026, 4, 1))
    cases(1, body=body, on=date(2026, 3, 31))
    cases(1, body=make.organization(in_division=make.division("330681002"), kind="township"))

    def count(**query):
        return shown(client, "index", **query)["book"].total.count

    assert count() == 4
    assert count(year=2026) == 4
    assert count(year=2025) == 0
    assert count(quarter=2) == 3
    assert count(quarter=1) == 1
    assert count(kind="township") == 1
    assert count(division=make.division("330681001").pk) == 3


def test_cases_of_another_county_are_in_no_figure(client, county, body):
    cases(1, body=body)
    cases(4, body=make.organization(in_division=elsewhere()))

    assert shown(client, "index")["book"].total.count == 1
    assert shown(client, "index", by="organization")["book"].total.count == 1
    trend_shown = shown(client, "trend", months=12)["trend"]
    assert sum(month.figures["accepted"].numerator for month in trend_shown.months) == 1
    page = url("case_statistics", "index")
    assert client.get(page, {"division": elsewhere().pk}).status_code == 404


@pytest.mark.parametrize("page", ["organization", "mediator"])
def test_figures_of_another_countys_records_cannot_be_found(client, county, page):
    stranger = make.appointment(body=make.organization(in_division=elsewhere()))
    rows = {"organization": stranger.organization, "mediator": stranger.mediator}

    assert client.get(url("case_statistics", page, rows[page].pk)).status_code == 404


def test_whoever_may_not_see_statistics_finds_no_page(client, at_desk, body):
    at_desk(make.officer(Role.TRAINER, make.division("330681")))

    for page, args in [("index", []), ("trend", []), ("organization", [body.pk])]:
        assert client.get(url("case_statistics", page, *args)).status_code == 404
    assert client.post(url("case_statistics", "export")).status_code == 404


def test_a_clerk_sees_the_figures_of_the_own_organisation(client, at_desk, body):
    at_desk(make.officer(Role.CLERK, body))
    cases(2, body=body)
    other = cases(3)[0].organization

    assert shown(client, "index")["book"].total.count == 2
    told = {pair.metric.name: pair.now.value for pair in figures_of(client, body)}
    assert told["accepted"] == 2
    assert client.get(url("case_statistics", "organization", other.pk)).status_code == 404


def figures_of(client, body, **query):
    return shown(client, "organization", body.pk, **query)["pairs"]


def test_an_organisation_has_its_year_beside_the_last_with_what_was_counted(client, county, body):
    person = make.appointment(body=body).mediator
    cases(2, body=body, mediators=[person])
    cases(1, body=body, mediators=[(person, 1), (make.mediator(), 2)], state="failed")
    cases(1, body=body, on=EARLIER)

    context = shown(client, "organization", body.pk, year=2026)

    rate = next(pair for pair in context["pairs"] if pair.metric.name == "success_rate")
    assert (rate.now.numerator, rate.now.denominator) == (2, 3)
    assert (rate.before.numerator, rate.before.denominator) == (1, 1)
    [(line, address), (second, _address)] = context["people"]
    assert (line.person, line.figures[0].value) == (person, 3)
    assert line.weighed.shown == Decimal("2.3")
    assert second.weighed.shown == Decimal("0.7")
    assert address.startswith(url("case_statistics", "mediator", person.pk))
    assert figures_of(client, body, year=2025)[0].now.value == 1


def test_the_figures_of_a_person_are_a_click_from_the_persons_page(client, county, body):
    person = make.appointment(body=body).mediator
    cases(2, body=body, mediators=[person])
    address = url("case_statistics", "mediator", person.pk)

    assert address in client.get(url("mediators", "inspect", person.pk)).content.decode()
    assert shown(client, "mediator", person.pk)["pairs"][0].now.value == 2


def test_the_figures_of_an_organisation_are_a_click_from_its_page(client, county, body):
    address = url("case_statistics", "organization", body.pk)

    assert address in client.get(url("organizations", "inspect", body.pk)).content.decode()


@pytest.mark.parametrize("page", ["index", "trend"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_tables_take_as_many_queries_for_one_row_as_for_three(
    client, county, rows, page, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        kind = make_cases.dispute_type(f"t{number}", f"类{number}", f"Type {number}")
        cases(1, body=make.organization(in_division=place), dispute_type=kind)
    client.get(url("case_statistics", page))

    with django_assert_num_queries({"index": 13, "trend": 9}[page]):
        client.get(url("case_statistics", page))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_an_organisation_takes_a_fixed_number_of_queries(
    client, county, rows, body, django_assert_num_queries
):
    for _row in range(rows):
        cases(1, body=body)
    address = url("case_statistics", "organization", body.pk)
    client.get(address)

    with django_assert_num_queries(21):
        client.get(address)


@pytest.mark.parametrize("page", ["index", "trend"])
def test_without_a_case_a_page_says_so(client, county, page):
    response = client.get(url("case_statistics", page))

    assert "No case in these" in response.content.decode()


@pytest.mark.parametrize(
    ("page", "query"),
    [("index", {"by": "weather"}), ("index", {"year": "1"}), ("index", {"quarter": "5"}),
     ("trend", {"months": "13"}), ("trend", {"division": "x"})],
)  # fmt: skip
def test_an_address_that_asks_for_nothing_there_is_finds_no_page(client, county, page, query):
    assert client.get(url("case_statistics", page), query).status_code == 404


def test_the_workbook_says_what_the_table_says_and_the_ledger_tells_of_it(client, county, body):
    cases(3, body=body, fulfilment="fulfilled")
    cases(2, body=body, on=EARLIER)

    response = client.post(url("case_statistics", "export") + "?by=organization")

    rows = sheet(response)
    assert rows[0][:6] == [
        "By organisation", "Cases accepted", "Share of all cases, %", "Last year",
        "Change on last year", "Change on last year, %",
    ]  # fmt: skip
    assert rows[1][:6] == [body.name, 3, 100, 2, 1, 50]
    assert rows[2][:6] == ["In all", 3, 100, 2, 1, 50]
    [entry] = LedgerEntry.objects.filter(act="casework.caserecord.export")
    assert (entry.actor_id, entry.area) == (county.pk, make.division("330681").pk)
    assert client.get(url("case_statistics", "export")).status_code == 405


def sheet(response):
    content = b"".join(response.streaming_content)
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_month_without_a_case_interrupts_the_lines(body):
    for month in (1, 2, 4, 5):
        cases(1, body=body, on=date(2026, month, 3))

    drawn = trend(12, today=TODAY)

    curve = next(curve for curve in drawn.curves if curve.metric.name == "success_rate")
    assert len(drawn.months) == 12
    assert [month.first for month in drawn.months][-1] == date(2026, 11, 1)
    assert [len(piece.split()) for piece in curve.pieces] == [2, 2]
    assert (drawn.most, drawn.months[1].accepted) == (1, drawn.height)


@pytest.mark.parametrize(("accepted_on", "is_active"), [(TODAY - DAY, False), (TODAY, True)])
def test_an_organisation_is_active_if_it_accepted_a_case_since_that_day(
    body, accepted_on, is_active
):
    cases(1, body=body, on=accepted_on)
    make_cases.case("draft", body=make.organization(), accepted_on=TODAY)
    rows = Organization.objects.annotate(idle_since=Value(TODAY, DateField()))

    told = cases_of_organizations(Organization, organizations=rows)

    assert list(rows.filter(told["cases"])) == ([body] if is_active else [])


@pytest.mark.parametrize(("opinions", "satisfaction"), [(4, None), (5, Decimal("4.2"))])
def test_satisfaction_is_shown_from_the_least_number_of_opinions_on(
    client, county, body, opinions, satisfaction
):
    marks = [5, 4, 4, 4, 4][:opinions]
    for score, case in zip(marks, cases(opinions, body=body), strict=True):
        opinion(case, score)

    [pair] = [pair for pair in figures_of(client, body) if pair.metric.name == "satisfaction"]

    assert (pair.now.shown, pair.now.denominator) == (satisfaction, opinions)
    assert (pair.now.numerator is None) is (satisfaction is None)


def opinion(case, score):
    said = {"outcome": "reached", "score": score} if score else {"outcome": "declined"}
    return make.saved(
        Opinion(case=case, channel="visit", means="phone", side="applicant", given_on=NOW, **said)
    )


def test_opinions_count_for_everybody_with_a_part_and_once_for_the_organisation(body):
    lead, second = make.mediator(), make.mediator()
    [joint] = cases(1, body=body, mediators=[lead, second])
    [alone] = cases(1, body=body, mediators=[second])
    [void] = cases(1, body=body, mediators=[second], state="void")
    for case, score in [(joint, 5), (joint, 2), (alone, 4), (joint, None), (void, 1)]:
        opinion(case, score)

    def told(subject=(), **asked):
        figure = figures(["satisfaction"], **asked).of(subject)["satisfaction"]
        return figure.numerator, figure.denominator

    assert told() == told(body.pk, per="organization") == (11, 3)
    assert told(lead.pk, per="mediator") == (7, 2)
    assert told(second.pk, per="mediator") == (11, 3)
    assert told(second.pk, per="mediator", filters={"role": "lead"}) == (4, 1)
    assert told(mediators=[lead.pk, second.pk]) == (11, 3)
    assert told(mediators=[lead.pk]) == (7, 2)
    assert told(window=(None, NOW)) == (0, 0)
