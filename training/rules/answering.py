"""The shape of an answer: what a browser may send, and what it stands for in the bank."""

from training.rules.scoring import is_blank

LONGEST = {"essay": 10_000, "fill_in": 200, "numerical": 40}
CHOICES = {"single", "true_false"}


def tidy(kind, frozen, value):
    """Return an answer as it is kept, in shown ids; None if it is blank.

    :raises ValueError: if it is no answer to a question of this kind with these choices.
    """
    if value is None or is_blank(value):
        return None
    if kind in LONGEST:
        return _text(value, LONGEST[kind])
    if kind == "matching":
        return _pairs(frozen, value)
    known = [shown for shown, _own in frozen["options"]]
    if kind in CHOICES:
        if value not in known:
            raise ValueError(value)
        return value
    if not isinstance(value, list) or not set(value) <= set(known):
        raise ValueError(value)
    # In the order shown, so that the same choice is the same answer.
    return [one for one in known if one in value]


def in_the_bank(kind, frozen, value):
    """Return a kept answer with the ids of the bank in place of the shown ones."""
    if value is None or kind in LONGEST:
        return value
    if kind == "matching":
        left, right = dict(frozen["left"]), dict(frozen["right"])
        return {left[one]: right[other] for one, other in value.items()}
    own = dict(frozen["options"])
    return own[value] if kind in CHOICES else [own[one] for one in value]


def _text(value, longest):
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(value)
    # PostgreSQL keeps no null characters in text.
    return value.replace("\0", "")


def _pairs(frozen, value):
    left = [shown for shown, _own in frozen["left"]]
    right = {shown for shown, _own in frozen["right"]}
    if not isinstance(value, dict) or not value.keys() <= set(left):
        raise ValueError(value)
    chosen = {one: value[one] for one in left if value.get(one)}
    if not set(chosen.values()) <= right:
        raise ValueError(value)
    return chosen or None
