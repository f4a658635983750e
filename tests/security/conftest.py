"""One register for a whole module: each test works within its own savepoint."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation

from tests.security.world import ANONYMOUS, World


@pytest.fixture(scope="module")
def whole_world(django_db_setup, django_db_blocker):
    whole_module = transaction.atomic()
    with django_db_blocker.unblock():
        whole_module.__enter__()
        call_command("make_pages", stdout=StringIO())
        call_command("load_casework", stdout=StringIO())
        call_command("load_complaints", stdout=StringIO())
        call_command("load_training", stdout=StringIO())
        made = World()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole_module.__exit__(None, None, None)
    cache.clear()


@pytest.fixture
def world(whole_world, db):
    """The register, made once for the module."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    return whole_world


@pytest.fixture
def browser(world):
    """Return a function that opens a browser for a role, without the form of the sign-in page."""

    def opened(role):
        client = Client(raise_request_exception=False)
        if role != ANONYMOUS:
            client.force_login(world.accounts[role])
        return client

    return opened
