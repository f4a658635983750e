"""The numbers of a file and where each stood first: a million lie on disk, not in memory."""

import sqlite3


class Seen:
    """Remembers case numbers. Its temporary table goes when nobody holds it any more."""

    def __init__(self):
        # An empty name is a database of its own in a temporary file that the library deletes.
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("CREATE TABLE seen (number TEXT PRIMARY KEY, row) WITHOUT ROWID")

    def first(self, number, row):
        """Return the row in which a number stood first: this one, if it is new."""
        added = self._table.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (number, row))
        if added.rowcount:
            return row
        found = self._table.execute("SELECT row FROM seen WHERE number = ?", (number,))
        return found.fetchone()[0]
