"""What is drawn on the page: lettering, tables and codes, as ReportLab flowables."""

from functools import partial

import segno
from reportlab.lib.colors import black
from reportlab.platypus import Flowable

from office.papers.fonts import text_width
from office.papers.lines import break_lines, even_lines
from office.papers.styles import LINE, TINT

ASCENT = 0.88  # of the size: where the em box of a Chinese character stands over the base line
WIDEST_GAP = 0.25  # of the size: a line is not justified by wider gaps between characters


def draw_line(canvas, lettering, text, x, y, *, gap=0.0):
    """Draw one line whose line box has its upper left corner in (x, y)."""
    base = y - (lettering.leading - lettering.size) / 2 - lettering.size * ASCENT
    pen = canvas.beginText(x, base)
    pen.setFont(lettering.font, lettering.size)
    pen.setFillColor(lettering.colour)
    if gap:
        pen.setCharSpace(gap)
    pen.textOut(text)
    if gap:
        pen.setCharSpace(0)
    canvas.drawText(pen)


class Prose(Flowable):
    """Paragraphs of one lettering, broken into lines by the Chinese rules."""

    def __init__(self, text, lettering, *, align="justify", indent=0.0, lines=None):
        super().__init__()
        self.text, self.lettering, self.align, self.indent = text, lettering, align, indent
        self.lines = lines
        self.starts = lines is None

    def wrap(self, width, height):
        """Break the text once for this width."""
        if self.lines is None:
            letters = self.lettering
            measure = partial(text_width, name=letters.font, size=letters.size)
            breaking = even_lines if self.align == "center" else break_lines
            self.lines = breaking(self.text, measure, width, self.indent)
        self.width = width
        self.height = len(self.lines) * self.lettering.leading
        return self.width, self.height

    def split(self, width, height):
        """Return the part that `height` holds and the rest."""
        self.wrap(width, height)
        fit = int((height + 0.001) // self.lettering.leading)
        if fit == 0:
            return []
        if fit >= len(self.lines):
            return [self]
        first, rest = self.part(self.lines[:fit]), self.part(self.lines[fit:])
        first.starts = self.starts
        rest.starts = self.lines[fit - 1].last
        return [first, rest]

    def part(self, lines):
        """Return a flowable of some of the broken lines."""
        return Prose("", self.lettering, align=self.align, indent=self.indent, lines=lines)

    def draw(self):
        """Draw line under line."""
        y, starts = self.height, self.starts
        for line in self.lines:
            indent = self.indent if starts else 0.0
            x, gap = self.place(line, self.width - indent)
            draw_line(self.canv, self.lettering, line.text, indent + x, y, gap=gap)
            y -= self.lettering.leading
            starts = line.last

    def place(self, line, room):
        """Return the left edge of `line` in `room` and the gap added after each character."""
        slack = room - line.width
        if self.align == "center":
            return slack / 2, 0.0
        if self.align == "right":
            return slack, 0.0
        gap = slack / max(1, len(line.text) - 1)
        fits = self.align == "justify" and not line.last and gap <= WIDEST_GAP * self.lettering.size
        return 0.0, gap if fits else 0.0


class Grid(Flowable):
    """A table of text with hairlines; its head is repeated on every page.

    :param rows: each row a sequence of texts, as many as there are `widths` (points).
    :param letterings: of the head, of the first column, of the other columns.
    :param tallest: points; a row that is taller is continued as a further row.
    """

    PAD = 5.0

    def __init__(self, head, rows, widths, letterings, tallest):
        super().__init__()
        self.widths, self.letterings = widths, letterings
        of_head, first, other = letterings
        self.head = self.lay(head, [of_head] * len(widths), tallest) if head else []
        room = tallest - sum(map(self.row_height, self.head))
        columns = [first] + [other] * (len(widths) - 1)
        self.rows = [part for row in rows for part in self.lay(row, columns, room)]

    def lay(self, row, letterings, tallest):
        """Return `row` broken into lines: one row, or several where it is taller than a page."""
        cells = [
            (letters, self.cell_lines(text, letters, width))
            for text, letters, width in zip(row, letterings, self.widths, strict=True)
        ]
        fit = int((tallest - 2 * self.PAD) // max(letters.leading for letters, _ in cells))
        longest = max(len(lines) for _, lines in cells)
        return [
            [(letters, lines[start : start + fit]) for letters, lines in cells]
            for start in range(0, longest, fit)
        ]

    def cell_lines(self, text, letters, width):
        """Return the lines of one cell."""
        measure = partial(text_width, name=letters.font, size=letters.size)
        return break_lines(text, measure, width - 2 * self.PAD)

    def row_height(self, row):
        """Return the height of a laid row in points."""
        return max(letters.leading * len(lines) for letters, lines in row) + 2 * self.PAD

    def wrap(self, width, height):
        """Return the size of head and rows."""
        self.width = sum(self.widths)
        self.height = sum(map(self.row_height, self.head + self.rows))
        return self.width, self.height

    def split(self, width, height):
        """Return the rows that `height` holds under the head, and the rest under the head again."""
        left = height - sum(map(self.row_height, self.head))
        for fit, row in enumerate(self.rows):
            left -= self.row_height(row)
            if left < 0:
                return [self.part(self.rows[:fit]), self.part(self.rows[fit:])] if fit else []
        return [self]

    def part(self, rows):
        """Return a table of some of the laid rows."""
        grid = Grid([], [], self.widths, self.letterings, 0)
        grid.head, grid.rows = self.head, rows
        return grid

    def draw(self):
        """Draw the tinted head, the rows and the hairlines under each."""
        canvas, y = self.canv, self.height
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.4)
        canvas.line(0, y, self.width, y)
        for number, row in enumerate(self.head + self.rows):
            height = self.row_height(row)
            if number < len(self.head):
                canvas.setFillColor(TINT)
                canvas.rect(0, y - height, self.width, height, stroke=0, fill=1)
            self.draw_row(row, y - self.PAD)
            y -= height
            canvas.line(0, y, self.width, y)

    def draw_row(self, row, top):
        """Draw the cells of a laid row whose first lines begin at `top`."""
        x = self.PAD
        for (letters, lines), width in zip(row, self.widths, strict=True):
            for number, line in enumerate(lines):
                draw_line(self.canv, letters, line.text, x, top - number * letters.leading)
            x += width


class Code(Flowable):
    """A QR code drawn as vectors, with its quiet zone, a link, and a caption beneath."""

    QUIET_ZONE = 4  # modules, ISO/IEC 18004

    def __init__(self, url, side, caption, lettering):
        super().__init__()
        self.url, self.side, self.caption = url, side, caption
        self.lettering = lettering
        self.hAlign = "CENTER"

    def wrap(self, width, height):
        """Return the size of the code and its caption, as wide as the text area."""
        self.width = width
        self.height = self.side + (self.lettering.leading if self.caption else 0)
        return self.width, self.height

    def draw(self):
        """Draw every row of the code as runs of dark modules."""
        matrix = segno.make(self.url, error="m", micro=False).matrix
        left, bottom = (self.width - self.side) / 2, self.height - self.side
        self.draw_modules(matrix, left, bottom)
        self.canv.linkURL(self.url, (left, bottom, left + self.side, self.height), relative=1)
        letters = self.lettering
        caption_width = text_width(self.caption, letters.font, letters.size)
        draw_line(
            self.canv, letters, self.caption, (self.width - caption_width) / 2, letters.leading
        )

    def draw_modules(self, matrix, left, bottom):
        """Draw each run of dark modules as one rectangle, one unit to the module."""
        canvas, height = self.canv, len(matrix) + 2 * self.QUIET_ZONE
        canvas.saveState()
        canvas.translate(left, bottom)
        canvas.scale(self.side / height, self.side / height)
        canvas.setFillColor(black)
        path = canvas.beginPath()
        for row, first, length in dark_runs(matrix):
            path.rect(self.QUIET_ZONE + first, height - self.QUIET_ZONE - 1 - row, length, 1)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()


def dark_runs(matrix):
    """Yield (row, first column, length) of every horizontal run of dark modules."""
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield row, start, column - start
                start = None


class Signature(Flowable):
    """Issuer over date at the end of an official paper (GB/T 9704-2012, 7.3.5.1).

    The date ends four characters before the edge, the issuer is centred over it.
    """

    def __init__(self, issuer, date, lettering):
        super().__init__()
        self.parts, self.lettering = (issuer, date), lettering

    def wrap(self, width, height):
        """Return two lines and the two empty ones that leave room for the seal."""
        self.width, self.height = width, 4 * self.lettering.leading
        return self.width, self.height

    def draw(self):
        """Draw both lines around one axis, within the text area."""
        letters = self.lettering
        widths = [text_width(part, letters.font, letters.size) for part in self.parts]
        axis = self.width - 4 * letters.size - widths[1] / 2
        axis = min(axis, self.width - widths[0] / 2)
        for line, (part, width) in enumerate(zip(self.parts, widths, strict=True)):
            y = (2 - line) * letters.leading
            draw_line(self.canv, letters, part, axis - width / 2, y)
