"""What is acknowledged to a candidate survives a power cut."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def durably():
    """Write to the disk before going on, where the database is otherwise set to be quicker.

    SQLite in its usual setting here may lose the last moments when the power fails, though never
    when a process is killed. PostgreSQL waits for the disk anyway.
    """
    # Within a transaction it is too late to ask for it; whoever began that one answers for it.
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _set("FULL")
    try:
        yield
    finally:
        _set("NORMAL")


def _set(mode):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={mode}")
