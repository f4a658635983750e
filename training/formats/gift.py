"""GIFT, Moodle's text format for questions, as its documentation describes it.

Questions are divided by empty lines. A question that cannot be understood is reported with its line
and never loses the others.
"""

import re

from training.formats.gift_answers import plain_of, read_answers
from training.formats.gift_marks import hidden, shown
from training.formats.items import LONGEST_CODE, Item, cleaned, short
from training.rules.laws import read_laws
from training.rules.remarks import remark

CATEGORY = "$CATEGORY:"
MARKER = re.compile(r"\[(?:id|tag|kind|case|law|point):?")
TAG = re.compile(r"\[(id|tag|kind):((?:[^\]\\]|\\.)*)\]")
LAW = re.compile(r"\[law\](.*)")
POINT = re.compile(r"\[point:([^\]]*)\](.*)")
CITATION = re.compile(r"第[\d零一二三四五六七八九十百千]+.*条")
DIFFICULTY = re.compile(r"difficulty-([123])")
FOLDER = re.compile(r"(?<!/)/(?!/)")
BLANK = "_____"
LONGEST_LAW = 200


def read_gift(text):
    """Return an ``Item`` for every question of a text, in its order."""
    items, category = [], ""
    for start, lines, comments in chunks(cleaned(text)):
        first = lines[0].lstrip() if lines else ""
        heads = int(first.startswith(CATEGORY))
        if heads:
            category = topic_of(first.removeprefix(CATEGORY))
        if words := "\n".join(lines[heads:]).strip():
            items.append(question(words, start + heads, comments, category))
    return items


def chunks(text):
    """Yield (number of the first line, lines, comments) for what stands between empty lines."""
    start, lines, comments = 0, [], []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        bare = line.strip()
        if bare.startswith("//"):
            comments.append(bare[2:].strip())
        elif bare:
            start = start or number
            lines.append(line)
        else:
            if lines:
                yield start, lines, comments
            start, lines, comments = 0, [], []


def topic_of(path):
    """Return the last folder of a category; ``//`` in a name stands for a slash."""
    folders = [folder.strip() for folder in FOLDER.split(path.strip())]
    last = next((folder for folder in reversed(folders) if folder), "")
    return last.replace("//", "/")


def question(text, line, comments, category):
    """Read one question."""
    item = Item(line, topic=category)
    notes = read_comments(comments, item)
    rest, complaint = name_of(hidden(text), item)
    if complaint:
        return item.refuse(complaint)
    before, answers, after, complaint = parted(rest)
    if complaint:
        item.stem = short(shown(rest))
        return item.refuse(complaint)
    stem, has_picture = plain_of(f"{before}{BLANK}{after}" if after else before)
    item.stem = stem
    if has_picture:
        return item.refuse("picture")
    if answers is None:
        item.kind = "description"
        return item.refuse("description")
    return read_answers(item, answers, notes)


def name_of(text, item):
    """Take ``::the name::`` off; returns (the rest, what is wrong)."""
    if not text.startswith("::"):
        return text, ""
    name, colons, rest = text[2:].partition("::")
    if not colons:
        item.stem = short(shown(text))
        return "", "no_title_end"
    item.code = " ".join(shown(name).split())
    if len(item.code) > LONGEST_CODE:
        item.errors.append(remark("long_code", most=LONGEST_CODE))
    return rest.strip(), ""


def parted(text):
    """Return (text before the braces, text in them or None, text after them, what is wrong)."""
    opening, closing = text.find("{"), text.find("}")
    if opening < 0 and closing < 0:
        return text, None, "", ""
    if opening < 0 or 0 <= closing < opening:
        return text, None, "", "stray_brace"
    if closing < 0:
        return text, None, "", "open_brace"
    before, inside, after = text[:opening], text[opening + 1 : closing], text[closing + 1 :]
    if "{" in inside or "{" in after:
        return text, None, "", "two_blocks"
    if "}" in after:
        return text, None, "", "stray_brace"
    return before.rstrip() if not after.strip() else before, inside, after.rstrip(), ""


def read_comments(comments, item):
    """Read what comments before a question tell: its number, tags, law; returns the other notes."""
    notes = {"kind": "", "case": False, "guide": []}
    for comment in comments:
        if law := LAW.match(comment):
            item.law_basis += _law(law[1])
        elif point := POINT.match(comment):
            marks = point[1].strip() or "0"
            notes["guide"].append({"point": shown(hidden(point[2].strip())), "marks": marks})
        elif MARKER.search(comment):
            notes["case"] = notes["case"] or "[case]" in comment
            _tags(comment, item, notes)
        elif len(comment) <= LONGEST_LAW and CITATION.search(comment):
            item.law_basis += read_laws(comment)
    return notes


def _law(text):
    law, _bar, article = text.partition("|")
    return [{"law": law.strip(), "article": article.strip()}] if law.strip() else []


def _tags(comment, item, notes):
    for name, typed in TAG.findall(comment):
        value = typed.replace("\\]", "]").strip()
        if name == "id":
            item.code = item.code or value[:LONGEST_CODE]
        elif name == "kind":
            notes["kind"] = value
        elif difficulty := DIFFICULTY.fullmatch(value):
            item.difficulty = int(difficulty[1])
        else:
            item.topic = item.topic or value
