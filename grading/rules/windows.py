"""When a level may be applied for (P25)."""

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.unknown import UNK

OPEN, CLOSED = "open", "closed"
ROUND = "round.windows"


def window(scheme, level, day):
    """Return whether a level may be applied for on a day: ``open`` or ``closed``.

    The first and the last day are included. A level that the round does not take, that has no
    window, or whose window is unknown is closed.
    """
    code = spelling.level_of(scheme, level).code
    if code not in scheme.open_levels:
        return CLOSED
    spans = [span for levels, span in windows(scheme) if code in levels or "any" in levels]
    return OPEN if any(_holds(span, day) for span in spans) else CLOSED


def windows(scheme):
    """Return every window as its levels and its first and last day, in the order of the rule.

    :raises SchemeFault: if one is no window, or ends before it begins.
    """
    written = scheme.section("round").get("windows")
    if isinstance(written, dict):
        return [
            ([name], _span(f"{ROUND}.{name}", row)) for name, row in spelling.named(ROUND, written)
        ]
    if isinstance(written, list):
        return [_row(f"{ROUND}[{place}]", row) for place, row in enumerate(written)]
    return []


def _row(at, row):
    spelling.only(at, row, "levels", "level", "opens", "closes", "from", "to", "extended_to")
    levels = spelling.words(spelling.said(at, row, "levels", "level"))
    return levels, _span(at, {key: row[key] for key in row if key not in ("levels", "level")})


def _span(at, row):
    if row is UNK:
        return UNK, UNK
    if isinstance(row, list) and len(row) == 2:
        row = {"opens": row[0], "closes": row[1]}
    spelling.only(at, row, "opens", "closes", "from", "to", "extended_to")
    opens = spelling.day(f"{at}.opens", spelling.said(at, row, "opens", "from"))
    closes = spelling.day(f"{at}.closes", spelling.said(at, row, "closes", "to"))
    if row.get("extended_to"):
        closes = spelling.day(f"{at}.extended_to", row["extended_to"])
    if UNK not in (opens, closes) and closes < opens:
        raise spelling.fault(at, _("This window ends before it begins."))
    return opens, closes


def _holds(span, day):
    opens, closes = span
    return UNK not in span and opens <= day <= closes
