"""The public pages, made once for a module: each test works within its own savepoint."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import translation


@pytest.fixture(scope="module")
def page_tree(django_db_setup, django_db_blocker):
    """Make the pages in a transaction that is rolled back after the module's last test."""
    whole_module = transaction.atomic()
    with django_db_blocker.unblock():
        whole_module.__enter__()
        call_command("make_pages", stdout=StringIO())
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole_module.__exit__(None, None, None)
    cache.clear()


@pytest.fixture
def pages(page_tree, db):
    """The pages of `make_pages`."""
    cache.clear()


@pytest.fixture(autouse=True)
def _begin_in_chinese():
    """Forget the language in which an earlier test was answered."""
    translation.activate(settings.LANGUAGE_CODE)
