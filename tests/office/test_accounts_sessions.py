"""The clocks of a session, where an account is signed in, and forms that came too late."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from office import ledger
from office.accounts import actions, kept_forms
from office.accounts.sessions import SessionStore, stored_key
from office.models import LedgerEntry, Session
from office.roles import Role
from tests import make

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
SECURITY = "/accounts/security/"
PASSWORD = "correct horse battery"  # noqa: S105  (what tests.make gives every account)
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0"


@pytest.fixture
def clock(time_machine):
    def move_to(moment):
        time_machine.move_to(f"2026-11-23T{moment}+08:00", tick=False)

    move_to("09:00:00")
    return move_to


def signed_in(user, agent=DESK):
    client = Client(headers={"user-agent": agent})
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    return client


def is_signed_in(client):
    return SESSION_KEY in client.session


def newest_act():
    return LedgerEntry.objects.order_by("sequence").last().act


# --- The clocks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "moment", "stays"),
    [
        (None, "09:29:59", True),
        (None, "09:30:00", False),
        (Role.AUDITOR, "09:14:59", True),
        (Role.AUDITOR, "09:15:00", False),
    ],
)
def test_an_idle_session_ends_after_15_minutes_for_staff_and_30_for_others(
    clock, role, moment, stays
):
    user = make.officer(role, make.division()) if role else make.user()
    client = signed_in(user)

    clock(moment)
    response = client.get(SECURITY)

    assert response.status_code == (200 if stays else 302)
    assert is_signed_in(client) is stays
    if not stays:
        assert response.url == f"{LOGIN}?next={SECURITY}"
        assert newest_act() == "office.user.session_ran_out"


def test_use_keeps_a_session_until_its_whole_life_is_over(clock):
    client = signed_in(make.user())

    for hour in range(9, 21):
        for minute in (0, 29, 58):
            clock(f"{hour:02}:{minute:02}:00")
            assert client.get(SECURITY).status_code == 200
    clock("21:00:00")

    assert client.get(SECURITY).status_code == 302


def test_what_the_page_asks_for_by_itself_keeps_no_session_alive(clock):
    client = signed_in(make.user(is_superuser=True))
    pings = "/admin/editing-sessions/ping/wagtailcore/page/1/1/"

    clock("09:10:00")
    client.post(pings)
    clock("09:16:00")

    assert client.post(pings).status_code == 401
    assert client.get("/admin/").url == f"{LOGIN}?next=/admin/"


def test_a_public_page_stays_readable_when_the_session_has_ended(clock):
    client = signed_in(make.user())

    clock("10:00:00")

    assert client.get("/accounts/help/").status_code == 200
    assert not is_signed_in(client)


def test_a_session_is_written_at_most_once_a_minute(clock):
    client = signed_in(make.user())
    row = Session.objects.get(user__isnull=False)

    clock("09:00:59")
    client.get(SECURITY)
    before = Session.objects.get(pk=row.pk).seen_at
    clock("09:01:00")
    client.get(SECURITY)

    assert f"{before:%H:%M}" == "01:00"
    assert f"{Session.objects.get(pk=row.pk).seen_at:%H:%M}" == "01:01"


def test_pages_of_the_signed_in_are_kept_by_no_cache(client):
    user = make.user()

    assert "no-store" not in client.get("/accounts/help/").get("Cache-Control", "")
    client.force_login(user)

    for path in [SECURITY, "/accounts/help/", "/no-such-page/"]:
        assert "no-store" in client.get(path)["Cache-Control"]


def test_a_fragment_asked_for_too_late_leads_the_whole_page_to_signing_in(clock):
    client = signed_in(make.user())

    clock("10:00:00")
    response = client.get(
        SECURITY,
        headers={"hx-request": "true", "hx-current-url": "http://testserver/accounts/sessions/"},
    )

    assert response["HX-Redirect"] == f"{LOGIN}?next=/accounts/sessions/"


# --- Forms that came too late ---------------------------------------------------------------------

FORM = "/accounts/help/for-others/?from=list"
TYPED = {"username": "某某", "act": "disable_account", "reason": "<b>长</b>"}
SECRETS = {"password": "my secret", "old_Password1": "my secret", "code": "my secret"}


def helper():
    return make.officer(Role.SYSTEM_ADMIN, make.division())


def sign_in_again(client, user):
    return client.post(
        LOGIN,
        {"login": user.username, "password": PASSWORD, "next": "/accounts/unsent-form/"},
    )


def test_a_form_sent_after_the_end_of_the_session_is_offered_again(clock):
    user = helper()
    client = signed_in(user)
    clock("09:20:00")

    response = client.post(FORM, TYPED | SECRETS)

    assert response.url == f"{LOGIN}?next=/accounts/unsent-form/"
    assert sign_in_again(client, user).url == "/accounts/unsent-form/"
    kept = client.get("/accounts/unsent-form/").context["kept"]
    assert kept["path"] == FORM
    assert dict(kept["fields"]) == TYPED


def test_the_offered_form_carries_what_was_typed_without_running_it(clock):
    user = helper()
    client = signed_in(user)
    clock("09:20:00")
    client.post(FORM, TYPED | SECRETS)
    sign_in_again(client, user)

    page = client.get("/accounts/unsent-form/").content.decode()

    assert '<form method="post" action="/accounts/help/for-others/?from=list">' in page
    assert 'name="reason" value="&lt;b&gt;长&lt;/b&gt;"' in page
    assert "my secret" not in page


def test_a_form_from_a_second_tab_is_kept_after_the_first_tab_ended_the_session(clock):
    user = helper()
    client = signed_in(user)
    clock("09:20:00")
    client.get(SECURITY)

    response = client.post(FORM, TYPED)

    assert response.url == f"{LOGIN}?next=/accounts/unsent-form/"


def test_somebody_else_is_not_offered_the_form(clock):
    client = signed_in(helper())
    clock("09:20:00")
    client.post(FORM, TYPED)
    other = make.user()

    sign_in_again(client, other)

    assert client.get("/accounts/unsent-form/").url == SECURITY
    assert kept_forms.SLOT not in client.session


def test_the_form_is_offered_for_half_an_hour(clock):
    user = helper()
    client = signed_in(user)
    clock("09:20:00")
    client.post(FORM, TYPED)
    clock("09:50:00")

    sign_in_again(client, user)

    assert client.get("/accounts/unsent-form/").url == SECURITY


def test_a_form_thrown_away_is_gone(clock):
    user = helper()
    client = signed_in(user)
    clock("09:20:00")
    client.post(FORM, TYPED)
    sign_in_again(client, user)

    client.post("/accounts/unsent-form/")

    assert client.get("/accounts/unsent-form/").status_code == 302
    assert kept_forms.SLOT not in client.session


@pytest.mark.parametrize("typed", [{}, {"password": "x"}, {"text": "长" * 200_000}])
def test_nothing_too_long_secret_or_empty_is_kept(clock, typed):
    client = signed_in(helper())
    clock("09:20:00")

    assert (
        client.post(FORM, typed).url
        == f"{LOGIN}?next={FORM.replace('?', '%3F').replace('=', '%3D')}"
    )
    assert kept_forms.SLOT not in client.session


def test_nothing_is_kept_for_a_visitor_who_never_signed_in(client):
    client.post(FORM, TYPED)

    assert Session.objects.count() == 0


def test_a_forged_form_is_not_kept(clock):
    user = helper()
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.get("/accounts/help/")
    clock("09:20:00")

    assert client.post(FORM, TYPED).status_code == 403
    assert kept_forms.SLOT not in client.session


# --- Where am I signed in -------------------------------------------------------------------------


def test_the_list_shows_device_address_and_which_session_is_this_one():
    user = make.user()
    signed_in(make.user())
    signed_in(user, PHONE)
    desk = signed_in(user, DESK)

    response = desk.get("/accounts/sessions/")

    rows = {(row.device, row.address) for row in response.context["sessions"]}
    assert rows == {("WeChat, Android", "127.0.0.*"), ("Edge, Windows", "127.0.0.*")}
    assert response.context["current"] == stored_key(desk.session.session_key)


def test_an_account_ends_one_of_its_sessions():
    user = make.user()
    phone, desk = signed_in(user, PHONE), signed_in(user)

    desk.post("/accounts/sessions/end/", {"session": stored_key(phone.session.session_key)})

    assert phone.get(SECURITY).status_code == 302
    assert desk.get(SECURITY).status_code == 200
    entry = LedgerEntry.objects.order_by("sequence").last()
    assert (entry.act, entry.after) == (
        "office.user.end_session",
        {"devices": ["WeChat, Android 127.0.0.*"]},
    )


def test_an_account_ends_all_its_other_sessions():
    user = make.user()
    others, desk = [signed_in(user), signed_in(user)], signed_in(user)

    desk.post("/accounts/sessions/end/")

    assert [other.get(SECURITY).status_code for other in others] == [302, 302]
    assert desk.get(SECURITY).status_code == 200


def test_nobody_ends_the_session_of_somebody_else():
    theirs, mine = signed_in(make.user()), signed_in(make.user())

    mine.post("/accounts/sessions/end/", {"session": stored_key(theirs.session.session_key)})
    mine.post("/accounts/sessions/end/", {"session": "no such session"})

    assert theirs.get(SECURITY).status_code == 200
    assert LedgerEntry.objects.filter(act="office.user.end_session").count() == 0


def test_a_disabled_account_is_out_at_once():
    admin, user = helper(), make.user()
    client = signed_in(user)

    actions.disable_account(user.pk, by=admin, reason="Left the bureau.")

    assert client.get(SECURITY).status_code == 302
    assert user.sessions.count() == 0
    actions.enable_account(user.pk, by=admin, reason="Came back.")
    assert client.get(SECURITY).status_code == 302


def test_an_account_disabled_on_any_other_way_has_no_sessions_left():
    user = make.user()
    client = signed_in(user)

    user.is_active = False
    user.save()

    assert user.sessions.count() == 0
    assert client.get(SECURITY).status_code == 302


def test_a_changed_password_ends_the_other_sessions():
    user = make.user()
    other, desk = signed_in(user), signed_in(user)

    desk.post(
        "/accounts/password/",
        {"oldpassword": PASSWORD, "password1": "Feng-qiao 1963", "password2": "Feng-qiao 1963"},
    )

    assert other.get(SECURITY).status_code == 302
    assert desk.get(SECURITY).status_code == 200
    assert user.sessions.count() == 1
    assert newest_act() == "office.user.change_password"


def test_a_new_session_key_is_given_at_sign_in():
    client = Client()
    client.get(SECURITY)
    before = SessionStore()
    before["planted"] = True
    before.save()
    client.cookies["sessionid"] = before.session_key

    client.post(LOGIN, {"login": make.user("wang").username, "password": PASSWORD})

    assert client.cookies["sessionid"].value != before.session_key
    assert not SessionStore().exists(before.session_key)


# --- What the table tells -------------------------------------------------------------------------


def test_the_table_of_sessions_lets_nobody_in_and_tells_nothing():
    session = SessionStore()
    session["typed"] = "330681199001011234"
    session.save()

    row = Session.objects.get()

    assert row.pk == stored_key(session.session_key)
    assert "typed" not in row.session_data
    assert SessionStore(row.pk).load() == {}
    assert SessionStore(session.session_key)["typed"] == "330681199001011234"


def test_an_altered_session_is_empty():
    session = SessionStore()
    session["typed"] = "x"
    session.save()
    Session.objects.update(session_data="A256GCM.1.AAAA")

    assert SessionStore(session.session_key).load() == {}


def test_the_chain_of_the_ledger_is_whole_after_all_acts_of_accounts():
    user = make.user()
    client = signed_in(user)
    client.post("/accounts/sessions/end/")
    client.post("/accounts/logout/")

    assert ledger.faults() == []
