"""Open figures: recounted by plain SQL on random rows; small numbers and this year are hidden."""

import random
from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from statistics import median as median_of

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from complaints.models import Channel, Complaint, ComplaintClock, ComplaintPolicy
from complaints.queries import open_figures as asked
from complaints.reports.open_figures import heads, open_figures
from complaints.rules.medians import median
from tests import make
from tests.complaints.make_complaints import figures
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
RESULTS = ["", "founded", "partly", "unfounded"]
YEARS = [2023, 2024, 2025, 2026]


@pytest.fixture(autouse=True)
def _figures():
    figures()


def rows(count, seed=1, **fixed):
    """So many rows drawn at random, written past the acts: only figures are asked of them."""
    drawn = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    place, figure = make.division("330681"), accept_figure()
    for number in range(count):
        received_on = date(drawn.choice(YEARS), drawn.randint(1, 12), drawn.randint(1, 28))
        took = drawn.randint(0, 90)
        state = drawn.choice(["assigned", "closed", "withdrawn"])
        fields = {
            "number": f"TS{seed}{number:06d}", "channel": drawn.choice(Channel.values),
            "mode": "named", "about": "unknown", "division": place, "state": state,
            "received_on": received_on, "result": drawn.choice(RESULTS),
        } | fixed  # fmt: skip
        fields.setdefault("closed_on", None)
        if fields["state"] != "assigned":
            fields["closed_on"] = fields["received_on"] + timedelta(days=took)
        made = Complaint.objects.create(**fields)
        due_on = made.received_on + 7 * DAY
        ComplaintClock.objects.create(
            complaint=made, key="accept_days", policy=figure, start_on=made.received_on,
            due_on=due_on, stopped_on=due_on + drawn.choice([-1, 0, 1]) * DAY,
        )  # fmt: skip


def accept_figure():
    return ComplaintPolicy.objects.get(key="accept_days")


def sql(text):
    with connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


YEAR = "CAST(SUBSTR(CAST(c.received_on AS VARCHAR(10)), 1, 4) AS INTEGER)"
FROM = "FROM complaints_complaint c"


def test_what_was_received_is_what_plain_sql_counts():
    rows(120)
    told = sql(f"SELECT {YEAR}, c.channel, COUNT(*) {FROM} GROUP BY 1, 2")
    assert asked.by_year_and_channel(Complaint.objects) == {(y, c): n for y, c, n in told}


def test_what_was_found_is_what_plain_sql_counts():
    rows(120, seed=2)
    founded = "SUM(CASE WHEN c.result IN ('founded', 'partly') THEN 1 ELSE 0 END)"
    told = sql(f"SELECT {YEAR}, {founded}, COUNT(*) {FROM} WHERE c.result <> '' GROUP BY 1")
    assert asked.findings(Complaint.objects) == {y: (f, n) for y, f, n in told}


def test_what_was_in_time_is_what_plain_sql_counts():
    rows(120, seed=3)
    in_time = "SUM(CASE WHEN k.stopped_on <= k.due_on THEN 1 ELSE 0 END)"
    joined = "JOIN complaints_complaintclock k ON k.complaint_id = c.id"
    told = sql(f"SELECT {YEAR}, {in_time}, COUNT(*) {FROM} {joined} GROUP BY 1")
    assert asked.accepted_in_time(Complaint.objects.all()) == {y: (k, n) for y, k, n in told}


def test_how_long_it_took_is_what_plain_sql_tells():
    rows(120, seed=4)
    told = sql(f"SELECT c.received_on, c.closed_on {FROM} WHERE c.closed_on IS NOT NULL")
    days = {}
    for received_on, closed_on in told:
        first, last = (date.fromisoformat(str(day)) for day in (received_on, closed_on))
        days.setdefault(first.year, Counter())[(last - first).days] += 1
    found = asked.days_to_the_end(Complaint.objects)
    assert found == days
    assert {year: median(one) for year, one in found.items()} == {
        year: median_of(one.elements()) for year, one in days.items()
    }


@given(st.dictionaries(st.integers(0, 99), st.integers(1, 4), min_size=1, max_size=6))
def test_the_median_is_that_of_the_numbers_written_out(numbers):
    assert median(numbers) == median_of(Counter(numbers).elements())


def test_of_nothing_there_is_no_median():
    assert median({}) is None


def row_of(year, today=TODAY):
    found = open_figures(today)
    return dict(zip(heads(), next(row for row in found.rows if row[0] == year), strict=True))


def test_a_year_is_told_in_numbers_and_shares():
    day, end = date(2025, 3, 3), {"state": "closed"}
    for seed, channel in enumerate(Channel.values, start=30):
        rows(6, seed=seed, received_on=day, channel=channel, result="founded", **end)
    rows(12, seed=6, received_on=day, channel="window", result="unfounded", **end)
    row = row_of(2025)
    assert (row["Received"], row["website"], row["window"]) == ("48", "6", "18")
    assert (row["Founded, at least in part"], row["Decided"], row["Founded share"]) == (
        "36", "48", "75.0%",
    )  # fmt: skip


def test_small_numbers_and_what_would_tell_them_are_hidden():
    day = date(2025, 3, 3)
    rows(3, seed=5, received_on=day, channel="web", result="founded")
    rows(12, seed=6, received_on=day, channel="window", result="unfounded")
    row = row_of(2025)
    assert row["website"] == "<5"
    assert (row["Founded, at least in part"], row["Founded share"]) == ("<5", "*")


def test_the_running_year_is_not_published_and_an_empty_one_tells_nothing():
    rows(9, seed=7, received_on=date(2024, 5, 6))
    rows(9, seed=8, received_on=date(2026, 5, 6))
    assert [row[0] for row in open_figures(TODAY).rows] == [2025, 2024]
    empty = row_of(2025)
    assert (empty["Decided"], empty["Founded share"], empty["Median days until closed"]) == (
        "—", "—", "—",
    )  # fmt: skip


def test_everybody_may_see_and_take_them(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    client.cookies["django_language"] = "en"
    rows(20, seed=9, received_on=date(2025, 3, 3))
    page = client.get(reverse("complaint_figures"))
    assert page.status_code == 200
    assert "2025" in page.content.decode()
    file = reverse("complaint_figures_file")
    book = b"".join(client.get(file, {"format": "xlsx"}).streaming_content)
    translation.activate("en")
    lines = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [str(cell) for cell in lines[0]] == heads()
    assert lines[1][:2] == [2025.0, "20"]
    text = b"".join(client.get(file, {"format": "csv"}).streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith('"2025","20",')
    assert client.get(file, {"format": "exe"}).status_code == 404


def test_without_a_year_that_is_over_the_page_says_so(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    client.cookies["django_language"] = "en"
    assert "No year is over yet" in client.get(reverse("complaint_figures")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(count, django_assert_num_queries):
    for number in range(count):
        rows(5, seed=20 + number)
    with django_assert_num_queries(7):
        open_figures(TODAY)
