"""A review rule as a page that people read: its parts, each row in a line with its clause."""

from django.utils.translation import gettext as _

from grading.notices.review_rule_words import clause_of, is_list_of_parts, line_of, part, spec_label
from grading.notices.review_rule_words import row_name as name_of_row
from grading.reports.branches import Branch, Part
from grading.rules import nodes, wording
from grading.rules.parts import is_place_of_condition
from grading.rules.review_parts import POINTS, SECTIONS
from grading.rules.review_rows import place_of
from grading.rules.terms import label_of_key
from grading.rules.unknown import UNK

REVIEW = "review"


def review_parts(scheme, *, is_own, blockers):
    """Return the parts of a review rule in the order in which a year goes through them.

    :param blockers: pairs of a path and a sentence: each stands with the part it is about.
    """
    section = scheme.section(REVIEW)
    points = [one.name for one in POINTS.specs if one.name in section]
    rows = tuple(_leaf(scheme, (REVIEW,), name, section[name]) for name in points)
    found = [Part(REVIEW, str(POINTS.label), Branch(REVIEW, "", of=rows), is_own=is_own)]
    for name in SECTIONS:
        if name in section:
            branch = _branch(scheme, (REVIEW, name), section[name])
            found.append(Part(f"{REVIEW}.{name}", part(name), branch, is_own=is_own))
    return [_with_faults(scheme, one, blockers) for one in found]


def missing_parts(scheme):
    """Return (path, heading) of the parts that a review rule could have and does not name."""
    section = scheme.section(REVIEW)
    return [(f"{REVIEW}.{name}", part(name)) for name in SECTIONS if name not in section]


def _with_faults(scheme, one, blockers):
    told = tuple(
        sentence for path, sentence in blockers if _part_of(scheme.document, path) == one.name
    )
    return Part(**{**vars(one), "faults": tuple(dict.fromkeys(told))})


def _part_of(document, path):
    """Return the name of the part that a blocker is about, "" if it is about none that is there."""
    keys = nodes.keys_of(document, nodes.nearest(document, path))
    is_absent = keys == (REVIEW,) and path.removeprefix("review.") in SECTIONS
    if keys[:1] != (REVIEW,) or is_absent:
        return ""
    section = place_of(document, keys)[1][1:2]
    return f"{REVIEW}.{section[0]}" if section else REVIEW


def _branch(scheme, keys, value):
    path, label = nodes.address(keys), name_of_row(scheme.document, keys)
    if is_place_of_condition(scheme.document, keys):
        return Branch(path, label, said=wording.say(scheme, value, path))
    name, _place = place_of(scheme.document, keys)
    told = {"clause": clause_of(value), "is_unknown": value is UNK}
    if value is UNK:
        return Branch(path, label, _("not known yet"), **told)
    if name.endswith("[]"):
        of = _inside(scheme, name, keys, value)
        return Branch(path, label, line_of(scheme, keys, value), of=of, **told)
    if is_list_of_parts(name, value):
        return Branch(path, label, of=_children(scheme, keys, value), **told)
    if isinstance(value, dict):
        rows = [_leaf(scheme, keys, key, one) for key, one in value.items() if key != "clause"]
        return Branch(path, label, of=tuple(rows), **told)
    return Branch(path, label, line_of(scheme, keys, value), **told)


def _inside(scheme, name, keys, row):
    """Return what stands within a row: the indicators of a group, the condition of a veto."""
    if name == "vetoes[]" and "when" in row:
        return (_branch(scheme, (*keys, "when"), row["when"]),)
    if name == "indicators[]" and isinstance(row, dict) and isinstance(row.get("of"), dict | list):
        return _children(scheme, (*keys, "of"), row["of"])
    return ()


def _children(scheme, keys, value):
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    return tuple(_branch(scheme, (*keys, key), one) for key, one in rows)


def _leaf(scheme, keys, name, value):
    inner = (*keys, name)
    if name == "consequence":
        return _branch(scheme, inner, value)
    label = spec_label(place_of(scheme.document, keys)[0], name) or label_of_key(name)
    return Branch(
        nodes.address(inner), label, line_of(scheme, inner, value),
        is_unknown=value is UNK, is_place=False,
    )  # fmt: skip
