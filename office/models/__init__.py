"""The tables of the shared way of working."""

from office.models.calendar import CalendarDay, CalendarYear
from office.models.document import Document
from office.models.ledger import LedgerEntry, LedgerHead
from office.models.password import PastPassword
from office.models.record import Record
from office.models.session import Session
from office.models.submission import Submission
from office.models.user import User

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Document",
    "LedgerEntry",
    "LedgerHead",
    "PastPassword",
    "Record",
    "Session",
    "Submission",
    "User",
]
