"""The vendored fonts, mended for ReportLab and registered once per process."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

REGULAR = "NotoSerifSC-Regular"
BOLD = "NotoSerifSC-Bold"
FOLDER = Path(__file__).parent / "fonts"


class Outlines:
    """The table of outlines, read where it lies."""

    def __init__(self, data, start):
        self.data, self.start = data, start

    def __getitem__(self, part):
        """Return the bytes of one glyph."""
        return self.data[self.start + part.start : self.start + part.stop]


class LeanFace(TTFontFace):
    """A font file whose outlines are not copied as a whole for every subset: they are 12 MB."""

    def get_table(self, tag):
        """Return the bytes of a table; of the outlines a view."""
        if tag == "glyf":
            return Outlines(self._ttf_data, self.get_table_pos(tag)[0])
        return super().get_table(tag)


class MendedFont(TTFont):
    """A TrueType font whose text can be copied out of the PDF again, beyond the BMP too."""

    def __init__(self, name, filename):
        super().__init__(name, filename, shapable=False)
        self.face.__class__ = LeanFace  # ReportLab offers no way to name the class it reads with

    def addObjects(self, doc):  # noqa: N802 - ReportLab's name
        """Write the font subsets, then replace ReportLab's code-to-text tables.

        ReportLab writes a code point beyond U+FFFF as five hexadecimal digits, which is no UTF-16.
        """
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            doc.idToObject[fonts[name].ToUnicode.name].content = to_unicode(name, subset)


def to_unicode(name, subset):
    """Return the CMap that maps each one-byte code of `subset` to its character in UTF-16BE."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name.replace('+', '-')} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    for start in range(0, len(pairs), 100):  # the CMap specification allows 100 in a block
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


@cache
def font(name):
    """Return the font of this name; the first call in a process reads and registers its file."""
    loaded = MendedFont(name, FOLDER / f"{name}.ttf")
    pdfmetrics.registerFont(loaded)
    return loaded


def text_width(text, name, size):
    """Return the width of `text` in points."""
    face = font(name).face
    return sum(face.charWidths.get(ord(char), face.defaultWidth) for char in text) * size / 1000


def missing_glyphs(text):
    """Return the characters of `text` the fonts cannot draw, each once, in order of appearance."""
    drawable = font(REGULAR).face.charToGlyph
    return list(dict.fromkeys(c for c in text if ord(c) not in drawable and not is_invisible(c)))


@lru_cache(maxsize=4096)
def is_invisible(char):
    """Say whether `char` asks for no glyph: a control, a joiner, a variation selector."""
    return unicodedata.category(char) in {"Cc", "Cf"} or "VARIATION SELECTOR" in unicodedata.name(
        char, ""
    )
