"""Where the head of a table is, and which rows under it are no data."""

import re
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.sheets.cells import clean_text
from office.sheets.headings import Certainty, Heading, Mapping, recognise

SEARCHED_ROWS = 40  # a head further down than this is not looked for
ENOUGH = 3  # an exact heading counts 2, a similar one 1
SUM_WORDS = "合计|总计|小计|共计|累计"
TOTAL = re.compile(rf"(?:本\w|全\w)?(?:{SUM_WORDS})[:：]?\d*[人名个件条户]?|共\d+[人名个件条户]")
SIGNATURE = (
    "填[表报写]人|制表人?|审[核批]人?|复核人?|经办人|(?:单位|部门|主要)?负责人(?:签[字名])?|分管领导|"
    "联系人|联系电话|(?:填[表报]|制表|报送|上报)?单位(?:[(（]?(?:盖章|公章)[)）]?)?|盖章|公章|"
    "(?:填[表报写]|制表|统计|报送|上报)?(?:时间|日期)|截[至止](?:时间|日期)?"
)
NOTE = re.compile(rf"(?:填[表报写])?(?:说明|须知)|备注|注意(?:事项)?|附?注\d*|附件?\d*|{SIGNATURE}")
NOTE_MARK = re.compile(rf"(?:{NOTE.pattern})(?:[:：(（【].*)?", re.DOTALL)
COLON = re.compile("[:：]")
SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.部章]|[(（][一二三四五六七八九十]{1,3}[)）])"
)
ORDER_HEADINGS = frozenset(("序号", "编号", "序", "行号", "no", "no."))
SEVERAL = 3  # exact headings that leave no doubt that a head is among the rows
BLANK = ("", None)
LONG_TEXT = 15  # a lone text of this length in the first column of a table is a note


class RowKind(TextChoices):
    """What a row under the head is."""

    DATA = "data", _("Data")
    EMPTY = "empty", _("Empty row")
    HEAD = "head", _("Repeated headings")
    TOTAL = "total", _("Total")
    NOTE = "note", _("Note")


@dataclass(frozen=True)
class Head:
    """The head of a table: rows ``first`` to ``last`` of the sheet (from 1) and its headings."""

    first: int
    last: int
    mapping: Mapping
    score: int
    texts: dict[int, frozenset[str]] = field(repr=False)

    @property
    def headings(self):
        """The headings, from left to right."""
        return self.mapping.headings


def text_row(cells):
    """Return the cells as texts without any blanks, as heads and totals are compared."""
    return ["".join(clean_text(cell).value.split()) for cell in cells]


def find_head(rows, merges, columns):
    """Return the ``Head`` that recognises most of the columns in these first rows, or None.

    Two rows are one head when together they recognise more, or when the upper one holds groups.
    """
    texts = [text_row(cells) for cells in rows[:SEARCHED_ROWS]]
    possible = []
    for index, upper in enumerate(texts):
        if sum(map(bool, upper)) < min(2, len(columns)):
            continue
        possible.append((index, index, _single(upper), (upper,)))
        if index + 1 < len(texts) and sum(map(bool, texts[index + 1])) > 0:
            lower = texts[index + 1]
            headings = _paired(upper, lower, _widths(merges, index))
            possible.append((index, index + 1, headings, (upper, lower)))
    found = [_head(*head, columns) for head in _promising(possible, columns)]
    enough = min(ENOUGH, 2 * len(columns))
    fitting = [head for head in found if head.score >= enough]
    if not fitting:
        return None
    best = max(fitting, key=lambda head: (head.score, -head.first, head.first - head.last))
    return _with_groups(best, fitting)


def _promising(possible, columns):
    """Keep the heads that hold half as many known headings as the best, if that holds several.

    Comparing every row of data with every heading for likeness is what takes time.
    """
    known = set().union(*(column.headings for column in columns))
    exact = [
        sum(bool(heading.readings()[0] & known) for heading in headings)
        for _first, _last, headings, _rows in possible
    ]
    most = max(exact, default=0)
    if most < SEVERAL:
        return possible
    return [head for head, number in zip(possible, exact, strict=True) if 2 * number >= most]


