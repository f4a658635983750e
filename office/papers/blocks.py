"""What a paper is made of: plain data that turns itself into flowables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Spacer

from office.papers.flowables import Code, Grid, Prose
from office.papers.fonts import BOLD, text_width
from office.papers.styles import QUIET

NARROWEST = 3  # characters of a column
SAMPLE = 200  # rows that decide the widths of columns
ROOM_BELOW = 60  # points: the head and a row of the table below a heading


@dataclass(frozen=True)
class Text:
    """A paragraph; an indent of None is the style's own."""

    text: str
    align: Literal["justify", "left", "center", "right"] = "justify"
    indent: int | None = None
    bold: bool = False

    def flowables(self, style, mend):
        """Return the paragraph in the body lettering."""
        letters = replace(style.body, font=BOLD) if self.bold else style.body
        indent = style.indent if self.indent is None else self.indent
        if self.align in {"center", "right"}:
            indent = 0
        yield Prose(mend(self.text), letters, align=self.align, indent=indent * letters.size)


@dataclass(frozen=True)
class Heading:
    """A heading that stays with what follows it."""

    text: str

    def flowables(self, style, mend):
        """Return the heading, indented as the style indents paragraphs."""
        letters = style.heading
        # A table follows after some air, to which alone the heading would be kept.
        yield CondPageBreak(letters.leading + ROOM_BELOW)
        heading = Prose(mend(self.text), letters, align="left", indent=style.indent * letters.size)
        heading.keepWithNext = True
        yield heading


@dataclass(frozen=True)
class Facts:
    """A table of names and values, for instance of one certificate."""

    pairs: Sequence[tuple[str, str]]

    def flowables(self, style, mend):
        """Return a table of two columns, the names as narrow as they are."""
        rows = [(mend(str(name)), mend(str(value))) for name, value in self.pairs]
        name_letters = replace(style.cell, colour=QUIET)
        widest = max((text_width(n, style.cell.font, style.cell.size) for n, _ in rows), default=0)
        first = min(widest + 4 * Grid.PAD, style.width * 0.35)
        widths = [first, style.width - first]
        yield from table(style, [], rows, widths, first=name_letters)


@dataclass(frozen=True)
class Rows:
    """A table whose head is repeated on each page; shares are the columns' parts of the width."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float] = ()

    def flowables(self, style, mend):
        """Return the table over the whole width."""
        head = [mend(str(cell)) for cell in self.head]
        rows = [[mend(str(cell)) for cell in row] for row in self.rows]
        if self.shares:
            widths = [style.width * share / sum(self.shares) for share in self.shares]
        else:
            widths = fair_widths(wishes([head, *rows[:SAMPLE]], style.cell), style.width)
        yield from table(style, head, rows, widths, first=style.cell)


def table(style, head, rows, widths, *, first):
    """Yield a table with some air above and below."""
    letterings = (replace(style.cell, font=BOLD), first, style.cell)
    yield Spacer(0, 6)
    yield Grid(head, rows, widths, letterings, style.height)
    yield Spacer(0, 8)


def wishes(rows, letters):
    """Return the width in which each column would not break a line, with half a point to spare."""
    head = replace(letters, font=BOLD)
    return [
        max(
            NARROWEST * letters.size,
            text_width(column[0], head.font, head.size),
            *(text_width(cell, letters.font, letters.size) for cell in column),
        )
        + 2 * Grid.PAD
        + 0.5
        for column in zip(*rows, strict=True)
    ]


def fair_widths(wanted, room):
    """Share `room` among columns: modest wishes are met in full, the others get equal parts.

    What is left over when every wish is met is given out in proportion.
    """
    if sum(wanted) <= room:
        return [wish * room / sum(wanted) for wish in wanted]
    widths, left = list(wanted), room
    for rank, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        widths[column] = min(wanted[column], left / (len(wanted) - rank))
        left -= widths[column]
    return widths


@dataclass(frozen=True)
class QR:
    """A QR code of an address, centred, with a caption; `side_mm` includes its quiet zone."""

    url: str
    caption: str = ""
    side_mm: float = 34

    def flowables(self, style, mend):
        """Return the code."""
        yield Code(self.url, self.side_mm * mm, mend(self.caption), style.small)


@dataclass(frozen=True)
class Gap:
    """Empty height in millimetres."""

    height_mm: float

    def flowables(self, style, mend):
        """Return the space."""
        yield Spacer(0, self.height_mm * mm)
