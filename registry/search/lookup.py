"""A question put to the roster, and its answer.

What is found for which words: ``docs/decisions/0004-roster-search.md``.
"""

from collections import Counter
from typing import NamedTuple

from registry.models import MediatorRow, OrganizationRow
from registry.search import index
from registry.search.typed import tiers

PAGE_SIZE = 10
MOST_PAGES = 5
# Counted exactly up to here; above it, the list is "more than".
CAP = 10_000


class Answer(NamedTuple):
    """One page of rows, the number of all, and of each facet (unknown past the cap: None)."""

    rows: list
    total: int
    is_capped: bool
    facets: dict | None
    page: int

    @property
    def pages(self):
        """The number of pages shown, never more than :data:`MOST_PAGES`."""
        return min(-(-self.total // PAGE_SIZE), MOST_PAGES)

    @property
    def is_cut(self):
        """Whether there is more than the last page shows."""
        return self.total > MOST_PAGES * PAGE_SIZE


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
    return len(index.hits(index.MEDIATORS, tiers(words, filters), CAP + 1))


def count_organizations(words, filters):
    """Return how many organisations match, at most one more than :data:`CAP`."""
    return len(index.hits(index.ORGANIZATIONS, tiers(words, filters), CAP + 1))


def _find(model, table, words, filters, page):
    asked = tiers(words, filters)
    page = min(page, MOST_PAGES)
    hits = index.hits(table, asked, CAP + 1)
    places = index.page(table, asked, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    found = model.objects.in_bulk([rank for _tier, rank in places])
    rows = []
    for tier, rank in places:
        row = found[rank]
        row.only_sounds_alike = bool(asked[tier].without)
        rows.append(row)
    is_capped = len(hits) > CAP
    return Answer(rows, min(len(hits), CAP), is_capped, None if is_capped else _tally(hits), page)


def _tally(hits):
    """Count the facets: first equal sets of them, of which there are few, then each."""
    counts = Counter()
    for facets, number in Counter(facets for _tier, facets in hits).items():
        for facet in facets.split():
            counts[facet] += number
    return counts
