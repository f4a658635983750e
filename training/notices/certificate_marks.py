"""What stands on certificates besides text: the frame, the seal, the codes."""

from io import BytesIO
from math import cos, pi, sin

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from office.papers.flowables import Code
from office.papers.fonts import BOLD

GREEN = HexColor("#0E5A63")
RED = HexColor("#C3272B")
SEAL_SIDE = 40 * mm
ARC = 250  # degrees that the name of the body takes on a seal
STAR_TIPS = 5
INNER = 0.382  # of the outer radius: where the edges of a regular star of five tips meet


def draw_frame(canvas, x, y, width, height):
    """Draw the double frame of a certificate."""
    canvas.saveState()
    canvas.setStrokeColor(GREEN)
    for inset, line in [(0, 1.6), (2 * mm, 0.5)]:
        canvas.setLineWidth(line)
        canvas.rect(x + inset, y + inset, width - 2 * inset, height - 2 * inset, stroke=1, fill=0)
    canvas.restoreState()


def draw_seal(canvas, middle, body, picture=None, side=SEAL_SIDE):
    """Draw the seal of a body around a point: its picture, else a drawn one."""
    x, y = middle
    if picture is None:
        draw_round_seal(canvas, x, y, body, side / 2)
        return
    image = ImageReader(BytesIO(picture))
    canvas.drawImage(image, x - side / 2, y - side / 2, side, side, preserveAspectRatio=True)


def draw_round_seal(canvas, x, y, body, radius):
    """Draw a round seal: a ring, a star, and the name of the body along the ring."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setStrokeColor(RED)
    canvas.setFillColor(RED)
    canvas.setLineWidth(radius * 0.06)
    canvas.circle(0, 0, radius, stroke=1, fill=0)
    canvas.drawPath(star(canvas, radius * 0.3), stroke=0, fill=1)
    draw_arc(canvas, body, radius * 0.76, min(radius * 0.3, radius * 4.2 / max(len(body), 1)))
    canvas.restoreState()


def star(canvas, radius):
    """Return the path of a star of five tips, one of them upright."""
    path = canvas.beginPath()
    for corner in range(2 * STAR_TIPS):
        reach = radius if corner % 2 == 0 else radius * INNER
        angle = pi / 2 + corner * pi / STAR_TIPS
        draw = path.lineTo if corner else path.moveTo
        draw(reach * cos(angle), reach * sin(angle))
    path.close()
    return path


def draw_arc(canvas, text, radius, size):
    """Write a text along a ring, clockwise, its middle on top."""
    step = min(ARC / max(len(text) - 1, 1), 34)
    start = step * (len(text) - 1) / 2
    for place, char in enumerate(text):
        canvas.saveState()
        canvas.rotate(start - place * step)
        canvas.setFont(BOLD, size)
        canvas.drawCentredString(0, radius - size * 0.4, char)
        canvas.restoreState()


def draw_code(canvas, content, corner, side, *, caption, lettering):
    """Draw a QR code with its caption, the lower left corner in a point."""
    code = Code(content, side, caption, lettering)
    code.wrap(side, side)
    code.drawOn(canvas, *corner)
