"""One row of a roster, read by itself: its values, what refuses it, what was repaired or noted."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from office.identity import age_on, check_credit_code, check_phone, check_resident_id
from registry.imports.columns import MEDIATOR_COLUMNS, ORGANIZATION_COLUMNS
from registry.imports.words import KIND_ENDINGS
from registry.models import Mediator, Organization

ADULT = 18  # People's Mediation Law, article 14: a mediator is an adult
WORD_BREAKS = re.compile(r"[、，,；;/|\s]+")
FORMULA = re.compile(r"[=+@＝＋＠]")
LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Draft:
    """What one row says. ``faults`` refuse it, ``remarks`` do not; both are (column, sentence)."""

    number: int
    sheet_row: int
    values: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    repaired: bool = False

    def refuse(self, column, sentence):
        self.faults.append((column, str(sentence)))

    def remark(self, column, sentence):
        self.remarks.append((column, str(sentence)))


class RowReader:
    """Reads the rows of one file by the columns and positions that were settled for it."""

    columns = ()
    model = None

    def __init__(self, positions, *, today):
        self.positions, self.today = positions, today
        self.read = [column for column in self.columns if column.name in positions]
        self.answers = {}
        self.longest = {
            column.name: found.max_length
            for column in self.read
            for found in self.model._meta.concrete_fields
            if found.name == column.name and getattr(found, "max_length", None)
        }

    def draft(self, number, row):
        """Return the draft of a ``Row``; ``number`` counts the rows of data from 1."""
        draft = Draft(number, row.number)
        for column in self.read:
            position = self.positions[column.name]
            self._take(draft, column, row.cells[position] if position < len(row.cells) else None)
        self.complete(draft)
        return draft

    def complete(self, draft):
        """Check what only several cells together say."""

    def _take(self, draft, column, raw):
        cleaned = self._cleaned(column, raw)
        draft.repaired |= cleaned.repaired
        if cleaned.reason:
            self._object(draft, column, raw, cleaned.reason)
        elif cleaned.value in (None, ""):
            if column.required:
                draft.refuse(column.name, _("This must be filled in; it is empty."))
        elif len(str(cleaned.value)) > self.longest.get(column.name, 2000):
            sentence = _("At most %(limit)d characters are possible here.")
            draft.refuse(column.name, sentence % {"limit": self.longest.get(column.name, 2000)})
        else:
            draft.values[column.name] = cleaned.value

    def _object(self, draft, column, raw, reason):
        if column.strict:
            draft.refuse(column.name, reason)
            return
        draft.remark(column.name, _("%(reason)s Kept in the note.") % {"reason": reason})
        draft.kept.append(f"{title(column)}：{str(raw).strip()[:100]}")

    def _cleaned(self, column, raw):
        if column.kind != "choice":
            return column.clean(raw)
        # A roster repeats few answers many times.
        key = (column.name, raw)
        if key not in self.answers:
            self.answers[key] = self._answer(column, raw)
        return self.answers[key]

    def _answer(self, column, raw):
        return column.clean(raw)

    def _date(self, draft, name):
        """Turn a partial date into a day; the first one stands for a month, and that is said."""
        partial = draft.values.get(name)
        if partial is None:
            return None
        if partial.precision != "day":
            sentence = _("Only “%(date)s” is known: its first day stands for it.")
            draft.remark(name, sentence % {"date": partial})
        draft.values[name] = partial.date
        return partial


class MediatorReader(RowReader):
    """Reads the rows of a roster of mediators."""

    columns = MEDIATOR_COLUMNS
    model = Mediator

    def complete(self, draft):
        self._name(draft)
        self._person(draft)
        self._phone(draft)
        self._date(draft, "from_on")
        if draft.values.get("from_on") and draft.values["from_on"] > self.today:
            draft.remark("from_on", _("This date lies in the future."))
        for name in ("specialities", "languages"):
            if name in draft.values:
                draft.values[name] = split_words(draft.values[name])

    def _name(self, draft):
        name = draft.values.get("name")
        if name is not None and not LETTER.search(name):
            draft.refuse("name", _("This is no name of a person."))

    def _person(self, draft):
        """Compare the ID number with sex and birth date; it has the last word on both."""
        values, born = draft.values, draft.values.pop("born_on", None)
        number = values.pop("id_number", None)
        if number is None:
            if born is not None:
                values["born_on"] = born
                self._date(draft, "born_on")
                self._adult(draft, "born_on", values["born_on"])
            if "id_number" in self.positions and not has_fault(draft, "id_number"):
                draft.refuse("id_number", _("The ID number is missing."))
            return
        try:
            said = check_resident_id(number, today=self.today)
        except ValidationError as refusal:
            draft.refuse("id_number", refusal.messages[0])
            return
        values |= {"id_number": said.number, "born_on": said.born_on}
        if values.setdefault("sex", said.sex.value) != said.sex.value:
            draft.refuse("sex", _("The sex does not agree with the ID number."))
        if born is not None and not _same_birth(born, said.born_on):
            draft.remark("born_on", _("It differs from the ID number; the ID number was taken."))
        self._adult(draft, "id_number", said.born_on)

    def _adult(self, draft, column, born_on):
        if age_on(born_on, self.today) < ADULT:
            draft.refuse(column, _("A mediator must be an adult; this person is under 18."))

    def _phone(self, draft):
        if number := draft.values.get("phone"):
            try:
                draft.values["phone"] = check_phone(number)
            except ValidationError as refusal:
                draft.refuse("phone", refusal.messages[0])


class OrganizationReader(RowReader):
    """Reads the rows of a list of organisations."""

    columns = ORGANIZATION_COLUMNS
    model = Organization

    def complete(self, draft):
        for name in ("established_on", "filed_on"):
            self._date(draft, name)
            if draft.values.get(name) and draft.values[name] > self.today:
                draft.refuse(name, _("This date lies in the future."))
        if code := draft.values.get("credit_code"):
            try:
                draft.values["credit_code"] = check_credit_code(code).number
            except ValidationError as refusal:
                draft.refuse("credit_code", refusal.messages[0])
        if draft.values.get("name") and not LETTER.search(draft.values["name"]):
            draft.refuse("name", _("This is no name of an organisation."))

    def _answer(self, column, raw):
        cleaned = column.clean(raw)
        for ending in KIND_ENDINGS if cleaned.reason and isinstance(raw, str) else ():
            text = unicodedata.normalize("NFKC", raw).strip()
            if (
                text.endswith(ending)
                and not (short := column.clean(text.removesuffix(ending))).reason
            ):
                return short
        return cleaned


def title(column):
    """Return the name of a column as it begins a sentence."""
    return capfirst(str(column.label))


def has_fault(draft, column):
    return any(name == column for name, _sentence in draft.faults)


def split_words(text):
    """Return the words of a cell that lists several; a formula is one word, whatever it holds."""
    if FORMULA.match(text):
        return [text]
    return [word for word in WORD_BREAKS.split(text) if word]


def _same_birth(partial, born_on):
    told = str(partial)
    return born_on.isoformat()[: len(told)] == told
