"""What somebody typed into the one box, understood."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.search.folding import fold, fold_pinyin, is_latin
from registry.search.pinyin import sounds
from registry.search.tokens import LATIN_LENGTH, grams

LONGEST = 50
MOST_WORDS = 8
# A name people look for by its sound.
SOUNDING = 6


class Clause(NamedTuple):
    """One condition: any of the alternatives, each a set of tokens that must all be there.

    Where tokens alone cannot prove the match, the row's text must hold one of ``proofs`` as well.
    """

    alternatives: tuple
    proofs: tuple = ()


class Tier(NamedTuple):
    """Rows of one quality of match: all ``clauses`` hold, and no better tier has shown the row.

    A better tier has shown it if it has a token of ``barred``, or all words of ``without`` in its
    text.
    """

    clauses: tuple
    without: tuple = ()
    barred: tuple = ()


class Word(NamedTuple):
    """A word as folded text and as typed pinyin."""

    text: str
    pinyin: str

    @property
    def is_latin(self):
        return is_latin(self.pinyin)

    def exact(self):
        """Return the clause: the word is part of the text, or syllables or initials of the name."""
        alternatives = [self._text_tokens()]
        if self.is_latin and self.pinyin.isalpha():
            alternatives += [(f"p_{self.pinyin}",), (f"i_{self.pinyin}",)]
        return Clause(tuple(alternatives), self._proofs())

    def sounding(self):
        """Return the clause: the word is part of the text, or part of the name sounds like it."""
        spellings = self._spellings()
        proofs = self._proofs()
        if proofs:
            proofs += tuple(f"\t{spelling}\t" for spelling in spellings)
        return Clause(
            (self._text_tokens(), *((f"p_{spelling}",) for spelling in spellings)), proofs
        )

    def has_sound(self):
        return bool(self._spellings())

    def _spellings(self):
        return sorted(sounds(self.text)) if not self.is_latin and len(self.text) <= SOUNDING else []

    def _text_tokens(self):
        if self._is_one_token():
            return (self.text,)
        return tuple(sorted(gram for gram in grams(self.text) if len(gram) > 1))

    def _proofs(self):
        """Runs of two characters may stand apart from each other; only the text tells."""
        return () if self._is_one_token() else (self.text,)

    def _is_one_token(self):
        return len(self.text) <= (LATIN_LENGTH if is_latin(self.text) else 2)


def understand(text):
    """Return the words of a typed text; no words for an empty one.

    :raises ValidationError: with a sentence to show, if the text cannot be searched for.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise ValidationError(
            _("The search text has %(length)d characters. Shorten it to at most %(limit)d.")
            % {"length": len(text), "limit": LONGEST}
        )
    words = [Word(fold(part), fold_pinyin(part)) for part in text.split()]
    words = list(dict.fromkeys(word for word in words if word.text))
    if text and not words:
        raise ValidationError(
            _("The search text has neither a character nor a letter nor a digit.")
        )
    if len(words) > MOST_WORDS:
        raise ValidationError(
            _("The search text has %(number)d words. Leave some out: at most %(limit)d.")
            % {"number": len(words), "limit": MOST_WORDS}
        )
    return words


def tiers(words, filters):
    """Return the tiers of a question, the best match first.

    A certificate number comes first, then what is written so, then what only sounds so. ``filters``
    is a list of groups of facets; a row must have one facet of each group.
    """
    common = tuple(Clause(tuple((f"f_{facet}",) for facet in group)) for group in filters)
    if not words:
        return [Tier(common)]
    number = f"n_{''.join(word.text for word in words)}"
    barred = (number,) if any(char.isdigit() for char in number) else ()
    found = [Tier((Clause(((number,),)), *common))] if barred else []
    found.append(Tier((*(word.exact() for word in words), *common), barred=barred))
    spoken = [word for word in words if not word.is_latin]
    if any(word.has_sound() for word in spoken):
        clauses = tuple(word.exact() if word.is_latin else word.sounding() for word in words)
        found.append(Tier((*clauses, *common), tuple(word.text for word in spoken), barred))
    return found
