"""Prevention read together: the totals of a year by division, and who has not reported a month."""

from dataclasses import dataclass, field

from casework.models import PreventionReport
from casework.models.prevention import FIGURES
from office.policies import permission_for, rows_for
from registry.models import Division, Organization

COUNTY, TOWNSHIP = 10**6, 10**3
MOST_NAMED = 500


@dataclass
class Line:
    """The totals of a division: how many reports count, and each figure."""

    name: str
    reports: int = 0
    figures: dict = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))

    def add(self, sums):
        self.reports += sums["reports"]
        for name in FIGURES:
            self.figures[name] += sums[name]

    @property
    def cells(self):
        return [self.reports, *self.figures.values()]


def totals_of(user, year):
    """Return a ``Line`` for each division that reported in a year, and the one of them all.

    Who sees several counties reads counties, who sees one its townships.
    """
    seen = rows_for(user, "view", PreventionReport).of_year(year)
    sums = seen.totals(FIGURES)
    size = COUNTY if len({number // COUNTY for number in sums}) > 1 else TOWNSHIP
    lines, whole = {}, Line("")
    for number, found in sorted(sums.items()):
        lines.setdefault(number // size * size, Line("")).add(found)
        whole.add(found)
    _name(lines)
    return list(lines.values()), whole


def _name(lines):
    names = dict(Division.objects.filter(pk__in=lines).values_list("pk", "name"))
    for number, line in lines.items():
        line.name = names.get(number, str(number))


@dataclass
class Missing:
    """The organisations of a county that owe the report of a month; not all may be named."""

    name: str
    count: int = 0
    organizations: list = field(default_factory=list)


def missing_of(user, month):
    """Return a ``Missing`` for each county in which organisations owe the report of a month."""
    bodies = Organization.objects.within(user, permission_for("view", PreventionReport))
    owing = PreventionReport.objects.missing_from(bodies, month).order_by("division_id", "pk")
    counties = {}
    for pk, name, number in owing.values_list("pk", "name", "division_id"):
        county = counties.setdefault(number // COUNTY * COUNTY, Missing(""))
        county.count += 1
        if county.count <= MOST_NAMED:
            county.organizations.append((pk, name))
    _name(counties)
    return list(counties.values())
