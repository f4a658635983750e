"""The marks of GIFT: a backslash makes a mark an ordinary character."""

import re

# Half characters stand for escaped marks while a text is taken apart: no file can hold them.
MARKS = {
    "\\": "\udc80",
    "~": "\udc81",
    "=": "\udc82",
    "#": "\udc83",
    "{": "\udc84",
    "}": "\udc85",
    ":": "\udc86",
    "\n": "\udc87",
}
ESCAPE = re.compile(r"\\([\\~=#{}:n])")
BACK = {ord(stand_in): mark for mark, stand_in in MARKS.items()}


def hidden(text):
    """Return the text with what a backslash escapes put out of the way."""
    return ESCAPE.sub(lambda match: MARKS["\n" if match[1] == "n" else match[1]], text)


def shown(text):
    """Return a part of a text whose marks were hidden as people read it."""
    return text.translate(BACK)


def escaped(text):
    """Return any text so that GIFT reads it back as it is."""
    for mark in MARKS:
        text = text.replace(mark, "\\n" if mark == "\n" else f"\\{mark}")
    return text
