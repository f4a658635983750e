"""The JSON a platform pushes: one case or a list of them, by the names of the columns."""

import json

from django.utils.translation import gettext as _

from casework.imports.columns import LISTS, NAMES
from office.sheets.cells import clean_text

MOST_CASES = 500


class BadPush(ValueError):
    """The request as a whole cannot be taken. ``code`` is for machines, the text for people."""

    def __init__(self, code, text, status=400):
        super().__init__(text)
        self.code, self.status = code, status


def read_push(body):
    """Return the cases of a request's body as a list of objects.

    :raises BadPush: for what is no JSON, no object or list of objects, none or too many.
    """
    try:
        content = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadPush("not_json", _("The body is not JSON in UTF-8.")) from None
    items = [content] if isinstance(content, dict) else content
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadPush("not_cases", _("The body is neither a case nor a list of cases."))
    if not items:
        raise BadPush("no_cases", _("There is no case in the list."))
    if len(items) > MOST_CASES:
        text = _("There are more than %(most)d cases in one request. Divide them.")
        raise BadPush("too_many_cases", text % {"most": MOST_CASES}, status=413)
    return items


def cells_of(item):
    """Return the raw cells of a pushed case by column, and faults [column, code, said]."""
    cells, faults = {}, []
    for name, raw in item.items():
        if name not in NAMES:
            faults.append(["", "field_unknown", clean_text(name).value[:60]])
            continue
        fits, cell = _cell(name, raw)
        if fits:
            cells[name] = cell
        else:
            faults.append([name, "kind_bad", ""])
    return cells, faults


def _cell(name, raw):
    if isinstance(raw, list):
        fits = name in LISTS and all(isinstance(part, str) for part in raw)
        return fits, "、".join(raw) if fits else None
    if isinstance(raw, bool):
        return name == "is_voluntary", "true" if raw else "false"
    # A number longer than a cell of a spreadsheet can hold is no amount and no day either.
    fits = raw is None or isinstance(raw, str | float) or (
        isinstance(raw, int) and abs(raw) < 10**15
    )  # fmt: skip
    return fits, raw


def _no_number(constant):
    raise ValueError(constant)
