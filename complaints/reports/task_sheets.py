"""What the pages of task sheets show: the way up, the limits, the words, the paper."""

from complaints.actions.addressees import way_of
from complaints.actions.sheet_words import (
    approved_text,
    doubts_about,
    draft_of,
    suggested_for,
    words_of,
)
from complaints.models import FOR_THE_UNIT, ComplaintGround, ComplaintKey, SheetWord
from complaints.notices.sheet_words import CONFLICT_LABELS, KIND_LABELS, UNIT_LABELS
from complaints.notices.task_sheets import task_sheet_paper
from complaints.rules.redaction import pieces

HANDLERS_WORDS = [
    SheetWord.RETURN, SheetWord.ROUTE, SheetWord.OBJECTION, SheetWord.SEND_BACK,
    SheetWord.REMINDER, SheetWord.SUPERVISION, SheetWord.SIDE,
]  # fmt: skip
UNITS_WORDS = [kind for kind in FOR_THE_UNIT if kind != SheetWord.TEXT]


def side_by_side(sheet):
    """Return the original beside the text of a sheet, with what is to be looked at in each."""
    original, found = suggested_for(sheet.complaint)
    _row, text = draft_of(sheet)
    doubts = doubts_about(sheet.complaint, text)
    return {
        "original": list(pieces(original, found)),
        "text": list(pieces(text, doubts)),
        "doubts": [(one.text, KIND_LABELS[one.kind], one.is_certain) for one in doubts],
    }


def way_told(sheet, today):
    """Return the units of the way up as ``(unit, why it is passed over)``."""
    return [
        (UNIT_LABELS[stop.kind], "；".join(str(CONFLICT_LABELS[one]) for one in stop.conflicts))
        for stop in way_of(sheet.complaint, today=today).stops
    ]


def words_for_handlers(sheet):
    """Return what was said about a sheet, without its texts."""
    return words_of(sheet, *HANDLERS_WORDS)


def words_for_the_unit(sheet):
    """Return what the unit, and the person complained of, said and were told."""
    return words_of(sheet, *UNITS_WORDS)


def about(sheet):
    """Return who or what is complained of."""
    complaint = sheet.complaint
    return " · ".join(str(one) for one in (complaint.mediator, complaint.organization) if one)


def grounds_of(sheet):
    """Return the grounds of the complaint in words."""
    labels = dict(ComplaintGround.choices)
    return [str(labels.get(ground, ground)) for ground in sheet.complaint.grounds]


def paper_of(sheet):
    """Return the sheet as an official paper; None before it was approved."""
    text = approved_text(sheet)
    if not text:
        return None
    limits = [sheet.limit(key) for key in (ComplaintKey.OBJECT_DAYS, ComplaintKey.FINDINGS_DAYS)]
    object_until, findings_due = [clock.due_on if clock else None for clock in limits]
    return task_sheet_paper(
        sheet,
        text,
        about=about(sheet) or "—",
        grounds=grounds_of(sheet),
        object_until=object_until,
        findings_due=findings_due,
    )
