"""The text of a draft of a review rule is changed part by part and row by row."""

from grading.actions.scheme_editing import rewrite
from grading.rules import nodes
from grading.rules.review_edits import name_under, renamed, renamed_conditions, rows_of


def put_part(pk, *, by, today, path, value, reason="", revision=None):
    """Put a value at a place of the review, whether something stands there or not."""
    given = {"by": by, "reason": reason, "revision": revision, "what": path}

    def change(own, whole):
        own, whole = nodes.opened(own, whole, path, value)
        return nodes.put(own, whole, path, value)

    return rewrite(pk, change, **given)


def put_row(pk, *, by, today, path, at, row, into=None, reason="", revision=None):
    """Put a row into a section of rows: in place of the one ``at``, or at its end if that is None.

    A band or an indicator that is called otherwise is so in all that names it.

    :param into: the path of the list that the row goes to, where it is not to stay.
    """
    given = {"by": by, "reason": reason, "revision": revision, "what": path}

    def change(own, whole):
        own, whole = nodes.opened(own, whole, path, [])
        rows = rows_of(path, nodes.at(whole, path))
        before = rows[at] if at is not None else None
        if before == row and into is None:
            return own
        if at is None:
            rows.append(row)
        else:
            rows[at] = row
        own = nodes.put(own, whole, path, rows)
        own = _names_go_along(own, whole, name_under(path, before), name_under(path, row))
        return own if into is None else _moved(own, path, at, into)

    return rewrite(pk, change, **given)


def _names_go_along(own, whole, old, new):
    if not old or not new or None in (*old, *new) or old == new:
        return own
    own = {**own, "review": renamed(own["review"], *old, new[1])}
    for name, node in renamed_conditions(whole.get("conditions"), *old, new[1]).items():
        own = nodes.put(own, whole, f"conditions.{name}", node)
    return own


def _moved(document, path, at, into):
    """Return the document with a row at the end of another list of the same tree."""
    row = nodes.at(document, path)[at]
    target = rows_of(into, nodes.at(document, into))
    # By the path as it is before the row goes: it may stand before its new place.
    document = nodes.put(document, document, into, [*target, row])
    rows = nodes.at(document, path)
    return nodes.put(document, document, path, [*rows[:at], *rows[at + 1 :]])
