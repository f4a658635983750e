"""A question put to the roster, and its answer.

What is found for which words: ``docs/decisions/0004-roster-search.md``.
"""

from collections import Counter
from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from registry.models import MediatorRow, OrganizationRow
from registry.search import index
from registry.search.typed import tiers

PAGE_SIZE = 10
MOST_PAGES = 5
# Counted exactly up to here; above it, the list is "more than".
CAP = 10_000
# The facets of more are not counted: reading them is what a large answer costs.
FACET_CAP = 2_000


class Answer(NamedTuple):
    """One page of rows, the number of all, and of each facet (None if there are too many)."""

    rows: list
    total: int
    is_capped: bool
    facets: dict | None
    page: int

    @property
    def pager(self):
        """This page among the pages shown, which are never more than :data:`MOST_PAGES`."""
        shown = range(min(self.total, MOST_PAGES * PAGE_SIZE))
        return Paginator(shown, PAGE_SIZE).get_page(self.page)

    @property
    def number(self):
        """The total as it is told."""
        return told(self.total, self.is_capped)

    @property
    def is_cut(self):
        """Whether there is more than the last page shows."""
        return self.total > MOST_PAGES * PAGE_SIZE


NOTHING = Answer([], 0, is_capped=False, facets=None, page=1)


def told(number, is_capped):
    """Return a number as it is told: exactly, or as 1万+ where counting stopped."""
    return _("more than 10,000") if is_capped else intcomma(number)


def find_mediators(words, filters, *, page=1):
    """Answer which mediators on the roster match every word and one value of every filter.

    ``words`` come from :func:`registry.search.typed.understand`; ``filters`` is a list of groups of
    facets.
    """
    return _find(MediatorRow, index.MEDIATORS, words, filters, page)


def find_organizations(words, filters, *, page=1):
    """Answer which organisations on the roster match every word and one value of every filter."""
    return _find(OrganizationRow, index.ORGANIZATIONS, words, filters, page)


def count_mediators(words, filters):
    """Return how many mediators match, at most one more than :data:`CAP`."""
    return index.count(index.MEDIATORS, tiers(words, filters), CAP + 1)


def count_organizations(words, filters):
    """Return how many organisations match, at most one more than :data:`CAP`."""
    return index.count(index.ORGANIZATIONS, tiers(words, filters), CAP + 1)


def _find(model, entries, words, filters, page):
    asked = tiers(words, filters)
    page = min(page, MOST_PAGES)
    first = (page - 1) * PAGE_SIZE
    total = index.count(entries, asked, CAP + 1)
    if total > FACET_CAP:
        facets, places = None, index.page(entries, asked, first, PAGE_SIZE)
    else:
        found = index.matches(entries, asked, FACET_CAP) if total else []
        facets = _tally(facets for _tier, _rank, facets in found)
        places = sorted((tier, rank) for tier, rank, _facets in found)[first : first + PAGE_SIZE]
    rows = _rows(model, asked, places)
    return Answer(rows, min(total, CAP), total > CAP, facets, page)


def _rows(model, asked, places):
    found = model.objects.in_bulk([rank for _tier, rank in places]) if places else {}
    rows = []
    for tier, rank in places:
        row = found[rank]
        row.only_sounds_alike = asked[tier].only_sounds
        rows.append(row)
    return rows


def _tally(facets):
    """Count the facets: first equal sets of them, of which there are few, then each."""
    counts = Counter()
    for together, number in Counter(facets).items():
        for facet in together.split():
            counts[facet] += number
    return counts
