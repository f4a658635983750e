"""1,000 certificates against bare ReportLab drawing of the same page with the same codes.

``python -m benchmarks.certificates``. The bare page knows where each line stands: it breaks no
lines, mends no missing character and lays out nothing. Both are made in one warm process,
alternately in five rounds; processor time, medians. One reference takes ReportLab's own way of
embedding a font, the other that of the house.
"""

import argparse
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.__main__ import set_up

ROUNDS = 5
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈楮卫蒋沈韩杨", "丽娟建林晓春明远慧芬敏之文清嘉宁宇平"
ISSUER, TITLE = "诸暨市司法局", "人民调解员培训合格证书"
WORDING = "参加人民调解员培训，完成规定的课程并考核合格，特发此证。"


def main():
    """Draw all certificates both ways and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.certificates", description=__doc__)
    parser.add_argument("--number", type=int, default=1_000)
    options = parser.parse_args()
    set_up(Path("var/benchmarks").resolve())
    contents = invented(options.number)
    bare_fonts()
    ways = {
        "the house": drawn,
        "bare, fonts as ReportLab embeds them": lambda one: bare(one, "Bare"),
        "bare, fonts as the house embeds them": lambda one: bare(one, "NotoSerifSC"),
    }
    for way in ways.values():
        way(contents[0])
    report(options.number, {name: [] for name in ways}, ways, contents)


def report(number, taken, ways, contents):
    """Draw in turns and print seconds and ratios."""
    share = number // ROUNDS
    for turn in range(ROUNDS):
        for name, way in ways.items():
            start = process_time()
            for one in contents[turn * share : (turn + 1) * share]:
                way(one)
            taken[name].append((process_time() - start) / share)
    medians = {name: median(times) for name, times in taken.items()}
    print(f"| {number:,} certificates | ms each | the house / this |\n|---|---|---|")
    for name, time in medians.items():
        print(f"| {name} | {time * 1_000:.1f} | {medians['the house'] / time:.2f} |")


def invented(number):
    """Return the contents of invented certificates, each of another person."""
    from training.notices.certificate_paper import Content  # noqa: PLC0415
    from training.rules.certificates import new_code  # noqa: PLC0415
    from training.rules.signatures import private_key, token  # noqa: PLC0415

    key = private_key("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    found = []
    for n in range(number):
        facts = {
            "code": new_code(), "kind": "training", "kind_name": TITLE, "kind_name_en": "",
            "number": f"PX3306812026{n:05d}", "sex": "female" if n % 2 else "male",
            "name": SURNAMES[n % 16] + GIVEN[n % 17] + GIVEN[n // 17 % 17],
            "organization": f"诸暨市第{n % 300}村人民调解委员会",
            "basis": "2026年第一期培训考核合格",
            "wording": WORDING, "issuer": ISSUER, "issued_on": "2026-11-22",
            "valid_from": "2026-11-22", "valid_until": "2029-11-21",
        }  # fmt: skip
        address = f"https://tiaojie.example.gov.cn/verify/{facts['code']}/"
        found.append(Content(facts, token(facts, key), address))
    return found


def drawn(content):
    from training.notices.certificate_paper import certificate_pdf  # noqa: PLC0415

    return certificate_pdf(content)


def bare_fonts():
    """Register the fonts of the house under other names, in ReportLab's own way."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    from office.papers.fonts import BOLD, FOLDER, REGULAR, font  # noqa: PLC0415

    for name in (REGULAR, BOLD):
        font(name)
        bare_name = name.replace("NotoSerifSC", "Bare")
        pdfmetrics.registerFont(TTFont(bare_name, FOLDER / f"{name}.ttf", shapable=False))


def bare(content, family):
    """Draw the same page by hand: texts at places known beforehand, frame, seal and codes."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True, initialFontName=f"{family}-Regular")
    facts = content.facts
    canvas.rect(40, 40, 515, 762)
    canvas.rect(46, 46, 503, 750)
    canvas.setFont(f"{family}-Bold", 30)
    canvas.drawCentredString(297, 700, facts["kind_name"])
    texts = [
        (15, 640, WORDING[:22]), (15, 610, WORDING[22:]),
        (11.5, 570, "姓名"), (11.5, 570, facts["name"]), (11.5, 545, "性别"), (11.5, 545, "女"),
        (11.5, 520, "调解组织"), (11.5, 520, facts["organization"]), (11.5, 495, "证书编号"),
        (11.5, 495, facts["number"]), (11.5, 470, "依据"), (11.5, 470, facts["basis"]),
        (11.5, 445, "发证日期"), (11.5, 445, "2026年11月22日"), (11.5, 420, "有效期自"),
        (11.5, 420, "2026年11月22日"), (11.5, 395, "有效期至"), (11.5, 395, "2029年11月21日"),
        (14, 260, ISSUER), (14, 234, "2026年11月22日"), (8.5, 90, f"核验码：{facts['code']}"),
        (8.5, 77, f"核验地址：{content.address}"), (8.5, 110, "扫码核验　离线核验签名"),
        (8.5, 64, "核验页列出本证全部事项；与本页不一致的，以核验页为准。"),
    ]  # fmt: skip
    for size, y, text in texts:
        canvas.setFont(f"{family}-Regular", size)
        canvas.drawString(96, y, text)
    for line in range(9):
        canvas.line(96, 380 + 25 * line, 500, 380 + 25 * line)
    bare_seal(canvas, family)
    bare_code(canvas, content.address, 96, 110)
    bare_code(canvas, content.token, 215, 110)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def bare_seal(canvas, family):
    canvas.circle(420, 250, 56)
    for place, char in enumerate(ISSUER):
        canvas.saveState()
        canvas.translate(420, 250)
        canvas.rotate(85 - 34 * place)
        canvas.setFont(f"{family}-Bold", 14)
        canvas.drawCentredString(0, 38, char)
        canvas.restoreState()


def bare_code(canvas, content, x, y):
    import segno  # noqa: PLC0415

    matrix = segno.make(content, error="m", micro=False).matrix
    side = 96 / (len(matrix) + 8)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(x + start * side, y - row * side, (column - start) * side, side)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)


if __name__ == "__main__":
    main()
