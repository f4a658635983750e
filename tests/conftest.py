"""What every test can rely on: a ledger guarded by the database, emptied only between tests."""

from importlib import import_module

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from portal import translations
from tests.databases import copy_migrated, load_migrated

# How long an example takes depends on the machine; no test asserts seconds.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")
ledger_guard = import_module("office.migrations.0002_ledger_guard")
# A walk of minutes that begins last leaves the other worker idle: these begin.
LONG = {"journeys", "security"}


def pytest_configure(config):
    """Build the translations before the first page is asked for, once for all workers."""
    if not hasattr(config, "workerinput"):
        translations.build()


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.parent.name not in LONG)


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
