"""What every test can rely on: a ledger guarded by the database, emptied only between tests."""

import gc
from importlib import import_module

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from portal import translations
from tests.databases import copy_migrated, load_migrated

# Whatever is made while tests are collected stays: looking for garbage in it took a third of it.
gc.disable()
# How long an example takes depends on the machine; no test asserts seconds.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")
ledger_guard = import_module("office.migrations.0002_ledger_guard")
# A walk of minutes that begins last leaves the other worker idle: these begin.
LONG = {"journeys", "security"}
# One walk for each role: they are shared out one by one, all other modules as a whole.
SPREAD = {"test_matrix.py"}


def pytest_configure(config):
    """Build the translations before the first page is asked for, once for all workers."""
    if not hasattr(config, "workerinput"):
        translations.build()


def pytest_collection_finish():
    """Begin to collect garbage, past the thousands of tests that stay, and not too often."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def pytest_collection_modifyitems(items):
    """Keep a module on one worker, so that what it makes once is made once.

    Tests that empty the database stay behind all others, where pytest-django put them: what
    migrations wrote is gone after them.
    """
    items.sort(key=lambda item: (empties(item), item.path.parent.name not in LONG))
    for item in items:
        if "city" in item.path.stem.split("_"):
            item.add_marker("demo")
        if not asks_a_database(item):
            item.add_marker("pure")
        if item.path.name not in SPREAD:
            group = f"{item.path.parent.name}/{item.path.stem}/{empties(item):d}"
            item.add_marker(pytest.mark.xdist_group(group))


def asks_a_database(item):
    """Whether a test may read and write rows, as its class, its marker or a fixture says."""
    if issubclass(getattr(item, "cls", None) or object, TransactionTestCase):
        return True
    asking = {"db", "transactional_db", "live_server", "site"} & set(item.fixturenames)
    return bool(asking or item.get_closest_marker("django_db"))


def empties(item):
    """Whether the database is emptied after a test, for want of a transaction around it."""
    of = getattr(item, "cls", None) or object
    if issubclass(of, TransactionTestCase):
        return not issubclass(of, TestCase)
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(asked) or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings):
    """Begin with a copy of a migrated database rather than run every migration again."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        copy_migrated(name)
    else:
        load_migrated(connection.settings_dict, name)
    return True


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_ledger_guard():
    """Let the flush after a transactional test, and only it, empty the append-only ledger."""
    flush = TransactionTestCase._fixture_teardown

    def unguarded(self):
        with connection.cursor() as cursor:
            for sql in ledger_guard.down(connection):
                cursor.execute(sql)
        flush(self)
        with connection.cursor() as cursor:
            for sql in ledger_guard.up(connection):
                cursor.execute(sql)
            cursor.execute(
                "INSERT INTO office_ledgerhead (id, sequence, hash) VALUES (1, 0, %s) "
                "ON CONFLICT DO NOTHING",
                ["0" * 64],
            )

    TransactionTestCase._fixture_teardown = unguarded
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _in_the_language_of_the_site(settings):
    """Begin every test in the site's language, whatever the test before it asked for."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _with_nothing_kept():
    """Begin every test without what pages of the test before it kept in the process."""
    caches["page_parts"].clear()
