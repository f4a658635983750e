"""Parts of a review rule in words: where something stands, and what a row says in one line."""

from decimal import Decimal

from django.utils.translation import gettext as _

from grading.rules import nodes, wording
from grading.rules.indicators import indicators_of
from grading.rules.parts import is_place_of_condition
from grading.rules.review_edits import rows_of
from grading.rules.review_kinds import KINDS, SAID
from grading.rules.review_parts import BOUND_LABELS, GIVEN, METRICS, PARTS, SCALABLE, SECTIONS, TIES
from grading.rules.review_reading import said as said_of
from grading.rules.review_rows import (
    flat_band,
    flat_consequence,
    flat_indicator,
    kind_of,
    name_of,
    place_of,
    unread_bounds,
)
from grading.rules.review_steps import ALL, BUREAU, given_by, steps_of
from grading.rules.review_terms import STEPS
from grading.rules.scheme import SchemeFault
from grading.rules.terms import label_of_key
from grading.rules.typed import shown
from grading.rules.unknown import UNK, is_known

# Told beside the line, not in it.
BESIDE = ("id", "label", "clause", "name", "title", "code")


def places_said(document, keys):
    """Return the names of the places that keys of a review lead through."""
    return [said for at in range(1, len(keys)) if (said := _key_said(document, keys[: at + 1]))]


def keys_of_path(document, path):
    """Return the keys of a place of a review, those of what is not named there at their end."""
    keys, rest = nodes.nearest_keys(document, path)
    return (*keys, *(one for one in rest.split(".") if one))


def _key_said(document, keys):
    if keys[-1] == "of":
        return ""
    if any(is_place_of_condition(document, keys[:at]) for at in range(2, len(keys))):
        return str(keys[-1] + 1) if type(keys[-1]) is int else label_of_key(keys[-1])
    name, place = place_of(document, keys)
    if place == keys and not _is_row(name, keys):
        return keys[-1] if name == "consequences.*" and keys[1] == "consequences" else part(name)
    if place == keys:
        return _row_said(document, keys)
    inner = ".".join(str(key) for key in keys[len(place) :])
    return spec_label(name, inner) or label_of_key(keys[-1])


def part(name):
    """Return what a part is called."""
    return str(PARTS[name].label)


def _is_row(name, keys):
    return name.endswith("[]") and (name != "top[]" or len(keys) > 2)


def _row_said(document, keys):
    path = nodes.address(keys)
    row = nodes.at(document, path) if nodes.has(document, path) else {}
    if type(keys[-1]) is not int:
        return str(row.get("label", keys[-1])) if isinstance(row, dict) else str(keys[-1])
    return name_of(row) or str(keys[-1] + 1)


def row_name(document, keys):
    """Return what a place of a review is called by itself."""
    return _key_said(document, keys) or str(keys[-1])


def spec_label(name, inner):
    """Return what a name of a part is called, "" if the description does not know it."""
    specs = [*PARTS[name].specs]
    if name == "indicators[]":
        specs = [one for kind in KINDS.values() for one in kind.specs] + [*SAID]
    if name == "bands[]" and inner in BOUND_LABELS:
        return str(BOUND_LABELS[inner])
    named = {one.name: one for one in reversed(specs)}
    found = named.get(inner) or named.get(inner.split(".")[0])
    return str(found.label) if found else ""


def line_of(scheme, keys, value):
    """Return in one line what stands at a place of a review."""
    name, place = place_of(scheme.document, keys)
    if value is UNK:
        return _("not known yet")
    if place != keys:
        return _inner_said(scheme, name, keys[len(place) :], value)
    if is_list_of_parts(name, value):
        return _parts_said(scheme, keys, value)
    if type(keys[-1]) is not int and name in ("indicators[]", "bands[]"):
        # In a table by name the name is no part of what stands under it.
        value = rows_of(f"review.{keys[1]}", {keys[-1]: value})[0]
    try:
        return _LINES.get(name, _plain)(scheme, name, value)
    except (SchemeFault, AttributeError, KeyError, TypeError, StopIteration):
        return wording.value_words(value)


def told(scheme, keys, value):
    """Return in one line what stands at a place, all that stands within it, and its clause."""
    name, place = place_of(scheme.document, keys)
    words = line_of(scheme, keys, value)
    if place != keys or not isinstance(value, dict):
        return words
    if name == "indicators[]" and isinstance(value.get("of"), list | dict):
        words = f"{words}：{_parts_said(scheme, (*keys, 'of'), value['of'])}"
    if name == "vetoes[]":
        words = f"{words}：{wording.flat(wording.say(scheme, value.get('when'), ''))}"
    return f"{words}〔{clause}〕" if (clause := clause_of(value)) else words


def is_list_of_parts(name, value):
    """Whether a place is made of places of their own: rows, or names with a part each."""
    if isinstance(value, list):
        return f"{name}[]" in PARTS
    has_names = name in ("consequences", "renewal", "indicators", "bands")
    return isinstance(value, dict) and has_names


def _parts_said(scheme, keys, value):
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, one in rows:
        inner = (*keys, key)
        is_condition = is_place_of_condition(scheme.document, inner)
        said_here = wording.flat(wording.say(scheme, one, "")) if is_condition else ""
        words = said_here or told(scheme, inner, one)
        is_named = keys[-1] != "consequence" and "consequences" not in keys[1:-1]
        found.append(f"{_key_said(scheme.document, inner)}（{words}）" if is_named else words)
    return "、".join(found) or _("nothing")


