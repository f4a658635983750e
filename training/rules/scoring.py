"""What one answer is worth: pure arithmetic over the content of a question version.

An answer names options by the ids of the content: text for single choice, true or false, fill in,
number and essay; a list of ids for multiple choice; ``{pair: pair whose right side was chosen}``
for matching. Marks are never below nothing, never above the question's, and full only for what is
exactly right: shares are rounded down to hundredths.
"""

import re
import unicodedata
from decimal import ROUND_DOWN, Decimal, InvalidOperation

WRONG_ZERO, PARTIAL, ALL_OR_NOTHING = "wrong_zero", "partial", "all_or_nothing"
NOTHING, WHOLE = Decimal(0), Decimal(1)
CENT = Decimal("0.01")
ESCAPED_STAR = "\\*"


def score(kind, content, answer, *, marks, rule):
    """Return the marks for an answer, or None if a person has to mark it.

    ``rule`` is the paper's: with ``wrong_zero`` one wrong choice gives nothing and an incomplete
    right one its share, with ``partial`` the wrong share is taken from the right one, with
    ``all_or_nothing`` only what is exactly right counts.
    """
    if is_blank(answer):
        return NOTHING
    if kind == "essay":
        return None
    share = SHARES[kind](content, answer, rule)
    if rule == ALL_OR_NOTHING and share < WHOLE:
        share = NOTHING
    share = min(max(share, NOTHING), WHOLE)
    return (marks * share).quantize(CENT, rounding=ROUND_DOWN)


def is_blank(answer):
    """Whether nothing was answered."""
    return not (answer.strip() if isinstance(answer, str) else answer)


def needs_marking(kind):
    """Whether a person has to mark answers to questions of this kind."""
    return kind == "essay"


def _single(content, answer, rule):
    weights = _weights(content)
    return weights.get(answer, NOTHING)


def _multiple(content, answer, rule):
    weights, chosen = _weights(content), set(answer)
    right = {option for option, weight in weights.items() if weight > 0}
    wrong = weights.keys() - right
    if chosen == right:
        return WHOLE
    chosen_wrong = chosen - right
    if chosen_wrong and rule != PARTIAL:
        return NOTHING
    whole = sum(weights[option] for option in right)
    gained = sum(weights[option] for option in chosen & right) / whole if whole else NOTHING
    return _below_whole(gained - _lost(weights, wrong, chosen_wrong))


def _lost(weights, wrong, chosen_wrong):
    """The share that wrong options cost: their weights, or without any their share in number."""
    if not chosen_wrong:
        return NOTHING
    if any(weights[option] < 0 for option in wrong):
        return -sum(weights.get(option, NOTHING) for option in chosen_wrong)
    return Decimal(len(chosen_wrong)) / max(len(wrong), 1)


def _matching(content, answer, rule):
    wanted = {pair["id"]: pair["right"] for pair in content["pairs"]}
    asked = [pair["id"] for pair in content["pairs"] if pair.get("left")]
    given = [pair for pair in asked if answer.get(pair)]
    # Two pairs may share the words of their right sides: then either will do.
    right = sum(wanted.get(answer[pair]) == wanted[pair] for pair in given)
    wrong = len(given) - right
    if right == len(asked):
        return WHOLE if asked else NOTHING
    if wrong and rule == WRONG_ZERO:
        return NOTHING
    lost = wrong if rule == PARTIAL else 0
    return Decimal(right - lost) / len(asked)


def _fill_in(content, answer, rule):
    keeps_case = content.get("case", False)
    said = _plain(answer, keeps_case=keeps_case)
    return _best(
        one for one in content["accepted"] if _pattern(one["text"], keeps_case).fullmatch(said)
    )


def _numerical(content, answer, rule):
    number = read_number(answer)
    if number is None:
        return NOTHING
    return _best(
        one for one in content["accepted"] if Decimal(one["low"]) <= number <= Decimal(one["high"])
    )


SHARES = {
    "single": _single,
    "true_false": _single,
    "multiple": _multiple,
    "fill_in": _fill_in,
    "numerical": _numerical,
    "matching": _matching,
}


def read_number(text):
    """Return the number somebody typed, in full-width digits or with thousands marked, or None."""
    typed = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace(" ", "")
    try:
        number = Decimal(typed)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _weights(content):
    return {one["id"]: Decimal(one["weight"]) / 100 for one in content["options"]}


def _best(accepted):
    return max((Decimal(one["weight"]) / 100 for one in accepted), default=NOTHING)


def _below_whole(share):
    # What is not exactly right is never worth all: weights may be rounded in the bank.
    return min(share, WHOLE - CENT)


def _plain(text, *, keeps_case):
    """Full width becomes half, spaces at the ends go, runs of them become one."""
    words = " ".join(unicodedata.normalize("NFKC", text).split())
    return words if keeps_case else words.casefold()


def _pattern(text, keeps_case):
    literal = "[*]"
    parts = _plain(text, keeps_case=keeps_case).replace(ESCAPED_STAR, "\0").split("*")
    return re.compile(
        ".*".join(re.escape(part).replace(re.escape("\0"), literal) for part in parts)
    )
