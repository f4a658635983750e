"""Answers and keys in the words of the question, for people. Keys leave only after the release."""

from decimal import Decimal

NONE = "—"
BETWEEN = "；"


def answer_in_words(kind, content, answer):
    """Return an answer, given in the ids of the bank, as people read it."""
    if answer in (None, "", [], {}):
        return NONE
    if kind == "matching":
        pairs = {pair["id"]: pair for pair in content["pairs"]}
        told = [f"{pairs[one]['left']} → {pairs[two]['right']}" for one, two in answer.items()]
        return BETWEEN.join(told)
    if "options" in content:
        words = {option["id"]: option["text"] for option in content["options"]}
        chosen = answer if isinstance(answer, list) else [answer]
        return BETWEEN.join(words.get(one, NONE) for one in chosen)
    return answer


def key_in_words(kind, content):
    """Return what is right, as people read it; for essays the points of the guide."""
    if kind == "matching":
        pairs = [pair for pair in content["pairs"] if pair.get("left")]
        return BETWEEN.join(f"{pair['left']} → {pair['right']}" for pair in pairs)
    if kind == "essay":
        return BETWEEN.join(f"{point['point']} ({point['marks']})" for point in content["guide"])
    if kind == "numerical":
        return BETWEEN.join(
            one["low"] if one["low"] == one["high"] else f"{one['low']} – {one['high']}"
            for one in content["accepted"]
        )
    listed = content.get("options") or content.get("accepted", [])
    return BETWEEN.join(one["text"] for one in listed if Decimal(one["weight"]) > 0)
