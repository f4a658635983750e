"""The printed form of a certificate: one page, and a second for the stamps of yearly checks.

Equal facts give equal bytes, so that a file can be compared with the one that was issued.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from office.papers.flowables import Grid, Prose, draw_line
from office.papers.fonts import BOLD, REGULAR, font, text_width
from office.papers.gaps import Gaps
from office.papers.paper import DRAWING, official_date
from office.papers.styles import QUIET, Lettering
from training.notices.certificate_marks import SEAL_SIDE, draw_code, draw_frame, draw_seal
from training.rules.certificates import spaced

WIDTH, HEIGHT = A4
MARGIN, INNER = 14 * mm, 34 * mm
TITLE = Lettering(30, 44, BOLD)
BODY = Lettering(15, 30)
CELL = Lettering(11.5, 19)
NAMES = Lettering(11.5, 19, colour=QUIET)
SIGNED = Lettering(14, 26)
SMALL = Lettering(8.5, 13, colour=QUIET)
CODE_SIDE = 34 * mm
STAMPS_A_ROW, STAMP_ROWS = 3, 4
SEXES = {"male": "男", "female": "女"}
# What is printed, in this order: key of the facts and its name on the paper.
PRINTED = [
    ("name", "姓名"), ("sex", "性别"), ("organization", "调解组织"), ("number", "证书编号"),
    ("basis", "依据"), ("issued_on", "发证日期"), ("valid_from", "有效期自"),
    ("valid_until", "有效期至"),
]  # fmt: skip


@dataclass(frozen=True)
class Content:
    """All that is drawn. ``stamps`` are {year: day or None}; None for a kind without checks."""

    facts: dict
    token: str
    address: str
    stamps: dict | None = None
    seal: bytes | None = None


def certificate_pdf(content):
    """Return a certificate as the bytes of a PDF."""
    with DRAWING:
        font(REGULAR), font(BOLD)
        target, gaps = BytesIO(), Gaps()
        canvas = new_canvas(target, content.facts)
        draw_certificate(canvas, content, gaps.mend)
        draw_note(canvas, gaps.note())
        canvas.showPage()
        if content.stamps is not None:
            draw_stamps(canvas, content, gaps.mend)
            canvas.showPage()
        canvas.save()
    return target.getvalue()


def new_canvas(target, facts, page=A4):
    """Return an empty canvas whose metadata are those of a certificate."""
    canvas = Canvas(target, pagesize=page, invariant=True, lang="zh-CN", initialFontName=REGULAR)
    day = date.fromisoformat(facts["issued_on"])
    canvas.setDateFormatter(lambda *now: f"D:{day:%Y%m%d}000000+08'00'")
    canvas.setTitle(facts["kind_name"])
    canvas.setAuthor(facts["issuer"])
    canvas.setCreator(facts["issuer"])
    canvas.setProducer("ReportLab")
    canvas.setSubject(spaced(facts["code"]))
    return canvas


def rows_of(facts):
    """Return (name, text) of every fact that stands in the table, those that are empty left out."""
    shown = dict(facts, sex=SEXES.get(facts["sex"], facts["sex"]))
    for key in ("issued_on", "valid_from", "valid_until"):
        shown[key] = official_date(date.fromisoformat(facts[key])) if facts[key] else ""
    shown["valid_until"] = shown["valid_until"] or "长期"
    return [(label, shown[key]) for key, label in PRINTED if shown[key]]


def draw_certificate(canvas, content, mend):
    """Draw the page of a certificate."""
    facts, room = content.facts, WIDTH - 2 * INNER
    draw_frame(canvas, MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN)
    top = place(canvas, Prose(mend(facts["kind_name"]), TITLE, align="center"), HEIGHT - 36 * mm)
    top = place(canvas, Prose(mend(facts["wording"]), BODY, indent=2 * BODY.size), top - 10 * mm)
    rows = [(label, mend(value)) for label, value in rows_of(facts)]
    table = Grid([], rows, [32 * mm, room - 32 * mm], (NAMES, NAMES, CELL), HEIGHT)
    place(canvas, table, top - 6 * mm)
    draw_signature(canvas, content, mend)
    draw_codes(canvas, content, mend)


def place(canvas, flowable, top, left=INNER):
    """Draw a flowable below ``top`` in the text area; return where it ends."""
    _width, height = flowable.wrap(WIDTH - 2 * INNER, HEIGHT)
    flowable.drawOn(canvas, left, top - height)
    return top - height


def draw_signature(canvas, content, mend):
    """Draw the seal, and over it the issuing body and the day."""
    middle, base = WIDTH - INNER - 30 * mm, 88 * mm
    draw_seal(canvas, (middle, base), content.facts["issuer"], content.seal, SEAL_SIDE)
    day = official_date(date.fromisoformat(content.facts["issued_on"]))
    for number, text in enumerate([mend(content.facts["issuer"]), day]):
        width = text_width(text, SIGNED.font, SIGNED.size)
        left = min(middle - width / 2, WIDTH - INNER - width)
        draw_line(canvas, SIGNED, text, left, base + 12 - number * SIGNED.leading)


def draw_codes(canvas, content, mend):
    """Draw the code that leads to the check, that of the signature, and how to check by hand."""
    y = 34 * mm
    draw = partial(draw_code, canvas, side=CODE_SIDE, lettering=SMALL)
    draw(content.address, (INNER, y), caption="扫码核验")
    draw(content.token, (INNER + CODE_SIDE + 8 * mm, y), caption="离线核验签名")
    lines = [
        f"核验码：{spaced(content.facts['code'])}",
        mend(f"核验地址：{content.address}"),
        "核验页列出本证全部事项；与本页不一致的，以核验页为准。",
    ]
    for number, text in enumerate(lines):
        draw_line(canvas, SMALL, text, INNER, y - 4 - number * SMALL.leading)


def draw_note(canvas, note):
    """Draw the note on substituted characters, if there are any."""
    if note:
        draw_line(canvas, SMALL, note, INNER, MARGIN + 8 * mm)


def draw_stamps(canvas, content, mend):
    """Draw the page on which each year's check is stamped."""
    draw_frame(canvas, MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN)
    top = place(canvas, Prose("年度审验记录", TITLE, align="center"), HEIGHT - 36 * mm)
    number = mend(f"证书编号：{content.facts['number']}")
    top = place(canvas, Prose(number, CELL, align="center"), top - 4 * mm) - 8 * mm
    side = (WIDTH - 2 * INNER) / STAMPS_A_ROW
    boxes = list(content.stamps.items())[-STAMPS_A_ROW * STAMP_ROWS :]
    for place_number, (year, day) in enumerate(boxes):
        row, column = divmod(place_number, STAMPS_A_ROW)
        x, y = INNER + column * side, top - (row + 1) * side
        draw_stamp(canvas, (x, y, side), (year, day), content.facts["issuer"])


def draw_stamp(canvas, box, stamp, body):
    """Draw the box of a year, with the seal and the day if it was checked."""
    (x, y, side), (year, day) = box, stamp
    canvas.saveState()
    canvas.setStrokeColor(QUIET)
    canvas.setLineWidth(0.5)
    canvas.rect(x, y, side, side, stroke=1, fill=0)
    canvas.restoreState()
    draw_line(canvas, CELL, f"{year}年度", x + 6, y + side - 4)
    if day:
        draw_seal(canvas, (x + side / 2, y + side / 2), body, side=side * 0.55)
        draw_line(canvas, SMALL, f"审验合格　{official_date(day)}", x + 6, y + SMALL.leading + 4)
