"""Signing in and out: the same answer to every stranger, locks, no way around the house's page."""

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.conf import settings as running
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from office.accounts.origin import client_address, masked_address
from office.models import LedgerEntry, User
from office.roles import Role
from portal import settings as product
from tests import make

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
SECURITY = "/accounts/security/"
PASSWORD = "correct horse battery"  # noqa: S105  (what tests.make gives every account)


def sign_in(client, user, password=PASSWORD, **headers):
    return client.post(LOGIN, {"login": user.username, "password": password}, **headers)


def acts():
    return list(LedgerEntry.objects.order_by("sequence").values_list("act", flat=True))


def test_a_user_signs_in_and_out(client):
    user = make.user()

    assert sign_in(client, user).url == SECURITY
    assert client.get(SECURITY).status_code == 200
    assert client.post("/accounts/logout/").url == "/"
    assert client.get(SECURITY).url == f"{LOGIN}?next={SECURITY}"
    assert acts() == ["office.user.sign_in", "office.user.sign_out"]


def test_signing_out_twice_is_no_fault(client):
    assert client.post("/accounts/logout/").url == "/"
    assert acts() == []


def test_staff_land_in_the_admin(client):
    officer = make.officer(Role.AUDITOR, make.division())

    assert sign_in(client, officer).url == "/admin/"


def test_full_width_letters_and_blanks_in_the_user_name_do_no_harm(client):
    make.user("wang1")

    response = client.post(LOGIN, {"login": "　ｗａｎｇ１ ", "password": PASSWORD})

    assert response.url == SECURITY


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/accounts/sessions/", "/accounts/sessions/"),
        ("https://elsewhere.example/", SECURITY),
        ("//elsewhere.example/", SECURITY),
        ("javascript:alert(1)", SECURITY),
    ],
)
def test_next_leads_nowhere_but_on_this_site(client, wanted, led_to):
    user = make.user()

    response = client.post(
        f"{LOGIN}", {"login": user.username, "password": PASSWORD, "next": wanted}
    )

    assert response.url == led_to


def test_unknown_name_wrong_password_and_disabled_account_get_one_answer(client):
    make.user("known")
    make.user("disabled", is_active=False)

    answers = [
        client.post(LOGIN, {"login": name, "password": password})
        for name, password in [("known", "wrong"), ("nobody", "wrong"), ("disabled", PASSWORD)]
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {tuple(answer.context["form"].non_field_errors()) for answer in answers} == {
        (str(answers[0].context["form"].non_field_errors()[0]),)
    }


def test_a_password_is_hashed_once_whether_or_not_the_name_is_known(client, monkeypatch):
    make.user("known")
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        lambda self, password, salt: hashed.append(password) or f"md5${salt}$0",
    )

    client.post(LOGIN, {"login": "known", "password": "wrong 1"})
    known, hashed[:] = len(hashed), []
    client.post(LOGIN, {"login": "nobody", "password": "wrong 2"})

    assert (known, len(hashed)) == (1, 1)


