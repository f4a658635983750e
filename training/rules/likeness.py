"""How like one text is to another: the share of the runs of three characters they have in common.

Texts are compared in sets: an index of the runs finds the few that can be alike at all, so that a
bank of ten thousand questions is never compared pair by pair.
"""

import math
import unicodedata
from collections import Counter, defaultdict

# Settles what is shown as nearly the same; found on the sample: repeats lie at 0.74 and above,
# different questions on one subject at 0.45 and below.
ALIKE = 0.6
RUN = 3


def normalised(text):
    """Return a text as it is compared: width, case, blanks and marks of punctuation are dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def runs(text):
    """Return the set of runs of three characters of a text; of a shorter one the text itself."""
    bare = normalised(text)
    return {bare[start : start + RUN] for start in range(max(1, len(bare) - RUN + 1))} - {""}


def alike(new, bank, least=ALIKE):
    """Return {key of a new text: (key of the text most like it, share)} for those that are alike.

    ``new`` and ``bank`` are {key: text}; a new text is compared with the bank and with the new
    ones before it.
    """
    sets = {key: runs(text) for key, text in [*bank.items(), *new.items()]}
    known = Counter(run for held in sets.values() for run in held)
    index, found = defaultdict(list), {}
    for key, held in sets.items():
        # Who shares none of its rarest runs with another cannot have enough in common with it.
        rare = sorted(held, key=lambda run: (known[run], run))
        rare = rare[: len(held) - math.ceil(least * len(held)) + 1]
        best = _best(key, held, rare, index, sets) if key in new else None
        if best and best[1] >= least:
            found[key] = best
        for run in rare:
            index[run].append(key)
    return found


def _best(key, held, rare, index, sets):
    others = {other for run in rare for other in index[run]} - {key}
    scored = ((other, len(held & sets[other]) / len(held | sets[other])) for other in others)
    return max(scored, key=lambda pair: (pair[1], str(pair[0])), default=None)
