"""Formatted text as plain text: paragraphs stay, tags go, a picture is reported."""

import re
from html import unescape
from html.parser import HTMLParser

BLOCKS = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
SILENT = {"script", "style", "head", "title"}
EMBEDDED = {"img", "video", "audio", "object", "embed", "iframe", "svg", "picture"}
TAG = re.compile(r"<[^<>]*>")
# Beyond this nobody's question goes; the parser is slow on long texts made to be slow.
LONGEST = 40_000


class _Plain(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.silent, self.has_picture = [], 0, False

    def handle_starttag(self, tag, attrs):
        self.has_picture = self.has_picture or tag in EMBEDDED
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT and self.silent > 0
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(data)


def plain_text(html):
    """Return (the text of a piece of HTML, whether it holds a picture or another file)."""
    if len(html) > LONGEST:
        return unescape(TAG.sub("", html)).strip(), False
    reader = _Plain()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # The parser gives up on some unfinished declarations; what is no tag is text.
        return unescape(TAG.sub("", html)).strip(), False
    has_picture = reader.has_picture or "@@PLUGINFILE@@" in html
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return "\n".join(line for line in lines if line), has_picture
