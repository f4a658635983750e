"""Places in a rule set, and what it becomes when one of them is put, added or taken away.

A place is a path as the faults and blockers write it: ``req.L4.all[0]``. Between a group and its
members the name of the group may be missing: ``req.L4[0]`` is the same place.

A rule set that takes over from another is edited without touching that other: before the first
change within an inherited part, the part is copied into the rule set's own document.
"""

import re
from copy import deepcopy

from grading.rules.predicates import GROUPS, LEAVES
from grading.rules.scheme import BY_NAME

INDEX = re.compile(r"\[([0-9]{1,6})\]\.?")
LISTED = ("all", "any", "of", "k_of")
WITHIN = "of"  # a group of indicators holds them under this name


class NoSuchPlace(LookupError):
    """A path that leads nowhere in this document."""


def keys_of(document, path):
    """Return the keys that lead to a place.

    :raises NoSuchPlace: if there is none.
    """
    if not path:
        return ()
    if isinstance(document, list):
        return _in_list(document, path)
    if not isinstance(document, dict):
        raise NoSuchPlace(path)
    if path.startswith("["):
        return _in_group(document, path)
    # A name may hold dots: the longest that fits is meant.
    for key in sorted(document, key=lambda key: -len(str(key))):
        rest = path[len(str(key)) :] if path.startswith(str(key)) else "-"
        if not rest or rest[0] in ".[":
            return (key, *keys_of(document[key], rest.removeprefix(".")))
    if WITHIN in document:
        return (WITHIN, *keys_of(document[WITHIN], path))
    raise NoSuchPlace(path)


def _in_list(rows, path):
    found = INDEX.match(path)
    if found and int(found[1]) < len(rows):
        at = int(found[1])
        return (at, *keys_of(rows[at], path[found.end() :]))
    # Faults and blockers call a row by its name, wherever it stands: by its id, or by its label.
    for called in ("id", "label"):
        for at, row in enumerate(rows):
            name = row.get(called) if isinstance(row, dict) else None
            if not (isinstance(name, str) and name and path.startswith(name)):
                continue
            rest = path[len(name) :]
            if not rest or rest[0] in ".[":
                return (at, *keys_of(row, rest.removeprefix(".")))
    raise NoSuchPlace(path)


def _in_group(group, path):
    for name in LISTED:
        if name in group:
            return (name, *keys_of(group[name], path))
    raise NoSuchPlace(path)


def address(keys):
    """Return the path of keys, in the one way of writing it."""
    path = ""
    for key in keys:
        path += f"[{key}]" if type(key) is int and path else f".{key}" if path else str(key)
    return path


def nearest(document, path):
    """Return the path of the innermost place that a path leads to; "" is the whole."""
    return address(nearest_keys(document, path)[0])


def nearest_keys(document, path):
    """Return the keys of the innermost place that a path leads to, and the rest of the path."""
    asked = path
    while path:
        try:
            return keys_of(document, path), asked[len(path) :].removeprefix(".")
        except NoSuchPlace:
            cut = max(path.rfind("."), path.rfind("["))
            path = path[: max(cut, 0)]
    return (), asked


def at(document, path):
    """Return what stands at a place. :raises NoSuchPlace: if there is none."""
    return _reached(document, keys_of(document, path))


def put(own, whole, path, value):
    """Return the document with another value at a place.

    :param own: the document as it is written; it is not changed.
    :param whole: the same with what it takes over worked in.
    :raises NoSuchPlace: if there is none.
    """
    keys = keys_of(whole, path)
    if not keys:
        raise NoSuchPlace(path)
    changed = _with_own(own, whole, keys)
    _reached(changed, keys[:-1])[keys[-1]] = value
    return changed


def put_named(own, whole, path, name, value):
    """Return the document with a value under a name, new or not, in the mapping at a place."""
    keys = keys_of(whole, path)
    changed = _with_own(own, whole, (*keys, name))
    if not isinstance(_reached(changed, keys), dict):
        changed = put(changed, whole, path, {})
    _reached(changed, keys)[name] = value
    return changed


