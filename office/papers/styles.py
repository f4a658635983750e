"""The two looks of a paper: the official document (公文) and the plain sheet."""

from dataclasses import dataclass

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from office.papers.fonts import BOLD, REGULAR

INK = HexColor("#1B2423")
QUIET = HexColor("#4A5553")
LINE = HexColor("#7C8785")
TINT = HexColor("#F1F3F1")


@dataclass(frozen=True)
class Lettering:
    """How a run of text looks: font name, size and distance of lines in points, colour."""

    size: float
    leading: float
    font: str = REGULAR
    colour: object = INK


@dataclass(frozen=True)
class Style:
    """The measures of a paper, in points.

    `margins` are top, right, bottom, left; `indent` counts characters; a `signed` paper ends with
    its issuer and date, the others name number and date under the title.
    """

    margins: tuple
    title: Lettering
    heading: Lettering
    body: Lettering
    cell: Lettering
    small: Lettering
    indent: int = 0
    signed: bool = False
    page: tuple = A4

    @property
    def width(self):
        """The width of the text area."""
        return self.page[0] - self.margins[1] - self.margins[3]

    @property
    def height(self):
        """The height of the text area."""
        return self.page[1] - self.margins[0] - self.margins[2]


PLAIN = Style(
    margins=(24 * mm, 24 * mm, 24 * mm, 24 * mm),
    title=Lettering(20, 30, BOLD),
    heading=Lettering(13, 26, BOLD),
    body=Lettering(11, 20),
    cell=Lettering(10, 16),
    small=Lettering(8.5, 13, colour=QUIET),
)

# GB/T 9704-2012, 5.2.1 and 5.2.3: text area 156 x 225 mm on A4, head 37 mm, binding edge 28 mm;
# 22 lines of 28 characters of size 3 (about 16 pt; 15.75 lets 28 of them stand in 156 mm).
# 7.3.1: title of size 2 (22 pt).
OFFICIAL = Style(
    margins=(37 * mm, 26 * mm, 35 * mm, 28 * mm),
    title=Lettering(22, 34, BOLD, black),
    heading=Lettering(15.75, 28.95, BOLD, black),
    body=Lettering(15.75, 28.95, colour=black),
    cell=Lettering(12, 19, colour=black),
    small=Lettering(9, 14, colour=black),
    indent=2,
    signed=True,
)
