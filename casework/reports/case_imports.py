"""How the rows of an import of cases are shown, and what imports did to one case."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.imports.columns import labels
from casework.rules.row_reasons import sentence
from office.desk.history import told
from office.models import LedgerEntry
from registry.imports.report import Said
from registry.models import Mediator

CASE = "casework.caserecord"


@dataclass(frozen=True)
class ShownLine:
    """One row: its reasons as (column, sentence), its changes as (label, before, after)."""

    line: object
    reasons: list
    changes: list


def reasons_of(line):
    """Return the faults of a row as (column in words, sentence)."""
    words = labels()
    return [(words.get(column, column), sentence(code, said)) for column, code, said in line.faults]


def reasons_by_number(batch):
    """Return (column in words, sentence, how many rows, first row of the sheet)."""
    words = labels()
    return [
        (words.get(column, column), sentence(code, "…"), number, first)
        for column, code, number, first in batch.reasons
    ]


def said_of(lines):
    """Return {row number: what is said of it} for the file of refused rows."""
    return {
        line.number: Said(line.number, line.sheet_row, line.verdict, tuple(reasons_of(line)), ())
        for line in lines
    }


def shown(lines):
    """Return rows as people read them: labels, not codes, and nobody's telephone."""
    lines = list(lines)
    entries = [
        LedgerEntry(subject_type=CASE, act="", before=_fields(one.before), after=_fields(one.after))
        for one in lines
    ]
    names = _names(lines)
    return [
        ShownLine(line, reasons_of(line), [*entry.changes, *_people(line, names)])
        for line, entry in zip(lines, told(entries), strict=True)
    ]


def _fields(values):
    return {name: value for name, value in (values or {}).items() if name != "shares"}


def _names(lines):
    people = {
        share[0]
        for line in lines
        for values in (line.before, line.after)
        for share in (values or {}).get("shares", ())
    }
    return dict(Mediator.objects.filter(pk__in=people).values_list("pk", "name"))


def _people(line, names):
    if "shares" in (line.after or {}):
        before = (line.before or {}).get("shares", [])
        yield _("mediators"), _shares(before, names), _shares(line.after["shares"], names)
    if line.parties:
        counts = [len(line.told_parties[when]) for when in ("before", "after")]
        yield _("parties"), *[_("%(number)d named") % {"number": number} for number in counts]


def _shares(shares, names):
    """Return the people in their order, with their weights where these differ."""
    alike = len({weight for _person, _role, weight in shares}) < 2
    return "、".join(
        names.get(person, "") if alike else f"{names.get(person, '')} {weight}"
        for person, _role, weight in shares
    )