def _inner_said(scheme, name, inner, value):
    if not name or len(inner) > 1:
        spec = PARTS[""].spec(str(inner[0])) if not name else None
    else:
        spec = PARTS[name].spec(str(inner[0]))
    return said(scheme, spec, value) if spec else wording.value_words(value)


def said(scheme, spec, value):
    """Return the value under a name of a part in words."""
    if value is UNK:
        return _("not known yet")
    if isinstance(value, list):
        return "、".join(said(scheme, spec, one) for one in value)
    if isinstance(value, dict):
        if len(value) == 1 and (share := value.get("percent", value.get("pct"))) is not None:
            return f"{shown(share)}%"
        rows = ((_word_said(scheme, spec.words, key), key, one) for key, one in value.items())
        return "；".join(f"{name or shown(key)}：{shown(one)}" for name, key, one in rows)
    return _word_said(scheme, spec.words, value) or wording.value_words(scheme.value(value))


def _word_said(scheme, words, value):
    """Return what one of the words of a name is called, None if it is none."""
    if words == METRICS:
        return wording.metric_label(scheme, value)
    if words == GIVEN and value == ALL:
        return _("all that is given by hand")
    if words in (TIES, SCALABLE, GIVEN):
        names = {one.name: one.label for one in indicators_of(scheme)}
        return names.get(str(value).removeprefix("-"))
    is_word = isinstance(words, dict) and isinstance(value, str) and value in words
    return str(words[value]) if is_word else None


def _flat_said(scheme, specs, flat, beside=BESIDE):
    there = (one for one in specs if one.name in flat and (one.words or one.name not in beside))
    rows = [(one, flat[one.name]) for one in there]
    return "；".join(f"{one.label}：{said(scheme, one, value)}" for one, value in rows)


def _plain(scheme, name, value):
    found = PARTS[name]
    if not isinstance(value, dict):
        spec = found.spec(found.short)
        return said(scheme, spec, value) if spec else wording.value_words(value)
    words = _flat_said(scheme, found.specs, value, ("clause",) if name in SECTIONS else BESIDE)
    return words or _("nothing")


def _run(scheme, name, value):
    follows = line_of(scheme, ("review", name, "consequence"), value.get("consequence"))
    return f"{_plain(scheme, name, value)}；{part('consequences.*')}：{follows}"


def _indicator(scheme, _name, row):
    kind, flat = kind_of(row), flat_indicator(row)
    if kind == "group":
        return _("%d in it") % len(row["of"] or ())
    told = _flat_said(scheme, (*KINDS[kind].specs, *SAID), flat)
    words = f"{KINDS[kind].label}；{told}"
    return f"{words}；{_givers(scheme, flat)}" if kind in ("hand", "range") else words


def _givers(scheme, flat):
    """Return in words who gives the points of an indicator."""
    if said_of(scheme, "steps") is UNK:
        return _("who gives the points is not known yet")
    shares = given_by(scheme, str(flat.get("id", "")))
    if steps_of(scheme) is None:
        shares = {BUREAU: 1}
    found = [
        f"{STEPS[step]} {wording.percent(_decimal(share))}" if share != 1 else str(STEPS[step])
        for step, share in shares.items()
    ]
    return _("points from %s") % "、".join(found) if found else _("nobody gives its points")


def _decimal(share):
    return (Decimal(share.numerator) / share.denominator).quantize(Decimal("0.0001"))


def _band(scheme, _name, row):
    flat = flat_band(scheme, row)
    found = []
    for end, within, without in (
        ("low", _("from %s, included"), _("above %s")),
        ("high", _("up to %s, included"), _("below %s")),
    ):
        if f"{end}_included" in flat:
            text = shown(scheme.value(flat[end])) if is_known(flat[end]) else _("not known yet")
            found.append((within if flat[f"{end}_included"] else without) % text)
    found += [f"{word} {shown(limit)}" for word, limit in unread_bounds(scheme, row).items()]
    return "，".join([*found, *([str(flat["note"])] if "note" in flat else [])])


def _consequence(scheme, name, row):
    flat = flat_consequence(row)
    spec = PARTS[name].spec("kind")
    kind = said(scheme, spec, flat["kind"])
    rest = _flat_said(scheme, [one for one in PARTS[name].specs if one is not spec], flat)
    return f"{kind}（{rest}）" if rest else kind


def _consequences(scheme, _name, value):
    rows = value if isinstance(value, list) else [value]
    return "、".join(_consequence(scheme, "consequences.*[]", one) for one in rows) or _("nothing")


def _veto(scheme, name, row):
    effect = row.get("effect")
    flat = {**row, "effect.cap": effect["cap"]} if isinstance(effect, dict) else dict(row)
    if isinstance(effect, dict):
        flat.pop("effect")
    window = wording.window_words(flat.pop("window", None))
    told = _flat_said(scheme, PARTS[name].specs, flat)
    return f"{told}（{window}）" if window else told


_LINES = {
    "indicators[]": _indicator,
    "bands[]": _band,
    "consequences.*": _consequences,
    "consequences.*[]": _consequence,
    "vetoes[]": _veto,
    "consecutive": _run,
}


def clause_of(value):
    """Return the clause that stands at a row, "" if none does."""
    found = value.get("clause") if isinstance(value, dict) else None
    return str(found) if is_known(found) else ""
