"""Figures counted in SQL, on small registers known by heart."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection

from casework.metrics import METRICS, SOURCES, Source, figures, measure
from casework.models import CaseRecord
from casework.rules.windows import Window, quarter, year
from office.roles import Role
from registry.models import Appointment
from tests import make
from tests.casework import make_cases

pytestmark = pytest.mark.django_db
Y2026 = year(2026)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def case(state="succeeded", *, on=FIRST, **fields):
    return make_cases.case(state, accepted_on=on, **fields)


def whole(*names, **asked):
    return figures(names, **asked).of()


def test_success_is_of_all_cases_accepted():
    for state in ["draft", "accepted", "succeeded", "failed", "withdrawn", "transferred", "void"]:
        case(state)

    found = whole("accepted", "success_rate", window=Y2026)

    assert found["accepted"].value == 5
    assert (found["success_rate"].numerator, found["success_rate"].denominator) == (1, 5)
    assert found["success_rate"].value == Decimal("0.2")
    assert found["success_rate"].shown == Decimal("20.0")


@pytest.mark.parametrize(
    ("on", "counts"),
    [(date(2025, 12, 31), 0), (FIRST, 1), (LAST, 1), (date(2027, 1, 1), 0)],
)
def test_a_window_holds_its_first_day_and_not_the_one_it_ends_on(on, counts):
    case(on=on)

    assert whole("accepted", window=Y2026)["accepted"].value == counts


def test_quarters_make_up_the_year():
    for month in range(1, 13):
        case(on=date(2026, month, 28))

    parts = [whole("accepted", window=quarter(n, 2026))["accepted"].value for n in range(1, 5)]

    assert parts == [3, 3, 3, 3]


def test_a_window_may_be_open():
    case(on=date(1999, 5, 1))
    case(on=date(2031, 5, 1))

    assert whole("accepted")["accepted"].value == 2
    assert whole("accepted", window=(None, FIRST))["accepted"].value == 1
    assert whole("accepted", window=Window(FIRST, None))["accepted"].value == 1


def test_entries_of_one_dispute_count_once():
    first = case()
    again = case()
    CaseRecord.objects.filter(pk=again.pk).update(same_as=first)

    by_body = figures(["accepted"], per="organization")

    assert whole("accepted")["accepted"].value == 1
    assert by_body.of(first.organization_id)["accepted"].value == 1
    assert by_body.of(again.organization_id)["accepted"].value == 0
    assert figures(["accepted"], per="mediator").of(again.shares.get().mediator_id)[
        "accepted"
    ].value == 0  # fmt: skip


def test_nothing_to_divide_by_is_no_value_with_a_reason():
    found = whole("accepted", "success_rate", "fulfilment", window=Y2026)

    assert found["accepted"].value == 0
    assert found["success_rate"].value is None
    assert found["success_rate"].exact is None
    assert found["success_rate"].reason


def test_what_is_not_known_is_in_neither_part():
    case(fulfilment="", agreement="")
    case(fulfilment="pending", agreement="oral")
    case(fulfilment="fulfilled", is_voluntary=None)
    case(fulfilment="fulfilled", is_voluntary=False)
    case(fulfilment="fulfilled", is_voluntary=True)
    case(fulfilment="partly", is_voluntary=True)
    case(fulfilment="refused")

    found = whole("fulfilment", "voluntary_fulfilment", "written_share", "oral_of_mediated")

    assert found["fulfilment"].exact == Fraction(3, 5)
    assert found["voluntary_fulfilment"].exact == Fraction(1, 2)
    assert found["written_share"].exact == Fraction(5, 6)
    assert found["oral_of_mediated"].exact == Fraction(1, 7)


def test_courts_and_days():
    case(confirmation="refused", closed_on=date(2026, 1, 4), judgment="invalid")
    case(confirmation="confirmed", closed_on=FIRST)
    case(confirmation="applied", closed_on=date(2026, 3, 1))
    case("accepted")

    found = whole("court_refusals", "average_days", "overturned")

    assert found["court_refusals"].exact == Fraction(1, 2)
    assert found["average_days"].exact == Fraction(3 + 0 + 59, 3)
    assert found["average_days"].shown == Decimal("20.7")
    assert found["overturned"].value == 1


def test_a_case_counts_wholly_for_everybody_with_a_part_or_by_weight():
    body = make.organization()
    lead, second = make.mediator(), make.mediator()
    case(body=body, mediators=[(lead, 2), (second, 1)])
    case("failed", body=body, mediators=[second])

    wholly = figures(["accepted", "success_rate"], per="mediator")
    leading = figures(["accepted"], per="mediator", filters={"role": "lead"})
    weighed = figures(["accepted", "success_rate"], per="mediator", by_weight=True)

    assert [wholly.of(who.pk)["accepted"].value for who in (lead, second)] == [1, 2]
    assert wholly.of(second.pk)["success_rate"].exact == Fraction(1, 2)
    assert [leading.of(who.pk)["accepted"].value for who in (lead, second)] == [1, 1]
    assert weighed.of(second.pk)["accepted"].numerator == Fraction(4, 3)
    assert weighed.of(second.pk)["success_rate"].exact == Fraction(1, 4)
    assert weighed.of(lead.pk)["accepted"].exact == Fraction(2, 3)


def test_figures_by_division_month_and_type():
    near, far = (
        make.organization(in_division=make.division(code)) for code in ("330681001", "330682002")
    )
    kind = make_cases.dispute_type("land", "山林土地", "Land")
    case(body=near, on=date(2026, 2, 28), dispute_type=kind)
    case(body=near, on=date(2026, 3, 1))
    case(body=far, on=date(2026, 3, 31))

    def counted(per, **asked):
        found = figures(["accepted"], per=per, **asked)
        return {subject: found.of(subject)["accepted"].value for subject in found}

    february, march = date(2026, 2, 1), date(2026, 3, 1)
    assert counted("county") == {330681000000: 2, 330682000000: 1}
    assert counted("city") == {330600000000: 3}
    assert counted("township") == {330681001000: 2, 330682002000: 1}
    assert counted("month") == {february: 1, march: 2}
    assert counted("year") == {FIRST: 3}
    assert counted(("county", "month")) == {
        (330681000000, february): 1, (330681000000, march): 1, (330682000000, march): 1,
    }  # fmt: skip
    assert counted("dispute_type", division=make.division("330681"))[kind.pk] == 1
    assert counted((), filters={"dispute_type": "land"}) == {(): 1}
    assert counted("kind", organizations=[far.pk]) == {"village": 1}


def test_people_and_their_part_narrow_the_cases_too():
    body = make.organization()
    lead, second = make.mediator(), make.mediator()
    case(body=body, mediators=[lead, second])
    case(body=body, mediators=[second])

    def count(**asked):
        return whole("accepted", **asked)["accepted"].value

    assert count(mediators=[lead.pk]) == 1
    assert count(mediators=[second.pk]) == 2
    assert count(mediators=[lead.pk, second.pk]) == 2
    assert count(mediators=[second.pk], filters={"role": "lead"}) == 1


def test_another_noun_adds_a_source_with_days_places_and_people_of_its_own(monkeypatch):
    """Posts stand for write-ups: they know a day, a place and a person, and no case."""
    monkeypatch.setitem(SOURCES, "writeups", POSTS)
    held = make.appointment(from_on=FIRST)
    make.appointment(body=held.organization, from_on=date(2025, 12, 31))

    def count(subject=(), **asked):
        return figures(["adopted"], **asked).of(subject)["adopted"].value

    assert count() == 2
    assert count(window=Y2026) == 1
    assert count(held.organization_id, per="organization") == 2
    assert count(held.mediator_id, per="mediator") == count(mediators=[held.mediator_id]) == 1
    assert count(user=make.officer(Role.COUNTY_BUREAU, make.division("330682"))) == 0
    with pytest.raises(LookupError):
        count(filters={"difficulty": "major"})


POSTS = Source(
    name="writeups",
    label="posts",
    rows=Appointment.objects.all,
    paths={
        "day": "from_on",
        "organization": "organization_id",
        "division": "organization__division_id",
        "mediator": "mediator_id",
    },
)


def test_what_nobody_tells_of_yet_has_no_value(monkeypatch):
    case()
    monkeypatch.delitem(SOURCES, "writeups", raising=False)

    found = whole("adopted", "accepted")

    assert found["adopted"].value is None
    assert found["adopted"].reason
    assert found["accepted"].value == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"names": ["fame"]},
        {"names": ["accepted"], "per": "weather"},
        {"names": ["accepted"], "filters": {"weather": "fine"}},
        {"names": ["accepted"], "by_weight": True},
        {"names": ["average_days"], "per": "mediator", "by_weight": True},
    ],
)
def test_what_does_not_exist_cannot_be_asked_for(asked):
    with pytest.raises(LookupError):
        measure(**asked)


def test_all_figures_of_a_source_are_one_query(django_assert_num_queries):
    case()
    names = [name for name in METRICS if name not in {"satisfaction", "adopted"}]

    with django_assert_num_queries(1):
        figures(names, per="mediator", window=Y2026)


def test_a_set_can_be_written_from_the_query():
    first = case()
    asked = measure(["success_rate"], per="organization", window=Y2026)

    sql, parameters = asked.sql("cases")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE written AS {sql}", parameters)
        cursor.execute("SELECT * FROM written")
        rows = cursor.fetchall()

    assert asked.columns("cases") == ["organization", "succeeded", "accepted"]
    assert rows == [(first.organization_id, 1, 1)]
    assert sql.count("GROUP BY") == 1


def test_every_metric_says_what_it_was_counted_from():
    assert all(metric.source and str(metric.label) for metric in METRICS.values())
