"""Aiken: the text of a question, options ``A.`` or ``A)``, and a line ``ANSWER: A``."""

import re

from training.formats.items import Item, cleaned, option, short
from training.rules.content import shares

OPTION = re.compile(r"\s*([A-Za-zＡ-Ｚ])\s*[.)、．）]\s*(.*)")
ANSWER = re.compile(r"\s*(?:ANSWER|答案)\s*[:：]\s*(.*)", re.IGNORECASE)
LETTER = re.compile(r"[A-Z]")
HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(ord("Ａ"), ord("Ｚ") + 1)}
FULL, NOTHING, WRONG = "100", "0", "-100"


def read_aiken(text):
    """Return an ``Item`` for every question of a text, in its order."""
    items, current = [], None
    for number, line in enumerate(cleaned(text).split("\n"), start=1):
        if not line.strip():
            continue
        answer, choice = ANSWER.match(line), OPTION.match(line)
        if current is None or (current.options and not answer and not choice):
            items += [current.finished(None)] if current else []
            current = _Open(number)
        if answer:
            items.append(current.finished(answer[1]))
            current = None
        elif choice and current.stem:
            current.add(choice)
        else:
            current.stem.append(line.strip())
    return items + ([current.finished(None)] if current else [])


class _Open:
    """A question whose answer has not come yet."""

    def __init__(self, line):
        self.line, self.stem, self.options, self.stray = line, [], [], []

    def add(self, choice):
        """Add an option; letters that do not follow one another are no options."""
        letter = choice[1].translate(HALF_WIDTH).upper()
        if letter == chr(ord("A") + len(self.options)):
            self.options.append(choice[2].strip())
        elif self.options:
            self.stray.append(choice[0].strip())
        else:
            self.stem.append(choice[0].strip())

    def finished(self, answer):
        """Return the item; ``answer`` is None if no such line came."""
        item = Item(self.line, kind="single", stem="\n".join(self.stem))
        for line in self.stray:
            item.refuse("stray_line", text=short(line))
        if answer is None:
            return item.refuse("no_answer_line")
        letters = sorted(set(LETTER.findall(answer.translate(HALF_WIDTH).upper())))
        return _keyed(item, self.options, letters, answer)


def _keyed(item, texts, letters, answer):
    right = [ord(letter) - ord("A") for letter in letters]
    if any(position >= len(texts) for position in right):
        return item.refuse("bad_letter", text=short(answer))
    return with_options(item, texts, right, several=len(right) > 1)


def with_options(item, texts, right, *, several):
    """Give an item options, of which those at the positions ``right`` are right."""
    item.kind = "multiple" if several else "single"
    weights = dict(zip(right, shares(len(right)) if several else [FULL] * len(right), strict=True))
    wrong = WRONG if several else NOTHING
    item.content = {
        "options": [
            option(position, text, weights.get(position, wrong))
            for position, text in enumerate(texts)
        ]
    }
    return item
