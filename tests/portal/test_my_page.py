"""The own page of who is signed in: what awaits a mediator, and the way to the desk for staff."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from office import workbench
from office.roles import Role
from office.workbench import Place, Task
from tests import make
from tests.make import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(monkeypatch):
    """Return a list: what is put into it stands on the page, and nothing else."""
    shown = []
    monkeypatch.setattr(workbench, "_providers", [lambda user, today: shown])
    return shown


@pytest.fixture(autouse=True)
def _on_a_known_day(time_machine, settings):
    settings.STAFF_SECOND_FACTOR = False
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")


@pytest.fixture
def mediator(client):
    person = make.mediator()
    person.user = make.user(name="边慧芬")
    person.save()
    client.force_login(person.user)
    return person


def page(client):
    return BeautifulSoup(client.get("/my/").content, "html.parser")


def test_it_is_for_those_who_are_signed_in(client):
    assert client.get("/my/").status_code == 302


def test_a_mediator_sees_the_most_urgent_task_first(client, mediator, lines):
    lines += [
        Task("继续学习", "/a/"),
        Task("签收考评", "/b/", note="已逾期", due_on=date(2026, 11, 20), tone="error"),
        Task("考试", "/c/", due_on=date(2026, 12, 1)),
        Place("课程", "/my/courses/", "1 门已学完"),
    ]

    shown = page(client)

    assert shown.select_one(".lead").text == "边慧芬"
    assert [a["href"] for a in shown.select(".tasks a")] == ["/b/", "/c/", "/a/"]
    assert shown.select_one(".tasks .tag")["class"] == ["tag", "tag-error"]
    assert "11月20日" in shown.select_one(".tasks a").text
    assert shown.select_one("main .links a")["href"] == "/my/courses/"
    assert shown.select("a.button[href='/admin/']") == []


def test_a_mediator_with_nothing_to_do_is_told_so(client, mediator, lines):
    shown = page(client)

    assert shown.select(".tasks") == []
    assert shown.select_one("main h2 + p") is not None


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNTY_BUREAU, Role.TRAINER])
def test_staff_are_led_to_the_desk(client, lines, role):
    place = make.organization() if role == Role.CLERK else make.division("330681")
    client.force_login(make.officer(role, place))

    shown = page(client)

    assert shown.select_one("main a.button")["href"] == "/admin/"
    assert len(shown.select("main h2")) == 1


def test_a_mediator_who_works_at_the_desk_as_well_sees_both(client, lines):
    officer = make.officer(Role.CLERK, make.organization())
    person = make.mediator()
    person.user = officer
    person.save()
    client.force_login(officer)
    lines.append(Task("继续学习", "/a/"))

    shown = page(client)

    assert shown.select_one("main a.button")["href"] == "/admin/"
    assert len(shown.select(".tasks a")) == 1


def test_it_leads_to_the_security_of_the_account_and_out(client, mediator, lines):
    links = [a["href"] for a in page(client).select("main .links a")]

    assert links == ["/accounts/security/", "/accounts/logout/"]


def test_an_account_that_is_neither_sees_its_own_page(client, lines):
    client.force_login(make.user())

    assert len(page(client).select("main h1")) == 1
