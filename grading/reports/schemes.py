"""A rule set as a page that people read: sections, rows, conditions, each with its place."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.rules import nodes, wording
from grading.rules.parts import is_place_of_condition
from grading.rules.terms import HEAD, SECTIONS, label_of, label_of_key, label_of_section
from grading.rules.unknown import UNK

TABLES = ("levels", "params", "readings", "metrics")
# Said elsewhere on the page: the levels say which are open.
ELSEWHERE = ("open_levels",)


@dataclass(frozen=True)
class Branch:
    """A place of a rule set: its name, its value in words or what it is made of.

    ``said`` is the condition that stands there, if one does.
    """

    path: str
    label: str
    text: str = ""
    is_unknown: bool = False
    of: tuple = ()
    said: wording.Said | None = None


@dataclass(frozen=True)
class Part:
    """A section of a rule set. ``rows`` are those of a table, ``branch`` is everything else."""

    name: str
    heading: str
    branch: Branch | None = None
    rows: tuple = ()
    is_own: bool = True

    @property
    def anchor(self):
        return anchor_of(self.name)


def anchor_of(path):
    """Return what the place is called within the page.

    >>> anchor_of("req.L4.all[0]")
    'n-req-L4-all-0-'
    """
    return "n-" + re.sub(r"[^\w]", "-", path)


def parts_of(version):
    """Return the sections of a version in the order of the format, names of no section last."""
    whole, own = version.rules.document, version.document
    known = [name for name in SECTIONS if name in whole and name not in ELSEWHERE]
    others = [name for name in whole if name not in SECTIONS and name not in HEAD]
    return [head_of(version), *(_part(version.rules, own, name) for name in [*known, *others])]


def missing_of(version):
    """Return (name, heading) of the sections that the rule does not name."""
    whole = version.rules.document
    return [(name, str(SECTIONS[name])) for name in SECTIONS if name not in whole]


def head_of(version):
    """Return who made the rule, for where, and from which document."""
    document = version.document
    rows = [_branch(version.rules, (name,), document[name]) for name in HEAD if name in document]
    return Part("", _("The document"), Branch("", "", of=tuple(rows)))


def _part(scheme, own, name):
    value = scheme.document[name]
    if name in TABLES and isinstance(value, dict | list):
        rows = globals()[f"_{name}"](scheme, value)
        return Part(name, label_of_section(name), rows=tuple(rows), is_own=name in own)
    return Part(name, label_of_section(name), _branch(scheme, (name,), value), is_own=name in own)


def _branch(scheme, keys, value, label=None):
    path = nodes.address(keys)
    label = label or (label_of_key(keys[-1]) if isinstance(keys[-1], str) else str(keys[-1] + 1))
    if is_place_of_condition(scheme.document, keys):
        return Branch(path, label, said=wording.say(scheme, value, path))
    if isinstance(value, dict) and value:
        named = ((key, _level_name(scheme, keys, key), one) for key, one in value.items())
        of = tuple(_branch(scheme, (*keys, key), one, name) for key, name, one in named)
        return Branch(path, label, of=of)
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        rows = enumerate(value)
        return Branch(
            path,
            label,
            of=tuple(_branch(scheme, (*keys, at), one, _row(one, at)) for at, one in rows),
        )
    text = wording.value_words(scheme.value(value) if isinstance(value, str) else value)
    return Branch(path, label, text, is_unknown=value is UNK)


def _level_name(scheme, keys, key):
    if keys != ("req",):
        return None
    return next((level.label for level in scheme.levels if level.code == str(key)), str(key))


def _row(row, at):
    """Return what a row of a list is called."""
    named = row if isinstance(row, dict) else {}
    found = next((named[name] for name in ("label", "title", "id", "name") if name in named), None)
    return label_of(found) if isinstance(found, str) else _("row %d") % (at + 1)


def _levels(scheme, rows):
    ordered = sorted(enumerate(rows), key=lambda row: row[1]["rank"])
    for at, row in ordered:
        is_open = str(row["code"]) in scheme.open_levels
        yield {"path": f"levels[{at}]", "row": row, "is_open": is_open}


def _params(scheme, params):
    source = scheme.document.get("source")
    held = (source.get("params") if isinstance(source, dict) else None) or {}
    for name, value in params.items():
        yield {
            "path": f"params.{name}",
            "name": name,
            "text": wording.value_words(value),
            "is_unknown": value is UNK,
            "source": held.get(name, ""),
        }


def _readings(scheme, readings):
    for name, chosen in readings.items():
        signed = chosen if isinstance(chosen, dict) else {}
        yield {
            "path": f"readings.{name}",
            "name": label_of(name),
            "text": wording.value_words(scheme.reading(name)),
            "is_unknown": scheme.reading(name) is UNK,
            "decided_by": signed.get("decided_by", ""),
            "decided_on": signed.get("decided_on", ""),
        }


def _metrics(scheme, metrics):
    for name, calc in metrics.items():
        yield {
            "path": f"metrics.{name}",
            "name": wording.metric_label(scheme, name),
            "code": name,
            "text": wording.calc_words(scheme, calc),
            "is_unknown": calc is UNK,
        }


def blockers_of(version):
    """Return (path, anchor of the nearest place on the page, sentence) for each blocker."""
    whole = version.rules.document
    return [
        (path, anchor_of(nodes.nearest(whole, path)), sentence)
        for path, sentence in version.blockers()
    ]
