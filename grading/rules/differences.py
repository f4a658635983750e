"""Two rule sets beside each other, node by node: what was added, taken away, changed, moved."""

from dataclasses import dataclass

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
# By these a row of a list is known again wherever it stands.
NAMES = ("id", "code", "label", "band", "clause", "name")
NOTHING = object()


@dataclass(frozen=True)
class Difference:
    """One place in which two documents differ; ``before`` or ``after`` is None if it is new."""

    path: str
    what: str
    before: object = None
    after: object = None


def differences(before, after):
    """Return the differences between two documents, in the order of the second."""
    return [*_compare(before, after, "")]


def _compare(before, after, path):
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _named(before, after, lambda key: f"{path}.{key}" if path else str(key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _rows(before, after, path)
    elif before is NOTHING:
        yield Difference(path, ADDED, after=after)
    elif after is NOTHING:
        yield Difference(path, REMOVED, before=before)
    elif type(before) is not type(after) or before != after:
        yield Difference(path, CHANGED, before, after)


def _named(before, after, path_of):
    for key in [*after, *(key for key in before if key not in after)]:
        yield from _compare(before.get(key, NOTHING), after.get(key, NOTHING), path_of(key))


def _rows(before, after, path):
    """Compare lists row by row; rows that have a name are found by it."""
    left, right = _keyed(before), _keyed(after)
    places = {key: f"{path}[{at}]" for at, key in enumerate(left)}
    places |= {key: f"{path}[{at}]" for at, key in enumerate(right)}
    yield from _named(left, right, places.__getitem__)
    if [key for key in left if key in right] != [key for key in right if key in left]:
        yield Difference(path, MOVED)


def _keyed(rows):
    """Return rows by their names; rows of no name, or of one that stands twice, by their place."""
    found = {}
    for at, row in enumerate(rows):
        key = _name_of(row)
        if key is None or key in found:
            key = at
        found[key] = row
    return found


def _name_of(row):
    if not isinstance(row, dict):
        return None
    return next((f"{name} {row[name]}" for name in NAMES if isinstance(row.get(name), str)), None)
