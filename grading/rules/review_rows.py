"""Rows of a review rule in the one way a form shows them, and back as the rule writes them.

A rule may write a row in several ways; nothing here changes what it means.
"""

from grading.rules import items
from grading.rules.bands import LABELS, ends_of, row_of, turned
from grading.rules.indicators import BY_HAND, LINEAR, WEIGHT
from grading.rules.parts import is_place_of_condition
from grading.rules.review_consequences import PAY
from grading.rules.review_kinds import KINDS, SAID
from grading.rules.review_parts import OF_ROWS, PARTS
from grading.rules.reviews import bands_of
from grading.rules.spelling import PROSE
from grading.rules.unknown import UNK, is_known

# The names an indicator's points stand under, however they are written; the rest is about it.
NAMES_OF_ROWS = ("id", "label", "code", "name", "band", "title")
HOW = {
    LINEAR, *BY_HAND, "kind", "type", "per", "sign", "full", "default",
    *(name for names in items.NAMES.values() for name in names),
    *items.POINTS, *items.FIRST, *items.FURTHER, *items.BASE, *items.FLOOR, *items.CAP,
}  # fmt: skip


def is_review(keys):
    """Whether keys lead into the section of the review."""
    return keys[:1] == ("review",)


def page_keys(document, keys):
    """Return the keys of the page that shows a place: that of the part it belongs to."""
    if not is_review(keys) or is_place_of_condition(document, keys):
        return keys
    return place_of(document, keys)[1]


def place_of(document, keys):
    """Return (the description's name of a part, the keys that lead to it) for any place in it."""
    section, *rest = keys[1:] or ("",)
    if section not in PARTS:
        return "", keys[:1]
    name, depth = _PLACES.get(section, _of_section)(document, section, rest)
    return name, keys[: 2 + depth] if section else keys[:1]


def _of_section(document, section, rest):
    is_single = section == "top" and isinstance(document.get("review", {}).get(section), dict)
    if section not in OF_ROWS or not (rest or is_single):
        return section, 0
    return f"{section}[]", 0 if is_single else 1


def _of_indicators(_document, section, rest):
    """An odd number of keys leads to an indicator, an even one to a list of them."""
    depth = 0
    while depth < len(rest) and (depth % 2 == 0 or rest[depth] == "of"):
        depth += 1
    return f"{section}[]" if depth % 2 else section, depth


def _of_run(_document, section, rest):
    if rest[:1] != ["consequence"]:
        return section, 0
    return ("consequences.*[]", 2) if len(rest) > 1 else ("consequences.*", 1)


def _of_consequences(_document, _section, rest):
    depth = min(len(rest), 2)
    return ("consequences", "consequences.*", "consequences.*[]")[depth], depth


def _of_renewal(_document, section, rest):
    return (f"{section}.{rest[0]}", 1) if rest else (section, 0)


_PLACES = {
    "indicators": _of_indicators,
    "consecutive": _of_run,
    "consequences": _of_consequences,
    "renewal": _of_renewal,
}


def as_rows(written):
    """Return what stands in a section of rows as a list of rows: the same in one way of writing.

    >>> as_rows({"a": 40})
    [{'id': 'a', 'weight': 40}]
    """
    if not is_known(written):
        return []
    if isinstance(written, list):
        return list(written)
    if not isinstance(written, dict):
        return [written]
    return [
        {"id": name, **(said if isinstance(said, dict) else {"weight": said})}
        for name, said in written.items()
    ]


def bands_as_rows(written):
    """Return bands as a list of rows; a table by name is read as the rule reads it."""
    if not isinstance(written, dict):
        return as_rows(written)
    rows = []
    for name, said in written.items():
        label, bounds = turned(name, said)
        if isinstance(bounds, list) and len(bounds) == 2:
            bounds = {"min": bounds[0], "max": bounds[1]}
        rows.append({"label": label, **(bounds if isinstance(bounds, dict) else {"min": bounds})})
    return rows


