"""The rows in which the answers of a question are typed: one set of plain fields for each kind.

Rows left empty are no answers; so every kind can be typed without any script.
"""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from training.formats.items import part_id, truths
from training.rules.content import is_right, shares

FULL, NOTHING, WRONG = "100", "0", "-100"
SPARE = 2
LONGEST = 2_000


@dataclass(frozen=True)
class Cell:
    """One field of a row: its name, its heading, how it is typed."""

    name: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Shape:
    """The rows of a kind of question: their name, what is typed in each, how many there are."""

    row: str
    cells: tuple
    rows: int
    help: str = ""


TEXT = Cell("text", _("Text"), "long")
WEIGHT = Cell("weight", _("Weight in percent"), "short")
FEEDBACK = Cell("feedback", _("Feedback"), "long")
RIGHT = Cell("right", _("Is right"), "tick")
SHAPES = {
    "single": Shape(_("Option"), (TEXT, RIGHT, FEEDBACK), 6, _("Tick the one right option.")),
    "multiple": Shape(
        _("Option"),
        (TEXT, RIGHT, WEIGHT, FEEDBACK),
        8,
        _("Tick every right option. Without weights the right ones share the marks equally."),
    ),
    "true_false": Shape(_("Answer"), (RIGHT, FEEDBACK), 2, _("Tick the right answer.")),
    "fill_in": Shape(
        _("Accepted answer"),
        (TEXT, WEIGHT, FEEDBACK),
        6,
        _("A star * stands for any characters. Without a weight an answer gives the full marks."),
    ),
    "numerical": Shape(
        _("Accepted number"),
        (Cell("low", _("From"), "short"), Cell("high", _("Up to"), "short"), WEIGHT, FEEDBACK),
        4,
        _("For one exact number leave “Up to” empty."),
    ),
    "matching": Shape(
        _("Pair"),
        (Cell("left", _("Left side"), "long"), Cell("right", _("Right side"), "long")),
        8,
        _("A pair without left side is only there to mislead."),
    ),
    "essay": Shape(
        _("Point of the marking guide"),
        (Cell("point", _("Point"), "long"), Cell("marks", _("Marks"), "short")),
        8,
    ),
}
WIDGETS = {
    "long": lambda attrs: forms.Textarea(attrs={"rows": 1, **attrs}),
    "short": lambda attrs: forms.TextInput(attrs={"size": 8, **attrs}),
}


def parts_of(kind, content):
    """Return what stands in the rows for the answers of a question: a list of {cell: value}."""
    if kind in {"single", "multiple", "true_false"}:
        return [_option_row(kind, one, content) for one in content["options"]]
    if kind == "essay":
        return [dict(part) for part in content["guide"]]
    if kind == "matching":
        return [{**pair, "part": pair["id"]} for pair in content["pairs"]]
    return [
        {**part, "weight": "" if part["weight"] == FULL else part["weight"]}
        for part in content["accepted"]
    ]


def _option_row(kind, one, content):
    right = is_right(one)
    weights = [option["weight"] for option in content["options"] if is_right(option)]
    usual = (one["weight"] in weights and weights == shares(len(weights))) or (
        not right and one["weight"] == (WRONG if kind == "multiple" else NOTHING)
    )
    weight = "" if usual else one["weight"]
    return {**one, "part": one["id"], "right": right, "weight": weight}


def row_fields(kind, count):
    """Yield (name, field) for every cell of every row."""
    shape = SHAPES[kind]
    for number in range(count):
        yield (
            f"part_{number}",
            forms.CharField(required=False, max_length=4, widget=forms.HiddenInput),
        )
        for cell in shape.cells:
            label = _row_label(kind, number)
            yield f"{cell.name}_{number}", _field(cell, f"{label}：{cell.label}")


def _field(cell, label):
    attrs = {"aria-label": label}
    if cell.kind == "tick":
        return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs))
    longest = LONGEST if cell.kind == "long" else 20
    return forms.CharField(
        label=label, required=False, max_length=longest, widget=WIDGETS[cell.kind](attrs)
    )


def _row_label(kind, number):
    if kind == "true_false":
        return gettext("True") if number == 0 else gettext("False")
    return f"{SHAPES[kind].row} {part_id(number).upper() if 'option' in kind else number + 1}"


def rows_needed(kind, content):
    """Return how many rows to show: those of the kind, or two more than there are answers."""
    least = SHAPES[kind].rows
    if kind == "true_false" or not content:
        return least
    return max(least, len(parts_of(kind, content)) + SPARE)


def content_of(kind, rows):
    """Return the answers that the typed rows say, as ``QuestionVersion`` keeps them."""
    return BUILDERS[kind]([row for row in rows if _is_filled(row) or kind == "true_false"])


def _is_filled(row):
    return any(value for name, value in row.items() if name != "part")


def _with_ids(rows):
    """Return an id for each row: its own, or the next that no row has."""
    taken = {row["part"] for row in rows if row["part"]}
    free = (part_id(number) for number in range(len(rows) + len(taken)))
    fresh = (name for name in free if name not in taken)
    seen, ids = set(), []
    for row in rows:
        name = row["part"] if row["part"] and row["part"] not in seen else next(fresh)
        seen.add(name)
        ids.append(name)
    return ids


def _options(rows, wrong):
    right = sum(bool(row["right"]) for row in rows)
    weights = iter(shares(right) if wrong == WRONG else [FULL] * right)
    options = []
    for name, row in zip(_with_ids(rows), rows, strict=True):
        usual = next(weights) if row["right"] else wrong
        weight = row.get("weight") or usual
        options.append(
            {"id": name, "text": row["text"], "weight": weight, "feedback": row["feedback"]}
        )
    return {"options": options}


def _single(rows):
    return _options(rows, NOTHING)


def _multiple(rows):
    return _options(rows, WRONG)


def _true_false(rows):
    options = truths()
    for one, row in zip(options, rows, strict=True):
        one["weight"] = FULL if row["right"] else NOTHING
        one["feedback"] = row["feedback"]
    return {"options": options}


def _fill_in(rows):
    accepted = [
        {"text": row["text"], "weight": row["weight"] or FULL, "feedback": row["feedback"]}
        for row in rows
    ]
    return {"accepted": accepted, "case": False}


def _numerical(rows):
    accepted = [
        {
            "low": row["low"],
            "high": row["high"] or row["low"],
            "weight": row["weight"] or FULL,
            "feedback": row["feedback"],
        }
        for row in rows
    ]
    return {"accepted": accepted}


def _matching(rows):
    pairs = [
        {"id": name, "left": row["left"], "right": row["right"]}
        for name, row in zip(_with_ids(rows), rows, strict=True)
    ]
    return {"pairs": pairs}


def _essay(rows):
    return {"guide": [{"point": row["point"], "marks": row["marks"] or "1"} for row in rows]}


BUILDERS = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "fill_in": _fill_in,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
}
