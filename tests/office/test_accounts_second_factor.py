"""The second factor of staff, asking again before sensitive acts, and help for a lost phone."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from office.accounts import actions, passwords
from office.accounts.reauthentication import needs_reauthentication, recently_authenticated
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
SECURITY = "/accounts/security/"
ENROL = "/accounts/second-factor/set/"
CODE = "/accounts/second-factor/code/"
CODE_AGAIN = "/accounts/second-factor/code-again/"
HELP = "/accounts/help/for-others/"
PASSWORD = "correct horse battery"  # noqa: S105  (what tests.make gives every account)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


@pytest.fixture(autouse=True)
def _staff_needs_a_code(settings, time_machine):
    settings.STAFF_SECOND_FACTOR = True
    time_machine.move_to("2026-11-23T09:00:00+08:00", tick=False)
    cache.clear()


def code(secret=SECRET, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def officer(role=Role.AUDITOR):
    return make.officer(role, make.organization() if role == Role.CLERK else make.division())


def enrolled(user):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def sign_in(user, wanted=""):
    client = Client()
    client.post(LOGIN, {"login": user.username, "password": PASSWORD, "next": wanted})
    return client


def fully_signed_in(user):
    client = sign_in(enrolled(user))
    assert client.post(CODE, {"code": code()}).status_code == 302
    return client


def is_signed_in(client):
    return "_auth_user_id" in client.session


# --- Staff without a second factor ----------------------------------------------------------------


def admin_paths():
    """Every address below /admin/ that needs no argument."""
    admin = next(p for p in get_resolver().url_patterns if _holds_the_home_of_the_admin(p))
    return sorted(_plain_paths(admin, "/"))


def _holds_the_home_of_the_admin(pattern):
    return "wagtailadmin_home" in getattr(pattern, "reverse_dict", {})


def _plain_paths(pattern, prefix):
    part = str(pattern.pattern)
    if "<" in part or "^" in part:
        return
    if isinstance(pattern, URLPattern):
        yield prefix + part
        return
    for below in pattern.url_patterns:
        yield from _plain_paths(below, prefix + part)


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_a_second_factor_reach_no_page_but_the_one_to_set_it_up(method):
    client = sign_in(officer())
    # These three stand before Wagtail's own and show nothing but signing in, out and help.
    open_paths = {"/admin/login/", "/admin/logout/"}
    paths = [
        path
        for path in admin_paths()
        if path not in open_paths and not path.startswith("/admin/password_reset/")
    ]

    led_to = {path: getattr(client, method)(path).headers.get("Location") for path in paths}

    assert len(paths) > 30
    assert led_to == dict.fromkeys(paths, ENROL)


@pytest.mark.parametrize("path", [SECURITY, "/accounts/sessions/", HELP, "/no-such-page/"])
def test_the_rest_of_the_site_is_closed_to_them_as_well(path):
    client = sign_in(officer())

    assert client.get(path).url == ENROL


def test_a_superuser_is_no_exception():
    client = sign_in(make.user(is_superuser=True))

    assert client.get("/admin/").url == ENROL


def test_who_is_not_staff_needs_no_second_factor():
    client = sign_in(make.user())

    assert client.get(SECURITY).status_code == 200


def test_a_post_given_during_a_session_asks_for_the_second_factor_at_once():
    user = make.user()
    client = sign_in(user)
    division = make.division()

    make.actions.grant_post(
        user=user,
        role=Role.AUDITOR,
        division=division,
        from_on=make.TODAY - make.DAY,
        by=make.user(is_superuser=True),
        reason="New post.",
    )

    assert client.get("/admin/").url == ENROL


def test_a_setting_switches_the_second_factor_off(settings):
    settings.STAFF_SECOND_FACTOR = False
    client = sign_in(officer())

    assert client.get("/admin/").status_code == 200


# --- Setting it up --------------------------------------------------------------------------------


def test_an_officer_sets_the_second_factor_up_and_is_in():
    user = officer()
    client = sign_in(user)
    page = client.get(ENROL)

    response = client.post(ENROL, {"code": code(page.context["form"].secret)})

    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml;base64,")
    assert response.url == "/accounts/recovery-codes/"
    assert len(client.get(response.url).context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200
    assert LedgerEntry.objects.order_by("sequence").last().act == "office.user.set_second_factor"


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key():
    client = sign_in(officer())
    secret = client.get(ENROL).context["form"].secret

    response = client.post(ENROL, {"code": "000000"})

    assert response.context["form"].secret == secret
    assert Authenticator.objects.count() == 0
    assert client.get("/admin/").url == ENROL


def test_setting_it_up_ends_the_sessions_that_never_showed_it():
    user = officer()
    elsewhere, client = sign_in(user), sign_in(user)

    client.post(ENROL, {"code": code(client.get(ENROL).context["form"].secret)})

    assert elsewhere.get("/admin/").url == f"{LOGIN}?next=/admin/"


def test_the_key_is_sealed_in_the_database():
    user = enrolled(officer())

    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]

    assert SECRET not in stored
    assert stored.startswith("A256GCM.")


# --- Signing in with it ---------------------------------------------------------------------------


def test_the_password_alone_opens_nothing():
    client = sign_in(enrolled(officer()))

    assert not is_signed_in(client)
    assert client.get("/admin/").url == f"{LOGIN}?next=/admin/"


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_the_code_opens_the_page_that_was_asked_for(steps):
    client = sign_in(enrolled(officer()), wanted="/admin/reports/site-history/")

    assert client.post(CODE, {"code": code(steps=steps)}).url == "/admin/reports/site-history/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_of_more_than_half_a_minute_ago_opens_nothing(steps):
    client = sign_in(enrolled(officer()))

    client.post(CODE, {"code": code(steps=steps)})

    assert not is_signed_in(client)


def test_a_code_with_a_blank_and_full_width_digits_is_taken():
    client = sign_in(enrolled(officer()))
    digits = code().translate({ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"})

    client.post(CODE, {"code": f"{digits[:3]} {digits[3:]}"})

    assert is_signed_in(client)


def test_a_code_opens_once(time_machine):
    user = enrolled(officer())
    used = code()
    sign_in(user).post(CODE, {"code": used})
    time_machine.move_to("2026-11-23T09:00:59+08:00", tick=False)

    again = sign_in(user)
    again.post(CODE, {"code": used})

    assert not is_signed_in(again)


def test_a_recovery_code_opens_once():
    user = enrolled(officer())
    recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    spare = recovery.get_unused_codes()[0]
    first, second = sign_in(user), sign_in(user)

    first.post(CODE, {"code": spare})
    second.post(CODE, {"code": spare})

    assert first.get("/admin/").status_code == 200
    assert not is_signed_in(second)


def test_after_five_wrong_codes_the_right_one_has_to_wait(time_machine):
    client = sign_in(enrolled(officer()))

    for n in range(5):
        client.post(CODE, {"code": f"00000{n}"})
    client.post(CODE, {"code": code()})
    assert not is_signed_in(client)
    time_machine.move_to("2026-11-23T09:05:01+08:00", tick=False)
    client.post(CODE, {"code": code()})

    assert is_signed_in(client)


def test_a_session_that_never_showed_the_code_is_asked_for_it():
    user = enrolled(officer())
    client = Client()
    client.force_login(user)

    assert client.get("/admin/reports/site-history/").url == (
        f"{CODE_AGAIN}?next=%2Fadmin%2Freports%2Fsite-history%2F"
    )
    client.post(CODE_AGAIN, {"code": code()})
    assert client.get("/admin/").status_code == 200


def test_who_gives_the_second_factor_up_must_set_a_new_one_up():
    client = fully_signed_in(officer())

    client.post("/accounts/second-factor/remove/")

    assert client.get("/admin/").url == ENROL
    assert LedgerEntry.objects.order_by("sequence").last().act == "office.user.remove_second_factor"
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("path", ["remove/", "set/"])
def test_the_second_factor_is_not_for_strangers(client, path):
    assert client.get(f"/accounts/second-factor/{path}").url.startswith(LOGIN)


# --- Asking again ---------------------------------------------------------------------------------


def test_after_five_minutes_the_password_is_asked_for_again(time_machine):
    client = fully_signed_in(officer())
    page = "/accounts/recovery-codes/"

    time_machine.move_to("2026-11-23T09:04:59+08:00", tick=False)
    assert client.get(page).status_code == 200
    time_machine.move_to("2026-11-23T09:05:00+08:00", tick=False)
    assert client.get(page).url == "/accounts/reauthenticate/?next=%2Faccounts%2Frecovery-codes%2F"
    client.post("/accounts/reauthenticate/", {"password": "wrong"})
    assert client.get(page).status_code == 302
    again = {"password": PASSWORD, "next": page}
    assert client.post("/accounts/reauthenticate/", again).url == page
    assert client.get(page).status_code == 200


def test_a_form_sent_to_a_sensitive_page_is_sent_on_after_the_password(time_machine):
    client, user = fully_signed_in(officer(Role.SYSTEM_ADMIN)), make.user()
    typed = {"username": user.username, "act": "disable_account", "reason": "Left the bureau."}
    time_machine.move_to("2026-11-23T09:06:00+08:00", tick=False)

    asked = client.post(HELP, typed)
    client.post(asked.url, {"password": PASSWORD, "next": HELP})

    user.refresh_from_db()
    assert asked.url == "/accounts/reauthenticate/?next=%2Faccounts%2Fhelp%2Ffor-others%2F"
    assert user.is_active is False


def test_the_age_that_is_still_recent_can_be_chosen(rf, time_machine):
    client = fully_signed_in(officer())
    request = rf.get("/")
    request.user, request.session = (
        make.User.objects.get(pk=client.session["_auth_user_id"]),
        client.session,
    )
    time_machine.move_to("2026-11-23T09:01:00+08:00", tick=False)

    assert needs_reauthentication(request, 60) is True
    assert needs_reauthentication(request, 61) is False
    assert recently_authenticated(61)(lambda _request: HttpResponse("in"))(request).content == b"in"


# --- Help for others ------------------------------------------------------------------------------


def test_the_system_administrator_removes_the_second_factor_of_a_lost_phone():
    admin, user = officer(Role.SYSTEM_ADMIN), officer()
    theirs, client = fully_signed_in(user), None
    cache.clear()
    client = fully_signed_in(admin)

    response = client.post(
        HELP,
        {"username": user.username, "act": "remove_second_factor", "reason": "Came in person."},
    )

    entry = LedgerEntry.objects.order_by("sequence").last()
    assert response.context["helped"] == user
    assert (entry.act, entry.actor, entry.subject_id, entry.reason) == (
        "office.user.remove_second_factor",
        admin,
        str(user.pk),
        "Came in person.",
    )
    assert not Authenticator.objects.filter(user=user).exists()
    assert theirs.get("/admin/").status_code == 302
    assert sign_in(user).get("/admin/").url == ENROL


def test_a_password_handed_out_is_shown_once_and_changed_at_the_first_use(settings):
    settings.STAFF_SECOND_FACTOR = False
    client, user = fully_signed_in(officer(Role.SYSTEM_ADMIN)), make.user()
    theirs = sign_in(user)

    page = client.post(
        HELP, {"username": user.username, "act": "hand_out_password", "reason": "Came in person."}
    )

    handed_out = page.context["helped"].handed_out
    assert handed_out in page.content.decode()
    assert theirs.get(SECURITY).status_code == 302
    assert is_signed_in(sign_in(user)) is False
    theirs.post(LOGIN, {"login": user.username, "password": handed_out})
    assert theirs.get(SECURITY).url == "/accounts/password/"
    new = {"oldpassword": handed_out, "password1": "Feng-qiao 1963", "password2": "Feng-qiao 1963"}
    theirs.post("/accounts/password/", new)
    assert theirs.get(SECURITY).status_code == 200
    assert handed_out not in str(list(LedgerEntry.objects.values()))


@pytest.mark.parametrize("policy", ["dengbao", "asvs"])
def test_a_password_that_is_handed_out_fits_the_policy(settings, policy):
    settings.PASSWORD_POLICY = policy

    made = {passwords.invented() for _n in range(20)}

    assert len(made) == 20
    assert [passwords.refusals(password) for password in made] == [[]] * 20


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_no_other_role_helps_accounts(role):
    client = fully_signed_in(officer(role))

    assert client.get(HELP).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"username": "nobody"}, "username"),
        ({"reason": ""}, "reason"),
        ({"act": "make_superuser"}, "act"),
        ({"act": "enable_account"}, "__all__"),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(typed, field):
    client, user = fully_signed_in(officer(Role.SYSTEM_ADMIN)), make.user()
    whole = {"username": user.username, "act": "end_all_sessions", "reason": "Asked by phone."}

    response = client.post(HELP, whole | typed)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"].data["username"] == (whole | typed)["username"]


@pytest.mark.parametrize(
    "act",
    [
        "hand_out_password",
        "remove_second_factor",
        "end_all_sessions",
        "disable_account",
        "enable_account",
    ],
)
def test_nobody_does_it_to_the_own_account(act):
    admin = officer(Role.SYSTEM_ADMIN)

    with pytest.raises(Refused):
        getattr(actions, act)(admin.pk, by=admin, reason="Just so.")


def test_without_a_second_factor_there_is_nothing_to_remove():
    admin, user = officer(Role.SYSTEM_ADMIN), make.user()

    with pytest.raises(Refused):
        actions.remove_second_factor(user.pk, by=admin, reason="Asked by phone.")

    assert LedgerEntry.objects.filter(act="office.user.remove_second_factor").count() == 0


# --- What it costs --------------------------------------------------------------------------------


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_page_of_the_admin_asks_no_more_than_it_would_without_all_this(settings):
    client = fully_signed_in(officer())
    held = queries_of(client, "/admin/")

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "office.accounts" not in name]
    bare = Client()
    bare.cookies = client.cookies

    assert held == queries_of(bare, "/admin/")