def test_nobody_signs_up(client):
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404
    assert client.get("/accounts/password/reset/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_sign_in_page_of_wagtail_leads_to_the_one_of_the_house(client, method):
    user = make.user(is_superuser=True)

    response = getattr(client, method)(
        "/admin/login/?next=/admin/reports/", {"username": user.username, "password": PASSWORD}
    )

    if method == "post":
        assert response.url == f"{LOGIN}?next=%2Fadmin%2Freports%2F"
    assert response.url.startswith(LOGIN)
    assert "_auth_user_id" not in client.session


def test_signing_out_of_wagtail_is_the_signing_out_of_the_house(client):
    user = make.user(is_superuser=True)
    sign_in(client, user)

    assert reverse("wagtailadmin_logout") == "/admin/logout/"
    client.post("/admin/logout/")

    assert acts() == ["office.user.sign_in", "office.user.sign_out"]


@pytest.mark.parametrize("path", ["", "done/", "confirm/MQ/set-password/", "complete/"])
def test_wagtail_resets_no_password(client, path):
    assert client.get(f"/admin/password_reset/{path}").url == "/accounts/help/"


def test_a_thousand_guesses_find_nothing_and_the_right_password_comes_too_late(client, rf):
    user = make.user()

    # As the page does it, without drawing a thousand pages.
    found = [
        authenticate(rf.post(LOGIN), username=user.username, password=f"guess {n}")
        for n in range(1_000)
    ]
    right = sign_in(client, user)

    assert found == [None] * 1_000
    assert right.status_code == 429
    assert "_auth_user_id" not in client.session
    assert acts() == ["office.user.lock"]


def test_the_page_tells_of_the_lock_from_the_fifth_wrong_password_on(client):
    user = make.user()

    answers = [sign_in(client, user, f"guess {n}").status_code for n in range(6)]

    assert answers == [200] * 4 + [429] * 2


def test_the_lock_ends_after_its_time_and_tells_it(client, time_machine):
    time_machine.move_to("2026-11-23T09:00:00+08:00", tick=False)
    user = make.user()
    for n in range(5):
        response = sign_in(client, user, f"guess {n}")

    assert response.status_code == 429
    assert f"{response.context['until']:%H:%M}" == "01:15"
    time_machine.move_to("2026-11-23T09:10:00+08:00", tick=False)
    assert sign_in(client, user).status_code == 429
    time_machine.move_to("2026-11-23T09:15:01+08:00", tick=False)
    assert sign_in(client, user).url == SECURITY


def test_an_unknown_name_locks_like_a_known_one(client):
    answers = [
        client.post(LOGIN, {"login": "nobody", "password": f"guess {n}"}).status_code
        for n in range(6)
    ]

    assert answers == [200] * 4 + [429] * 2
    assert acts() == ["office.user.lock"]


def test_one_name_is_locked_for_all_after_twenty_guesses_from_many_addresses(client):
    user = make.user()

    answers = [
        sign_in(client, user, f"guess {n}", REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n in range(20)
    ]

    assert answers == [200] * 19 + [429]
    assert sign_in(client, user, REMOTE_ADDR="198.51.100.7").status_code == 429


def test_one_address_is_locked_after_a_hundred_guesses_at_many_names(client):
    user = make.user()

    answers = [
        client.post(LOGIN, {"login": f"name{n}", "password": "Password1!"}).status_code
        for n in range(100)
    ]

    assert answers == [200] * 99 + [429]
    assert sign_in(client, user).status_code == 429
    assert sign_in(client, user, REMOTE_ADDR="198.51.100.7").url == SECURITY


def test_signing_in_forgives_the_own_mistakes_but_not_those_of_the_address(client):
    user = make.user()
    client.post(LOGIN, {"login": "other", "password": "wrong"})
    sign_in(client, user, "wrong")

    sign_in(client, user)

    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["other"]


def test_a_password_is_not_kept_with_the_attempt(client):
    client.post(LOGIN, {"login": "nobody", "password": "my secret"})

    attempt = AccessAttempt.objects.get()

    assert "my secret" not in attempt.post_data + attempt.get_data


@pytest.mark.parametrize(
    ("header", "sent", "address"),
    [
        ("", {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}, "127.0.0.1"),
        ("", {"HTTP_X_REAL_IP": "198.51.100.7"}, "127.0.0.1"),
        ("X-Real-IP", {"HTTP_X_REAL_IP": "198.51.100.7"}, "198.51.100.7"),
        ("X-Forwarded-For", {"HTTP_X_FORWARDED_FOR": "1.2.3.4, 198.51.100.7"}, "198.51.100.7"),
        ("X-Real-IP", {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}, "0.0.0.0"),  # noqa: S104
        ("X-Real-IP", {"HTTP_X_REAL_IP": "' OR 1=1"}, "0.0.0.0"),  # noqa: S104
    ],
)
def test_only_the_configured_header_names_the_address(rf, settings, header, sent, address):
    settings.CLIENT_ADDRESS_HEADER = header

    assert client_address(rf.get("/", **sent)) == address


@pytest.mark.parametrize(
    ("address", "masked"),
    [("203.0.113.57", "203.0.113.*"), ("2001:db8:1:2::7", "2001:db8:1::*"), ("::1", "0:0:0::*")],
)
def test_addresses_are_kept_without_the_part_that_names_a_machine(address, masked):
    assert masked_address(address) == masked


def test_language_and_text_size_stay_when_signing_in(client):
    client.cookies["django_language"], client.cookies["text_size"] = "en", "large"

    sign_in(client, make.user())

    assert client.cookies["text_size"].value == "large"
    assert '<html lang="en" data-text="large">' in client.get(SECURITY).content.decode()


def test_a_form_from_another_site_does_not_sign_anybody_in():
    client, user = Client(enforce_csrf_checks=True), make.user()

    assert sign_in(client, user).status_code == 403


def test_no_mail_address_is_collected():
    make.user(email="wang@example.org")

    assert EmailAddress.objects.count() == 0
    assert User.objects.count() == 1


def test_the_product_asks_staff_for_the_second_factor_unless_told_otherwise():
    assert product.STAFF_SECOND_FACTOR is True
    assert running.SESSION_COOKIE_HTTPONLY is True
    assert running.SESSION_COOKIE_SAMESITE == "Lax"
