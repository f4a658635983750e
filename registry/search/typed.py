"""What somebody typed into the one box, understood."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.search.folding import fold, fold_pinyin, is_latin
from registry.search.pinyin import sounds
from registry.search.tokens import LATIN_LENGTH, grams, is_paired

LONGEST = 50
MOST_WORDS = 8
# A name people look for by its sound.
SOUNDING = 6
# Nearly every committee has these in its name: looking for them finds nobody faster.
EVERYWHERE = grams("人民调解委员会")
# So many pairs narrow as well as all of them; the text proves the rest.
MOST_PAIRS = 4


class Clause(NamedTuple):
    """One condition: any of the alternatives, each a set of tokens that must all be there.

    Where tokens alone cannot prove the match, the row's text must hold one of ``proofs`` as well.
    """

    alternatives: tuple
    proofs: tuple = ()


class Tier(NamedTuple):
    """Rows of one quality of match: all ``clauses`` hold, and no better tier has shown the row.

    A better tier has shown it if it has all tokens of one alternative of ``barred``, or if all
    words of ``without`` stand in its text.
    """

    clauses: tuple
    without: tuple = ()
    barred: tuple = ()
    only_sounds: bool = False


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
        """Return the clause: part of the name sounds like the word."""
        return Clause(tuple((f"p_{spelling}",) for spelling in self._spellings()))

    def exact_or_sounding(self):
        """Return the clause: the word is part of the text, or part of the name sounds like it."""
        sounding, proofs = self.sounding(), self._proofs()
        if proofs:
            proofs += tuple(f"\t{spelling}\t" for spelling in self._spellings())
        return Clause((self._text_tokens(), *sounding.alternatives), proofs)

    def has_sound(self):
        return bool(self._spellings())

    def is_one_token(self):
        """Whether the index holds the whole word as one token, so that no proof is needed."""
        return len(self.text) <= (LATIN_LENGTH if is_latin(self.text) else 2)

    def _spellings(self):
        return sorted(sounds(self.text)) if not self.is_latin and len(self.text) <= SOUNDING else []

    def _text_tokens(self):
        if self.is_one_token():
            return (self.text,)
        pairs = list(dict.fromkeys(self.text[at : at + 2] for at in range(len(self.text) - 1)))
        telling = [pair for pair in pairs if pair not in EVERYWHERE] or pairs
        return tuple(telling[:MOST_PAIRS])

    def _proofs(self):
        """Runs of two characters may stand apart from each other; only the text tells."""
        return () if self.is_one_token() else (self.text,)


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
    common = _filter_clauses(filters)
    if not words:
        return [Tier(common)]
    number = f"n_{''.join(word.text for word in words)}"
    barred = ((number,),) if any(char.isdigit() for char in number) else ()
    found = [Tier((Clause(barred), *common))] if barred else []
    found.append(Tier((*(word.exact() for word in words), *common), barred=barred))
    if any(word.has_sound() for word in words):
        found.append(_sounding(words, common, barred))
    return found


def _filter_clauses(groups):
    """Return a clause for each group; in a city or county, of both at once, which few rows have."""
    place = next((group for group in groups if len(group) == 1 and is_paired(group[0])), None)
    others = [group for group in groups if group is not place]
    prefix = f"f_{place[0]}_" if place and others else "f_"
    asked = others if place and others else groups
    return tuple(Clause(tuple((f"{prefix}{facet}",) for facet in group)) for group in asked)


def _sounding(words, common, barred):
    """Return the tier of what only sounds as typed: not every word of it stands in the text."""
    if len(words) == 1:
        clauses = [words[0].sounding()]
    else:
        clauses = [w.exact() if w.is_latin else w.exact_or_sounding() for w in words]
    texts = tuple(word.text for word in words if not word.is_latin)
    if all(word.is_one_token() for word in words if not word.is_latin):
        return Tier((*clauses, *common), barred=(*barred, texts), only_sounds=True)
    return Tier((*clauses, *common), without=texts, barred=barred, only_sounds=True)
