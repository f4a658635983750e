"""The heat table of staffing: divisions by kinds of organisations, each figure with its rows."""

from dataclasses import dataclass
from functools import reduce
from operator import add
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from office.policies import rows_for
from registry.models import Division, Organization, OrganizationKind, StaffingStandard
from registry.queries.standards import Tally, tallies
from registry.rules import DIGITS_BELOW


@dataclass(frozen=True)
class HeatCell:
    """A figure that leads to the rows behind it; ``tone`` only repeats the text."""

    label: str
    text: str
    tone: str
    query: str
    tally: Tally


@dataclass(frozen=True)
class HeatRow:
    """A division of the table: its name, the division to look into, cells, legality."""

    name: str
    into: int | None
    cells: list
    legality: HeatCell


@dataclass(frozen=True)
class Heat:
    """The table; ``kinds`` are the kinds for which a standard holds somewhere in it."""

    root: Division
    kinds: list
    rows: list
    total: HeatRow | None


def root_for(user, wanted=None):
    """Return the division whose table the user sees: the wanted one, or the widest; or None."""
    found = Division.objects.within(user, "registry.view_organization")
    if wanted is not None:
        return found.filter(pk=wanted).first()
    return found.exclude(level="province").order_by("pk").first()


def heat(user, root, today):
    """Return the heat table of a division, of the organisations on the roster the user may see."""
    organizations = rows_for(user, "view", Organization).listed().in_division(root)
    standards = StaffingStandard.objects.nearest_first(today)
    digits = DIGITS_BELOW[len(root.code)]
    counted = tallies(organizations, today, standards, digits)
    ruled = {kind for (_place, kind), tally in counted.items() if tally.ruled}
    kinds = [(kind, label) for kind, label in OrganizationKind.choices if kind in ruled]
    places = sorted({place for place, _kind in counted})
    names = Division.objects.in_bulk(places)
    rows = [
        _row(_named(names, place, root, digits), _of_place(counted, place), kinds)
        for place in places
    ]
    whole = _Place(_("In all"), None, {"division": root.pk})
    total = _row(whole, _by_kind(counted), kinds) if len(rows) > 1 else None
    return Heat(root, kinds, rows, total)


@dataclass(frozen=True)
class _Place:
    name: str
    into: int | None
    query: dict


def _named(names, place, root, digits):
    """The division of a row; the bodies of the division itself are a row of their own."""
    division = names.get(place)
    name = division.name if division else f"{place:012d}"
    if place == root.pk and digits > len(root.code):
        return _Place(_("%(division)s itself") % {"division": name}, None, _own(place))
    into = place if place != root.pk and digits < max(DIGITS_BELOW.values()) - 3 else None
    return _Place(name, into, {"division": place})


def _own(place):
    return {"division": place, "own": "true"}


def _of_place(counted, place):
    return {kind: tally for (where, kind), tally in counted.items() if where == place}


def _by_kind(counted):
    summed = {}
    for (_place, kind), tally in counted.items():
        summed[kind] = summed.get(kind, Tally()) + tally
    return summed


def _row(place, by_kind, kinds):
    cells = [_cell(place, kind, label, by_kind.get(kind, Tally())) for kind, label in kinds]
    whole = reduce(add, by_kind.values(), Tally())
    return HeatRow(place.name, place.into, cells, _legality(place, whole))


def _cell(place, kind, label, tally):
    query = {**place.query, "kind": kind}
    if not tally.ruled:
        return HeatCell(label, "—", "", "", tally)
    text, tone = f"{tally.meeting}/{tally.ruled}", "ok"
    if tally.missing:
        query["standing"] = "below"
        tone = "warn" if tally.meeting else "error"
        text = _("%(meeting)d/%(all)d, %(missing)d missing") % {
            "meeting": tally.meeting,
            "all": tally.ruled,
            "missing": tally.missing,
        }
    return HeatCell(label, text, tone, f"?{urlencode(query)}", tally)


def _legality(place, tally):
    label, query = _("Unlawful committees"), place.query
    if not tally.committees:
        return HeatCell(label, "—", "", "", tally)
    text, tone = _("all %(count)d lawful") % {"count": tally.committees}, "ok"
    if tally.unlawful:
        tone, query = "error", {**query, "standing": "unlawful"}
        text = _("%(count)d of %(all)d") % {"count": tally.unlawful, "all": tally.committees}
    return HeatCell(label, text, tone, f"?{urlencode(query)}", tally)