def _with_groups(best, fitting):
    """Prefer a two-row head that ends in the same row and says the same with groups named."""
    for other in fitting:
        grouped = {heading.group for heading in other.headings} - {""}
        if other.last == best.last and other.score == best.score and len(grouped) > 1:
            return other
    return best


def _head(first, last, headings, rows, columns):
    mapping = recognise(headings, columns)
    width = max(len(row) for row in rows)
    texts = {
        position: frozenset(row[position] for row in rows if position < len(row)) - {""}
        for position in range(width)
    }
    return Head(first + 1, last + 1, mapping, _score(mapping), texts)


def _score(mapping):
    settled = [match.certainty for match in mapping.matches.values()]
    return 2 * settled.count(Certainty.EXACT) + settled.count(Certainty.CLOSE)


def _single(texts):
    return [Heading(position, text) for position, text in enumerate(texts) if text]


def _widths(merges, row):
    """Return {first column: last column} of the cells merged across columns in this row."""
    return {
        left: right
        for (top, left), (bottom, right) in merges
        if top == row == bottom and right > left
    }


def _paired(upper, lower, widths):
    """Return the flat headings of two rows: a group reaches over the empty cells to its right."""
    headings, group, reach = [], "", -1
    for position in range(max(len(upper), len(lower))):
        above = upper[position] if position < len(upper) else ""
        below = lower[position] if position < len(lower) else ""
        if above:
            group, reach = above, widths.get(position, len(lower) if below else position)
        if position > reach or not (above or below):
            group = ""
        if below:
            is_group = bool(group) and not COLON.search(group) and group != below
            headings.append(Heading(position, below, group if is_group else ""))
        elif above:
            headings.append(Heading(position, above))
    return headings


def row_kind(cells, head, *, below=False, merged=False):
    """Say what a row under the head is; most rows are data by their first cells alone.

    ``below`` is true for the row next to the head, which may number the columns; ``merged`` when
    the first filled cell is merged across columns.
    """
    if not below and _is_plainly_data(cells, head):
        return RowKind.DATA
    filled = {position: text for position, text in enumerate(text_row(cells)) if text}
    if not filled or _only_an_order_number(filled, head):
        return RowKind.EMPTY
    if _repeats(filled, head) or (below and _numbers_the_columns(list(filled.values()))):
        return RowKind.HEAD
    if _is_total(list(filled.values())):
        return RowKind.TOTAL
    if _is_note(filled, len(head.headings), merged=merged):
        return RowKind.NOTE
    return RowKind.DATA


def _is_plainly_data(cells, head):
    """Whether the row is filled too well for a note and begins neither like a total nor a head."""
    filled = [position for position, cell in enumerate(cells) if cell not in BLANK]
    if len(filled) <= max(2, len(head.headings) // 2):
        return False
    first, second = text_row([cells[position] for position in filled[:2]])
    if not first or not second or first in head.texts.get(filled[0], ()):
        return False
    return not _is_total([first, second])


def _only_an_order_number(filled, head):
    if len(filled) > 1:
        return False
    position = next(iter(filled))
    return bool({text.lower() for text in head.texts.get(position, ())} & ORDER_HEADINGS) and (
        filled[position].isdigit()
    )


def _repeats(filled, head):
    return len(filled) > 1 and all(
        text in head.texts.get(position, ()) for position, text in filled.items()
    )


def _numbers_the_columns(texts):
    """Whether the cells count the columns: (1) (2) (3), or 甲 乙 1 2."""
    bare = [text.strip("()（）") for text in texts]
    while bare and bare[0] in ("甲", "乙", "丙", "丁"):
        bare.pop(0)
    return len(texts) > 2 and bare == [str(number) for number in range(1, len(bare) + 1)]


def _is_total(texts):
    label = texts[1] if len(texts) > 1 and texts[0].isdigit() else texts[0]
    return TOTAL.fullmatch(label) is not None


def _is_note(filled, width, *, merged):
    first = min(filled)
    text = filled[first]
    if len(filled) == 1 and width > 3:
        long = first == 0 and len(text) >= LONG_TEXT
        return merged or long or bool(SECTION.match(text) or NOTE_MARK.fullmatch(text))
    return len(filled) <= max(2, width // 2) and NOTE_MARK.fullmatch(text) is not None
