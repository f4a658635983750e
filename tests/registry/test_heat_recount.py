"""Every figure of the heat table, recounted by hand-written SQL in registers drawn at random."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from office.roles import Role
from registry.flows import AppointmentState
from registry.models import Mediator, OrganizationKind
from registry.queries.standards import Tally
from registry.reports.standards import heat
from tests import make
from tests.make import TODAY
from tests.registry import posts
from tests.registry.test_standards import standard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PLACES = ["3306", "330681", "330681001", "330681002", "330681002201", "330682", "330682001"]
STATES = ["listed"] * 6 + ["change_pending", "rectifying", "closing", "deregistered", "draft"]
HELD = ["in_post"] * 8
HELD += ["suspended", "probation", "ended", "candidate", "vetting", "awaiting_duty"]
SEATED = ["director", "deputy", "member", "member", "member", "mediator"]
BODIES = 30

# The county 330681 has a standard of its own, which rules there as a whole; the rest of the city
# has that of the city. Nothing here is made of the expressions of the code.
RECOUNT = """
WITH body AS (
    SELECT o.id, o.kind, o.needs_minority_member, o.division_id / %(size)s * %(size)s AS place,
           CASE WHEN o.division_id >= 330681000000 AND o.division_id < 330682000000
                THEN CASE o.kind WHEN 'township' THEN 1 WHEN 'village' THEN 2 END
                ELSE CASE o.kind WHEN 'county' THEN 3 WHEN 'industry' THEN 3
                                 WHEN 'township' THEN 2 END
           END AS wanted
    FROM registry_organization o
    WHERE o.state IN ('listed', 'change_pending', 'rectifying') AND o.merged_into_id IS NULL
      AND o.division_id >= %(low)s AND o.division_id < %(high)s
), held AS (
    SELECT a.*, m.sex, m.ethnicity
    FROM registry_appointment a JOIN registry_mediator m ON m.id = a.mediator_id
    WHERE a.state IN ('probation', 'in_post', 'term_ending', 'suspended', 'ended')
      AND a.from_on <= %(today)s AND (a.until_on IS NULL OR a.until_on > %(today)s)
), seen AS (
    SELECT body.*,
        (SELECT COUNT(*) FROM held WHERE held.organization_id = body.id
            AND held.employment = 'full_time') AS staff,
        (SELECT COUNT(*) FROM held WHERE held.organization_id = body.id
            AND held.post IN ('director', 'deputy', 'member')) AS seats,
        (SELECT COUNT(*) FROM held WHERE held.organization_id = body.id
            AND held.post = 'director') AS directors,
        (SELECT COUNT(*) FROM held WHERE held.organization_id = body.id
            AND held.post IN ('director', 'deputy', 'member') AND held.sex = 'female') AS women,
        (SELECT COUNT(*) FROM held WHERE held.organization_id = body.id
            AND held.post IN ('director', 'deputy', 'member')
            AND held.ethnicity NOT IN ('', '汉族', '汉')) AS minority,
        (SELECT COUNT(*) FROM held WHERE held.organization_id = body.id
            AND held.post IN ('director', 'deputy', 'member')
            AND held.term_until_on <= %(today)s) AS lapsed
    FROM body
), judged AS (
    SELECT seen.*,
        CASE WHEN kind IN ('village', 'township', 'enterprise', 'industry', 'regional', 'county',
                           'social') THEN 1 ELSE 0 END AS committee,
        CASE WHEN seats < 3 OR seats > 9 OR directors <> 1 OR women = 0 OR lapsed > 0
                  OR (needs_minority_member AND minority = 0) THEN 1 ELSE 0 END AS faulty
    FROM seen
)
SELECT place, kind, COUNT(*),
    SUM(CASE WHEN wanted IS NULL THEN 0 ELSE 1 END),
    SUM(CASE WHEN wanted <= staff THEN 1 ELSE 0 END),
    SUM(CASE WHEN wanted > staff THEN wanted - staff ELSE 0 END),
    SUM(CASE WHEN wanted IS NULL THEN 0 ELSE staff END),
    SUM(CASE WHEN wanted IS NULL THEN 0 ELSE wanted END),
    SUM(committee), SUM(committee * faulty)
