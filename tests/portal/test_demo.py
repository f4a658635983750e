"""One command shows the whole product, and costs nothing the second time."""

import socket
import subprocess
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from office.models import CalendarYear
from portal.management.commands.demo import FIRST_PORT, PLACES, free_port
from portal.models import HomePage
from registry.city.accounts import ACCOUNTS
from registry.models import Mediator
from tests import make


def demo():
    said = StringIO()
    call_command("demo", prepare_only=True, stdout=said)
    return said.getvalue().splitlines()


def counts():
    return [model.objects.count() for model in (CalendarYear, HomePage, Mediator)]


def test_what_is_missing_is_made_once_and_the_city_is_left_as_it_is(db):
    make.mediator()

    first, made = demo(), counts()
    second = demo()

    assert (made, counts()) == ([2, 2, 1], [2, 2, 1])
    assert first == [
        "Loading the calendar of 2025 ...",
        "Loading the calendar of 2026 ...",
        "Loading the policies ...",
        "Loading what training starts with ...",
        "Loading what complaints start with ...",
        "Loading the rules of other places ...",
        "Writing the pages ...",
        "Loading what casework starts with ...",
        *second,
    ]


def test_the_addresses_and_every_account_are_told(db):
    make.mediator()

    said = demo()

    assert (
        said[-len(ACCOUNTS) - 2 - len(PLACES)].split()[-1] == f"http://127.0.0.1:{free_port(None)}/"
    )
    assert [line.split()[0] for line in said[-len(ACCOUNTS) :]] == [
        account.username for account in ACCOUNTS
    ]


@pytest.mark.parametrize(
    ("target", "then"), [("demo", "manage.py demo"), ("serve", "runserver"), ("test", "pytest")]
)
def test_the_catalogue_is_built_before_anything_is_shown_or_tested(target, then):
    planned = subprocess.run(  # noqa: S603 - a target of ours
        ["make", "--dry-run", target],  # noqa: S607
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
    ).stdout.decode()

    assert 0 < planned.find("compile_translations") < planned.find(then)


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_refused_with_a_way_out(taken):
    with pytest.raises(CommandError, match=f"Port {taken} is taken"):
        free_port(taken)


def test_without_a_wish_the_first_free_port_is_taken():
    assert FIRST_PORT <= free_port(None) < FIRST_PORT + 100
