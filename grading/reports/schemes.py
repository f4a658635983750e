"""A rule set as a page that people read: sections, rows, conditions, each with its place."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.flows.scheme import SCHEME_VERSION, Fault
from grading.notices.clauses import place_words
from grading.notices.review_rule_words import clause_of
from grading.reports.branches import Branch, Part, anchor_of
from grading.reports.review_rules import missing_parts, review_parts
from grading.rules import nodes, wording
from grading.rules.parts import is_place_of_condition
from grading.rules.review_rows import page_keys
from grading.rules.terms import HEAD, SECTIONS, label_of, label_of_key, label_of_section
from grading.rules.unknown import UNK

TABLES = ("levels", "params", "readings", "metrics")
# What a rule of the annual review may have as well.
OF_BOTH = ("params", "metrics", "conditions", "readings", "words")
# Said elsewhere on the page: the levels say which are open.
ELSEWHERE = ("open_levels",)


def parts_of(version):
    """Return the sections of a version in the order of the format, names of no section last."""
    whole, own = version.rules.document, version.document
    known = [name for name in SECTIONS if name in whole and name not in ELSEWHERE]
    others = [name for name in whole if name not in (*SECTIONS, *HEAD, "review")]
    review = []
    if "review" in whole:
        given = {"is_own": "review" in own, "blockers": version.blockers()}
        review = review_parts(version.rules, **given)
    parts = [_part(version.rules, own, name) for name in [*known, *others]]
    return [head_of(version), *review, *parts]


def missing_of(version):
    """Return (name, heading) of the sections that the rule does not name."""
    whole = version.rules.document
    if "review" not in whole:
        return [(name, str(SECTIONS[name])) for name in SECTIONS if name not in whole]
    shared = [(name, str(SECTIONS[name])) for name in OF_BOTH if name not in whole]
    return [*missing_parts(version.rules), *shared]


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


@dataclass(frozen=True)
class Blocker:
    """What keeps a version from being put into force, and the place it is about.

    ``place`` is its name, of a review rule in words with the ``clause`` that stands there;
    ``anchor`` leads to the nearest place on the page of the version.
    """

    path: str
    place: str
    anchor: str
    sentence: str
    clause: str = ""


def blockers_of(version):
    """Return each ``Blocker`` of a version."""
    return [_blocker(version, *one) for one in version.blockers()]


def refusals_of(version, today):
    """Return all that bars putting a version into force: sentences, and a ``Blocker`` each."""
    reasons = SCHEME_VERSION.refusals(version, "activate", today)
    return [
        _blocker(version, one.path, one.sentence) if isinstance(one, Fault) else one
        for one in reasons
    ]


def _blocker(version, path, sentence):
    whole = version.rules.document
    near, _rest = nodes.nearest_keys(whole, path)
    keys = page_keys(whole, near)
    anchor = anchor_of(nodes.address(keys))
    if "review" not in whole:
        return Blocker(path, path, anchor, sentence)
    return Blocker(path, place_words(whole, path), anchor, sentence, _clause(whole, keys))


def _clause(document, keys):
    """Return the clause that stands at a place or at the nearest one around it."""
    around = (nodes.at(document, nodes.address(keys[:at])) for at in range(len(keys), 1, -1))
    return next((found for value in around if (found := clause_of(value))), "")
