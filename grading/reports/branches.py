"""What a rule set is made of as a page: sections, and the places within them."""

import re
from dataclasses import dataclass

from grading.rules import wording


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
    clause: str = ""
    # Whether it has a page of its own; what has none is changed with what it stands in.
    is_place: bool = True


@dataclass(frozen=True)
class Part:
    """A section of a rule set. ``rows`` are those of a table, ``branch`` is everything else."""

    name: str
    heading: str
    branch: Branch | None = None
    rows: tuple = ()
    is_own: bool = True
    # What stands against putting it into force, told where it stands.
    faults: tuple = ()

    @property
    def anchor(self):
        return anchor_of(self.name)


def anchor_of(path):
    """Return what the place is called within the page.

    >>> anchor_of("req.L4.all[0]")
    'n-req-L4-all-0-'
    """
    return "n-" + re.sub(r"[^\w]", "-", path)
