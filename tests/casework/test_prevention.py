"""Reports on prevention: due days, guards, corrections, who is missing, totals."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casework import actions
from casework.flows import PREVENTION, PreventionState
from casework.models import CaseworkPolicy, PreventionReport
from casework.models.prevention import FIGURES
from casework.reports.prevention import missing_of, totals_of
from casework.rules.prevention import due_day, month_before, read_month
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_case_studies, make_cases
from tests.casework.make_case_studies import MONTH
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
P = PreventionState
ALLOWED = {"report": {P.DRAFT, P.RETURNED}, "return": {P.REPORTED}}
FULL = dict.fromkeys(FIGURES, 2)


def note(by=None):
    return {"by": by or make.user(is_superuser=True), "today": TODAY, "reason": "R."}


@pytest.mark.parametrize("state", P.values)
def test_each_step_is_possible_in_its_states_only(state):
    report = make_case_studies.report(state, **FULL)
    possible = {name for name in PREVENTION.steps if not PREVENTION.refusals(report, name, TODAY)}
    assert possible == {name for name, states in ALLOWED.items() if state in states}


@pytest.mark.parametrize(
    ("month", "day", "due"),
    [
        (date(2026, 10, 1), 5, date(2026, 11, 5)),
        (date(2026, 12, 1), 5, date(2027, 1, 5)),
        (date(2027, 1, 1), 31, date(2027, 2, 28)),
        (date(2028, 1, 31), 30, date(2028, 2, 29)),
    ],
)
def test_a_month_is_reported_by_a_day_of_the_next_or_by_its_last(month, day, due):
    assert due_day(month, day) == due


def test_months_are_read_as_they_are_typed():
    assert read_month("2026-10") == MONTH
    assert [read_month(text) for text in ("", "2026", "2026-13", "1900-01", "x-1", "²⁰²⁶-10")] == [
        None
    ] * 6
    assert month_before(date(2026, 1, 31)) == date(2025, 12, 1)


def test_a_report_is_begun_handed_in_returned_and_handed_in_again():
    make_cases.figures()
    body = make.organization()
    day = {**note(), "organization": body, "month": date(2026, 10, 17)}
    report = actions.begin_report(**day, screenings=4)
    assert (report.month, report.due_on) == (MONTH, date(2026, 11, 5))
    assert report.policy == CaseworkPolicy.objects.get(key="prevention_day")
    with pytest.raises(Refused, match="A figure is missing"):
        actions.hand_in_report(report.pk, **note())
    actions.change_report(report.pk, **note(), **FULL)
    actions.hand_in_report(report.pk, **note())
    with pytest.raises(Refused, match="may not be edited"):
        actions.change_report(report.pk, **note(), screenings=1)
    assert actions.return_report(report.pk, **note()).reasons == "R."
    again = actions.hand_in_report(report.pk, **note())
    assert (again.state, again.reported_on, again.reasons) == ("reported", TODAY, "")


@pytest.mark.parametrize(
    ("today", "passes"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)]
)
def test_a_month_is_reported_when_it_is_over(today, passes):
    report = make_case_studies.report(**FULL)
    assert (PREVENTION.refusals(report, "report", today) == []) is passes


@pytest.mark.parametrize(
    ("today", "passes"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True)]
)
def test_a_report_is_begun_when_its_month_has_begun(today, passes):
    make_cases.figures()
    begin = {**note(), "today": today, "organization": make.organization(), "month": MONTH}
    if passes:
        assert actions.begin_report(**begin).state == "draft"
    else:
        with pytest.raises(Refused, match="has not begun"):
            actions.begin_report(**begin)


def test_there_is_one_report_of_a_month():
    first = make_case_studies.report()
    with pytest.raises(ValidationError, match="There is a report of this month already"):
        actions.begin_report(**note(), organization=first.organization, month=MONTH)
    assert PreventionReport.objects.count() == 1


def test_a_correction_keeps_what_was_reported_and_why():
    report = make_case_studies.report("reported")
    actions.correct_report(report.pk, **note(), found=9)
    told = LedgerEntry.objects.of(report).get()
    assert (told.before, told.after, told.reason) == ({"found": 2}, {"found": 9}, "R.")
    with pytest.raises(ValidationError, match="A figure is missing"):
        actions.correct_report(report.pk, **note(), found=None)
    draft = make_case_studies.report()
    with pytest.raises(Refused, match="Only what was reported"):
        actions.correct_report(draft.pk, **note(), found=1)


BROKEN = [
    ("draft", {"state": "unheard-of"}, "prevention_state_is_known"),
    ("draft", {"month": date(2026, 10, 2)}, "prevention_month_is_a_first"),
    ("reported", {"publicity": None}, "prevention_reported_is_whole"),
    ("reported", {"reported_on": None}, "prevention_reported_is_whole"),
    ("returned", {"reasons": ""}, "prevention_returned_with_reasons"),
]


@pytest.mark.parametrize(("state", "values", "name"), BROKEN)
def test_the_database_refuses_a_report_that_cannot_be(state, values, name):
    report = make_case_studies.report(state)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PreventionReport.objects.filter(pk=report.pk).update(**values)


def test_who_owes_a_month_is_told_by_county():
    village, other = make.division("330681001"), make.division("330682001")
    done = make.organization(in_division=village)
    owing = [make.organization(in_division=village), make.organization(in_division=other)]
    make_case_studies.report("reported", body=done)
    make_case_studies.report("returned", body=owing[0])
    make.organization("deregistered", in_division=village)
    make.organization(in_division=village, established_on=date(2026, 11, 1))
    city = make.officer(Role.CITY_BUREAU, make.division("3306"))
    county = make.officer(Role.COUNTY_BUREAU, make.division("330681"))

    def told(who):
        return [
            (county.name, county.count, [name for _pk, name in county.organizations])
            for county in missing_of(who, MONTH)
        ]

    assert told(county) == [("Division 330681", 1, [owing[0].name])]
    assert told(city) == [
        ("Division 330681", 1, [owing[0].name]),
        ("Division 330682", 1, [owing[1].name]),
    ]


def test_totals_of_a_year_equal_a_recount_and_know_no_drafts():
    for code in ("330681001", "330681002", "330681002"):
        body = make.organization(in_division=make.division(code))
        make_case_studies.report("reported", body=body)
        make_case_studies.report("reported", body=body, month=date(2025, 12, 1))
        make_case_studies.report("draft", body=body, month=date(2026, 9, 1), found=50)
    abroad = make.organization(in_division=make.division("330682001"))
    make_case_studies.report("reported", body=abroad, found=100)
    county = make.officer(Role.COUNTY_BUREAU, make.division("330681"))
    city = make.officer(Role.CITY_BUREAU, make.division("3306"))

    lines, whole = totals_of(county, 2026)
    assert [(line.name, line.reports, line.figures["found"]) for line in lines] == [
        ("Division 330681001", 1, 2),
        ("Division 330681002", 2, 4),
    ]
    assert whole.cells == [3, *(3 * number for number in range(1, 9))]
    lines, whole = totals_of(city, 2026)
    assert [(line.name, line.figures["found"]) for line in lines] == [
        ("Division 330681", 6),
        ("Division 330682", 100),
    ]


# --- The desk -----------------------------------------------------------------------------------


@pytest.fixture
def clerk(at_desk):
    make_cases.figures()
    return at_desk(make.officer(Role.CLERK, make.organization()))


def test_a_clerk_reports_for_the_own_organization_only(client, clerk):
    own = clerk.posts.get().organization
    other = make.organization()
    page = client.get(url("prevention", "add"))
    assert page.context["form"].initial["organization"] == own.pk
    typed = {"month": "2026-10", **FULL, "remarks": ""}
    refused = client.post(url("prevention", "add"), sent(organization=other.pk, **typed))
    assert refused.status_code == 422
    client.post(url("prevention", "add"), sent(organization=own.pk, **typed))
    report = PreventionReport.objects.get()
    client.post(url("prevention", "act", report.pk, "report"), sent())
    report.refresh_from_db()
    assert (report.state, report.reported_by) == ("reported", clerk)
    assert client.post(url("prevention", "act", report.pk, "return"), sent()).status_code == 404
    assert client.get(url("prevention", "act", report.pk, "correct")).status_code == 404


def test_the_county_returns_and_corrects(client, county):
    report = make_case_studies.report("reported")
    form = {**report.figures, "found": 7, "remarks": "", "revision": 0}
    client.post(url("prevention", "act", report.pk, "correct"), sent(**form))
    report.refresh_from_db()
    assert report.found == 7
    client.post(url("prevention", "act", report.pk, "return"), sent())
    report.refresh_from_db()
    assert report.state == "returned"


PAGES = [("inspect", []), ("history", []), ("act", ["return"]), ("act", ["correct"])]


@pytest.mark.parametrize(("page", "more"), PAGES)
def test_a_report_of_another_county_is_not_there(client, county, page, more):
    report = make_case_studies.report("reported", body=make.organization(in_division=elsewhere()))
    assert client.get(url("prevention", page, report.pk, *more)).status_code == 404
    assert client.get(url("prevention", "index")).context["listed"] == []


def test_lists_are_narrowed_by_month_and_lateness(client, county):
    late = make_case_studies.report()
    done = make_case_studies.report("reported")

    def listed(**query):
        page = client.get(url("prevention", "index"), query)
        return {row.pk for row, _url, _cells in page.context["listed"]}

    assert listed(late="true") == {late.pk}
    assert listed(late="false") == {done.pk}
    assert listed(month="2026-10") == {late.pk, done.pk}
    assert listed(month="2026-09") == set()
    assert listed(month="x") == set()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        make_case_studies.report(body=make.organization(in_division=place))
    client.get(url("prevention", "index"))
    with django_assert_num_queries(10):
        client.get(url("prevention", "index"))


def test_totals_are_seen_and_exported_with_an_entry(client, county):
    make_case_studies.report("reported")
    make_case_studies.report("reported", body=make.organization(in_division=elsewhere()), found=99)
    page = client.get(url("prevention", "totals"), {"year": "2026"}).content.decode()
    assert "99" not in page.replace("1999", "")
    answer = client.post(f"{url('prevention', 'totals_export')}?year=2026")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    told = LedgerEntry.objects.get(act="casework.preventionreport.export")
    assert (told.actor, told.after) == (county, {"rows": 1, "year": 2026})
    assert client.get(url("prevention", "totals_export")).status_code == 405


def test_who_is_missing_is_a_page(client, county):
    body = make.organization()
    page = client.get(url("prevention", "missing"), {"month": "2026-10"})
    assert body.name in page.content.decode()
    assert page.context["total"] == 1


@pytest.mark.parametrize(("day", "late"), [(date(2026, 11, 5), False), (date(2026, 11, 6), True)])
def test_a_report_is_late_from_the_day_after_it_was_due(day, late):
    report = make_case_studies.report()
    assert report.is_late(day) is late
    assert PreventionReport.objects.overdue(day).exists() is late
    assert report.due_on + DAY == date(2026, 11, 6)
