"""Codes cannot be found by trying: machines wait, people hardly notice."""

import secrets
import time
from datetime import timedelta
from statistics import median

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from complaints import actions
from complaints.actions.guessing import SITE, count_try
from complaints.models import Guesses, Opening
from complaints.rules.guessing import ALARM, HOUR, network_of, rest_after, wait_after
from complaints.vault import receipt_code
from office.receipts import LETTERS
from tests.complaints.make_complaints import figures, received
from tests.registry.at_once import at_once

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
MANY = 10_000


def tries(who, number, *, now):
    for _number in range(number):
        count_try(who, now=now)


@pytest.mark.parametrize(
    ("misses", "site", "wait"),
    [
        (4, 4, timedelta()),
        (5, 5, MINUTE),
        (9, 9, MINUTE),
        (10, 10, 5 * MINUTE),
        (20, 20, 15 * MINUTE),
        (0, ALARM, timedelta()),
        (1, ALARM - 1, timedelta()),
        (1, ALARM, MINUTE),
        (5, ALARM, 15 * MINUTE),
        (20, ALARM, HOUR),
    ],
)
def test_the_wait_grows_by_stages_and_sooner_while_the_whole_site_is_tried_out(misses, site, wait):
    assert wait_after(misses, site) == wait


def test_everybody_rests_only_in_a_flood():
    assert (rest_after(2_999), rest_after(3_000)) == (timedelta(), 20 * SECOND)


def test_the_net_of_a_household_is_one_origin():
    assert network_of("203.0.113.7") == "203.0.113.7"
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")


@pytest.mark.django_db
def test_after_five_wrong_codes_one_waits_a_minute_and_is_told_how_long():
    now = timezone.now()
    tries("a", 5, now=now)
    with pytest.raises(actions.TooMany) as refusal:
        count_try("a", now=now + 20 * SECOND)
    assert refusal.value.seconds == 40
    assert Guesses.objects.get(origin=SITE).misses == 5
    count_try("b", now=now + 20 * SECOND)
    count_try("a", now=now + MINUTE)
    with pytest.raises(actions.TooMany):
        count_try("a", now=now + MINUTE + 59 * SECOND)


@pytest.mark.django_db
def test_all_is_forgotten_an_hour_after_it_began():
    now = timezone.now()
    tries("a", 5, now=now)
    tries("b", 1, now=now)
    tries("a", 5, now=now + HOUR)
    assert Guesses.objects.count() == 2
    assert Guesses.objects.get(origin=SITE).misses == 5


@pytest.mark.django_db
def test_while_the_site_is_tried_out_somebody_who_mistypes_waits_and_others_do_not():
    now = timezone.now()
    tries("a", 1, now=now)
    Guesses.objects.filter(origin=SITE).update(misses=ALARM)
    count_try("b", now=now)
    for who in ("a", "b"):
        with pytest.raises(actions.TooMany):
            count_try(who, now=now + 59 * SECOND)


@pytest.mark.django_db
def test_in_a_flood_the_page_rests_for_those_as_well_who_never_mistyped():
    now = timezone.now()
    tries("a", 1, now=now)
    Guesses.objects.filter(origin=SITE).update(misses=3_000)
    with pytest.raises(actions.TooMany) as refusal:
        count_try("b", now=now + 5 * SECOND)
    assert refusal.value.seconds == 15
    count_try("b", now=now + 20 * SECOND)


@pytest.mark.django_db
def test_a_right_code_counts_for_nothing_and_forgives_nothing():
    figures()
    complaint, code = received()
    now = timezone.now()
    tries("a", 4, now=now)
    for _number in range(3):
        assert actions.guess(code, who="a", now=now) == complaint
    assert actions.guess("wrong", who="a", now=now) is None
    with pytest.raises(actions.TooMany):
        actions.guess(code, who="a", now=now)


@pytest.mark.django_db
def test_no_address_is_kept():
    count_try("203.0.113.7", now=timezone.now())
    assert "203.0.113" not in str(Guesses.objects.values_list())


@pytest.mark.django_db
def test_openings_and_counts_that_are_over_are_swept_away():
    figures()
    complaint, _code = received()
    now = timezone.now()
    tries("old", 1, now=now - HOUR)
    tries("new", 1, now=now)
    old = actions.begin_opening(complaint, now=now - 31 * MINUTE)
    Guesses.objects.filter(origin=SITE).update(began_at=now)
    key = actions.begin_opening(complaint, now=now - 29 * MINUTE)

    call_command("sweep_openings")

    assert actions.opened_by(key, now=now) == complaint.pk
    assert actions.opened_by(old, now=now) is None
    assert (Opening.objects.count(), Guesses.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_ten_thousand_guesses_open_nothing():
    figures()
    complaint, code = received()
    assert actions.open_by_code(code) == complaint
    hits = 0
    for number in range(MANY):
        # Half of them by chance, half as near to the code as can be.
        typed = "".join(secrets.choice(LETTERS) for _place in range(16))
        if number % 2:
            place = number % 16
            typed = code.replace("-", "")
            typed = (
                typed[:place]
                + secrets.choice(LETTERS.replace(typed[place], ""))
                + typed[place + 1 :]
            )
        hits += actions.open_by_code(typed) is not None
    assert hits == 0


@pytest.mark.django_db
def test_wrong_malformed_and_unknown_codes_take_the_same_time(settings):
    settings.RECEIPT_HASH_COST = 2**14
    figures()
    _complaint, code = received()
    near = code[:-1] + next(mark for mark in LETTERS if mark != code[-1])
    kinds = {"near": near, "unknown": receipt_code("unknown"), "short": "abc", "long": "长" * 190}
    took = {kind: [] for kind in kinds}
    for _round in range(25):
        for kind, typed in kinds.items():
            began = time.thread_time()
            assert actions.open_by_code(typed) is None
            took[kind].append(time.thread_time() - began)
    # The quickest third: what the work takes, without what else the machine was doing.
    typical = [median(sorted(times)[:9]) for times in took.values()]
    assert max(typical) / min(typical) < 1.05


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_the_same_moment_are_all_counted():
    now = timezone.now()

    def counted():
        try:
            count_try("a", now=now)
        except actions.TooMany as wait:
            raise ValidationError("wait") from wait
        return True

    outcomes = at_once(*[counted for _number in range(8)])
    assert outcomes == ["done"] * 5 + ["refused"] * 3
    assert Guesses.objects.get(origin=SITE).misses == 5