def add(own, whole, path, value):
    """Return the document with one row more in the list at a place; a group is its list."""
    keys = keys_of(whole, path)
    changed = _with_own(own, whole, keys)
    if members(_reached(changed, keys)) is None:
        changed = put(changed, whole, path, [])
    members(_reached(changed, keys)).append(value)
    return changed


def drop(own, whole, path):
    """Return the document without a place.

    A group that loses its last condition goes with it; a part that was only the own document's
    word on what it takes over gives way to that.

    :raises NoSuchPlace: if there is none.
    """
    keys = keys_of(whole, path)
    if not keys:
        raise NoSuchPlace(path)
    changed = _with_own(own, whole, keys)
    while True:
        holder = _reached(changed, keys[:-1])
        del holder[keys[-1]]
        emptied = _emptied(holder, keys)
        if emptied is None:
            break
        keys = emptied
    if keys in (("base",), ("population",)):
        # Without any condition it holds for everybody; that has to be said.
        changed[keys[0]] = {}
    return changed


def _emptied(holder, keys):
    """Return the keys of the group that lost its last condition with the place, None if none."""
    if keys[-1] == "not":
        return keys[:-1]
    if holder or type(keys[-1]) is not int:
        return None
    return {"all": keys[:-2], "any": keys[:-2], "of": keys[:-3]}.get(keys[-2])


def move_up(own, whole, path):
    """Return the document with a row one place further up in its list; the first stays."""
    keys = keys_of(whole, path)
    if not keys or type(keys[-1]) is not int:
        raise NoSuchPlace(path)
    changed = _with_own(own, whole, keys)
    rows, place = _reached(changed, keys[:-1]), keys[-1]
    rows.insert(max(place - 1, 0), rows.pop(place))
    return changed


def opened(own, whole, path, empty):
    """Return both documents with something at a place, ``empty`` where there was nothing."""
    try:
        keys_of(whole, path)
    except NoSuchPlace:
        holder, _dot, name = path.rpartition(".")
        own, whole = opened(own, whole, holder, {})
        own, whole = (put_named(one, whole, holder, name, empty) for one in (own, whole))
    return own, whole


def has(document, path):
    """Whether a path leads to something."""
    try:
        return bool(keys_of(document, path))
    except NoSuchPlace:
        return False


def members(value):
    """Return the list that a list or a group of conditions is, None if it is neither."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        found = value.get("all", value.get("any"))
        if found is None and isinstance(value.get("k_of"), dict):
            found = value["k_of"].get("of")
        if found is None and "k" in value:
            found = value.get("of")
        return found if isinstance(found, list) else None
    return None


def is_condition(value):
    """Whether a value is a condition of the format."""
    return isinstance(value, dict) and any(key in value for key in GROUPS + LEAVES)


def is_own(own, whole, path):
    """Whether a place stands in the own document, not only in what it takes over."""
    keys = keys_of(whole, path)
    return not keys or _unit(keys, whole) is None or _holds(own, _unit(keys, whole))


def may_be_left_out(own, whole, path):
    """Whether a place can be left unsaid: what is taken over by its very name stays said."""
    if not has(whole, path):
        return False
    keys = keys_of(whole, path)
    return keys != _unit(keys, whole) or _holds(own, keys)


def _unit(keys, whole):
    """Return the keys of the part that a document says as a whole or leaves to its parent."""
    if not keys:
        return None
    by_name = keys[0] in BY_NAME and len(keys) > 1 and isinstance(whole.get(keys[0]), dict)
    return keys[:2] if by_name else keys[:1]


def _holds(document, keys):
    for key in keys:
        if not isinstance(document, dict) or key not in document:
            return False
        document = document[key]
    return True


def _with_own(own, whole, keys):
    """Return a copy of the own document in which the part that is to be changed stands."""
    changed = deepcopy(own)
    unit = _unit(keys, whole)
    if unit is None or _holds(changed, unit):
        return changed
    for depth, key in enumerate(unit):
        if depth + 1 < len(unit):
            changed = _opened(changed, key)
        elif _holds(whole, unit):
            _reached(changed, unit[:-1])[key] = deepcopy(_reached(whole, unit))
    return changed


def _opened(changed, key):
    if not isinstance(changed.get(key), dict):
        changed[key] = {}
    return changed


def _reached(document, keys):
    for key in keys:
        document = document[key]
    return document
