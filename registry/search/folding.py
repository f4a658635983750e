"""One spelling for what is written in many ways."""

import re
import unicodedata

_PINYIN_U = re.compile("[üǖǘǚǜÜǕǗǙǛ]")
_LATIN_RUN = re.compile("[a-z0-9]+")


def fold(text):
    """Return the text in the form in which it is compared.

    Full-width becomes half-width, capitals small, accents and tone marks go, and so does everything
    that is neither letter nor digit: the dot in 阿卜杜拉·买买提 as much as a quotation mark.
    Characters of private use stay, because older systems wrote rare names with them.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (char for char in plain if char.isalnum() or unicodedata.category(char) == "Co")
    return unicodedata.normalize("NFC", "".join(kept))


def fold_pinyin(text):
    """Return typed pinyin without tone marks, with ü as v: ``lǚ'ān`` becomes ``lvan``."""
    return fold(_PINYIN_U.sub("v", unicodedata.normalize("NFC", text)))


def is_latin(word):
    """Tell whether a folded word consists of a-z and digits only."""
    return bool(_LATIN_RUN.fullmatch(word))


def latin_runs(text):
    """Return the runs of a-z and digits in a folded text."""
    return _LATIN_RUN.findall(text)
