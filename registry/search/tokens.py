"""What the index holds of a row: its tokens, its facets and its text.

Text tokens are runs of one and two characters, and in Latin script and digits every run up to
:data:`LATIN_LENGTH`. Other tokens carry a mark that no text contains: ``p_`` a run of syllables,
``i_`` initials, ``n_`` a whole certificate number, ``f_`` a value one can filter by, alone and
together with the city and the county.
"""

from functools import lru_cache
from typing import NamedTuple

from registry.rules import DIVISION_DIGITS
from registry.search.folding import fold, latin_runs
from registry.search.pinyin import initials, syllable_runs

LATIN_LENGTH = 24
# Longer names are found by every part of them, but by sound only up to here.
SOUND_LENGTH = 20


class Entry(NamedTuple):
    """The index entry of one row. ``text`` holds a folded line for each field that can be found."""

    rank: int
    tokens: frozenset
    facets: str
    text: str


# Rows that are written together repeat the names of organisations, places and fields.
@lru_cache(maxsize=4096)
def grams(line):
    """Return the text tokens of a folded line."""
    tokens = {*line, *(line[at : at + 2] for at in range(len(line) - 1))}
    for run in latin_runs(line):
        for start in range(len(run)):
            ends = range(start + 3, min(start + LATIN_LENGTH, len(run)) + 1)
            tokens.update(run[start:end] for end in ends)
    return frozenset(tokens)


@lru_cache(maxsize=4096)
def folded(line):
    return fold(line)


def division_facets(number):
    """Return the facets of a division's number: itself and all it lies in.

    >>> division_facets(330681003000)
    ['d33', 'd3306', 'd330681', 'd330681003', 'd330681003000']
    """
    code = f"{number:012d}"
    return [f"d{code[:digits]}" for digits in DIVISION_DIGITS]


# Divisions so large that another filter narrows them, so small that the two are worth a token.
PAIRED_DIGITS = (4, 6)


def is_paired(facet):
    """Tell whether a facet is a city or a county, which stand together with every other facet."""
    return facet.startswith("d") and facet[1:].isdigit() and len(facet) - 1 in PAIRED_DIGITS


def entry(rank, *, name="", lines=(), number="", facets=(), divisions=()):
    """Return the index entry of a row.

    ``name`` is found by sound as well, ``lines`` by their text, ``number`` only as a whole.
    ``facets`` are counted and filtered by, ``divisions`` (numbers) filtered by with all they lie
    in.
    """
    called = fold(name)
    texts = dict.fromkeys(line for line in (called, *map(folded, lines)) if line)
    spoken = called if len(called) <= SOUND_LENGTH else ""
    runs = syllable_runs(spoken)
    places = {facet for division in divisions for facet in division_facets(division)}
    pairs = {f"{place}_{facet}" for place in places if is_paired(place) for facet in facets}
    filters = {*facets, *places, *pairs}
    tokens = {
        *(gram for line in texts for gram in grams(line)),
        *(f"p_{run}" for run in runs),
        *(f"i_{letters}" for letters in initials(spoken)),
        *(f"f_{facet}" for facet in filters),
    }
    if number := fold(number):
        tokens.add(f"n_{number}")
    # Runs of syllables stand between tabs, which no typed word contains. Only a word of three
    # characters or more has to be proved, so the shorter runs are left out.
    long_runs = sorted(syllable_runs(spoken, shortest=3))
    text = "\n".join([*texts, *(["\t" + "\t".join(long_runs) + "\t"] if long_runs else [])])
    return Entry(rank, frozenset(tokens), " ".join(sorted(facets)), text)