def name_of(row, at=None):
    """Return what a row is called, "" if by nothing."""
    if isinstance(row, str):
        return row
    if isinstance(row, list):
        return next((one for one in row if isinstance(one, str)), "")
    if not isinstance(row, dict):
        return ""
    found = next((row[name] for name in ("label", *NAMES_OF_ROWS) if is_known(row.get(name))), "")
    return str(found)


# Indicators.


def kind_of(row):
    """Return by which of ``KINDS`` an indicator earns its points."""
    row = row if isinstance(row, dict) else {}
    if "of" in row or LINEAR in row:
        return "group" if "of" in row else "line"
    if any(row.get(name) is True for name in BY_HAND):
        return "hand"
    rest = {name: said for name, said in row.items() if name in HOW and name not in BY_HAND}
    kind, points = items.kind_of("", rest) if rest else ("share", None)
    return "climbing" if kind == "deduct" and isinstance(points, list | dict) else kind


def flat_indicator(row):
    """Return an indicator by the dotted names of its kind."""
    row = row if isinstance(row, dict) else {"weight": row}
    kind, found = kind_of(row), {}
    for name in ("id", "label", "metric", "least_n", "bonus", *(one.name for one in SAID)):
        if name in row:
            found[name] = row[name]
    if (full := next((row[name] for name in WEIGHT if name in row), None)) is not None:
        found["weight"] = full
    if kind in ("group", "share", "hand"):
        return found
    if kind == "line":
        return found | {f"linear.{name}": row[LINEAR].get(name) for name in ("from", "to")}
    return found | _flat_item(kind, {name: row[name] for name in row if name in HOW})


def _flat_item(kind, rest):
    _kind, points = items.kind_of("", rest)
    found = {
        name: rest[one]
        for name, names in (("cap", items.CAP), ("floor", items.FLOOR), ("base", items.BASE))
        for one in names
        if one in rest
    }
    found |= {name: rest[name] for name in ("sign", "full", "default") if name in rest}
    return found | _FLAT.get(kind, lambda said: {kind: said})(points)


def _flat_range(points):
    if points is UNK:
        return {"range.min": UNK, "range.max": UNK}
    if isinstance(points, list):
        return {"range.min": points[0], "range.max": points[1]}
    if not isinstance(points, dict):
        return {"range.min": 0, "range.max": points}
    low = next((points[name] for name in items.FLOOR if name in points), 0)
    high = next((points[name] for name in items.CAP if name in points), UNK)
    return {"range.min": low, "range.max": high}


def _flat_growing(points):
    if points is UNK:
        return {"growing.first": UNK, "growing.then": UNK}
    if isinstance(points, list):
        return {"growing.first": points[0], "growing.then": points[1]}
    found = {"growing.once": True} if "first_time" in points else {}
    for name, names in (("first", items.FIRST), ("then", items.FURTHER)):
        found |= {f"growing.{name}": points[one] for one in names if one in points}
    return found


def _flat_climbing(points):
    if isinstance(points, list):
        return {"deduct.costs": points}
    found = {"deduct.costs": [points.get("first", UNK)]}
    return found | ({"deduct.more": points["more"]} if "more" in points else {})


_FLAT = {"range": _flat_range, "growing": _flat_growing, "climbing": _flat_climbing}


def indicator_of(kind, flat, held):
    """Return the indicator that dotted names say; what stood there and is no part of it stays."""
    held = held if isinstance(held, dict) else {}
    known = {one.name for one in (*KINDS[kind].specs, *SAID)} | {"id", "label"}
    stays = {
        name: said
        for name, said in held.items()
        if name not in HOW and name not in (*WEIGHT, *known, "bonus", "metric", "least_n", "of")
    }
    plain = {name: said for name, said in flat.items() if "." not in name}
    ends = {name: plain.pop(name) for name in ("clause", "evidence", "note") if name in plain}
    begins = {name: plain.pop(name) for name in ("id", "label") if name in plain}
    if kind == "hand":
        plain = {**plain, "manual": True}
    if kind == "group":
        plain = {"of": held.get("of", [])}
    return {**begins, **plain, **_NESTED.get(kind, lambda _flat: {})(flat), **stays, **ends}


