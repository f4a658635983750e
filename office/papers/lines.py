"""Breaking text into lines by the Chinese rules (禁则): ReportLab's own breaks them wrongly.

No line starts with a closing mark or ends with an opening one (GB/T 15834-2011), a dash or an
ellipsis of two signs is not cut in two, and neither is a word or a number.
"""

from dataclasses import dataclass

CLOSING = frozenset("。，、；：？！）》〉」』】〕〗｝］”’～－·％‰℃°,.;:?!)]}%")
OPENING = frozenset("（《〈「『【〔〖｛［“‘([{￥¥$№#")
PAIRED = frozenset("—…")
TOLERANCE = 0.001  # points; sums of widths are not exact


@dataclass(frozen=True)
class Line:
    """One line of text, its natural width in points, and whether its paragraph ends here."""

    text: str
    width: float
    last: bool


def is_word(char):
    """Say whether `char` belongs to words that are kept whole: letters and digits not Chinese."""
    return char.isalnum() and ord(char) < 0x2E80


def marks_allow(before, after):
    """Say whether the marks let a line end after `before` and the next start with `after`."""
    if after == " " or after in CLOSING or before in OPENING:
        return False
    return not (before == after and before in PAIRED)


def words_allow(before, after):
    """Say whether no word, number or address is cut between `before` and `after`."""
    return not ((is_word(before) or before in "@/-_.:&=?") and (is_word(after) or after in "@/-_"))


def pieces(text, *rules):
    """Yield the smallest parts of `text` that lines may be made of under all `rules`."""
    start = 0
    for at in range(1, len(text)):
        if all(allow(text[at - 1], text[at]) for allow in rules):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def fitting(text, width_of, room):
    """Yield the pieces of `text`; one too wide for a line is cut, a word sooner than its marks."""
    for piece in pieces(text, marks_allow, words_allow):
        if width_of(piece.rstrip(" ")) <= room + TOLERANCE:
            yield piece
            continue
        for part in pieces(piece, marks_allow):
            if width_of(part.rstrip(" ")) <= room + TOLERANCE:
                yield part
            else:
                yield from part


def break_lines(text, width_of, room, indent=0.0):
    """Return the lines of `text`.

    :param width_of: the width of a string in points.
    :param room: the width of a line in points.
    :param indent: what the first line of each paragraph is short of `room`.
    """
    lines = []
    for paragraph in text.split("\n"):
        lines += paragraph_lines(paragraph, width_of, room, indent)
    return lines


def even_lines(text, width_of, room, indent=0.0):
    """Return as few lines as `break_lines` does, of about the same width: for a title."""
    lines = break_lines(text, width_of, room, indent)
    count, narrow, wide = len(lines), room / 2, room
    while len(lines) > 1 and wide - narrow > 1:
        middle = (narrow + wide) / 2
        tried = break_lines(text, width_of, middle, indent)
        if len(tried) > count:
            narrow = middle
        else:
            lines, wide = tried, middle
    return lines


def paragraph_lines(paragraph, width_of, room, indent):
    """Return the lines of one paragraph; spaces at the end of a line are dropped."""
    whole = paragraph.rstrip(" ")
    if (width := width_of(whole)) <= room - indent + TOLERANCE:
        return [Line(whole, width, last=True)]
    broken, current, left = [], "", room - indent
    for piece in fitting(paragraph, width_of, room):
        if current and width_of(piece.rstrip(" ")) > left + TOLERANCE:
            broken.append(current.rstrip(" "))
            current, left = "", room
        current += piece
        left -= width_of(piece)
    broken.append(current.rstrip(" "))
    ends = len(broken) - 1
    return [Line(part, width_of(part), last=number == ends) for number, part in enumerate(broken)]
