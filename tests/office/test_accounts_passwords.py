"""Two policies for passwords: complexity and change (等保), or length alone (ASVS)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from office.accounts import passwords
from office.models import PastPassword
from tests import make

PASSWORD = "correct horse battery"  # noqa: S105  (what tests.make gives every account)
LOGIN = "/accounts/login/"
CHANGE = "/accounts/password/"
NEW = "Feng-qiao 1963"


@pytest.fixture
def dengbao(settings):
    settings.PASSWORD_POLICY = "dengbao"  # noqa: S105


@pytest.fixture
def asvs(settings):
    settings.PASSWORD_POLICY = "asvs"  # noqa: S105


def set_password(user, password):
    user.set_password(password)
    user.save()


# --- 等保 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        ("Feng1963qi", 0),
        ("Feng1963q", 1),
        ("fengqiao1963", 1),
        ("Fengqiao-Jingyan", 0),
        ("枫桥经验枫桥经验12aa", 0),
        ("feng", 2),
        ("Passw0rd12", 0),
    ],
)
@pytest.mark.usefixtures("dengbao")
def test_dengbao_wants_ten_characters_of_three_kinds(password, reasons):
    assert len(passwords.refusals(password)) == reasons


@given(st.text(max_size=30))
def test_a_password_has_between_none_and_four_kinds_and_more_text_never_fewer(password):
    kinds = passwords.kinds_in(password)

    assert (kinds == 0) is (password == "")
    assert kinds <= passwords.kinds_in(password + "x") <= 4


@pytest.mark.django_db
@pytest.mark.usefixtures("dengbao")
def test_dengbao_refuses_the_last_five_passwords_and_takes_the_sixth():
    user = make.user()
    for n in range(1, 6):
        set_password(user, f"Feng-qiao {n}")

    again = [passwords.refusals(f"Feng-qiao {n}", user) for n in range(1, 6)]
    assert [len(reasons) for reasons in again] == [1] * 5
    set_password(user, "Feng-qiao 6")
    assert passwords.refusals("Feng-qiao 1", user) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("dengbao")
def test_dengbao_wants_a_new_password_after_ninety_days(client, time_machine):
    time_machine.move_to("2026-11-23T09:00:00+08:00", tick=False)
    user = make.user()
    sign_in = {"login": user.username, "password": PASSWORD}

    time_machine.move_to("2027-02-21T08:59:59+08:00", tick=False)
    client.post(LOGIN, sign_in)
    assert client.get("/accounts/security/").status_code == 200
    time_machine.move_to("2027-02-21T09:00:00+08:00", tick=False)
    assert client.get("/accounts/security/").url == CHANGE
    assert client.get("/admin/").url == CHANGE
    assert client.get(CHANGE).status_code == 200
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert client.get("/accounts/security/").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("dengbao")
def test_an_account_without_a_noted_password_counts_from_its_making(time_machine):
    time_machine.move_to("2026-11-23T09:00:00+08:00", tick=False)
    user = make.user()
    PastPassword.objects.all().delete()

    assert f"{passwords.due_at(user):%Y-%m-%d}" == "2027-02-21"


# --- ASVS -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        ("枫桥经验枫桥经验枫桥经验", 0),
        ("fengqiaoyan1", 0),
        ("fengqiaoyan", 1),
        ("Aa1!Aa1!", 1),
        ("password1234", 1),
        (PASSWORD, 0),
    ],
)
@pytest.mark.usefixtures("asvs")
def test_asvs_wants_twelve_characters_of_any_kind_and_none_that_are_common(password, reasons):
    assert len(passwords.refusals(password)) == reasons


@pytest.mark.django_db
@pytest.mark.usefixtures("asvs")
def test_asvs_never_forces_a_change_and_keeps_no_one_from_returning(client, time_machine):
    time_machine.move_to("2016-11-23T09:00:00+08:00", tick=False)
    user = make.user()
    time_machine.move_to("2026-11-23T09:00:00+08:00", tick=False)

    client.post(LOGIN, {"login": user.username, "password": PASSWORD})

    assert passwords.due_at(user) is None
    assert client.get("/accounts/security/").status_code == 200
    assert passwords.refusals(PASSWORD, user) == []


# --- Both -----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("policy", ["dengbao", "asvs"])
def test_neither_takes_the_user_name_as_a_password(settings, policy):
    settings.PASSWORD_POLICY = policy
    user = make.user("Wang-Xiaoming-63")

    assert len(passwords.refusals("Wang-Xiaoming-63", user)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("policy", ["dengbao", "asvs"])
def test_hashes_are_kept_under_either_policy(settings, policy):
    settings.PASSWORD_POLICY = policy
    user = make.user()

    set_password(user, NEW)

    assert user.past_passwords.first().hash == user.password


@pytest.mark.usefixtures("dengbao")
def test_all_reasons_are_said_at_once():
    with pytest.raises(ValidationError) as refusal:
        validate_password("abc")

    assert len(refusal.value.messages) == 3


@pytest.mark.django_db
@pytest.mark.usefixtures("dengbao")
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"oldpassword": "wrong"}, "oldpassword"),
        ({"password2": "Feng-qiao 1964"}, "password2"),
        ({"password1": "short", "password2": "short"}, "password1"),
    ],
)
def test_a_change_that_fails_says_why_beside_the_field(client, typed, field):
    user = make.user()
    client.force_login(user)
    whole = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    response = client.post(CHANGE, whole | typed)

    user.refresh_from_db()
    assert list(response.context["form"].errors) == [field]
    assert user.check_password(PASSWORD) is True


@pytest.mark.parametrize(("policy", "sentences"), [("dengbao", 5), ("asvs", 2)])
def test_the_page_says_beforehand_what_is_wanted(settings, policy, sentences):
    settings.PASSWORD_POLICY = policy

    assert len(passwords.help_sentences()) == sentences