def _nested(name, *inner):
    def made(flat):
        return {name: {key: flat[f"{name}.{key}"] for key in inner if f"{name}.{key}" in flat}}

    return made


def _growing(flat):
    first = "first_time" if flat.get("growing.once") is True else "first"
    found = {first: flat.get("growing.first", UNK), "then": flat.get("growing.then", UNK)}
    return {"growing": found}


def _climbing(flat):
    costs = flat.get("deduct.costs", UNK)
    if costs is UNK:
        return {"deduct": UNK}
    if "deduct.more" not in flat:
        return {"deduct": costs}
    return {"deduct": {"first": costs[0], "more": flat["deduct.more"]}}


_NESTED = {
    "line": _nested("linear", "from", "to"),
    "range": _nested("range", "min", "max"),
    "growing": _growing,
    "climbing": _climbing,
}


# Bands.


def band_names(scheme):
    """Return what the bands are called: the highest first, as written where an end is unknown."""
    found = bands_of(scheme)
    if found is not UNK:
        return [one.label for one in found]
    rows = bands_as_rows(scheme.section("review").get("bands"))
    return [str(row_of("review.bands", row)[0]) for row in rows]


def flat_band(scheme, row):
    """Return a band as label, two ends and whether each belongs to it.

    An end of which the rule does not say whether it belongs to it is unknown.
    """
    label, bounds = row_of("review.bands", row)
    found = {"label": label}
    if isinstance(row, dict):
        found |= {name: row[name] for name in ("clause", "note") if name in row}
    for end, included, limit in ends_of(scheme, "review.bands", bounds):
        if end is not UNK:
            found |= {end: limit, f"{end}_included": included}
    if unread_bounds(scheme, row):
        found |= {"high" if "low" in found else "low": UNK}
    return found


def unread_bounds(scheme, row):
    """Return the bounds by words of comparison that the rule does not explain."""
    _label, bounds = row_of("review.bands", row)
    named = bounds if isinstance(bounds, dict) else {}
    ends = {word: [*ends_of(scheme, "review.bands", {word: named[word]})] for word in named}
    return {word: named[word] for word, found in ends.items() if found and found[0][0] is UNK}


def band_of(scheme, flat, held):
    """Return the row of a band; an end that was not named is left out."""
    found, unread = {"label": flat["label"]}, unread_bounds(scheme, held) if is_known(held) else {}
    held = held if isinstance(held, dict) else {}
    words = {("low", True): "min", ("low", False): "above",
             ("high", True): "max", ("high", False): "below"}  # fmt: skip
    for end in ("low", "high"):
        if unread and flat.get(end) is UNK and f"{end}_included" not in flat:
            found |= unread
        elif end in flat:
            found[words[end, flat.get(f"{end}_included", end == "low")]] = flat[end]
    mine = (*LABELS, "clause", "note")
    stays = {name: said for name, said in held.items() if name in PROSE and name not in mine}
    return {**found, **stays, **{name: flat[name] for name in ("clause", "note") if name in flat}}


# Consequences.


def flat_consequence(row):
    """Return a consequence as its kind, pay and what is said of it."""
    if row is UNK:
        return {"kind": UNK}
    row = {row: None} if isinstance(row, str) else row
    kind = next((name for name in row if name not in PROSE), None)
    found = {name: row[name] for name in row if name in PROSE}
    pay = row.get(kind)
    if kind == PAY:
        found |= pay if isinstance(pay, dict) else {"factor": UNK} if pay is UNK else {}
    return {"kind": kind, **found}


def consequence_of(flat):
    """Return the row of a consequence."""
    kind = flat["kind"]
    if kind is UNK:
        return UNK
    pay = {name: flat[name] for name in ("factor", "amount") if name in flat}
    said = {name: one for name, one in flat.items() if name in PROSE}
    return {kind: (pay or None) if kind == PAY else True, **said}
