"""A question as it stands in a file, and what all readers do with text."""

import re
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError

from training.rules.content import number as as_number
from training.rules.content import plain
from training.rules.remarks import remark

TRUE, FALSE = "正确", "错误"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST_CODE = 200
# Line feeds and tabs stay; no database keeps a null, and half a character is none.
UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


class UnreadableQuestions(ValidationError):
    """The file as a whole cannot be taken; the message says why and what the person can do."""


@dataclass
class Item:
    """A question of a file: where it began, what it says, and what is doubtful or wrong about it.

    ``errors`` bar it from being entered, ``findings`` from being used before a person settles them;
    both are remarks (``training.rules.remarks``). ``content`` is as ``QuestionVersion`` keeps it.
    """

    line: int
    kind: str = ""
    stem: str = ""
    content: dict = field(default_factory=dict)
    explanation: str = ""
    law_basis: list = field(default_factory=list)
    topic: str = ""
    difficulty: int | None = None
    code: str = ""
    source: str = ""
    findings: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    def plain(self):
        """Return it as plain values."""
        return asdict(self)

    def refuse(self, code, **figures):
        """Bar it from being entered; returns it."""
        self.errors.append(remark(code, **figures))
        return self


def cleaned(text):
    """Return a text without what cannot be kept; its lines end in a line feed."""
    return UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def part_id(position):
    """Return the id of the part at a position: a to z, then aa, ab and on."""
    tens, unit = divmod(position, len(LETTERS))
    return (part_id(tens - 1) if tens else "") + LETTERS[unit]


def option(position, text, weight, feedback=""):
    return {"id": part_id(position), "text": text, "weight": weight, "feedback": feedback}


def truths(*, answer=None, when_wrong="", when_right=""):
    """Return the two options of a true or false question; without an answer the key is left out."""
    right = {True: 0, False: 1}.get(answer)
    return [
        option(
            position,
            text,
            "100" if position == right else "0",
            when_right if position == right else when_wrong,
        )
        for position, text in enumerate((TRUE, FALSE))
    ]


def accepted_number(text):
    """Return (low, high) of ``3``, ``3:2`` or ``1..5`` as decimal strings, or None."""
    if ".." in text:
        low, _dots, high = text.partition("..")
        low, high = as_number(low), as_number(high)
    else:
        middle, _colon, tolerance = text.partition(":")
        middle, spread = as_number(middle), as_number(tolerance or "0")
        if middle is None or spread is None:
            return None
        low, high = middle - spread, middle + spread
    if low is None or high is None:
        return None
    return plain(low), plain(high)


def short(text, most=60):
    """Return the beginning of a text, for a remark."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most]}…"
