"""A key corrected: the content of a question with other right answers, all words as they were."""

from decimal import Decimal

from django.utils.translation import gettext as _

from training.rules.scoring import read_number

HUNDRED = Decimal(100)
SHARE = Decimal("0.00001")
# Kinds whose key is a choice, and those whose key is typed. Others can only be cancelled.
CHOSEN, TYPED = ("single", "true_false", "multiple"), ("fill_in", "numerical")


def right_options(content):
    """Return the ids of the options that the key holds right."""
    return [one["id"] for one in content["options"] if Decimal(one["weight"]) > 0]


def choosing(kind, content, right):
    """Return the content with the options ``right`` (ids) for its key.

    Where one option is to be chosen, each right one is worth all. What stays wrong costs what it
    cost; what becomes wrong costs as much as the other wrong ones.

    :raises ValueError: with a sentence, if that is no key, or the one it has.
    """
    known, right = {one["id"] for one in content["options"]}, set(right)
    if not right or not right <= known:
        raise ValueError(_("Choose the right answers."))
    if right == set(right_options(content)):
        raise ValueError(_("This is the key it has."))
    if right == known:
        raise ValueError(_("If every option is right, give everybody full marks."))
    worth = HUNDRED if kind != "multiple" else (HUNDRED / len(right)).quantize(SHARE)
    cost = min((Decimal(one["weight"]) for one in content["options"]), default=HUNDRED)
    options = [
        {**one, "weight": _weight(one, one["id"] in right, worth, cost)}
        for one in content["options"]
    ]
    return {**content, "options": options}


def _weight(option, is_right, worth, cost):
    if is_right:
        return _plain(worth)
    return option["weight"] if Decimal(option["weight"]) <= 0 else _plain(min(cost, Decimal(0)))


def accepting(kind, content, lines):
    """Return the content that accepts the typed answers, one in a line; each is worth all.

    A number may stand for itself or be a range, as ``1 5``.

    :raises ValueError: with a sentence, if that is no key, or the one it has.
    """
    read = {"fill_in": _text, "numerical": _range}[kind]
    accepted = [read(line.strip()) for line in lines if line.strip()]
    if not accepted:
        raise ValueError(_("Write at least one right answer."))
    known = {tuple(sorted(_bare(one).items())): one for one in content["accepted"]}
    accepted = [known.get(tuple(sorted(one.items())), one | {"feedback": ""}) for one in accepted]
    if [_bare(one) for one in accepted] == [_bare(one) for one in content["accepted"]]:
        raise ValueError(_("This is the key it has."))
    return {**content, "accepted": accepted}


def lines_of(kind, content):
    """Return the accepted answers as they are typed, one in a line."""
    if kind == "fill_in":
        return [one["text"] for one in content["accepted"]]
    return [
        one["low"] if one["low"] == one["high"] else f"{one['low']} {one['high']}"
        for one in content["accepted"]
    ]


def _bare(one):
    return {name: value for name, value in one.items() if name != "feedback"}


def _text(line):
    return {"text": line, "weight": "100"}


def _range(line):
    numbers = [read_number(part) for part in line.split()]
    if len(numbers) not in {1, 2} or None in numbers or numbers != sorted(numbers):
        raise ValueError(_("“%(line)s” is no number and no range.") % {"line": line})
    return {"low": _plain(numbers[0]), "high": _plain(numbers[-1]), "weight": "100"}


def _plain(number):
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
