"""Names of organisations and divisions as different hands write them, brought to one key."""

import re
import unicodedata
from collections import defaultdict

COMMITTEE = "人民调解委员会"
COMMITTEE_WORDS = re.compile(r"(?:人民)?调解委员会|(?:人民)?调委会")
PUNCTUATION = re.compile(r"[\s()\[\]〔〕【】<>《》“”\"'‘’,，.。、·\-—_]")
# A village is called by its name, or by its committee, or by what is left when people shorten that.
VILLAGE_ENDINGS = (
    ("社区居民委员会", ("社区", "社区居", "")),
    ("社区居委会", ("社区", "社区居", "")),
    ("村民委员会", ("村", "")),
    ("居民委员会", ("居", "社区", "")),
    ("村委会", ("村", "")),
    ("居委会", ("居", "社区", "")),
    ("社区", ("",)),
    ("村", ("",)),
)
TOWNSHIP_ENDING = re.compile(r"(?:街道办事处|街道|镇|乡)$")


def plain(text):
    """Return a name without blanks, brackets and marks, letters and digits in one width."""
    return PUNCTUATION.sub("", unicodedata.normalize("NFKC", text)).lower()


def committee_key(name, above=()):
    """Return the key by which an organisation is found: one word for committee, no city before it.

    ``above`` are the names of the divisions that people write before it or leave out.
    """
    key = COMMITTEE_WORDS.sub(COMMITTEE, plain(name))
    for division in above:
        if key.startswith(division) and len(key) > len(division) + len(COMMITTEE):
            key = key.removeprefix(division)
    return key


def village_keys(name):
    """Return every way a village or community is called, the fullest first."""
    key = plain(name)
    keys = [key]
    for ending, shorter in VILLAGE_ENDINGS:
        if key.endswith(ending):
            shortened = [key.removesuffix(ending) + short for short in shorter]
            keys += [short for short in shortened if len(short) > 1]
            break
    return keys


class Places:
    """The townships and villages below a filing division, found by the names people write."""

    def __init__(self, division, below):
        """``below`` are (id, name, level, parent id) of all divisions below it."""
        self.division_id = division.pk
        self.townships, self.villages = defaultdict(set), defaultdict(set)
        self.names = {}
        for pk, name, level, parent in below:
            self.names[pk] = plain(name)
            if level == "village":
                for key in village_keys(name):
                    self.villages[parent, key].add(pk)
                    self.villages[None, key].add(pk)
            else:
                self.townships[plain(name)].add(pk)
                if len(short := TOWNSHIP_ENDING.sub("", plain(name))) > 1:
                    self.townships[short].add(pk)

    def township(self, text):
        """Return the one division below that is called so, or None."""
        return _only(self.townships.get(plain(text))) or _only(
            self.villages.get((None, plain(text)))
        )

    def village(self, text, township=None):
        """Return the one village of a township that is called so, or None."""
        for key in village_keys(text):
            if found := _only(self.villages.get((township, key))):
                return found
        return None

    def of_organization(self, key, township=None):
        """Return the division an organisation's name tells of: its village, its township, or None.

        ``key`` is the ``committee_key``.
        """
        rest = key.removesuffix(COMMITTEE)
        if township is None:
            township = self._township_before(rest)
        if township is None:
            return None
        rest = rest.removeprefix(self.names.get(township, ""))
        return (self.village(rest, township) if rest else None) or township

    def _township_before(self, text):
        for length in range(len(text), 1, -1):
            if found := _only(self.townships.get(text[:length])):
                return found if self.names[found] == text[:length] else None
        return None


def _only(found):
    return next(iter(found)) if found and len(found) == 1 else None
