"""Figures in the layout of the yearbook: what, how many, share, and the change on last year."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from casework.metrics import figures, rounded
from casework.models import CaseSource, DifficultyClass, DisputeType
from casework.reports.satisfaction import least_of
from casework.rules.windows import a_year_earlier
from registry.models import Division, Organization, OrganizationKind
from registry.rules import DIGITS_BELOW

SHOWN = [
    "accepted",
    "succeeded",
    "success_rate",
    "written",
    "oral",
    "fulfilment",
    "voluntary_fulfilment",
    "average_days",
    "satisfaction",
]
# Beyond these a table of organisations is no table to read; the rest stands in one line.
MOST_LINES = 100
LEVELS = {4: "city", 6: "county", 9: "township", 12: "village"}


@dataclass(frozen=True)
class Line:
    """One line: its figures, its share of all cases, and how many there were a year earlier."""

    label: str
    into: dict | None
    figures: dict
    share: object
    before: int

    @property
    def count(self):
        return self.figures["accepted"].numerator

    @property
    def change(self):
        return self.count - self.before

    @property
    def change_share(self):
        """The change in percent; None where last year has none to compare with."""
        if not self.before:
            return None
        return rounded(Fraction(self.change * 100, self.before))

    @property
    def rest(self):
        """The figures after those that have columns of their own."""
        return [self.figures[name] for name in SHOWN if name != "accepted"]


@dataclass(frozen=True)
class Yearbook:
    """The table; its last line is the sum of the others."""

    lines: list
    total: Line

    @property
    def metrics(self):
        return [figure.metric for figure in self.total.rest]


def yearbook(user, *, by, window, on, root=None, kind=""):
    """Return the ``Yearbook`` of the cases within the user's posts, told by ``by``.

    ``root`` narrows to a division; told by division it is told by those one level below it.
    """
    per = _per(by, root)
    asked = {"user": user, "division": root, "filters": {"kind": kind} if kind else None}
    least = least_of(root.pk if root else 0, on)
    now = figures(SHOWN, per=per, window=window, least=least, **asked)
    earlier = figures(["accepted"], per=per, window=a_year_earlier(window), **asked)
    subjects = _subjects(by, now, earlier)
    whole = now.together()
    total = whole["accepted"].numerator

    def line(label, into, of):
        found = now.together(of)
        count = found["accepted"].numerator
        share = rounded(Fraction(count * 100, total)) if total else None
        before = earlier.together(of)["accepted"].numerator
        return Line(label, into, found, share, before)

    lines = [line(label, into, of) for label, into, of in subjects]
    return Yearbook(lines, line(_("In all"), None, {*now, *earlier}))


def _per(by, root):
    if by != "division":
        return by
    return LEVELS[DIGITS_BELOW[len(root.code)] if root else 4]


def _subjects(by, now, earlier):
    """Return (label, what leads further into it, subjects) for every line."""
    found = {*now, *earlier}
    if by == "division":
        return _divisions(found)
    if by == "organization":
        return _organizations(found, now)
    named = NAMED[by]()
    lines = [(label, None, [value]) for value, label in named]
    unnamed = found - {value for value, _label in named}
    return lines + ([(_("not known"), None, sorted(unnamed, key=str))] if unnamed else [])


def _divisions(found):
    names = Division.objects.in_bulk(found)
    return [
        (names[pk].name if pk in names else f"{pk:012d}", {"division": pk}, [pk])
        for pk in sorted(found)
    ]


def _organizations(found, now):
    def cases(pk):
        return now.of(pk)["accepted"].numerator

    ordered = sorted(found, key=lambda pk: (-cases(pk), pk))
    first, others = ordered[:MOST_LINES], ordered[MOST_LINES:]
    names = Organization.objects.in_bulk(first)
    lines = [(names[pk].name, {"organization": pk}, [pk]) for pk in first]
    return lines + ([(_("all others"), None, others)] if others else [])


def _classes():
    rows = DifficultyClass.objects.select_related("scheme").order_by("scheme__from_on", "order")
    schemes = {row.scheme_id for row in rows}
    return [(row.pk, f"{row}" if len(schemes) == 1 else f"{row} ({row.scheme})") for row in rows]


NAMED = {
    "dispute_type": lambda: [(row.pk, str(row)) for row in DisputeType.objects.order_by("order")],
    "difficulty": _classes,
    "kind": lambda: OrganizationKind.choices,
    "source": lambda: CaseSource.choices,
}
