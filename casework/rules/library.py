"""What is like what in the case library: words of a search, nearness of one case to another."""

import re
import unicodedata
from math import ceil

RUNS = re.compile(r"[0-9a-z]+|[\u3400-\u9fff]+")
LATIN = re.compile(r"[0-9a-z]+")
# What joins words says nothing of what is looked for.
PARTICLES = re.compile("[的了和与及之在是]")
MOST_TOKENS = 30
# Up to so many words all must be there; of more, this part.
ALL_UP_TO = 2
PART = 0.6
SAME_TYPE, SAME_FIELD, SHARED_WORD, MOST_SHARED = 3, 2, 1, 3


def folded(text):
    """Return a text as it is compared: half-width, small letters, one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def tokens(text):
    """Return the words that are looked for: pairs of Chinese characters, Latin words whole."""
    found = {}
    for run in RUNS.findall(PARTICLES.sub(" ", folded(text))):
        if LATIN.fullmatch(run) or len(run) == 1:
            found[run] = None
        else:
            found |= {run[at : at + 2]: None for at in range(len(run) - 1)}
    return list(found)[:MOST_TOKENS]


def least_matches(number):
    """Return how many of so many words a text must hold to be found."""
    return number if number <= ALL_UP_TO else max(ALL_UP_TO, ceil(number * PART))


def words_in(text):
    """Return how long a text is: Chinese characters one by one, Latin words whole."""
    return sum(1 if LATIN.match(run) else len(run) for run in RUNS.findall(folded(text)))


def keywords_of(text):
    """Return the keywords typed, parted by blanks or any mark between words, each once."""
    return list(dict.fromkeys(word for word in re.split(r"[\s,，、;；/|]+", text) if word))


def nearness(entry, *, types, fields, words):
    """Return how near a case lies to what somebody handles, and the reasons for it.

    ``entry`` is (type, field, keywords); the reasons name "type", "field" or a shared word.
    """
    dispute_type, field, own = entry
    score, reasons = 0, []
    if dispute_type in types:
        score += SAME_TYPE
        reasons.append(("type", dispute_type))
    if field is not None and field in fields:
        score += SAME_FIELD
        reasons.append(("field", field))
    for word in [word for word in own if word in words][:MOST_SHARED]:
        score += SHARED_WORD
        reasons.append(("word", word))
    return score, reasons
