"""A question as it stands in an address, with the addresses of its neighbours."""

from itertools import islice
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.search.filters import DIVISION, Choices, groups_of
from registry.search.lookup import CAP, NOTHING, told
from registry.search.typed import understand

MOST_SUGGESTIONS = 8


class Chip(NamedTuple):
    """A chosen value, with the address of the question without it."""

    label: str
    url: str
    lang: str = ""


class Option(NamedTuple):
    """A value one can choose; ``count`` is empty where it is not known."""

    code: str
    label: str
    count: int | str
    is_chosen: bool


class Suggestion(NamedTuple):
    """A wider question that finds something."""

    label: str
    url: str
    count: str


class Question:
    """What was asked: the text as typed, its words, the values chosen, the page.

    ``refusal`` is a sentence if the text cannot be searched for; then nothing is looked up.
    """

    def __init__(self, params, filters):
        typed = params.get("q", "")
        self.text = typed.replace("\x00", "")
        self.choices = Choices(params, filters)
        self.page = _page(params.get("page", ""))
        self.words, self.refusal = [], ""
        try:
            self.words = understand(typed)
        except ValidationError as refusal:
            self.refusal = " ".join(refusal.messages)

    @property
    def groups(self):
        return groups_of(self.choices.chosen)

    @property
    def is_empty(self):
        return not self.words and not self.choices.chosen

    def answered_by(self, find):
        """Return the answer of ``lookup``; an empty one to what cannot be searched for."""
        if self.refusal:
            return NOTHING
        return find(self.words, self.groups, page=self.page)

    def url(self, *, text=None, chosen=None, page=1):
        """Return the address of this question with another text, other values or another page."""
        text = self.text if text is None else text
        chosen = self.choices.chosen if chosen is None else chosen
        pairs = [("q", text)] if text.strip() else []
        pairs += [(choice.filter.name, choice.code) for choice in chosen]
        pairs += [("page", page)] if page > 1 else []
        return f"?{urlencode(pairs)}"

    def chips(self):
        return [
            Chip(
                choice.label,
                self.url(chosen=self._without(choice)),
                lang="zh-hans" if choice.filter is DIVISION else "",
            )
            for choice in self.choices.chosen
        ]

    def options(self, facets):
        """Return each filter with the options that find somebody, as far as that is counted.

        A group in use is not counted: choosing in it widens the question.
        """
        return [(one, shown) for one in self.choices.filters if (shown := self._shown(one, facets))]

    def _shown(self, one, facets):
        chosen = {choice.code for choice in self.choices.chosen if choice.filter.name == one.name}
        counted = None if chosen else facets
        every = [
            Option(code, label, _count(one, code, counted), code in chosen)
            for code, label in self.choices.terms.of(one.name).items()
        ]
        return [option for option in every if option.count != 0]

    def wider(self, count):
        """Return wider questions that find something. ``count(words, groups)`` tells how much."""
        asked = [] if self.refusal else islice(self._wider(), MOST_SUGGESTIONS)
        counted = [(label, url, count(words, groups)) for label, url, words, groups in asked]
        return [
            Suggestion(label, url, told(min(number, CAP), number > CAP))
            for label, url, number in counted
            if number
        ]

    def _wider(self):
        chosen = self.choices.chosen
        for choice in chosen:
            rest = self._without(choice)
            label = _("Without “%(filter)s”") % {"filter": choice.label}
            yield label, self.url(chosen=rest), self.words, groups_of(rest)
        if len(chosen) > 1:
            yield _("Without any filter"), self.url(chosen=[]), self.words, []
        if len(self.words) > 1:
            for word in self.words:
                yield self._with_text(_("Only “%(text)s”"), word.text)
        elif self.words and len(self.words[0].text) > 1 and not self.words[0].is_latin:
            surname = self.words[0].text[0]
            yield self._with_text(_("Only by the surname “%(text)s”"), surname)
            if chosen:
                label = _("By the surname “%(text)s”, without any filter") % {"text": surname}
                yield label, self.url(text=surname, chosen=[]), understand(surname), []

    def _with_text(self, label, text):
        return label % {"text": text}, self.url(text=text), understand(text), self.groups

    def _without(self, choice):
        return [other for other in self.choices.chosen if other != choice]


def _count(one, code, facets):
    return "" if facets is None else facets[f"{one.prefix}{code}"]


def _page(text):
    """Return the number of a page; what is none is the first."""
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 4 else 1
