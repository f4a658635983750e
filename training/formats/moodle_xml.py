"""Moodle XML, read with a parser that takes no entities and no document types."""

from xml.etree.ElementTree import ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext_lazy as _

from training.formats.gift import topic_of
from training.formats.items import (
    LONGEST_CODE,
    Item,
    UnreadableQuestions,
    accepted_number,
    cleaned,
    option,
    part_id,
    short,
    truths,
)
from training.formats.markup import plain_text
from training.rules.content import number, plain, topped_up
from training.rules.remarks import remark

BROKEN = _("The XML is damaged in line %(line)d. Export the questions again.")
BARRED = _("The XML holds entities or a document type, which are not read. Export it again.")
NOT_A_QUIZ = _("This XML is not a list of questions of Moodle: it does not begin with “quiz”.")
PLAIN_FORMATS = {"plain_text", "moodle_auto_format", "markdown"}
LINE = "line-of-file"


class _Numbering(TreeBuilder):
    """Notes at every element in which line of the file it begins."""

    expat = None

    def start(self, tag, attrs):
        element = super().start(tag, attrs)
        element.set(LINE, str(self.expat.CurrentLineNumber))
        return element


def read_moodle_xml(data):
    """Return an ``Item`` for every question of the file, given as bytes.

    :raises UnreadableQuestions: if it is no XML, hides entities, or is not of Moodle.
    """
    root = _parsed(data)
    if root.tag != "quiz":
        raise UnreadableQuestions(NOT_A_QUIZ)
    items, category = [], ""
    for element in root.iter("question"):
        if element.get("type") == "category":
            category = topic_of(_text(element, "category/text"))
        else:
            items.append(_question(element, category))
    return items


def _parsed(data):
    builder = _Numbering()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    try:
        parser.feed(data)
        return parser.close()
    except DefusedXmlException:
        raise UnreadableQuestions(BARRED) from None
    except ParseError as error:
        raise UnreadableQuestions(BROKEN, params={"line": error.position[0]}) from None
    except (LookupError, ValueError):
        # An encoding nobody knows, or bytes that are not of it.
        raise UnreadableQuestions(BROKEN, params={"line": 1}) from None


def _question(element, category):
    kind = element.get("type") or ""
    item = Item(int(element.get(LINE)), topic=category)
    item.code = " ".join(_text(element, "name/text").split())
    if len(item.code) > LONGEST_CODE:
        item.refuse("long_code", most=LONGEST_CODE)
    item.stem, has_picture = _formatted(element.find("questiontext"))
    item.explanation, _picture = _formatted(element.find("generalfeedback"))
    if has_picture or element.find(".//file") is not None:
        return item.refuse("picture")
    if not item.topic:
        item.topic = _text(element, "tags/tag/text")
    if kind == "description":
        return item.refuse("description")
    if kind not in READERS:
        return item.refuse("unsupported", kind=short(kind))
    READERS[kind](item, element)
    return item


def _text(element, path):
    found = element.findtext(path)
    return cleaned(found or "").strip()


def _formatted(element):
    """Return (plain text, whether there is a picture) of an element with a ``text`` in it."""
    if element is None:
        return "", False
    text = _text(element, "text")
    if element.get("format") in PLAIN_FORMATS:
        return text, "@@PLUGINFILE@@" in text
    return plain_text(text)


def _feedback(element):
    return _formatted(element.find("feedback"))[0]


def _weight(answer):
    """Return a fraction as a decimal string; one that is no number stays as it is, to be told."""
    fraction = answer.get("fraction") or "0"
    value = number(fraction)
    return short(fraction) if value is None else plain(value)


def _choice(item, element):
    single = _text(element, "single").lower() not in {"false", "0"}
    options = []
    for position, answer in enumerate(element.findall("answer")):
        text, has_picture = _formatted(answer)
        if has_picture:
            item.refuse("picture")
        options.append(option(position, text, _weight(answer), _feedback(answer)))
    if not single and all(number(one["weight"]) is not None for one in options):
        weights = topped_up([one["weight"] for one in options])
        for one, weight in zip(options, weights, strict=True):
            one["weight"] = weight
    item.kind, item.content = "single" if single else "multiple", {"options": options}


def _truth(item, element):
    said = {
        _text(answer, "text").lower(): answer
        for answer in element.findall("answer")
        if _text(answer, "text").lower() in {"true", "false"}
    }
    right = [truth for truth, answer in said.items() if (number(_weight(answer)) or 0) > 0]
    answer = right[0] == "true" if len(right) == 1 else None
    feedback = {truth: _feedback(given) for truth, given in said.items()}
    options = truths(answer=answer)
    options[0]["feedback"], options[1]["feedback"] = (
        feedback.get("true", ""),
        feedback.get("false", ""),
    )
    item.kind, item.content = "true_false", {"options": options}


def _fill_in(item, element):
    accepted = [
        {"text": _formatted(answer)[0], "weight": _weight(answer), "feedback": _feedback(answer)}
        for answer in element.findall("answer")
    ]
    case = _text(element, "usecase") in {"1", "true"}
    item.kind, item.content = "fill_in", {"accepted": accepted, "case": case}


def _numbers(item, element):
    accepted = []
    for answer in element.findall("answer"):
        text = _text(answer, "text")
        if text == "*":
            item.findings.append(remark("catch_all_left_out"))
            continue
        span = accepted_number(f"{text}:{_text(answer, 'tolerance') or '0'}")
        if span is None:
            item.refuse("bad_number", text=short(text))
            continue
        low, high = span
        weight, feedback = _weight(answer), _feedback(answer)
        accepted.append({"low": low, "high": high, "weight": weight, "feedback": feedback})
    item.kind, item.content = "numerical", {"accepted": accepted}


def _pairs(item, element):
    pairs = []
    for position, part in enumerate(element.findall("subquestion")):
        left, has_picture = _formatted(part)
        if has_picture:
            item.refuse("picture")
        right = _text(part, "answer/text")
        pairs.append({"id": part_id(position), "left": left, "right": right})
    item.kind, item.content = "matching", {"pairs": pairs}


def _essay(item, element):
    guide, _picture = _formatted(element.find("graderinfo"))
    marks = number(_text(element, "defaultgrade") or "1") or number("1")
    points = [{"point": guide, "marks": plain(marks)}] if guide else []
    item.kind, item.content = "essay", {"guide": points}


READERS = {
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _fill_in,
    "numerical": _numbers,
    "matching": _pairs,
    "essay": _essay,
}