FROM judged GROUP BY place, kind
"""


def draw(seed):
    """Fill the register with organisations in all places, states and kinds, and their people."""
    rng = random.Random(seed)  # noqa: S311 - the same every time, not secret
    standard("3306", TODAY - timedelta(days=90), county=3, industry=3, township=2)
    standard("330681", TODAY - timedelta(days=30), township=1, village=2)
    # One that is over and one that is still to come rule nothing.
    standard("330682", TODAY + timedelta(days=9), township=9)
    for _number in range(BODIES):
        body = make.organization(
            rng.choice(STATES),
            in_division=make.division(rng.choice(PLACES)),
            kind=rng.choice(OrganizationKind.values),
            needs_minority_member=rng.random() < 0.2,
        )
        for _seat in range(rng.choice([0, 1, 3, 4, 5, 7, 11])):
            person(rng, body)
        if rng.random() < 0.1:
            body.merged_into = make.organization("draft")
            body.save()


def person(rng, body):
    state = rng.choice(HELD)
    from_on = TODAY + timedelta(days=rng.choice([-900, -200, -1, 0, 1]))
    given = {"employment": rng.choice(["full_time", "part_time"]), "post": rng.choice(SEATED)}
    if state == AppointmentState.ENDED:
        from_on = TODAY - timedelta(days=300)
        given["until_on"] = TODAY + timedelta(days=rng.choice([-5, 0, 1]))
        given["ended_by"] = "resigned"
    if state == AppointmentState.PROBATION:
        given["probation_until_on"] = from_on + timedelta(days=30)
    if from_on < TODAY - timedelta(days=1):
        given["term_until_on"] = TODAY + timedelta(days=rng.choice([-1, 0, 1, 300, 300, 300]))
    someone = Mediator.objects.create(
        name="某人",
        sex=rng.choice(["female", "male"]),
        ethnicity=rng.choice(["", "汉族", "汉", "畲族"]),
        division=body.division,
    )
    posts.post(state, someone, body, from_on=from_on, **given)


def recounted(low, high, size):
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, {"low": low, "high": high, "size": size, "today": TODAY})
        return {(place, kind): Tally(*map(int, counts)) for place, kind, *counts in cursor}


def compare(table, wanted):
    """Every cell, row and total of a table against the recount."""
    places = sorted({place for place, _kind in wanted})
    for row, place in zip(table.rows, places, strict=True):
        for (kind, _label), cell in zip(table.kinds, row.cells, strict=True):
            assert cell.tally == wanted.get((place, kind), Tally())
        whole = sum((one for (at, _), one in wanted.items() if at == place), Tally())
        assert row.legality.tally == whole
    for (kind, _label), cell in zip(table.kinds, table.total.cells, strict=True):
        assert cell.tally == sum((one for (_, of), one in wanted.items() if of == kind), Tally())
    assert table.total.legality.tally == sum(wanted.values(), Tally())
    assert {kind for kind, _label in table.kinds} == {
        kind for (_place, kind), tally in wanted.items() if tally.ruled
    }


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_of_a_random_register_equals_the_recount(seed):
    draw(seed)
    county = make.officer(Role.COUNTY_BUREAU, make.division("330681"))
    city = make.officer(Role.CITY_BUREAU, make.division("3306"))

    of_the_county = heat(county, make.division("330681"), TODAY)
    of_the_city = heat(city, make.division("3306"), TODAY)

    compare(of_the_county, recounted(330681000000, 330682000000, 1_000))
    compare(of_the_city, recounted(330600000000, 330700000000, 1_000_000))
    assert of_the_city.total.legality.tally.unlawful > 0 < of_the_city.total.legality.tally.ruled
