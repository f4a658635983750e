"""What stands in the braces of a GIFT question. Escaped marks are hidden here."""

import re

from training.formats.gift_marks import shown
from training.formats.items import accepted_number, option, part_id, short, truths
from training.formats.markup import plain_text
from training.rules.content import number, plain, topped_up
from training.rules.remarks import remark

FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(#.*)?", re.IGNORECASE | re.DOTALL)
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{1,10})?)%")
PIECE = re.compile(r"([=~])([^=~]*)")
ARROW = "->"
FULL, NOTHING = "100", "0"


def plain_of(text):
    """Return (a text with its format marker taken off and its tags stripped, has it a picture)."""
    text = text.strip()
    match = FORMAT.match(text)
    body = shown(text[match.end() :] if match else text).strip()
    return plain_text(body) if match and match[1] == "html" else (body, False)


def read_answers(item, block, notes):
    """Fill an item with what the braces say; returns it."""
    block, general = _feedback_of(block, "####")
    item.explanation = general
    block = block.strip()
    if not block:
        item.kind, item.content = "essay", {"guide": notes["guide"]}
    elif block.startswith("#"):
        _numbers(item, block[1:].strip())
    elif truth := TRUTH.fullmatch(block):
        _truth(item, truth)
    elif "~" in block:
        _choice(item, block, notes["kind"])
    elif "=" in block:
        _texts(item, block, notes)
    else:
        item.refuse("unknown_answers", text=short(shown(block)))
    return item


def _feedback_of(text, mark="#"):
    answer, _mark, feedback = text.partition(mark)
    return answer, plain_of(feedback)[0]


def _weighed(piece, weight):
    """Return (what follows a weight such as %50%, the weight)."""
    piece = piece.strip()
    match = WEIGHT.match(piece)
    return (piece[match.end() :], plain(number(match[1]))) if match else (piece, weight)


def _pieces(item, block):
    """Return [(mark, text)] of what begins with = or ~; anything before them is refused."""
    first = re.search("[=~]", block).start()
    if block[:first].strip():
        item.refuse("unknown_answers", text=short(shown(block[:first])))
    return PIECE.findall(block)


def _truth(item, truth):
    answer = truth[1].upper().startswith("T")
    _nothing, *feedback = (truth[2] or "").split("#")
    wrong, right, *_rest = [*(plain_of(text)[0] for text in feedback), "", ""]
    item.kind = "true_false"
    item.content = {"options": truths(answer=answer, when_wrong=wrong, when_right=right)}


def _choice(item, block, kind):
    # Some write ~= for the right one.
    pieces = _pieces(item, block.replace("~=", "="))
    options = []
    for position, (mark, piece) in enumerate(pieces):
        body, weight = _weighed(piece, FULL if mark == "=" else NOTHING)
        raw, feedback = _feedback_of(body)
        text, has_picture = plain_of(raw)
        if has_picture:
            item.refuse("picture")
        options.append(option(position, text, weight, feedback))
    single = kind == "single" or any(mark == "=" for mark, _piece in pieces)
    item.kind = "single" if single else "multiple"
    if not single:
        weights = topped_up([one["weight"] for one in options])
        for one, weight in zip(options, weights, strict=True):
            one["weight"] = weight
    item.content = {"options": options}


def _texts(item, block, notes):
    pieces = [piece for _mark, piece in _pieces(item, block)]
    if any(ARROW in piece for piece in pieces):
        _pairs(item, pieces)
        return
    accepted = []
    for piece in pieces:
        body, weight = _weighed(piece, FULL)
        text, feedback = _feedback_of(body)
        accepted.append({"text": plain_of(text)[0], "weight": weight, "feedback": feedback})
    item.kind = "fill_in"
    item.content = {"accepted": accepted, "case": notes["case"]}


def _pairs(item, pieces):
    pairs = []
    for position, piece in enumerate(pieces):
        left, arrow, right = piece.partition(ARROW)
        if not arrow:
            item.refuse("bad_pair", text=short(shown(piece)))
        pair = {"id": part_id(position), "left": plain_of(left)[0], "right": plain_of(right)[0]}
        pairs.append(pair)
    item.kind, item.content = "matching", {"pairs": pairs}


def _numbers(item, block):
    accepted = []
    pieces = (
        block.split("=") if "=" in block.partition("#")[0] or block.startswith("=") else [block]
    )
    for piece in [piece for piece in pieces if piece.strip()]:
        body, weight = _weighed(piece, FULL)
        raw, feedback = _feedback_of(body)
        text = shown(raw).strip()
        if text == "*":
            item.findings.append(remark("catch_all_left_out"))
            continue
        span = accepted_number(text)
        if span is None:
            item.refuse("bad_number", text=short(text))
            continue
        low, high = span
        accepted.append({"low": low, "high": high, "weight": weight, "feedback": feedback})
    item.kind, item.content = "numerical", {"accepted": accepted}
