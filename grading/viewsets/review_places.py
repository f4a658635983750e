"""Places of a review rule on the pages on which a draft is edited: their forms and their parts."""

from django.utils.translation import gettext as _

from grading import actions
from grading.actions import review_editing
from grading.forms.review_givers import GiversForm
from grading.forms.review_rules import IndicatorForm, PointsForm, form_of
from grading.notices.clauses import condition_or_value, place_words
from grading.notices.review_rule_words import is_list_of_parts, keys_of_path, part
from grading.rules import nodes
from grading.rules.review_edits import rows_of
from grading.rules.review_kinds import KINDS
from grading.rules.review_parts import PARTS, POINTS, SECTIONS
from grading.rules.review_rows import (
    band_names,
    is_review,
    kind_of,
    name_of,
    page_keys,
    place_of,
)
from grading.rules.unknown import UNK

REVIEW = "review"
RENEWAL = ("recommend", "against")
RUN = (REVIEW, "consecutive", "consequence")
# Rows that may be unknown as a whole; of others single names are.
UNKNOWN_ROWS = ("consequences.*[]",)


def vacant_keys(scheme, path):
    """Return the keys of a place that the rule might name and does not, None if there is none."""
    if not isinstance(scheme.document.get(REVIEW), dict):
        return None
    keys = tuple(path.split("."))
    if not is_review(keys) or "[" in path:
        return _within(scheme.document, path)
    return keys if _may_be(scheme, keys[1:]) else _within(scheme.document, path)


def _may_be(scheme, names):
    if len(names) == 1:
        return names[0] in SECTIONS or POINTS.spec(names[0]) is not None
    if names == RUN[1:]:
        return True
    holder, name = names if len(names) == 2 else ("", "")
    if holder == "renewal":
        return name in RENEWAL
    return holder == "consequences" and name in band_names(scheme)


def _within(document, path):
    """Return the keys of the row or section in which something is not named."""
    keys, rest = nodes.nearest_keys(document, path)
    is_part = len(keys) > 1 and is_review(keys) and keys[-1] not in ("consequences", "renewal")
    return keys if is_part and "[" not in rest else None


