"""A paper and its drawing."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Spacer

from office.papers.flowables import Prose, Signature, draw_line
from office.papers.fonts import BOLD, REGULAR, font, text_width
from office.papers.gaps import Gaps
from office.papers.styles import LINE, PLAIN, Style

# ReportLab's font objects keep a reading position: two threads drawing at once would spoil both.
DRAWING = threading.Lock()


@dataclass(frozen=True)
class Paper:
    """One document of an issuing body: what it says, not how it is drawn.

    :param issuer: the issuing body; also the author in the file's metadata.
    :param body: blocks in their order.
    :param number: the document number, e.g. 越司〔2026〕12号.
    :param dated_on: the date of the document; also the creation date in the metadata.
    :param footnote: small print at the foot of each page.
    """

    title: str
    issuer: str
    body: Sequence
    number: str = ""
    dated_on: date | None = None
    footnote: str = ""
    style: Style = PLAIN


def render(paper):
    """Return `paper` as the bytes of a PDF; equal papers give equal bytes."""
    with DRAWING:
        font(REGULAR), font(BOLD)
        gaps, target, style = Gaps(), BytesIO(), paper.style
        story = list(story_of(paper, gaps.mend))
        canvas = partial(PageCanvas, style=style, footnote=gaps.mend(paper.footnote), paper=paper)
        if note := gaps.note():
            story += [Spacer(0, 8), Prose(note, style.small, align="left")]
        document(target, paper).build(story, canvasmaker=canvas)
    return target.getvalue()


def document(target, paper):
    """Return an empty document with the measures and metadata of `paper`."""
    style = paper.style
    _, _, bottom, left = style.margins
    area = Frame(left, bottom, style.width, style.height, 0, 0, 0, 0)
    return BaseDocTemplate(
        target,
        pagesize=style.page,
        pageTemplates=[PageTemplate("page", [area], pagesize=style.page)],
        title=paper.title,
        author=paper.issuer,
        subject=paper.number or paper.title,
        creator=paper.issuer,
        producer="ReportLab",
        lang="zh-CN",
        displayDocTitle=True,
        initialFontName=REGULAR,
        invariant=True,
    )


def story_of(paper, mend):
    """Yield the flowables of title, number, body and signature."""
    style, dated = paper.style, official_date(paper.dated_on)
    yield Prose(mend(paper.title), style.title, align="center")
    number = mend(paper.number)
    if style.signed:
        if number:
            yield Prose(number, style.body, align="center")
        yield Spacer(0, style.body.leading)
    else:
        about = [f"编号：{number}" if number else "", f"日期：{dated}" if dated else ""]
        yield Prose("　　".join(filter(None, about)), style.small, align="center")
        yield Spacer(0, 10)
    body = [part for block in paper.body for part in block.flowables(style, mend)]
    if style.signed and body and isinstance(body[-1], Prose):
        body[-1].keepWithNext = True  # no page holds the signature alone
    yield from body
    if style.signed:
        yield Signature(mend(paper.issuer), dated, style.body)


def official_date(day):
    """Return `day` as official papers write it (GB/T 9704-2012, 7.3.5.4): no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


class PageCanvas(Canvas):
    """A canvas that numbers its pages when their count is known."""

    def __init__(self, *args, style, footnote, paper, **kwargs):
        super().__init__(*args, **kwargs)
        self.style, self.footnote, self.pages = style, footnote, []
        day = paper.dated_on or date(2000, 1, 1)
        self.setDateFormatter(lambda *now: f"D:{day:%Y%m%d}000000+08'00'")

    def showPage(self):  # noqa: N802 - ReportLab's name
        """Keep the page for later instead of writing it."""
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        """Write each kept page with its number."""
        count = len(self.pages)
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self.draw_foot(f"第 {number} 页 共 {count} 页")
            super().showPage()
        super().save()

    def draw_foot(self, page_number):
        """Draw the page number, and the footnote over it behind a hairline."""
        letters, (_, right, bottom, left) = self.style.small, self.style.margins
        middle = left + self.style.width / 2
        y = bottom - 8
        if self.footnote:
            self.setStrokeColor(LINE)
            self.setLineWidth(0.5)
            self.line(left, y, self.style.page[0] - right, y)
        for text in filter(None, [self.footnote, page_number]):
            y -= letters.leading
            width = text_width(text, letters.font, letters.size)
            draw_line(self, letters, text, middle - width / 2, y + letters.leading - 4)
