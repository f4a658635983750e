"""Which heading of somebody's spreadsheet means which column of ours, and how sure that is."""

import re
import unicodedata
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.sheets.cells import clean

BRACKETS = re.compile(r"[(\[{<〔【《「][^()\[\]{}<>〔〕【】《》「」]*[)\]}>〕】》」]")
ORDER_NUMBER = re.compile(r"^(?:\d{1,2}(?![\d年月日])[.、)]?|[一二三四五六七八九十]{1,2}[、.])")
IGNORED = re.compile(r"[()\[\]{}<>【】《》「」〔〕\s*★☆#:：/\\、,，.。;；·_\-—–|+&\"'“”]")
NEUTRAL_GROUP = re.compile(r"(?:情况|信息|方式|资料|概况|基本|本人|人员|调解员|队伍|其他|其它)$")
ALIKE = 0.8  # share of equal characters from which a mistyped heading is shown as a suggestion


class Certainty(TextChoices):
    """How sure the recognition of a column is."""

    EXACT = "exact", _("Recognised")
    CLOSE = "close", _("Please check")
    CHOSEN = "chosen", _("Chosen by you")
    NONE = "none", _("Not found")


@dataclass(frozen=True)
class Column:
    """A column we want: its name in code, its label, the headings bureaus give it.

    ``kind`` is one of "text", "name", "id", "phone", "date", "choice"; ``answers`` are the accepted
    answers of a choice with the values they stand for.
    """

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    kind: str = "text"
    answers: AbstractMapping = field(default_factory=dict)

    @property
    def headings(self):
        """The normalised headings that mean this column beyond doubt."""
        return {normalised(str(text)) for text in (self.label, self.name, *self.synonyms)}

    def clean(self, raw):
        """Return the ``Cleaned`` cell of this column."""
        return clean(self.kind, raw, answers=self.answers)


@dataclass(frozen=True)
class Heading:
    """One heading of the file: its position from 0, its text, and the group it stands under."""

    position: int
    text: str
    group: str = ""

    @property
    def flat(self):
        """The heading as one name, for people: "group - text"."""
        return f"{self.group} - {self.text}" if self.group else self.text

    def readings(self):
        """Return (what it surely means, what it may mean), normalised."""
        own, full = normalised(self.text), normalised(self.group + self.text)
        sure = {full}
        if not self.group or NEUTRAL_GROUP.search(normalised(self.group)):
            sure.add(own)
        return sure, {own, full} - sure


@dataclass(frozen=True)
class Match:
    """What was found for one column. Without a position the column is not read.

    ``candidates`` are the headings to choose from where more than one fits.
    """

    column: Column
    heading: Heading | None = None
    certainty: Certainty = Certainty.NONE
    candidates: tuple[Heading, ...] = ()

    @property
    def position(self):
        """The position of the column in a row, from 0, or None."""
        return self.heading.position if self.heading else None

    @property
    def unsure(self):
        """Whether a person must look at it."""
        return self.certainty == Certainty.CLOSE


@dataclass(frozen=True)
class Mapping:
    """The whole recognition: one ``Match`` per column, in the order of the columns."""

    headings: tuple[Heading, ...]
    matches: dict[str, Match]

    @property
    def positions(self):
        """{column name: position} of the columns that will be read."""
        return {
            name: match.position
            for name, match in self.matches.items()
            if match.heading is not None
        }

    @property
    def unsure(self):
        """The matches a person must confirm or settle."""
        return [match for match in self.matches.values() if match.unsure]

    @property
    def missing(self):
        """The required columns for which no heading is settled."""
        return [
            match.column
            for match in self.matches.values()
            if match.column.required and match.heading is None
        ]

    @property
    def unmatched(self):
        """The headings nobody reads."""
        taken = set(self.positions.values())
        return [heading for heading in self.headings if heading.position not in taken]

    def overridden(self, choices):
        """Return the mapping with {column name: position or None} as a person chose it.

        A heading chosen for one column is taken away from the column that had it by recognition.

        :raises ValidationError: for an unknown column, a position without heading, or a heading
            chosen twice.
        """
        chosen = {name: self._chosen(name, position) for name, position in choices.items()}
        taken = [heading.position for heading in chosen.values() if heading]
        if len(set(taken)) != len(taken):
            raise ValidationError(_("One heading was chosen for two columns."), code="twice")
        matches = {
            name: self._settled(match, chosen, taken) for name, match in self.matches.items()
        }
        return replace(self, matches=matches)

    def _chosen(self, name, position):
        if name not in self.matches:
            raise ValidationError(_("There is no such column."), code="column")
        if position is None:
            return None
        for heading in self.headings:
            if heading.position == position:
                return heading
        raise ValidationError(_("The file has no such heading."), code="heading")

    @staticmethod
    def _settled(match, chosen, taken):
        if match.column.name in chosen:
            heading = chosen[match.column.name]
            return Match(match.column, heading, Certainty.CHOSEN, match.candidates)
        if match.position in taken:
            return Match(match.column)
        return match


@lru_cache(maxsize=10_000)
def normalised(text):
    """Return a heading as it is compared: no blanks, brackets, marks, numbering, 号 or 号码."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = "".join(plain.split())
    without = ORDER_NUMBER.sub("", BRACKETS.sub("", plain).lstrip("*★☆"))
    plain = IGNORED.sub("", without) or IGNORED.sub("", plain)
    for ending in ("号码", "号"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 2:
            return plain.removesuffix(ending)
    return plain


def recognise(headings, columns):
    """Say for every column which heading it is; nothing is guessed silently.

    An exact synonym settles a column when no other heading and no other column claims it. A similar
    heading is proposed as unsure; where several fit, none is taken and all are candidates.
    """
    headings = tuple(heading for heading in headings if heading.text.strip())
    claims = {column.name: _exact(headings, column) for column in columns}
    taken = {heading.position for found in claims.values() for heading in found}
    free = [heading for heading in headings if heading.position not in taken]
    similar = {
        column.name: () if claims[column.name] else _close(free, column) for column in columns
    }
    matches = {}
    for column in columns:
        exact, close = claims[column.name], similar[column.name]
        certainty = Certainty.EXACT if exact else Certainty.CLOSE
        rivals = claims if exact else similar
        matches[column.name] = _match(column, exact or close, certainty, rivals)
    return Mapping(headings, matches)


def _exact(headings, column):
    return tuple(heading for heading in headings if heading.readings()[0] & column.headings)


def _match(column, found, certainty, rivals):
    if not found:
        return Match(column)
    claimed_elsewhere = any(
        heading in others
        for name, others in rivals.items()
        if name != column.name
        for heading in found
    )
    if len(found) > 1 or claimed_elsewhere:
        return Match(column, None, Certainty.CLOSE, found)
    return Match(column, found[0], certainty, found)


def _close(headings, column):
    return tuple(heading for heading in headings if _is_close(heading, column))


def _is_close(heading, column):
    sure, possible = heading.readings()
    if possible & column.headings:
        return True
    return any(_alike(text, wanted) for text in sure for wanted in column.headings)


def _alike(text, wanted):
    """Whether one holds the other, or nearly all characters are the same."""
    if min(len(text), len(wanted)) < 2:
        return False
    if wanted in text or text in wanted:
        return True
    # Most pairs differ so much in length or characters that nothing need be aligned.
    most = min(len(text), len(wanted), sum(character in wanted for character in text))
    if 2 * most < ALIKE * (len(text) + len(wanted)):
        return False
    return SequenceMatcher(None, text, wanted, autojunk=False).ratio() >= ALIKE
