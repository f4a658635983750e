"""Tables of counts as they are shown: with sums, with shares, and with small numbers hidden."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from complaints.models import ComplaintPolicy
from complaints.rules.suppression import SMALL, Cell, share_is_shown, suppressed, suppressed_row

# Until the bureau has loaded or set a figure.
FIGURES = {"cell_least": 5, "pattern_months": 12, "pattern_count": 3}
WITHHELD_SIGN = "*"
NOTHING = "—"


def figure(key, *, division_id, today):
    """Return the number a policy sets for a place today."""
    try:
        return ComplaintPolicy.objects.ruling(key, division_id=division_id, on=today).amount
    except ComplaintPolicy.DoesNotExist:
        return FIGURES[key]


def sign(cell, least):
    """Return what stands in a cell: the number, that it is small, or that it is withheld."""
    if cell.shown is not None:
        return str(cell.shown)
    return f"<{least}" if cell.why == SMALL else WITHHELD_SIGN


@dataclass(frozen=True)
class Table:
    """A table ready to be shown: heads of its columns, and rows of (label, texts)."""

    heading: str
    first: str
    heads: list
    rows: list
    foot: tuple | None = None
    note: str = ""

    @property
    def lines(self):
        """The rows, each text with the head of its column."""
        return [(label, list(zip(self.heads, texts, strict=True))) for label, texts in self.rows]

    @property
    def last(self):
        """The texts of the last row, each with the head of its column."""
        return list(zip(self.heads, self.foot[1], strict=True)) if self.foot else []


def counts(heading, first, labels, heads, rows, *, least):
    """Return a table of counts with the sums of its rows and columns."""
    lines = suppressed(rows, least) if rows else []
    texts = [[sign(cell, least) for cell in line] for line in lines]
    foot = (_("In all"), texts[-1]) if rows else None
    heads = [*heads, _("In all")]
    return Table(heading, first, heads, list(zip(labels, texts[:-1], strict=True)), foot)


def shares(heading, first, pairs, least, *, adds_up=True, note=""):
    """Return a table of (label, (founded, decided)): both, and the share where it may be told.

    ``adds_up`` says that each complaint is in one row only, so that there is a sum of all; tables
    of the same complaints have it in common.
    """
    parts = [[founded, decided - founded] for _label, (founded, decided) in pairs]
    lines = suppressed(parts, least, sums_stay=True) if adds_up and parts else []
    lines = lines or [suppressed_row(part, least) for part in parts]
    texts = [_share_texts(line, least) for line in lines]
    heads = [_("Founded, at least in part"), _("Decided"), _("Share")]
    labels = [label for label, _pair in pairs]
    foot = (_("In all"), texts[-1]) if adds_up and parts else None
    rows = list(zip(labels, texts, strict=False))
    return Table(heading, first, heads, rows, foot, note)


def _share_texts(line, least):
    founded, _unfounded, decided = line
    return [sign(founded, least), sign(decided, least), share_text(founded, decided, least)]


def share_text(part: Cell, whole: Cell, least):
    """Return the share of a whole as text: none of nothing, and none that tells a hidden number."""
    if whole.shown == 0:
        return NOTHING
    if part.shown is None or whole.shown is None:
        return WITHHELD_SIGN
    if not share_is_shown(part.shown, whole.shown, least):
        return WITHHELD_SIGN
    return f"{100 * part.shown / whole.shown:.1f}%"
