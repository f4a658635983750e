"""Two versions beside each other, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.notices.clauses import condition_or_value, place_words
from grading.rules import nodes
from grading.rules.differences import ADDED, MOVED, REMOVED, differences


@dataclass(frozen=True)
class Told:
    """A place in which two versions differ: where, what happened, and the words on either side."""

    path: str
    place: str
    what: str
    label: str
    before: str
    after: str


def told_differences(old, new):
    """Return the differences from one version to another, what they take over included."""
    return told_between(old.rules, new.rules)


def told_between(old, new):
    """Return the differences from one ``Scheme`` to another."""
    labels = {ADDED: _("added"), REMOVED: _("taken out"), MOVED: _("put in another order")}
    found = []
    for one in differences(old.document, new.document):
        scheme = old if one.what == REMOVED else new
        found.append(
            Told(
                one.path,
                place_words(scheme.document, one.path),
                one.what,
                labels.get(one.what, _("changed")),
                "" if one.what in (ADDED, MOVED) else _words(old, one.path, one.before),
                "" if one.what in (REMOVED, MOVED) else _words(new, one.path, one.after),
            )
        )
    return found


def _words(scheme, path, value):
    try:
        keys = nodes.keys_of(scheme.document, path)
    except nodes.NoSuchPlace:
        keys = ()
    return condition_or_value(scheme, keys, value)
