"""One row of a file or one item of a push, read by itself: what it says and what is against it."""

import re
from dataclasses import dataclass, field

from casework.imports import words
from casework.imports.columns import PERSONAL
from casework.rules.case_cells import is_unit, parts_of, read_amount, read_count, read_shares
from office.sheets.cells import clean_date, clean_id, clean_name, clean_phone, clean_text

LONGEST_NUMBER = 40
LONGEST_TEXT = 120
LONGEST_NAME = 60
SHOWN = 60
KEPT_ANSWERS = 20_000  # of a column; days, words and names come again and again
NUMBER_OF_A_PERSON = re.compile(r"\d{11,}[\dXx]?")
PHONE = re.compile(r"[0-9+()\-]{7,20}")
NO_FAULT = ""


@dataclass(slots=True)
class Draft:
    """What one row says, by column; ``faults`` are [column, code, what the cell said]."""

    number: int
    sheet_row: int
    values: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)

    def refuse(self, column, code, said=""):
        said = "" if column in PERSONAL else NUMBER_OF_A_PERSON.sub("…", str(said))[:SHOWN]
        self.faults.append([column, code, said])


class Reader:
    """Reads rows; an answer that was read once is remembered, for most come again."""

    def __init__(self):
        self.known = {name: {} for name in READERS}

    def draft(self, number, sheet_row, cells):
        """Return the draft of ``cells``, raw by column; an empty cell says nothing."""
        draft = Draft(number, sheet_row)
        for name, raw in cells.items():
            if raw is None or raw == "":
                continue
            value, fault = self._read(name, raw)
            if fault:
                draft.refuse(name, fault, _shown(raw))
            elif value is not None:
                draft.values[name] = value
        _mend(draft)
        return draft

    def _read(self, name, raw):
        if name in UNLIKE_EACH_OTHER:
            return READERS[name](raw)
        known, asked = self.known[name], (type(raw), raw)
        if asked not in known:
            if len(known) >= KEPT_ANSWERS:
                known.clear()
            known[asked] = READERS[name](raw)
        return known[asked]


def _shown(raw):
    return clean_text(raw).value


def _mend(draft):
    """Take from one cell what it says about another, and see whether telephones have names."""
    values = draft.values
    if isinstance(values.get("fulfilment"), tuple):
        values["fulfilment"] = values["fulfilment"][0]
        values.setdefault("is_voluntary", True)
    for side in ("applicant", "respondent"):
        if f"{side}_phone" in values and side not in values:
            draft.refuse(f"{side}_phone", "phone_without_name")


def _number(raw):
    cleaned = clean_id(raw)
    if cleaned.reason:
        return None, "digits_lost"
    if len(cleaned.value) > LONGEST_NUMBER:
        return None, "number_long"
    return cleaned.value or None, NO_FAULT


def _text(raw):
    text = clean_text(raw).value
    return (text or None, NO_FAULT) if len(text) <= LONGEST_TEXT else (None, "text_long")


def _date(raw):
    cleaned = clean_date(raw)
    if cleaned.reason:
        return None, "date_bad"
    if cleaned.value is None:
        return None, NO_FAULT
    if cleaned.value.precision != "day":
        return None, "date_imprecise"
    return cleaned.value.date.isoformat(), NO_FAULT


def _amount(raw):
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        return read_amount(raw)
    text = clean_text(raw).value
    return read_amount(text) if text else (None, NO_FAULT)


def _people(raw):
    text = clean_text(raw).value
    return read_count(text) if text else (None, NO_FAULT)


def _attempts(raw):
    text = clean_text(raw).value
    return read_count(text, most=1_000) if text else (None, NO_FAULT)


def _one_of(answers, fault):
    def read(raw):
        text = words.key(clean_text(raw).value)
        if not text:
            return None, NO_FAULT
        return (answers[text], NO_FAULT) if text in answers else (None, fault)

    return read


def _fulfilment(raw):
    value, fault = _one_of(words.FULFILMENT, "fulfilment_unknown")(raw)
    if words.key(clean_text(raw).value) in words.VOLUNTARY_WORDS:
        # The pair tells the reader of the row that it was done of their own accord.
        return (value, True), fault
    return value, fault


def _mediators(raw):
    text = str(raw).replace("\r", "\n").replace("\n", "、")
    found, fault = read_shares(clean_text(text).value)
    if fault or not found:
        return None, fault
    return [(_person(who), weight) for who, weight in found], NO_FAULT


def _person(text):
    return clean_id(text).value if any(c.isdigit() for c in text) else clean_name(text).value


def _documents(raw):
    text = str(raw).replace("\r", "\n").replace("\n", "、")
    found = [words.DOCUMENT.get(words.key(part)) for part in parts_of(clean_text(text).value)]
    if None in found:
        return None, "documents_unknown"
    return sorted({str(code) for code in found}) or None, NO_FAULT


def _names(raw):
    names = [clean_name(part).value for part in parts_of(str(raw))]
    if any(len(name) > LONGEST_NAME for name in names):
        return None, "text_long"
    return [[name, is_unit(name)] for name in names if name] or None, NO_FAULT


def _phones(raw):
    cleaned = [clean_phone(part if isinstance(raw, str) else raw) for part in parts_of(str(raw))]
    if any(one.reason for one in cleaned):
        return None, "digits_lost"
    phones = [one.value for one in cleaned if one.value]
    if not all(PHONE.fullmatch(phone) for phone in phones):
        return None, "phone_bad"
    return phones or None, NO_FAULT


READERS = {
    "number": _number,
    "organization": _text,
    "mediators": _mediators,
    "dispute_type": _text,
    "difficulty": _text,
    "source": _one_of(words.SOURCE, "source_unknown"),
    "accepted_on": _date,
    "closed_on": _date,
    "people": _people,
    "amount": _amount,
    "attempts": _attempts,
    "outcome": _one_of(words.OUTCOME, "outcome_unknown"),
    "agreement": _one_of(words.AGREEMENT, "agreement_unknown"),
    "agreed_on": _date,
    "fulfilment": _fulfilment,
    "due_on": _date,
    "fulfilled_on": _date,
    "is_voluntary": _one_of(words.YES_NO, "voluntary_unknown"),
    "confirmation": _one_of(words.CONFIRMATION, "confirmation_unknown"),
    "confirmation_on": _date,
    "transferred_to": _text,
    "documents": _documents,
    "applicant": _names,
    "applicant_phone": _phones,
    "respondent": _names,
    "respondent_phone": _phones,
}
UNLIKE_EACH_OTHER = frozenset(["number", "applicant", "applicant_phone", "respondent",
                               "respondent_phone"])  # fmt: skip
