"""Keep the roster rows and their index equal to the register.

Acts call :func:`refresh_mediators` or :func:`refresh_organizations` in their own transaction, so
that a page never shows what the register no longer says. What changes by the calendar alone (a
level that ends, an appointment that begins) is caught by the nightly ``manage.py rebuild_roster``.
"""

from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from registry.models import Appointment, Mediator, MediatorRow, Organization, OrganizationRow
from registry.search import index
from registry.search.originals import listed_mediators, listed_organizations

BATCH = 2000


class Roster(NamedTuple):
    """A table of rows, the table they are copied from, their index, and what they should say."""

    rows: type
    originals: type
    index: index.Index
    listed: Callable

    @property
    def field(self):
        return self.originals._meta.model_name

    def refresh(self, pks, today):
        """Make the rows of these originals anew, in the transaction of the caller."""
        for some in _batches(sorted(set(pks))):
            with transaction.atomic():
                self.rows.objects.filter(**{f"{self.field}__in": some}).delete()
                found = list(self.listed(some, today))
                self.rows.objects.bulk_create(row for row, _entry in found)
                index.write(self.index, [entry for _row, entry in found])

    def batches(self):
        return _batches(
            self.originals.objects.order_by("pk").values_list("pk", flat=True).iterator(BATCH)
        )

    def original_of(self, row):
        return self.field, getattr(row, f"{self.field}_id")


MEDIATORS = Roster(MediatorRow, Mediator, index.MEDIATORS, listed_mediators)
ORGANIZATIONS = Roster(OrganizationRow, Organization, index.ORGANIZATIONS, listed_organizations)


def refresh_mediators(pks, *, today):
    """Make the roster rows of these mediators (primary keys) say what the register says today.

    A mediator without a running post in a listed organisation has no row.
    """
    MEDIATORS.refresh(pks, today)


def refresh_organizations(pks, *, today):
    """Make the roster rows of these organisations, and of everybody there, say what is so today."""
    pks = set(pks)
    ORGANIZATIONS.refresh(pks, today)
    for some in _batches(sorted(pks)):
        in_post = Appointment.objects.filter(organization__in=some, until_on__isnull=True)
        MEDIATORS.refresh(in_post.values_list("mediator_id", flat=True), today)


def rebuild(*, today):
    """Make every row anew, in batches; return how many mediators and organisations there are."""
    for roster in (MEDIATORS, ORGANIZATIONS):
        known = roster.originals.objects.values("pk")
        roster.rows.objects.exclude(**{f"{roster.field}__in": known}).delete()
        for some in roster.batches():
            roster.refresh(some, today)
    analyze()
    return MediatorRow.objects.count(), OrganizationRow.objects.count()


def analyze():
    """Let the database count what it holds. After an import a search without this takes seconds."""
    tables = [MediatorRow._meta.db_table, OrganizationRow._meta.db_table]
    tables += [index.MEDIATORS.entries, index.ORGANIZATIONS.entries]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def differences(*, today):
    """Yield ``(kind, primary key)`` of each row or index entry that is not what it should be."""
    for roster in (MEDIATORS, ORGANIZATIONS):
        entries = {rank: tuple(entry) for rank, *entry in index.read(roster.index)}
        rows = {row.pk: row for row in roster.rows.objects.iterator(BATCH)}
        for some in roster.batches():
            for row, entry in roster.listed(some, today):
                found, kept = rows.pop(row.pk, None), entries.pop(row.pk, None)
                wanted = (index.kept(entry.tokens), entry.facets, entry.text)
                if found is None or _values(found) != _values(row) or kept != wanted:
                    yield roster.original_of(row)
        for row in rows.values():
            entries.pop(row.pk, None)
            yield roster.original_of(row)
        yield from ((f"{roster.field} index", rank) for rank in entries)


def _batches(pks):
    """Yield the primary keys in lists short enough for one statement."""
    pks = iter(pks)
    while some := list(islice(pks, BATCH)):
        yield some


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
