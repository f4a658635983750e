"""Who holds which level today, from the roster: by level and county, and the names page by page."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from registry.models import Division, Level, MediatorRow
from registry.rules import county_code
from registry.search.asking import Chip
from registry.search.originals import LEVEL_SCALE

NAMES_A_PAGE = 100
MOST_PAGES = 200
COUNTY_TAIL = 10**6


@dataclass(frozen=True)
class Cell:
    """How many hold a level in a county, and the address of their names."""

    number: int
    url: str


def held_today(today):
    """Return the rows of the roster of everybody whose level runs today."""
    runs = Q(level_until_on=None) | Q(level_until_on__gt=today)
    return MediatorRow.objects.filter(runs, level_from_on__lte=today).exclude(level="")


class LevelList:
    """All levels held today; ``level`` and ``county`` narrow the names, never the counts."""

    def __init__(self, params, today):
        self.today = today
        self.levels = {
            one.code: str(one) for one in Level.objects.filter(scale=LEVEL_SCALE).order_by("rank")
        }
        pairs = held_today(today).values_list("level", "division_id").order_by()
        self.counts = Counter()
        for level, division, number in pairs.annotate(number=Count("pk")):
            self.counts[level, county_code(division)] += number
        codes = sorted({county for _level, county in self.counts})
        places = Division.objects.in_bulk([int(code) * COUNTY_TAIL for code in codes])
        self.counties = {
            code: places[pk].name if (pk := int(code) * COUNTY_TAIL) in places else code
            for code in codes
        }
        self.level = _chosen(params.get("level", ""), self.levels)
        self.county = _chosen(params.get("county", ""), self.counties)
        self.number = _number(params.get("page", ""))

    @property
    def total(self):
        return sum(self.counts.values())

    def table(self):
        """Return (county, its cells in the order of the levels, the sum of them)."""
        return [
            (
                name,
                [
                    Cell(self.counts[level, code], _url(level=level, county=code))
                    for level in self.levels
                ],
                Cell(self._of(county=code), _url(county=code)),
            )
            for code, name in self.counties.items()
        ]

    def sums(self):
        """Return the cells of all counties together, and of all levels."""
        return [
            *(Cell(self._of(level=level), _url(level=level)) for level in self.levels),
            Cell(self.total, _url()),
        ]

    def _of(self, *, level="", county=""):
        return sum(
            number
            for (one, place), number in self.counts.items()
            if level in ("", one) and county in ("", place)
        )

    def page(self):
        """Return one page of the names, the highest level first."""
        rows = held_today(self.today)
        if self.level:
            rows = rows.filter(level=self.level)
        if self.county:
            first = int(self.county) * COUNTY_TAIL
            rows = rows.filter(division_id__gte=first, division_id__lt=first + COUNTY_TAIL)
        found = Paginator(rows.order_by("pk"), NAMES_A_PAGE)
        return found.get_page(min(self.number, MOST_PAGES))

    def chips(self):
        """Return the filters in use, each with the address without it."""
        found = []
        if self.level:
            found.append(Chip(self.levels[self.level], _url(county=self.county)))
        if self.county:
            found.append(Chip(self.counties[self.county], _url(level=self.level), "zh-hans"))
        return found

    def options(self):
        """Return (heading, chips with their addresses) of what may be narrowed."""
        levels = [Chip(name, _url(level=code, county=self.county)) for code, name in self._levels()]
        counties = [
            Chip(name, _url(level=self.level, county=code), "zh-hans")
            for code, name in self._counties()
        ]
        return [(_("Level"), levels), (_("Place"), counties)]

    def _levels(self):
        return [] if self.level else self.levels.items()

    def _counties(self):
        return [] if self.county else self.counties.items()


def _url(**chosen):
    pairs = [(name, code) for name, code in chosen.items() if code]
    return f"?{urlencode(pairs)}"


def _chosen(code, known):
    return code if code in known else ""


def _number(text):
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 4 else 1
