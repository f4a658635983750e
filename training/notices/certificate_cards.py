"""Print sheets: several small certificates on one page, with marks to cut along."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from office.papers.flowables import draw_line
from office.papers.fonts import BOLD, REGULAR, font, text_width
from office.papers.gaps import Gaps
from office.papers.lines import break_lines
from office.papers.paper import DRAWING
from office.papers.styles import QUIET, Lettering
from training.notices.certificate_marks import draw_code, draw_frame, draw_seal
from training.notices.certificate_paper import new_canvas, rows_of
from training.rules.certificates import spaced

# Ten cards of the size of ISO/IEC 7810 ID-1, the size of a bank card.
CARD_WIDTH, CARD_HEIGHT = 85.6 * mm, 54 * mm
COLUMNS, ROWS = 2, 5
PAD = 3.5 * mm
TITLE = Lettering(12, 17, BOLD)
LINE_OF_FACTS = Lettering(7.5, 11)
SMALL = Lettering(6, 8, colour=QUIET)
CODE_SIDE, SEAL_SIDE = 20 * mm, 17 * mm
ON_A_CARD = {"姓名", "性别", "调解组织", "证书编号", "发证日期", "有效期至"}


def cards_pdf(contents):
    """Return the sheets of certificates, given as ``Content``, as the bytes of a PDF."""
    with DRAWING:
        font(REGULAR), font(BOLD)
        target, gaps = BytesIO(), Gaps()
        canvas = new_canvas(target, contents[0].facts)
        canvas.setSubject(contents[0].facts["kind_name"])
        for number, content in enumerate(contents):
            place = number % (COLUMNS * ROWS)
            if number and place == 0:
                canvas.showPage()
            draw_card(canvas, content, *corner(place), gaps.mend)
        canvas.showPage()
        canvas.save()
    return target.getvalue()


def corner(place):
    """Return the lower left corner of a place on the sheet."""
    row, column = divmod(place, COLUMNS)
    left = (A4[0] - COLUMNS * CARD_WIDTH) / 2
    bottom = (A4[1] - ROWS * CARD_HEIGHT) / 2
    return left + column * CARD_WIDTH, bottom + (ROWS - 1 - row) * CARD_HEIGHT


def draw_card(canvas, content, x, y, mend):
    """Draw one card: title, facts, seal, code."""
    facts, top = content.facts, y + CARD_HEIGHT - PAD
    draw_frame(canvas, x, y, CARD_WIDTH, CARD_HEIGHT)
    title = mend(facts["kind_name"])
    width = text_width(title, TITLE.font, TITLE.size)
    draw_line(canvas, TITLE, title, x + (CARD_WIDTH - width) / 2, top)
    bottom = y + PAD + SMALL.leading
    seal_x = x + CARD_WIDTH - PAD - CODE_SIDE - SEAL_SIDE / 2 - 1 * mm
    draw_seal(canvas, (seal_x, bottom + SEAL_SIDE / 2), facts["issuer"], content.seal, SEAL_SIDE)
    top -= TITLE.leading
    for line in lines_of(facts, mend):
        draw_line(canvas, LINE_OF_FACTS, line, x + PAD, top)
        top -= LINE_OF_FACTS.leading
    place = (x + CARD_WIDTH - PAD - CODE_SIDE, bottom)
    draw_code(canvas, content.address, place, CODE_SIDE, caption="", lettering=SMALL)
    foot = f"核验码 {spaced(facts['code'])}　{mend(facts['issuer'])}"
    draw_line(canvas, SMALL, foot, x + PAD, y + PAD + SMALL.leading)


def lines_of(facts, mend):
    """Return the lines of a card, long ones broken where the code begins."""

    def measure(text):
        return text_width(text, LINE_OF_FACTS.font, LINE_OF_FACTS.size)

    room = CARD_WIDTH - 2 * PAD
    lines = []
    for label, value in rows_of(facts):
        if label in ON_A_CARD:
            text = mend(f"{label}　{value}")
            lines += [line.text for line in break_lines(text, measure, room)]
    return lines
