"""One rule set as read from its document, with what it takes over from its parent."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.utils.translation import gettext as _

from grading.rules.unknown import UNK, is_known

SCHEMA = "grading-rule/v1"
# Rules of the annual review are written in the same language, with indicators in place of levels.
REVIEW_SCHEMA = "review-rule/v1"
SCALE = "level"  # the scale of levels; others (stars, titles) are named in the document

# A child says one name of these anew and keeps the parent's others; anything else it replaces.
BY_NAME = {
    "committee", "conditions", "exam", "metrics", "objection", "params", "path", "publicity",
    "readings", "req", "result", "round", "scales", "selection", "sheet", "ungraded", "validity",
    "words",
}  # fmt: skip
# These are about the parent itself: a child that is silent here has none.
NEVER_INHERITED = {"id", "title", "doc_no", "issuer", "jurisdiction", "source", "dates", "parent"}


class SchemeFault(ValueError):
    """A document that is no rule set; ``faults`` are pairs of a path and a sentence."""

    def __init__(self, faults):
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}: {message}" for path, message in self.faults))


@dataclass(frozen=True)
class Level:
    """A level: its rank says what is higher (1 is the highest), never its label."""

    code: str
    label: str
    rank: int


@dataclass(frozen=True)
class Scheme:
    """A rule set; ``document`` is whole: the parent's values stand in it.

    ``readings`` are the interpretations that differ from those of the document, ``params`` numbers
    that do: a dry run and a vector may try others; a round never does.
    """

    document: dict
    readings: dict = field(default_factory=dict)
    params: dict = field(default_factory=dict)

    @property
    def id(self):
        return self.document["id"]

    def section(self, name):
        """Return a section that is a mapping; empty if the rule leaves it out or does not know."""
        found = self.document.get(name)
        return found if isinstance(found, dict) else {}

    def rows(self, name):
        """Return a section that is a list; empty if the rule leaves it out or does not know."""
        found = self.document.get(name)
        return found if isinstance(found, list) else []

    @cached_property
    def levels(self):
        """The levels from the highest down."""
        return self._levels(self.rows("levels"))

    def levels_of(self, scale=None):
        """Return the levels of a scale, from the highest down; of the first if none is named."""
        if scale in (None, SCALE):
            return self.levels
        return self._levels(self.section("scales").get(scale, []))

    @staticmethod
    def _levels(rows):
        made = (Level(str(row["code"]), row["label"], row["rank"]) for row in rows)
        return tuple(sorted(made, key=lambda level: level.rank))

    def level(self, code, scale=None):
        """Return a level by its code.

        :raises KeyError: if the scale has no such level.
        """
        return {level.code: level for level in self.levels_of(scale)}[str(code)]

    @cached_property
    def open_levels(self):
        """The codes of the levels that may be applied for; all if the rule names none."""
        named = self.rows("open_levels")
        codes = [level.code for level in self.levels]
        return [code for code in codes if code in {str(one) for one in named}] if named else codes

    def requirement(self, code):
        """Return the condition of a level, UNK if the rule does not say it."""
        return {str(key): node for key, node in self.section("req").items()}.get(str(code), UNK)

    def reading(self, name):
        """Return which of the possible interpretations is chosen, UNK if nobody decided."""
        if name in self.readings:
            return self.readings[name]
        chosen = self.section("readings").get(name, UNK)
        return chosen.get("choice", UNK) if isinstance(chosen, dict) else chosen

    def value(self, written):
        """Return what stands for a value: itself, or the parameter ``$p.name`` names."""
        if isinstance(written, str) and written.startswith("$p."):
            name = written[3:]
            if name in self.params:
                return self.params[name]
            return self.section("params").get(name, UNK)
        return written

    def number(self, written):
        """Return an exact number, UNK if it is unknown.

        :raises SchemeFault: if what stands there is no number.
        """
        found = self.value(written)
        if not is_known(found):
            return UNK
        number = exact(found)
        if number is None:
            raise SchemeFault([(str(written), _("“%s” is no number.") % found)])
        return number

    @cached_property
    def _made(self):
        return {}

    def once(self, name, read):
        """Return what a reader makes of the document, read only the first time it is asked for."""
        if name not in self._made:
            self._made[name] = read(self)
        return self._made[name]

    def tried_with(self, *, readings=None, params=None):
        """Return the same rule set read otherwise, or with other numbers."""
        return Scheme(
            self.document, {**self.readings, **(readings or {})}, {**self.params, **(params or {})}
        )


def exact(written):
    """Return a number as Decimal, None if it is none; percentages may be written ``30%``."""
    if isinstance(written, bool) or not isinstance(written, int | str | Decimal):
        return None
    text = str(written).strip()
    try:
        found = Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def with_parent(document, parent):
    """Return a document with what it takes over: keys of the child override the parent's.

    In sections that hold things by name the override is name by name, elsewhere as a whole.
    """
    whole = {key: value for key, value in parent.items() if key not in NEVER_INHERITED}
    for key, value in document.items():
        above = whole.get(key)
        both = key in BY_NAME and isinstance(above, dict) and isinstance(value, dict)
        whole[key] = {**above, **value} if both else value
    return whole
