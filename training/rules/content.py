"""What the answers of a question must be like, kind by kind; see ``QuestionVersion``."""

import hashlib
from collections import Counter
from decimal import Decimal, InvalidOperation

from training.rules.likeness import normalised
from training.rules.remarks import remark

LONGEST_STEM, LONGEST_TEXT = 4_000, 2_000
MOST_PARTS = 40
WHOLE = Decimal(100)
# Thirds and sixths are written with few places; what they lack of 100 is no fault.
SLACK = Decimal("0.01")
LONGEST_SHOWN = 40
LARGEST, MOST_PLACES = Decimal("1e15"), 12
CHOICES = ("single", "multiple", "true_false")


def faults(kind, stem, content):
    """Return a remark for all that makes a question unfit for use; none means it is sound."""
    said = _of_stem(stem)
    try:
        return said + _lengths(content) + CHECKS[kind](content)
    except (KeyError, TypeError, AttributeError):
        return [*said, remark("shape")]


def fingerprint(kind, stem, content):
    """Return what two questions share that ask the same and offer the same answers, as SHA-256.

    Keys, weights and the order of the answers play no part.
    """
    texts = [] if kind == "true_false" else sorted(normalised(text) for text in _texts(content))
    plain = "\n".join([kind, normalised(stem), *texts])
    return hashlib.sha256(plain.encode()).hexdigest()


def shares(count):
    """Return the weights of ``count`` answers that are right together: equal, 100 in all."""
    if not count:
        return []
    each = (WHOLE / count).quantize(Decimal("0.00001")).normalize()
    return [plain(each)] * (count - 1) + [plain(WHOLE - each * (count - 1))]


def topped_up(weights):
    """Return positive weights brought to 100 by the last if they lack less than a tenth of it."""
    numbers = [Decimal(weight) for weight in weights]
    right = [position for position, number in enumerate(numbers) if number > 0]
    total = sum(numbers[position] for position in right)
    if right and 0 < abs(WHOLE - total) <= Decimal("0.1"):
        numbers[right[-1]] += WHOLE - total
    return [plain(number) for number in numbers]


def number(text):
    """Return a decimal string as ``Decimal``, or None if it is none that can be reckoned with."""
    try:
        value = Decimal(str(text).strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) >= LARGEST:
        return None
    return value if value.as_tuple().exponent >= -MOST_PLACES else None


def plain(value):
    """Return a ``Decimal`` as a string without exponent or trailing zeros."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def is_right(option):
    """Whether an option or accepted answer gives marks."""
    return (number(option["weight"]) or 0) > 0


def _of_stem(stem):
    if not stem.strip():
        return [remark("no_stem")]
    return [remark("long_stem", most=LONGEST_STEM)] if len(stem) > LONGEST_STEM else []


def _texts(content):
    parts = [part for values in content.values() if isinstance(values, list) for part in values]
    return [
        str(value)
        for part in parts
        for name, value in part.items()
        if name in {"text", "left", "right", "point", "low", "high"}
    ]


def _lengths(content):
    parts = [part for values in content.values() if isinstance(values, list) for part in values]
    said = [remark("many_parts", most=MOST_PARTS)] if len(parts) > MOST_PARTS else []
    long = [
        value
        for part in parts
        for value in part.values()
        if isinstance(value, str) and len(value) > LONGEST_TEXT
    ]
    return said + [remark("long_text", most=LONGEST_TEXT, text=_short(text)) for text in long]


def _short(text):
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _same(texts, code):
    """Remarks for texts that say the same, blanks and case apart."""
    plain_texts = [" ".join(text.split()).casefold() for text in texts]
    counted = Counter(text for text in plain_texts if text)
    return [remark(code, text=_short(text)) for text, times in counted.items() if times > 1]


def _weights(parts):
    """Return (the weights that can be read, remarks for the others)."""
    read = [number(part["weight"]) for part in parts]
    bad = [
        remark("bad_weight", text=_short(str(part["weight"])))
        for part, value in zip(parts, read, strict=True)
        if value is None or abs(value) > WHOLE
    ]
    return [value for value in read if value is not None], bad


def _options(content, least=2):
    options = content["options"]
    said = [remark("few_options", least=least)] if len(options) < least else []
    if any(not option["text"].strip() for option in options):
        said.append(remark("empty_option"))
    return said + _same([option["text"] for option in options], "same_option")


def _ids(parts):
    """A shape that cannot be told apart is no shape."""
    ids = [part["id"] for part in parts]
    return [] if len(set(ids)) == len(ids) and all(ids) else [remark("shape")]


def _single(content):
    weights, said = _weights(content["options"])
    right = [weight for weight in weights if weight > 0]
    full = [weight for weight in right if weight == WHOLE]
    if not right:
        said.append(remark("no_right_option"))
    elif len(full) > 1:
        said.append(remark("several_right", count=len(full)))
    elif not full:
        said.append(remark("weights", total=plain(max(right))))
    return _options(content) + _ids(content["options"]) + said


def _multiple(content):
    weights, said = _weights(content["options"])
    right = [weight for weight in weights if weight > 0]
    if not right:
        said.append(remark("no_right_option"))
    elif abs(sum(right) - WHOLE) > SLACK:
        said.append(remark("weights", total=plain(sum(right))))
    return _options(content) + _ids(content["options"]) + said


def _true_false(content):
    if len(content["options"]) != 2:
        return [remark("two_truths")]
    return _single(content)


def _fill_in(content):
    accepted = content["accepted"]
    if not accepted:
        return [remark("no_answer")]
    said = [remark("empty_answer")] if any(not part["text"].strip() for part in accepted) else []
    if content.get("case"):
        texts = Counter(part["text"].strip() for part in accepted)
        said += [remark("same_answer", text=_short(t)) for t, times in texts.items() if times > 1]
    else:
        said += _same([part["text"] for part in accepted], "same_answer")
    return said + _full(accepted)


def _full(accepted):
    weights, said = _weights(accepted)
    return said if WHOLE in weights else [*said, remark("no_full_answer")]


def _numerical(content):
    if not content["accepted"]:
        return [remark("no_answer")]
    said = []
    for part in content["accepted"]:
        low, high = number(part["low"]), number(part["high"])
        if low is None or high is None:
            bad = part["low"] if low is None else part["high"]
            said.append(remark("bad_number", text=_short(str(bad))))
        elif low > high:
            said.append(remark("empty_range", low=part["low"], high=part["high"]))
    return said + _full(content["accepted"])


def _matching(content):
    pairs = content["pairs"]
    said = []
    if sum(bool(pair["left"].strip()) for pair in pairs) < 2:
        said.append(remark("few_pairs"))
    if any(not pair["right"].strip() for pair in pairs):
        said.append(remark("empty_pair"))
    return said + _ids(pairs) + _same([pair["left"] for pair in pairs], "same_left")


def _essay(content):
    said = []
    for part in content["guide"]:
        if not part["point"].strip():
            said.append(remark("empty_point"))
        marks = number(part["marks"])
        if marks is None or marks < 0:
            said.append(remark("bad_marks", text=_short(str(part["marks"]))))
    return said


CHECKS = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "fill_in": _fill_in,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
}
