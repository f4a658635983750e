"""From a file of hotline tickets to what each row says and what is against it; all in memory."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from complaints.imports.columns import (
    COLUMNS,
    GROUND_OF,
    LEAST_LETTERS,
    LIMITS,
    LONGEST_NAME,
    MOST_LETTERS,
    MOST_TICKETS,
    YES_OR_NO,
)
from complaints.imports.whom import Several, find_whom
from complaints.models import ComplaintGround, Mode
from complaints.rules.tickets import ticket_number
from office.identity import check_phone
from office.sheets.cells import clean_date, clean_id, clean_name, clean_phone, clean_text
from office.sheets.errors import UnreadableSheet
from office.sheets.reading import open_sheet
from office.sheets.vetting import refuse
from registry.imports.headings import questions, settled

SAMPLE = 50
BETWEEN = re.compile(r"[,，;；/、]")
TOO_MANY_TICKETS = _("The file has more than %(rows)d tickets. Divide it into several files.")


@dataclass(slots=True)
class Ticket:
    """What one row says, as ``file_complaint`` takes it, and ``faults`` as [column, code]."""

    row: int
    number: str = ""
    values: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)

    def refuse(self, column, code):
        self.faults.append([column, code])


def read_tickets(file, *, division, today):
    """Return the tickets of a file in its order.

    :raises ValidationError: if the file as a whole cannot be taken.
    """
    with open_sheet(file, COLUMNS, limits=LIMITS) as sheet:
        rows = list(sheet.rows())
        mapping = settled(sheet.mapping, rows[:SAMPLE], COLUMNS)
    if len(rows) > MOST_TICKETS:
        refuse(TOO_MANY_TICKETS, "too_many_rows", rows=MOST_TICKETS)
    if asked := questions(mapping):
        raise UnreadableSheet(asked)
    positions, seen = mapping.positions, set()
    return [_ticket(row.number, row.pick(positions), seen, division, today) for row in rows]


def _ticket(number, cells, seen, division, today):
    ticket = Ticket(number)
    _read_number(ticket, cells.get("ticket"), seen)
    _read_day(ticket, cells.get("received_on"), today)
    _read_caller(ticket, cells)
    _read_facts(ticket, cells.get("facts"))
    _read_grounds(ticket, cells.get("ground"))
    _read_whom(ticket, cells, division)
    return ticket


def _read_number(ticket, raw, seen):
    ticket.number = ticket_number(raw)
    if not clean_text(raw).value:
        ticket.refuse("ticket", "missing")
    elif clean_id(raw).reason:
        ticket.refuse("ticket", "lost_digits")
    elif not ticket.number:
        ticket.refuse("ticket", "ticket")
    elif ticket.number in seen:
        ticket.refuse("ticket", "twice")
    seen.add(ticket.number)


def _read_day(ticket, raw, today):
    cleaned = clean_date(raw)
    if not clean_text(raw).value:
        ticket.refuse("received_on", "missing")
    elif cleaned.reason:
        ticket.refuse("received_on", "date")
    elif cleaned.value.precision != "day":
        ticket.refuse("received_on", "not_a_day")
    elif cleaned.value.date > today:
        ticket.refuse("received_on", "future")
    else:
        ticket.values["source_on"] = cleaned.value.date.isoformat()


def _read_caller(ticket, cells):
    name, phone = clean_name(cells.get("name")).value, _phone(ticket, cells.get("phone"))
    if len(name) > LONGEST_NAME:
        ticket.refuse("name", "long_name")
    answer = clean_text(cells.get("confidential")).value.lower()
    if answer and answer not in YES_OR_NO:
        ticket.refuse("confidential", "answer")
    wanted = Mode.CONFIDENTIAL if YES_OR_NO.get(answer) else Mode.NAMED
    ticket.values["mode"] = wanted if name or phone else Mode.ANONYMOUS
    ticket.values["identity"] = {"name": name, "phone": phone, "address": ""}


def _phone(ticket, raw):
    if not clean_text(raw).value:
        return ""
    try:
        return check_phone(clean_phone(raw).value or "")
    except ValidationError:
        ticket.refuse("phone", "phone")
        return ""


def _read_facts(ticket, raw):
    text = clean_text(raw).value
    if not text:
        ticket.refuse("facts", "missing")
    elif len(text) < LEAST_LETTERS:
        ticket.refuse("facts", "short")
    elif len(text) > MOST_LETTERS:
        ticket.refuse("facts", "long")
    ticket.values["facts"] = text


def _read_grounds(ticket, raw):
    text = clean_text(raw).value
    words = [text] if text in GROUND_OF else [word.strip() for word in BETWEEN.split(text)]
    found = [GROUND_OF.get(word) for word in words if word]
    if None in found:
        ticket.refuse("ground", "ground")
    ticket.values["grounds"] = list(dict.fromkeys(found)) or [ComplaintGround.OTHER]


def _read_whom(ticket, cells, division):
    organization = clean_text(cells.get("organization")).value
    mediator = clean_name(cells.get("mediator")).value
    ticket.values["whom"] = " ".join(filter(None, [organization, mediator]))
    try:
        ticket.values |= find_whom(organization, mediator, division)
    except Several as several:
        ticket.refuse(several.column, several.code)
