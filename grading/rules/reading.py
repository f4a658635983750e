"""Files of rules and vectors as plain values: strict YAML, of which JSON is a part.

Only what is written as a boolean is one (``true``, ``false``): the words ``on``, ``off``, ``yes``
and ``no`` stay words. Numbers are whole or exact decimals, never floats; ``0123`` and ``12:30``
stay words too. A name twice in one mapping is refused. ``UNK`` is read as unknown.
"""

import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import lru_cache

import yaml
from django.utils.translation import gettext as _

from grading.rules.unknown import UNK

LARGEST = 2_000_000  # characters
MOST_VALUES = 200_000  # a file of 2 MB cannot stand for more, however often it refers to itself
DEEPEST = 60

BOOL = re.compile(r"^(?:true|false)$")
NULL = re.compile(r"^(?:null|~|)$")
WHOLE = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
DECIMAL = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$")
DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")


class Unreadable(ValueError):
    """A file that cannot be read; the message says where and why, for whoever wrote the file."""


class StrictLoader(yaml.SafeLoader):
    """Reads the words of YAML 1.2 and nothing that YAML 1.1 would guess."""

    yaml_implicit_resolvers = {}
    yaml_constructors = dict(yaml.SafeLoader.yaml_constructors)

    def flatten_mapping(self, node):
        seen = set()
        for key, _value in node.value:
            if isinstance(key.value, str) and key.value in seen:
                raise _at(key.start_mark, _("“%s” stands twice in one mapping.") % key.value)
            seen.add(key.value if isinstance(key.value, str) else None)
        super().flatten_mapping(node)


def _at(mark, message):
    place = _("Line %(line)s, column %(column)s:") % {
        "line": mark.line + 1,
        "column": mark.column + 1,
    }
    return Unreadable(f"{place} {message}")


def _day(loader, node):
    try:
        return date.fromisoformat(node.value)
    except ValueError:
        message = _("“%s” is no day of the calendar.") % node.value
        raise _at(node.start_mark, message) from None


def _word(loader, node):
    return UNK if node.value == "UNK" else node.value


KINDS = {
    "bool": (BOOL, "tf", lambda loader, node: node.value == "true"),
    "null": (NULL, ["~", "n", ""], lambda loader, node: None),
    "int": (WHOLE, "-+0123456789", lambda loader, node: int(node.value)),
    "float": (DECIMAL, "-+0123456789", lambda loader, node: Decimal(node.value)),
    "timestamp": (DAY, "0123456789", _day),
    "merge": (re.compile(r"^<<$"), "<", None),
}
for name, (pattern, first, construct) in KINDS.items():
    StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", pattern, first)
    if construct:
        StrictLoader.add_constructor(f"tag:yaml.org,2002:{name}", construct)
StrictLoader.add_constructor("tag:yaml.org,2002:str", _word)


def read(text):
    """Return the documents of a file as plain values, in their order.

    :raises Unreadable: if it is no YAML, too large, says a name twice, or refers to itself.
    """
    return deepcopy(_documents(text))


# One page asks the same text for several things, and reading takes longer than all of them.
@lru_cache(maxsize=16)
def _documents(text):
    if len(text) > LARGEST:
        raise Unreadable(_("The file is too large: at most %s characters.") % LARGEST)
    try:
        documents = [one for one in yaml.load_all(text, StrictLoader) if one is not None]
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        if mark is None:
            raise Unreadable(str(fault)) from None
        raise _at(mark, fault.problem or fault.context) from None
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable(_("The file cannot be read: %s") % fault) from None
    _count(documents, 0, 0)
    return documents


def _count(value, counted, depth):
    """Return how many values there are, or refuse what unfolds without end."""
    counted += 1
    if counted > MOST_VALUES or depth > DEEPEST:
        raise Unreadable(_("The file unfolds into too many values."))
    for one in value.values() if isinstance(value, dict) else value if _is_list(value) else ():
        counted = _count(one, counted, depth + 1)
    return counted


def _is_list(value):
    return isinstance(value, list)
