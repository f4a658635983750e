"""Questions in a table: one a row, options in columns, the answer as letters or in words."""

import re

from django.utils.translation import gettext_lazy as _

from office.sheets.cells import text_of
from office.sheets.headings import Column
from office.sheets.reading import NO_HEAD, open_sheet
from office.sheets.vetting import Limits, refuse
from training.formats.aiken import with_options
from training.formats.items import Item, accepted_number, cleaned, part_id, short, truths
from training.rules.content import is_right
from training.rules.laws import law_line, read_laws
from training.rules.remarks import remark

MOST_QUESTIONS = 2_000
OPTIONS = "abcdefghij"
KINDS = {
    "single": ("单选题", "单选", "单项选择题", "single choice"),
    "multiple": ("多选题", "多选", "多项选择题", "multiple choice"),
    "true_false": ("判断题", "判断", "是非题", "true or false", "true false"),
    "fill_in": ("填空题", "填空", "fill in"),
    "numerical": ("数值题", "数字题", "number"),
    "matching": ("匹配题", "连线题"),
    "essay": ("简答题", "论述题", "案例题", "案例分析题", "essay or case"),
}
NAMES = {word: kind for kind, words in KINDS.items() for word in (kind, *words)}
TRUE_WORDS = {"正确", "对", "√", "t", "true", "是", "a"}
FALSE_WORDS = {"错误", "错", "×", "f", "false", "否", "b"}
FIT_MARKS = {"", "ok", "正常"}
LETTERS = re.compile(r"[A-J]")
ANSWER_LETTERS = re.compile(r"[A-J](?:[\s,，、;；/]*[A-J])*")
GUIDE = re.compile(r"(.*?)[（(]\s*(\d+(?:\.\d+)?)\s*分?\s*[)）]", re.DOTALL)
ARROWS = re.compile("->|→|——")
WIDE = {wide: wide - 0xFEE0 for wide in range(ord("Ａ"), ord("Ｚ") + 1)}
COLUMNS = [
    Column("type", _("kind of question"), ("type", "题型", "类型", "试题类型", "题目类型")),
    Column("stem", _("question text"), ("stem", "题干", "题目", "试题", "试题内容"), required=True),
    *(
        Column(
            f"option_{letter}",
            _("option %(letter)s") % {"letter": letter.upper()},
            (f"option_{letter}", f"选项{letter}", f"{letter}选项", letter, f"答案{letter}"),
        )
        for letter in OPTIONS
    ),
    Column("answer", _("right answer"), ("answer", "答案", "正确答案", "参考答案", "标准答案")),
    Column("explanation", _("explanation"), ("explanation", "解析", "答案解析", "试题解析")),
    Column("category", _("topic"), ("category", "类别", "分类", "知识点", "所属分类")),
    Column("law_basis", _("law it rests on"), ("law_basis", "法律依据", "依据", "法条")),
    Column("difficulty", _("difficulty, 1 to 3"), ("difficulty", "难度", "难易度")),
    Column("status", _("remark"), ("status", "状态", "校核状态", "备注")),
    Column("source", _("source"), ("source", "来源", "出处")),
    Column("licence", _("licence"), ("licence", "license", "许可", "授权")),
]  # fmt: skip


def read_table(file):
    """Return an ``Item`` for every row of an .xlsx or CSV file (a binary file object).

    :raises UnreadableSheet: if the file as a whole cannot be taken.
    """
    limits = Limits(rows=MOST_QUESTIONS + 100, file_size=10 << 20)
    with open_sheet(file, COLUMNS, limits=limits) as sheet:
        if sheet.mapping.missing:
            refuse(NO_HEAD, "no_head", headings=COLUMNS[1].label)
        positions = sheet.mapping.positions
        return [_item(row.number, row.pick(positions)) for row in sheet.rows()]


def _item(number, raw):
    cells = {name: cleaned(text_of(value)).strip() for name, value in raw.items()}
    cells = {column.name: cells.get(column.name, "") for column in COLUMNS}
    item = Item(
        number,
        stem=cells["stem"],
        explanation=cells["explanation"],
        law_basis=read_laws(cells["law_basis"]),
        topic=cells["category"],
        source=" · ".join(part for part in (cells["licence"], cells["source"]) if part),
    )
    if cells["difficulty"] in {"1", "2", "3"}:
        item.difficulty = int(cells["difficulty"])
    if cells["status"].lower() not in FIT_MARKS:
        item.findings.append(remark("marked_in_file", mark=short(cells["status"])))
    return _answered(item, cells)


