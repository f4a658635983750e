"""Policies: dated figures; the nearest division's holds, and what was opened keeps its own."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from office.clocks import Term, Unit
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import load_policies, set_policy
from registry.models import Policy, PolicyKey, PolicyUnit, Standing
from registry.models.policy import UNITS
from registry.rules import enclosing
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db
SOME_DAY = date(2026, 1, 1)
FIXTURE = Path(settings.BASE_DIR / "fixtures" / "policies.json")
COUNTY, TOWNSHIP = 330681000000, 330681003000


def policy(amount=30, **fields):
    given = {
        "key": PolicyKey.FILING_LIMIT,
        "unit": PolicyUnit.WORKING,
        "standing": Standing.SETTING,
        "from_on": SOME_DAY,
        **fields,
    }
    return make.saved(Policy(amount=amount, **given))


def ruling(on=TODAY, division_id=TOWNSHIP, kind="village"):
    found = Policy.objects.ruling(PolicyKey.FILING_LIMIT, division_id=division_id, on=on, kind=kind)
    return found.amount


def test_the_nearest_division_wins():
    policy(30)
    policy(20, division=make.division("330681"))

    assert [ruling(), ruling(division_id=330602001000)] == [20, 30]


def test_of_one_division_the_policy_for_the_kind_wins():
    policy(30)
    policy(15, kind="industry")

    assert [ruling(kind="industry"), ruling(kind="village")] == [15, 30]


def test_a_nearer_division_wins_over_a_kind_farther_away():
    policy(15, kind="industry")
    policy(20, division=make.division("330681"))

    assert ruling(kind="industry") == 20


@pytest.mark.parametrize(("on", "amount"), [(TODAY - DAY, 30), (TODAY, 20)])
def test_each_day_has_its_own(on, amount):
    policy(30, until_on=TODAY)
    policy(20, from_on=TODAY)

    assert ruling(on) == amount


def test_where_none_holds_that_is_said():
    policy(30, from_on=TODAY)

    with pytest.raises(Policy.DoesNotExist):
        ruling(TODAY - DAY)


def test_a_policy_in_days_is_a_term():
    assert policy(30).term == Term(30, Unit.WORKING)


def test_a_policy_in_months_is_no_term():
    with pytest.raises(ValueError, match="MONTHS"):
        _ = policy(key=PolicyKey.IDLE_MONTHS, unit=PolicyUnit.MONTHS).term


def set_anew(**given):
    given = {
        "by": make.user(),
        "today": TODAY,
        "reason": "Decided.",
        "key": PolicyKey.FILING_LIMIT,
        "division": make.division("3306"),
        "from_on": TODAY,
        "amount": 20,
        "unit": PolicyUnit.WORKING,
        "standing": Standing.SETTING,
        "source": "",
        **given,
    }
    return set_policy(**given)


def test_a_new_figure_ends_the_old_one_on_its_day_and_the_ledger_tells():
    old = set_anew(amount=30)
    new = set_anew(from_on=TODAY + DAY)

    old.refresh_from_db()
    assert (old.until_on, new.until_on) == (TODAY + DAY, None)
    assert LedgerEntry.objects.of(new).get().act == "registry.policy.set"


@pytest.mark.parametrize(
    "given",
    [{"from_on": TODAY - DAY}, {"unit": PolicyUnit.MONTHS}],
    ids=["in the past", "of another unit"],
)
def test_what_cannot_be_is_refused(given):
    with pytest.raises(Refused):
        set_anew(**given)

    assert not Policy.objects.exists()


def test_one_that_begins_later_is_not_overtaken():
    set_anew(from_on=TODAY + DAY)

    with pytest.raises(Refused):
        set_anew(from_on=TODAY + DAY)


@pytest.mark.parametrize(
    "odd",
    [
        {"amount": 0},
        {"key": "weather"},
        {"until_on": SOME_DAY},
        {"standing": Standing.LAW, "source": ""},
    ],
)
def test_the_database_refuses_what_no_policy_says(odd):
    row = policy()

    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.filter(pk=row.pk).update(**odd)


def test_the_database_keeps_one_open_policy_for_everywhere():
    row = policy()
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.bulk_create([row])


def test_the_figures_that_come_with_the_product_load_once_and_name_what_they_rest_on():
    content = json.loads(FIXTURE.read_text())

    assert load_policies(content) == len(content["policies"])
    assert load_policies(content) == 0
    for row in Policy.objects.all():
        row.full_clean()
        assert row.unit in UNITS[row.key]
        assert row.source or row.standing == Standing.SETTING


def test_every_key_has_a_figure_and_units():
    load_policies(json.loads(FIXTURE.read_text()))

    assert set(Policy.objects.values_list("key", flat=True)) == set(PolicyKey.values) == set(UNITS)


def test_a_file_that_cannot_be_used_is_named(tmp_path):
    odd = tmp_path / "odd.json"
    odd.write_text("{}")

    with pytest.raises(CommandError, match=r"odd\.json cannot be used"):
        call_command("load_policies", odd)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (330681003201, [330000000000, 330600000000, COUNTY, TOWNSHIP, 330681003201]),
        (330600000000, [330000000000, 330600000000]),
    ],
)
def test_a_division_lies_in_all_above_it(number, found):
    assert enclosing(number) == found


TYPED = {
    "key": "filing_limit", "amount": "20", "unit": "working", "standing": "practice",
    "source": "绍兴市司法局通知", "from_on": "2099-01-01", "kind": "",
}  # fmt: skip


def test_the_city_sets_a_policy_for_its_own_area_only(client):
    city = make.division("3306")
    client.force_login(make.officer("city_bureau", city))

    refused = client.post(url("policies", "add"), sent(**TYPED, division=make.division("3301").pk))
    taken = client.post(url("policies", "add"), sent(**TYPED, division=city.pk))

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert Policy.objects.get().division == city


def test_a_county_reads_what_holds_for_it_and_sets_nothing(client, county):
    everywhere, other = policy(30), policy(20, division=elsewhere())

    response = client.get(url("policies", "index"))

    assert [row for row, _url, _cells in response.context["listed"]] == [everywhere]
    assert client.get(url("policies", "inspect", other.pk)).status_code == 404
    assert client.get(url("policies", "add")).status_code == 404