class ReviewPlace:
    """One place of a review rule, as a page shows and changes it."""

    def __init__(self, page):
        self.page, self.scheme, self.keys = page, page.scheme, page.keys
        self.document = self.scheme.document
        self.name, _keys = place_of(self.document, self.keys)
        self.is_there = nodes.has(self.document, page.path)
        self.value = nodes.at(self.document, page.path) if self.is_there else None

    # The form, and what it writes.

    def form(self, data, files):
        """Return the form of the place, None if it only leads to others."""
        if self.name == "steps":
            given = {"scheme": self.scheme, "value": self.value}
            form = self.page.form(GiversForm, data, files, **given)
            return form if form.cells else None
        name = "consequences.*[]" if self._is_bare else self.name
        return self._made(name, self.row, data, files)

    def adding_form(self, data, files):
        """Return the form of a new row."""
        return self._made(self._row_name, None, data, files)

    def _made(self, name, value, data, files):
        form_class = form_of(name)
        if form_class is None:
            return None
        given = {"scheme": self.scheme, "value": value, "part": PARTS[name]}
        if form_class is IndicatorForm:
            if (kind := self._kind(value)) is None:
                return None
            is_row = value is not None
            places = self._places() if is_row else ()
            given |= {"kind": kind, "places": places, "path": self.list if is_row else ""}
        return self.page.form(form_class, data, files, **given)

    def _kind(self, value):
        asked = self.page.kind
        if asked in KINDS and (value is None or kind_of(value) != "group"):
            return asked if value is None or asked != "group" else None
        return None if value is None or asked == "another" else kind_of(value)

    def task(self, form):
        """Return (action, its arguments) of what a form writes."""
        if isinstance(form, PointsForm):
            return actions.put_fields, {"path": REVIEW, "fields": form.changed_values()}
        if not self.is_row:
            return review_editing.put_part, {"path": self.page.path, "value": form.made()}
        given = {"path": self.list, "at": self.at, "row": form.made()}
        return review_editing.put_row, {**given, "into": getattr(form, "into", None)}

    def adding_task(self, form):
        """Return (action, its arguments) of what the form of a new row writes."""
        return review_editing.put_row, {"path": self.adding_list, "at": None, "row": form.made()}

    # Where it stands.

    @property
    def is_row(self):
        return self.name.endswith("[]") or self._is_bare

    @property
    def _is_bare(self):
        """Whether a single consequence stands here without a list around it."""
        is_one = self.value is not None and not isinstance(self.value, list)
        return self.name == "consequences.*" and is_one and self.value is not UNK

    @property
    def list(self):
        """The path of the list that the row stands in, or that this is."""
        stands_alone = self._is_bare or self.keys == (REVIEW, "top")
        return nodes.address(self.keys[:-1] if self.is_row and not stands_alone else self.keys)

    @property
    def at(self):
        """The number of the row in its list."""
        if self._is_bare or self.keys == (REVIEW, "top"):
            return 0
        key = self.keys[-1]
        if type(key) is int:
            return key
        return list(nodes.at(self.document, self.list)).index(key)

    @property
    def row(self):
        """The row as it stands in a list, or the value of a part."""
        if not self.is_row or self.value is UNK:
            return self.value
        return rows_of(self.list, nodes.at(self.document, self.list))[self.at]

    @property
    def _row_name(self):
        return self.name if self.name.endswith("[]") else f"{self.name}[]"

    @property
    def is_group(self):
        return self.name == "indicators[]" and kind_of(self.value) == "group"

    def _places(self):
        """Return (path, name) of the lists that an indicator may stand in."""
        found = [("review.indicators", part("indicators"))]
        found += [
            (f"{path}.of", name) for path, name in groups_of(self.document, "review.indicators")
            if not f"{path}.".startswith(f"{self.page.path}.")
        ]  # fmt: skip
        return found

    @property
    def is_list(self):
        """Whether it is made of places of their own."""
        return is_list_of_parts(self.name, self.value)

    # What it leads to.

    def faults(self, blockers):
        """Yield what stands against the rule at this place and within it, as a clerk reads it."""
        for path, sentence in blockers:
            found = keys_of_path(self.document, path)
            keys = page_keys(self.document, found)
            inside = keys[: len(self.keys)] == self.keys and self.name
            if inside or (keys == self.keys == found[: len(keys)] and not self.name):
                yield f"{place_words(self.document, path)}：{sentence}"

    @property
    def may_grow(self):
        """Whether rows may be added here."""
        if self.name == "top[]":
            return self.keys == (REVIEW, "top")
        return self.is_group or f"{self.name}[]" in PARTS

    @property
    def adding_list(self):
        """The path of the list that a new row goes to."""
        return f"{self.page.path}.of" if self.is_group else self.list

    @property
    def new_keys(self):
        """The keys that a new row would have."""
        path = self.adding_list
        held = nodes.at(self.document, path) if nodes.has(self.document, path) else None
        keys = self.keys if path == self.page.path else (*self.keys, "of")
        return (*keys, len(rows_of(path, held)))

    def inner(self):
        """Yield (name, words, path) of what the place is made of."""
        for name, key in self._parts():
            keys = (*self.keys, *key)
            yield name, self._words(keys), nodes.address(keys)

    def _parts(self):
        """Return (name, keys within the place) of what has a page of its own."""
        if self.is_group:
            return _rows(self.value.get("of"), "of")
        fixed = {
            "vetoes[]": lambda: [(_("condition"), ("when",))],
            "consequences": lambda: [(band, (band,)) for band in band_names(self.scheme)],
            "consecutive": lambda: [(part("consequences.*"), RUN[2:])],
            "renewal": lambda: [(part(f"renewal.{side}"), (side,)) for side in RENEWAL],
        }
        if self.name in fixed:
            return fixed[self.name]()
        has_rows = not self.is_row and f"{self.name}[]" in PARTS
        return _rows(self.value) if has_rows else []

    def _words(self, keys):
        path = nodes.address(keys)
        if not nodes.has(self.document, path):
            return _("nothing")
        return condition_or_value(self.scheme, keys, nodes.at(self.document, path))

    @property
    def asks_for_kind(self):
        """Whether it has to be said first how an indicator earns its points."""
        if not self.name.startswith("indicators"):
            return False
        return self.page.kind == "another" or (self.may_grow and self.page.kind not in KINDS)

    def kinds(self):
        """Yield (kind, label) of the kinds of an indicator to choose from."""
        for kind, one in KINDS.items():
            if kind != "group" or self.may_grow:
                yield kind, str(one.label)

    @property
    def may_be_another_kind(self):
        return self.name == "indicators[]" and not self.is_group

    @property
    def may_be_unknown(self):
        return bool(self.name) and (not self.is_row or self.name in UNKNOWN_ROWS)


def _rows(written, *inside):
    """Return (name, keys) of the rows of a list or of a table by name."""
    if not isinstance(written, list | dict):
        return []
    keys = written if isinstance(written, dict) else range(len(written))
    return [(name_of(written[key]) or str(key), (*inside, key)) for key in keys]


def groups_of(document, path):
    """Yield (path, name in words) of the groups of indicators below a list of them."""
    written = nodes.at(document, path) if nodes.has(document, path) else ()
    rows = written.items() if isinstance(written, dict) else enumerate(written or ())
    for key, row in rows if written is not UNK else ():
        if isinstance(row, dict) and "of" in row:
            here = f"{path}[{key}]" if type(key) is int else f"{path}.{key}"
            yield here, place_words(document, here)
            yield from groups_of(document, f"{here}.of")