def _answered(item, cells):
    options = [cells[f"option_{letter}"] for letter in OPTIONS]
    while options and not options[-1]:
        options.pop()
    answer = cells["answer"]
    kind = NAMES.get(cells["type"].lower()) if cells["type"] else _guessed(options, answer)
    if kind is None:
        return item.refuse("unknown_kind", kind=short(cells["type"]))
    if not item.stem:
        item.refuse("no_stem")
    item.kind = kind
    return READERS[kind](item, options, answer)


def _guessed(options, answer):
    """Return the kind a row without one must be; None if that cannot be told."""
    if answer.lower() in (TRUE_WORDS | FALSE_WORDS) - {"a", "b"}:
        return "true_false"
    if options and ANSWER_LETTERS.fullmatch(_upper(answer)):
        return "multiple" if len(_letters(answer)) > 1 else "single"
    return None


def _upper(answer):
    return answer.translate(WIDE).upper()


def _letters(answer):
    return sorted(set(LETTERS.findall(_upper(answer))))


def _choice(item, options, answer):
    several = item.kind == "multiple"
    right = [ord(letter) - ord("A") for letter in _letters(answer)]
    if answer and not ANSWER_LETTERS.fullmatch(_upper(answer)):
        right = [position for position, text in enumerate(options) if text == answer]
        if not right:
            return item.refuse("bad_letter", text=short(answer))
    if any(position >= len(options) for position in right):
        return item.refuse("bad_letter", text=short(answer))
    return with_options(item, options, right, several=several)


def _truth(item, options, answer):
    """The answer is a word, or the letter of the option that says it."""
    said = answer.lower()
    if said in {"a", "b"} and len(options) == 2:
        said = options["ab".index(said)].lower()
    if said and said not in TRUE_WORDS | FALSE_WORDS:
        return item.refuse("bad_letter", text=short(answer))
    item.content = {"options": truths(answer=said in TRUE_WORDS if said else None)}
    return item


def _fill_in(item, options, answer):
    texts = [text.strip() for text in answer.split("|") if text.strip()]
    accepted = [{"text": text, "weight": "100", "feedback": ""} for text in texts]
    item.content = {"accepted": accepted, "case": False}
    return item


def _numerical(item, options, answer):
    accepted = []
    for text in [text.strip() for text in answer.split("|") if text.strip()]:
        span = accepted_number(text)
        if span is None:
            return item.refuse("bad_number", text=short(text))
        accepted.append({"low": span[0], "high": span[1], "weight": "100", "feedback": ""})
    item.content = {"accepted": accepted}
    return item


def _matching(item, options, answer):
    pairs = []
    for position, text in enumerate(options):
        sides = [side.strip() for side in ARROWS.split(text, maxsplit=1)]
        if len(sides) == 1:
            return item.refuse("bad_pair", text=short(text))
        pairs.append({"id": part_id(position), "left": sides[0], "right": sides[1]})
    item.content = {"pairs": pairs}
    return item


def _essay(item, options, answer):
    guide = []
    for line in [line.strip() for line in answer.split("\n") if line.strip()]:
        match = GUIDE.fullmatch(line)
        point, marks = (match[1].strip(), match[2]) if match else (line, "1")
        guide.append({"point": point, "marks": marks})
    item.content = {"guide": guide}
    return item


READERS = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _truth,
    "fill_in": _fill_in,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
}


def cells_of(item):
    """Return {name of the column: what stands in it} for a question, as ``read_table`` takes it."""
    options, answer = _written(item.kind, item.content)
    return {
        "type": item.kind,
        "stem": item.stem,
        **{
            f"option_{letter}": options[position] if position < len(options) else ""
            for position, letter in enumerate(OPTIONS)
        },
        "answer": answer,
        "explanation": item.explanation,
        "category": item.topic,
        "law_basis": ";".join(law_line(basis) for basis in item.law_basis),
        "difficulty": item.difficulty or "",
        "status": "",
        "source": item.source,
        "licence": "",
    }


def _written(kind, content):
    """Return (options, answer) as they stand in the cells."""
    if kind in {"single", "multiple", "true_false"}:
        options = content["options"]
        right = [position for position, one in enumerate(options) if is_right(one)]
        if kind == "true_false":
            return [one["text"] for one in options], "".join(options[p]["text"] for p in right)
        return [one["text"] for one in options], "".join(chr(ord("A") + p) for p in right)
    if kind == "fill_in":
        return [], "|".join(part["text"] for part in content["accepted"])
    if kind == "numerical":
        return [], "|".join(f"{part['low']}..{part['high']}" for part in content["accepted"])
    if kind == "matching":
        return [f"{pair['left']} -> {pair['right']}" for pair in content["pairs"]], ""
    return [], "\n".join(f"{part['point']}（{part['marks']}分）" for part in content["guide"])
