"""Questions written as GIFT, so that our reader and Moodle take them back.

What GIFT has no mark for (law, marking guide, difficulty) stands in comments before the question.
"""

from itertools import groupby

from training.formats.gift_answers import FORMAT, WEIGHT
from training.formats.gift_marks import escaped
from training.rules.content import number

FULL, NOTHING = "100", "0"


def write_gift(items):
    """Return the text of a GIFT file; questions of one topic in a row share a heading."""
    written = []
    for topic, group in groupby(items, key=lambda item: item.topic):
        if topic:
            written.append(f"$CATEGORY: {topic.replace('/', '//')}")
        written += [_question(item) for item in group]
    return "\n\n".join(written) + "\n"


def _question(item):
    lines = [
        *_comments(item),
        f"::{escaped(item.code or '-')}::{_text(item.stem)}{{{_block(item)}}}",
    ]
    return "\n".join(lines)


def _comments(item):
    tags = [f"[tag:difficulty-{item.difficulty}]"] if item.difficulty else []
    if item.kind == "single" and not any(one["weight"] == FULL for one in item.content["options"]):
        tags.append("[kind:single]")
    if item.kind == "fill_in" and item.content.get("case"):
        tags.append("[case]")
    lines = [f"// {' '.join(tags)}"] if tags else []
    lines += [f"// [law] {basis['law']} | {basis['article']}" for basis in item.law_basis]
    if item.kind == "essay":
        lines += [
            f"// [point:{part['marks']}] {escaped(part['point'])}" for part in item.content["guide"]
        ]
    return lines


def _text(text, after_weight=True):
    """Return a text with a marker before it if it would be read as a marker itself."""
    marker = "[plain]" if FORMAT.match(text) or (not after_weight and WEIGHT.match(text)) else ""
    return marker + escaped(text)


def _arrowless(text):
    # GIFT cannot say "->" within an answer; the sign says the same.
    return text.replace("->", "→")


def _feedback(text):
    return f"#{_text(text)}" if text else ""


def _block(item):
    answers = WRITERS[item.kind](item.content)
    general = f"####{_text(item.explanation)}" if item.explanation else ""
    if general and answers:
        answers += "\n"
    return answers + general


def _single(content):
    return "".join(
        _option(one, "=" if one["weight"] == FULL else "~") for one in content["options"]
    )


def _multiple(content):
    return "".join(_option(one, "~") for one in content["options"])


def _option(one, mark):
    usual = FULL if mark == "=" else NOTHING
    weight = "" if one["weight"] == usual else f"%{one['weight']}%"
    text = _text(one["text"], after_weight=bool(weight))
    return f"\n{mark}{weight}{text}{_feedback(one['feedback'])}"


def _true_false(content):
    truth, lie = content["options"]
    is_true = (number(truth["weight"]) or 0) > 0
    right, wrong = (truth, lie) if is_true else (lie, truth)
    feedback = ""
    if wrong["feedback"] or right["feedback"]:
        feedback = f"#{_text(wrong['feedback'])}"
    if right["feedback"]:
        feedback += f"#{_text(right['feedback'])}"
    return ("TRUE" if is_true else "FALSE") + feedback


def _fill_in(content):
    return "".join(
        _option({**part, "text": _arrowless(part["text"])}, "=") for part in content["accepted"]
    )


def _numerical(content):
    lines = []
    for part in content["accepted"]:
        weight = "" if part["weight"] == FULL else f"%{part['weight']}%"
        low, high = part["low"], part["high"]
        span = low if low == high else f"{low}..{high}"
        lines.append(f"\n={weight}{span}{_feedback(part['feedback'])}")
    return "#" + "".join(lines)


def _matching(content):
    return "".join(
        f"\n={_text(_arrowless(pair['left']))} -> {_text(pair['right'])}"
        for pair in content["pairs"]
    )


def _essay(content):
    return ""


WRITERS = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "fill_in": _fill_in,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
}
