"""What a row would do to the register: the verdict, and what the register says before and after."""

import json
from dataclasses import dataclass, field
from datetime import date

from registry.models import Verdict
from registry.models.public_id import new_public_id


@dataclass(slots=True)
class Outcome:
    """The verdict on one row. ``before`` and ``after`` hold only what differs, as plain values.

    ``found`` are the rows of the register it would change, by name, for whoever applies it.
    """

    draft: object
    verdict: str = Verdict.ERROR
    target: str = ""
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)

    @property
    def content(self):
        """Return before and after as the one text they are stored as; others have none."""
        if self.verdict in {Verdict.NEW, Verdict.CHANGED}:
            return json.dumps(
                {"before": self.before, "after": self.after}, ensure_ascii=False, sort_keys=True
            )
        return None


def judged(draft, old, new, target, found):
    """Return the outcome of a row that stands: ``old`` is None if the register does not have it."""
    if old is None:
        return Outcome(draft, Verdict.NEW, new_public_id(), {}, new, found)
    names = [name for name in new if old.get(name) != new[name]]
    before, after = {n: old.get(n) for n in names}, {n: new[n] for n in names}
    verdict = Verdict.CHANGED if names else Verdict.SAME
    return Outcome(draft, verdict, target, before, after, found)


def plain(value):
    """Return a value as JSON keeps it, so that stored and fresh values compare."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def day(text):
    """Return the date of a plain value, or None."""
    return date.fromisoformat(text) if text else None
