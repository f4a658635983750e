"""A look for personal data in the very file that would be published."""

import io

from python_calamine import CalamineWorkbook

from registry.editions.content import HEAD
from registry.rules import PHONE, personal_numbers

# The telephone of an organisation is public even where it is a mobile one.
PUBLIC_PHONE = "调解组织电话"
MOST = 50


def findings(data):
    """Return what of a workbook (bytes) looks like personal data, at most :data:`MOST`.

    Each finding names row and column as Excel numbers them, and the kind; never the number itself.
    """
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    found = [
        {"row": number, "column": HEAD[at], "kind": kind}
        for number, row in enumerate(rows, 1)
        for at, cell in enumerate(row)
        if (kind := kind_of(str(cell), HEAD[at]))
    ]
    return found[:MOST]


def kind_of(text, column):
    """Return what kind of personal number stands in a text, "" for none."""
    public = {PHONE} if column == PUBLIC_PHONE else set()
    return next((kind for kind, _number in personal_numbers(text) if kind not in public), "")
