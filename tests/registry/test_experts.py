"""The pool of experts: terms and ages by policy, personal data, the desk."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from office.personal import stored_text
from office.roles import Role
from registry import actions
from registry.actions import experts
from registry.models import Expert
from registry.rules import months_later, years_later
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from tests.registry.test_standards import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
POLICIES = Path(__file__).parents[2] / "fixtures" / "policies.json"
PHONE = "13912345678"
SEVENTY = date(1956, 11, 23)


@pytest.fixture(autouse=True)
def policies():
    actions.load_policies(json.loads(POLICIES.read_text(encoding="utf-8")))


def expert(**given):
    fields_given = {
        "name": "竺文清", "field": "medicine", "employer": "市人民医院", "phone": PHONE,
        "division": make.division(), "born_on": date(1970, 5, 1), "from_on": TODAY, **given,
    }  # fmt: skip
    return experts.add_expert(by=None, today=TODAY, reason=REASON, **fields_given)


def act(name, row, today=TODAY):
    return getattr(experts, name)(row.pk, by=None, today=today, reason=REASON)


def test_the_term_follows_from_the_policy_that_is_kept():
    row = expert(from_on=date(2024, 2, 29))

    assert (row.term_policy.amount, row.age_policy.amount) == (5, 70)
    assert row.until_on == date(2029, 2, 28)


@pytest.mark.parametrize(("born_on", "passes"), [(SEVENTY, False), (SEVENTY + DAY, True)])
def test_an_expert_is_under_seventy_at_entry(born_on, passes):
    if passes:
        expert(born_on=born_on)
    else:
        with pytest.raises(Refused, match="must be under 70"):
            expert(born_on=born_on)
    assert Expert.objects.count() == int(passes)


@pytest.mark.parametrize(("born_on", "passes"), [(SEVENTY, False), (SEVENTY + DAY, True)])
def test_an_expert_is_under_seventy_at_renewal(born_on, passes):
    row = expert(born_on=born_on, from_on=TODAY - 365 * DAY)
    until_on = row.until_on

    if passes:
        act("renew_expert", row)
    else:
        with pytest.raises(Refused, match="must be under 70"):
            act("renew_expert", row)
    row.refresh_from_db()
    assert row.until_on == (years_later(until_on, 5) if passes else until_on)


def test_nobody_enters_in_the_future():
    with pytest.raises(Refused, match="lies in the future"):
        expert(from_on=TODAY + DAY)


@pytest.mark.parametrize(("days", "serves"), [(-1, True), (0, False)])
def test_a_term_is_over_on_the_day_it_ends(days, serves):
    row = expert(from_on=date(2020, 1, 1))
    on = row.until_on + days * DAY

    assert Expert.objects.serving(on).filter(pk=row.pk).exists() is serves
    assert Expert.objects.lapsed(on).filter(pk=row.pk).exists() is not serves


def test_a_running_term_is_renewed_from_its_end():
    row = expert(from_on=date(2024, 1, 1))

    act("renew_expert", row)

    row.refresh_from_db()
    assert (row.from_on, row.until_on) == (date(2024, 1, 1), date(2034, 1, 1))


def test_a_term_that_is_over_is_renewed_from_today():
    row = expert(from_on=date(2020, 1, 1))

    act("renew_expert", row)

    row.refresh_from_db()
    entry = LedgerEntry.objects.of(row).latest("sequence")
    assert (row.from_on, row.until_on) == (TODAY, years_later(TODAY, 5))
    assert (entry.act, entry.before["until_on"]) == ("registry.expert.renew", "2025-01-01")


def test_who_left_the_pool_serves_no_more_and_is_not_renewed():
    row = expert()

    act("end_expert", row)

    assert list(Expert.objects.serving(TODAY)) == []
    assert list(Expert.objects.lapsed(TODAY + 9999 * DAY)) == []
    with pytest.raises(Refused, match="enter the person anew"):
        act("renew_expert", row)
    with pytest.raises(Refused, match="left the pool already"):
        act("end_expert", row)


@pytest.mark.parametrize(
    "values",
    [{"field": "magic"}, {"until_on": TODAY}, {"left_on": TODAY - DAY}],
)
def test_the_database_keeps_an_expert_whole(values):
    expert()

    with pytest.raises(IntegrityError), transaction.atomic():
        Expert.objects.update(**values)


def test_the_phone_is_sealed_in_the_database_and_absent_from_the_ledger():
    row = expert()

    raw = Expert.objects.annotate(raw=stored_text("phone")).get(pk=row.pk).raw
    assert PHONE not in raw
    assert LedgerEntry.objects.of(row).get().after["phone"] is True


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 23), -1, date(2026, 10, 23)),
    ],
)
def test_months_later_keeps_the_day_where_the_month_has_it(day, months, later):
    assert months_later(day, months) == later


# --- On the desk --------------------------------------------------------------------------------


def test_an_expert_is_entered_and_corrected_on_the_desk(client, county):
    typed = {
        "name": "裘医生", "field": "medicine", "division": make.division().pk, "phone": PHONE,
        "born_on": "1970-05-01", "from_on": TODAY.isoformat(),
    }  # fmt: skip

    client.post(url("experts", "add"), sent(**typed))
    row = Expert.objects.get()
    edit = url("experts", "edit", row.pk)
    form = fields(client.get(edit))
    client.post(edit, form | {"employer": "中医院", "reason": REASON})

    row.refresh_from_db()
    assert form["phone"] == ""
    assert (row.phone, row.employer, row.until_on) == (PHONE, "中医院", years_later(TODAY, 5))


def test_the_phone_is_masked_and_shown_in_full_for_a_reason(client, at_desk):
    at_desk(password_shown=True)
    row = expert()

    masked = client.get(url("experts", "inspect", row.pk)).content.decode()
    shown = client.post(url("experts", "act", row.pk, "unmask"), sent())

    assert PHONE not in masked
    assert "139****5678" in masked
    assert PHONE in shown.content.decode()
    assert shown["Cache-Control"].startswith("no-store, private")
    entry = LedgerEntry.objects.of(row).latest("sequence")
    assert (entry.act, entry.reason) == ("registry.expert.unmask", REASON)


def test_a_trainer_reads_neither_phone_nor_date_of_birth(client, at_desk):
    at_desk(make.officer(Role.TRAINER, make.division("330681")))
    row = expert()

    page = client.get(url("experts", "inspect", row.pk)).content.decode()

    assert "5678" not in page
    assert "1970-05-01" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"甲", "乙", "丙"}),
        ({"standing": "serving"}, {"甲"}),
        ({"standing": "lapsed"}, {"乙"}),
        ({"standing": "left"}, {"丙"}),
        ({"field": "law"}, {"乙"}),
        ({"name": "丙"}, {"丙"}),
        ({"ends_until": TODAY.isoformat()}, {"乙"}),
    ],
)
def test_the_list_answers_its_query(client, county, query, names):
    expert(name="甲")
    expert(name="乙", field="law", from_on=date(2020, 1, 1))
    act("end_expert", expert(name="丙"))
    expert(name="丁", division=elsewhere())

    assert {row.name for row in rows_of(client.get(url("experts", "index"), query))} == names


def test_an_expert_is_renewed_and_taken_out_on_the_desk(client, county):
    row = expert()

    client.post(url("experts", "act", row.pk, "renew"), sent())
    client.post(url("experts", "act", row.pk, "end"), sent())

    row.refresh_from_db()
    acts = [told.act for told in client.get(url("experts", "history", row.pk)).context["acts"]]
    assert (row.left_on, row.until_on) == (TODAY, years_later(TODAY, 10))
    assert acts == ["Take out of the pool", "Renew the term", "Add"]
    assert client.get(url("experts", "edit", row.pk)).status_code == 404


def test_experts_of_another_county_cannot_be_found(client, county):
    foreign = expert(division=elsewhere())

    for page in ("inspect", "edit", "history"):
        assert client.get(url("experts", page, foreign.pk)).status_code == 404
    for name in ("renew", "end", "unmask"):
        assert client.get(url("experts", "act", foreign.pk, name)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        expert(division=make.division(f"33068100{number + 1}"))
    client.get(url("experts", "index"))

    with django_assert_num_queries(10):
        client.get(url("experts", "index"))


def test_the_export_holds_no_phone(client, county):
    expert()

    response = client.post(url("experts", "export"), sent(format="csv"))

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "竺文清" in text
    assert PHONE not in text
