"""Staffing standards: dated, adopted, compared with who is there; the heat table and its rows."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry import actions
from registry.models import Organization, StaffingStandard, StandardLine
from registry.queries.standards import with_staffing
from registry.reports.standards import heat
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
FILE = Path(__file__).parents[2] / "fixtures" / "standards.json"
COUNTY = "330681"


@pytest.fixture
def templates():
    actions.load_standards(json.loads(FILE.read_text(encoding="utf-8")))
    return {row.name[:2]: row for row in StaffingStandard.objects.all()}


def standard(code=COUNTY, from_on=TODAY, **lines):
    return actions.set_standard(
        by=None,
        today=min(from_on, TODAY),
        reason=REASON,
        division=make.division(code),
        from_on=from_on,
        lines=lines,
        name="一项标准",
        standing="setting",
    )


def staffed(full_timers, others=0, **fields):
    """An organisation with so many full-timers and others in post."""
    body = make.organization(**fields)
    for number in range(full_timers + others):
        employment = "full_time" if number < full_timers else "part_time"
        make.appointment(body=body, employment=employment)
    return body


def staffing(body, on=TODAY):
    """Return full-timers, standard and missing of an organisation, as the database has them."""
    ruling = StaffingStandard.objects.nearest_first(on)
    row = with_staffing(Organization.objects.all(), on, ruling).get(pk=body.pk)
    return row.full_time, row.required, row.missing


# --- Templates and what divisions adopt ---------------------------------------------------------


def test_the_published_standards_are_loaded_once(templates):
    out = StringIO()
    call_command("load_standards", str(FILE), stdout=out)

    lines = {
        name: {line.kind: line.full_time_least for line in row.lines.all()}
        for name, row in templates.items()
    }
    assert json.loads(out.getvalue()) == {"added": 0}
    assert lines == {
        "绍兴": {"county": 3, "industry": 3, "township": 2},
        "上海": {"industry": 3, "township": 2, "village": 1, "stationed": 2},
        "中央": {"industry": 3, "township": 2, "village": 1, "stationed": 2},
    }
    assert {name: row.standing for name, row in templates.items()} == {
        "绍兴": "stated", "上海": "practice", "中央": "stated",
    }  # fmt: skip


@pytest.mark.parametrize("content", ["", "[]", '{"standards": [{}]}'])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "standards.json"
    path.write_text(content)

    with pytest.raises((CommandError, TypeError)):
        call_command("load_standards", str(path))

    assert StaffingStandard.objects.count() == 0


def test_a_template_rules_nowhere(templates):
    body = staffed(0, kind="township")

    assert staffing(body) == (0, None, None)
    assert StaffingStandard.objects.ruling(division_id=body.division_id, on=TODAY) is None


def test_a_division_that_adopts_a_template_is_ruled_by_it(templates):
    adopted = actions.adopt_standard(
        templates["绍兴"].pk, by=None, today=TODAY, reason=REASON,
        division=make.division("3306"), from_on=TODAY,
    )  # fmt: skip
    body = staffed(1, kind="township", in_division=make.division("330681003"))

    entry = LedgerEntry.objects.of(adopted).get()
    assert (adopted.name, adopted.source) == (templates["绍兴"].name, templates["绍兴"].source)
    assert staffing(body) == (1, 2, 1)
    assert entry.act == "registry.staffingstandard.set_standard"
    assert entry.after["least"] == "county 3, industry 3, township 2"


def test_only_a_template_is_adopted():
    own = standard(township=2)

    with pytest.raises(Refused, match="Only a template is adopted"):
        actions.adopt_standard(
            own.pk, by=None, today=TODAY, reason=REASON,
            division=make.division("330682"), from_on=TODAY,
        )  # fmt: skip


def test_a_new_standard_ends_the_former_on_its_first_day():
    old = standard(from_on=TODAY - 30 * DAY, township=2)
    new = standard(from_on=TODAY, township=3)
    body = staffed(0, kind="township")

    old.refresh_from_db()
    assert (old.until_on, new.until_on) == (TODAY, None)
    assert staffing(body, TODAY - DAY) == (0, 2, 2)
    assert staffing(body, TODAY) == (0, 3, 3)
    assert staffing(body, TODAY - 31 * DAY) == (0, None, None)


@pytest.mark.parametrize(("days", "passes"), [(-1, False), (0, True)])
def test_a_standard_begins_today_or_later(days, passes):
    def set_it():
        actions.set_standard(
            by=None, today=TODAY, reason=REASON, division=make.division(), lines={"township": 2},
            from_on=TODAY + days * DAY, name="标准", standing="setting",
        )  # fmt: skip

    if passes:
        set_it()
    else:
        with pytest.raises(Refused, match="begins today or later"):
            set_it()
    assert StaffingStandard.objects.count() == int(passes)


def test_a_standard_is_not_set_before_one_that_is_set_already():
    standard(from_on=TODAY + 30 * DAY, township=2)

    with pytest.raises(Refused, match="begins later is set already"):
        standard(from_on=TODAY + 30 * DAY, township=3)


def test_a_standard_that_names_no_kind_is_refused_and_leaves_the_former_open():
    old = standard(from_on=TODAY - DAY, township=2)

    with pytest.raises(Refused, match="names at least one kind"):
        standard()

    old.refresh_from_db()
    assert old.until_on is None


def test_the_nearest_standard_rules_as_a_whole():
    standard("3306", township=2, village=1)
    standard(COUNTY, township=3)
    here = make.division("330681003")

    township = staffed(1, kind="township", in_division=here)
    village = staffed(0, kind="village", in_division=here)
    other = staffed(0, kind="village", in_division=make.division("330682003"))

    assert staffing(township) == (1, 3, 2)
    assert staffing(village) == (0, None, None)
    assert staffing(other) == (0, 1, 1)


def test_the_ruling_standard_is_the_nearest_in_force():
    city, county = standard("3306", township=2), standard(COUNTY, TODAY + DAY, township=3)
    ruling, place = StaffingStandard.objects.ruling, make.division("330681003").pk

    assert ruling(division_id=place, on=TODAY) == city
    assert ruling(division_id=place, on=TODAY + DAY) == county
    assert ruling(division_id=330682000000, on=TODAY + DAY) == city


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"state": "suspended"}, True),
        ({"state": "candidate"}, False),
        ({"employment": "part_time"}, False),
        ({"employment": "invited"}, False),
        ({"from_on": TODAY + DAY}, False),
        (make.left(TODAY), False),
        (make.left(TODAY + DAY), True),
    ],
)
def test_full_timers_in_post_are_counted_and_nobody_else(change, counts):
    standard(township=1)
    body = staffed(1, kind="township")
    body.appointments.update(**change)

    assert staffing(body) == ((1, 1, 0) if counts else (0, 1, 1))


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (StaffingStandard, {"until_on": TODAY}),
        (StaffingStandard, {"standing": "rumour"}),
        (StaffingStandard, {"standing": "law"}),
        (StandardLine, {"full_time_least": 0}),
        (StandardLine, {"kind": "circus"}),
    ],
)
def test_the_database_keeps_a_standard_whole(model, values):
    standard(township=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)


def test_a_division_has_one_open_standard_and_a_kind_one_line():
    own = standard(township=2)
    again = StaffingStandard(
        name="标准", division=own.division, from_on=TODAY - DAY, standing="setting"
    )
    line = StandardLine(standard=own, kind="township", full_time_least=3)

    for rows, row in [(StaffingStandard.objects, again), (StandardLine.objects, line)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.bulk_create([row])


# --- The heat table -----------------------------------------------------------------------------


@pytest.fixture
def peopled():
    """Two townships and the county, with organisations that meet the standard or do not."""
    standard("3306", county=3, industry=3, township=2)
    first, second = make.division("330681001", "甲镇"), make.division("330681002", "乙镇")
    staffed(2, 1, kind="township", in_division=first)
    staffed(1, 2, kind="township", in_division=first)
    staffed(0, kind="township", in_division=second)
    staffed(3, kind="county", in_division=make.division(COUNTY))
    staffed(1, kind="village", in_division=second)
    staffed(0, kind="township", in_division=elsewhere())
    make.organization("closing", kind="township", in_division=first)
    make.organization("draft", kind="township", in_division=first)


RECOUNT = """
    SELECT body.division_id / 1000 * 1000, body.kind, COUNT(*),
           SUM(CASE WHEN staff.n >= line.full_time_least THEN 1 ELSE 0 END),
           SUM(CASE WHEN staff.n < line.full_time_least
               THEN line.full_time_least - staff.n ELSE 0 END)
    FROM registry_organization body
    JOIN registry_standardline line ON line.kind = body.kind
    JOIN (SELECT o.id, COUNT(a.id) AS n FROM registry_organization o
          LEFT JOIN registry_appointment a ON a.organization_id = o.id
               AND a.employment = 'full_time' AND a.state <> 'candidate'
               AND a.from_on <= %s AND (a.until_on IS NULL OR a.until_on > %s)
          GROUP BY o.id) staff ON staff.id = body.id
    WHERE body.state IN ('listed', 'change_pending', 'rectifying')
      AND body.division_id >= 330681000000 AND body.division_id < 330682000000
    GROUP BY 1, 2
