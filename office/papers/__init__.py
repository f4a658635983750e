"""Every PDF of the product: an official paper in, its bytes out.

A :class:`Paper` is plain data (title, issuer, blocks); :func:`render` draws it. Text is never
read as markup. What stands on a paper by itself (page numbers, the note on substitutes) is
Chinese, because the papers are official documents.
"""

from office.papers.blocks import QR, Facts, Gap, Heading, Rows, Text
from office.papers.fonts import missing_glyphs
from office.papers.paper import Paper, render
from office.papers.styles import OFFICIAL, PLAIN, Style

__all__ = [
    "OFFICIAL",
    "PLAIN",
    "QR",
    "Facts",
    "Gap",
    "Heading",
    "Paper",
    "Rows",
    "Style",
    "Text",
    "missing_glyphs",
    "render",
]
