"""Who holds which level today, from the roster: by level and county, and the names page by page.

Titles stand beside the levels: they are counted and narrow the names, also to people without any.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from grading.reports.titles import counted, titles_held, titles_today
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
    """All levels held today; ``level``, ``county`` and ``title`` narrow the names, no count."""

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
        self.titles = counted(today)
        self.level = _chosen(params.get("level", ""), self.levels)
        self.title = _chosen(params.get("title", ""), self.titles)
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
        """Return one page of the names, the highest level first; each row with its ``titles``."""
        rows = held_today(self.today)
        if self.title:
            holders = titles_today(self.today).filter(label=self.title)
            rows = MediatorRow.objects.filter(mediator__in=holders.values("mediator"))
        if self.level:
            rows = rows.filter(level=self.level)
        if self.county:
            first = int(self.county) * COUNTY_TAIL
            rows = rows.filter(division_id__gte=first, division_id__lt=first + COUNTY_TAIL)
        found = Paginator(rows.order_by("pk"), NAMES_A_PAGE)
        page = found.get_page(min(self.number, MOST_PAGES))
        page.object_list = list(page.object_list)
        held = titles_held([row.mediator_id for row in page.object_list], self.today)
        for row in page.object_list:
            row.titles = [title for title, *_days in held.get(row.mediator_id, [])]
        return page

    def chips(self):
        """Return the filters in use, each with the address without it."""
        found = []
        chosen = {"level": self.level, "county": self.county, "title": self.title}
        names = {"level": self.levels, "county": self.counties}
        for name, code in chosen.items():
            if code:
                label = names[name][code] if name in names else code
                rest = {**chosen, name: ""}
                found.append(Chip(label, _url(**rest), "" if name == "level" else "zh-hans"))
        return found

    def options(self):
        """Return (heading, chips with their addresses) of what may be narrowed."""
        kept = {"level": self.level, "county": self.county, "title": self.title}
        levels = [Chip(name, _url(**{**kept, "level": code})) for code, name in self._levels()]
        counties = [
            Chip(name, _url(**{**kept, "county": code}), "zh-hans")
            for code, name in self._counties()
        ]
        titles = [
            Chip(f"{name} ({number})", _url(**{**kept, "title": name}), "zh-hans")
            for name, number in self.titles.items()
            if not self.title
        ]
        return [(_("Level"), levels), (_("Place"), counties), (_("Title beside it"), titles)]

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