"""
LAWFUL_RECOUNT = """
    SELECT COUNT(*) FROM registry_organization body
    WHERE body.state IN ('listed', 'change_pending', 'rectifying')
      AND body.kind NOT IN ('stationed', 'studio', 'group', 'commercial')
      AND body.division_id >= %s AND body.division_id < %s
      AND (SELECT COUNT(*) FROM registry_appointment a WHERE a.organization_id = body.id
           AND a.post IN ('director', 'deputy', 'member') AND a.state <> 'candidate'
           AND a.from_on <= %s AND (a.until_on IS NULL OR a.until_on > %s)) < 3
"""


def shown(table):
    """Return what the cells of a table say, by row and kind."""
    return {
        (row.name, kind): cell.text
        for row in table.rows
        for (kind, _label), cell in zip(table.kinds, row.cells, strict=True)
    }


def test_the_table_says_who_meets_the_standard_and_who_is_missing(peopled, county):
    table = heat(county, make.division(COUNTY), TODAY)

    assert shown(table) == {
        ("Division 330681 itself", "township"): "—",
        ("Division 330681 itself", "county"): "1/1",
        ("甲镇", "township"): "1/2, 1 missing",
        ("甲镇", "county"): "—",
        ("乙镇", "township"): "0/1, 2 missing",
        ("乙镇", "county"): "—",
    }
    assert [cell.text for cell in table.total.cells] == ["1/3, 3 missing", "1/1"]
    assert [cell.tone for cell in table.rows[1].cells] == ["warn", ""]


def test_every_figure_of_the_table_equals_a_recount_in_plain_sql(peopled, county):
    table = heat(county, make.division(COUNTY), TODAY)
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, [TODAY, TODAY])
        recounted = {(place, kind): tuple(map(int, rest)) for place, kind, *rest in cursor}
        cursor.execute(LAWFUL_RECOUNT, [330681000000, 330682000000, TODAY, TODAY])
        [[unlawful]] = cursor.fetchall()

    places = {"Division 330681 itself": 330681000000, "甲镇": 330681001000, "乙镇": 330681002000}
    figures = {
        (places[row.name], kind): (cell.tally.ruled, cell.tally.meeting, cell.tally.missing)
        for row in table.rows
        for (kind, _label), cell in zip(table.kinds, row.cells, strict=True)
        if cell.tally.ruled
    }
    assert figures == recounted
    assert table.total.legality.tally.unlawful == unlawful
    assert table.total.legality.text == f"{unlawful} of 5"


def test_each_figure_leads_to_its_rows(peopled, client, county):
    table = heat(county, make.division(COUNTY), TODAY)

    for row in [*table.rows, table.total]:
        for cell in row.cells:
            if cell.query:
                found = rows_of(client.get(url("staffing", "index") + cell.query))
                assert sum(one.missing for one in found) == cell.tally.missing
                assert len(found) == (
                    cell.tally.ruled - cell.tally.meeting
                    if cell.tally.missing
                    else cell.tally.ruled
                )
        if row.legality.tally.unlawful:
            found = rows_of(client.get(url("legality", "index") + row.legality.query))
            assert len(found) == row.legality.tally.unlawful


def rows_of(response):
    return [row for row, _url, _cells in response.context["listed"]]


def test_the_city_sees_counties_and_looks_into_them(peopled, client, at_desk):
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))

    page = client.get(url("staffing", "heat"))
    into = client.get(url("staffing", "heat"), {"division": 330681000000})

    assert [(row.name, row.into) for row in page.context["heat"].rows] == [
        ("Division 330681", 330681000000), ("Division 330682", 330682000000),
    ]  # fmt: skip
    assert "1/3, 3 missing" in page.content.decode()
    assert [row.name for row in into.context["heat"].rows][1:] == ["甲镇", "乙镇"]


def test_a_justice_office_sees_its_township_with_its_villages(peopled, client, at_desk):
    at_desk(make.officer(Role.JUSTICE_OFFICE, make.division("330681001")))

    table = client.get(url("staffing", "heat")).context["heat"]

    assert shown(table) == {("甲镇", "township"): "1/2, 1 missing"}
    assert "own=" not in table.rows[0].cells[0].query


@pytest.mark.parametrize("division", ["330682000000", "999", "x", "9" * 30, "١"])
def test_a_division_out_of_scope_has_no_table(peopled, client, county, division):
    assert client.get(url("staffing", "heat"), {"division": division}).status_code == 404


def test_without_organisations_or_area_the_table_says_so(client, at_desk):
    at_desk(make.officer(Role.CLERK, make.organization()))

    page = client.get(url("staffing", "heat"))

    assert page.context["heat"] is None
    assert "There are no organisations in your area yet." in page.content.decode()


@pytest.mark.parametrize("townships", [1, 3])
def test_the_table_takes_as_many_queries_for_one_row_as_for_three(
    client, county, townships, django_assert_num_queries
):
    standard(township=2)
    for number in range(townships):
        staffed(number, kind="township", in_division=make.division(f"33068100{number + 1}"))
    client.get(url("staffing", "heat"))

    with django_assert_num_queries(12):
        client.get(url("staffing", "heat"))


# --- The list of organisations against the standard ---------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    standard(township=2)
    for number in range(rows):
        staffed(number, kind="township", in_division=make.division(f"33068100{number + 1}"))
    client.get(url("staffing", "index"))

    with django_assert_num_queries(12):
        client.get(url("staffing", "index"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["甲", "乙", "丙"]),
        ({"standing": "below"}, ["甲"]),
        ({"standing": "meets"}, ["乙"]),
        ({"standing": "unruled"}, ["丙"]),
        ({"kind": "village"}, ["丙"]),
        ({"division": 330681001000}, ["甲"]),
        ({"division": 330681000000, "own": "true"}, ["乙", "丙"]),
        ({"ordering": "missing", "standing": "below"}, ["甲"]),
    ],
)
def test_the_list_answers_its_query(client, county, query, names):
    standard(township=2)
    staffed(1, kind="township", name="甲", in_division=make.division("330681001"))
    staffed(2, kind="township", name="乙")
    staffed(0, kind="village", name="丙")
    staffed(0, kind="township", name="丁", in_division=elsewhere())

    assert {row.name for row in rows_of(client.get(url("staffing", "index"), query))} == set(names)


def test_the_list_leads_to_the_organisation_and_is_exported(client, county):
    standard(township=2)
    body = staffed(1, kind="township", name="甲")

    page = client.get(url("staffing", "index")).content.decode()
    export = client.post(url("staffing", "export") + "?standing=below", sent(format="csv"))

    assert url("organizations", "inspect", body.pk) in page
    text = b"".join(export.streaming_content).decode("utf-8-sig")
    assert "甲" in text
    assert "below the standard" in text


# --- The standards on the desk ------------------------------------------------------------------


def test_a_bureau_sets_a_standard_with_a_number_for_each_kind(client, county):
    typed = {
        "name": "诸暨标准", "division": make.division(COUNTY).pk, "from_on": TODAY.isoformat(),
        "standing": "setting", "least_township": 2, "least_village": 1,
    }  # fmt: skip

    response = client.post(url("standards", "add"), sent(**typed))

    own = StaffingStandard.objects.get()
    assert response.url == url("standards", "inspect", own.pk)
    assert {line.kind: line.full_time_least for line in own.lines.all()} == {
        "township": 2, "village": 1,
    }  # fmt: skip


def test_a_template_is_adopted_on_its_page(client, county, templates):
    template = templates["绍兴"]
    act = url("standards", "act", template.pk, "adopt")

    foreign = client.post(act, sent(division=elsewhere().pk, from_on=TODAY.isoformat()))
    client.post(act, sent(division=make.division(COUNTY).pk, from_on=TODAY.isoformat()))

    assert "division" in foreign.context["form"].errors
    own = StaffingStandard.objects.adopted().get()
    assert (own.division_id, own.name) == (330681000000, template.name)
    assert act not in client.get(url("standards", "inspect", own.pk)).content.decode()


def test_a_standard_of_another_county_cannot_be_found(client, county, templates):
    foreign = standard("330682", township=2)

    listed = rows_of(client.get(url("standards", "index")))

    assert set(listed) == set(templates.values())
    for page in (
        url("standards", "inspect", foreign.pk),
        url("standards", "history", foreign.pk),
        url("standards", "act", foreign.pk, "adopt"),
    ):
        assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.COUNTY_BUREAU, True),
        (Role.CITY_BUREAU, True),
        (Role.JUSTICE_OFFICE, False),
        (Role.AUDITOR, False),
    ],
)
def test_county_and_city_set_standards_and_all_staff_read_them(
    client, at_desk, templates, role, may
):
    at_desk(make.officer(role, make.division(COUNTY)))

    assert client.get(url("standards", "index")).status_code == 200
    assert client.get(url("standards", "add")).status_code == (200 if may else 404)
    adopt = url("standards", "act", templates["绍兴"].pk, "adopt")
    assert client.get(adopt).status_code == (200 if may else 404)


def test_standards_in_force_are_found(client, county):
    running = standard(from_on=TODAY, township=2)
    old = standard("330681001", from_on=date(2020, 1, 1), township=2)
    StaffingStandard.objects.filter(pk=old.pk).update(until_on=date(2021, 1, 1))

    found = rows_of(client.get(url("standards", "index"), {"in_force": "true"}))

    assert found == [running]


@pytest.mark.parametrize("name", ["staffing:heat", "legality:index", "standards:index"])
def test_the_menu_leads_to_the_reports(client, county, name):
    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert f'"{reverse(name)}"' in page.split("wagtail-sidebar-props")[1]


def test_the_heat_table_stands_where_no_standard_rules(client, county):
    make.organization(kind="township")

    assert client.get("/admin/staffing/heat/").status_code == 200
