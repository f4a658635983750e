"""What a panel gives points for: the items of the sheet that a person scores."""

from decimal import Decimal

from grading.rules.scoring import Criterion
from grading.rules.sheets import sections_of
from grading.rules.unknown import UNK

BY_HAND = "range"


def criteria_of(scheme):
    """Return the ``Criterion`` of each item of the sheet that is scored by hand, in its order.

    An item whose ends the rule does not know is left out: nobody can give points for it.
    """
    if not scheme.section("sheet"):
        return ()
    return tuple(
        _criterion(scheme, item, section.weight)
        for section in sections_of(scheme)
        for item in section.items
        if item.kind == BY_HAND and UNK not in (*item.points, section.weight)
    )


def labels_of(scheme):
    """Return {code: label} of everything a panel gives points for; a code where none is written."""
    return {one.code: label_of_item(scheme, one.code) for one in criteria_of(scheme)}


def label_of_item(scheme, code):
    """Return what the document calls an item of the sheet; the code where none is written."""
    return str(_written(scheme, code).get("label", code))


def _criterion(scheme, item, weight):
    low, high = item.points
    written = _written(scheme, item.name)
    step = written.get("step", Decimal(1))
    anchors = written.get("anchors") or {}
    pairs = anchors.items() if isinstance(anchors, dict) else [tuple(one) for one in anchors]
    return Criterion(
        code=item.name,
        high=Decimal(high),
        low=Decimal(low),
        step=Decimal(str(step)),
        weight=Decimal(weight.numerator) / Decimal(weight.denominator),
        anchors=tuple((Decimal(str(score)), str(sentence)) for score, sentence in pairs),
    )


def _written(scheme, name):
    """Return the row of the document that an item was read from."""
    whole = scheme.section("sheet")
    tables = [whole.get("items")]
    sections = whole.get("sections") or []
    rows = sections.values() if isinstance(sections, dict) else sections
    tables += [row.get("items") for row in rows if isinstance(row, dict)]
    for table in tables:
        if isinstance(table, dict) and isinstance(table.get(name), dict):
            return table[name]
        for row in table if isinstance(table, list) else ():
            if isinstance(row, dict) and name in (row.get("id"), row.get("code"), row.get("name")):
                return row
    return {}
