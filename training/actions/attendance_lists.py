"""A list of those who attended is read and checked row by row; nothing is stored yet."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.sheets.headings import Column
from office.sheets.reading import open_sheet
from office.sheets.vetting import Limits

COLUMNS = (
    Column(
        "name",
        gettext_lazy("Person's name"),
        kind="name",
        required=True,
        synonyms=("姓名", "调解员姓名", "参训人员", "学员姓名", "签到人"),
    ),
    Column(
        "certificate",
        gettext_lazy("Certificate number"),
        synonyms=("证号", "调解员证号", "证件编号", "人民调解员证号"),
    ),
    Column(
        "minutes",
        gettext_lazy("Minutes"),
        synonyms=("分钟", "出勤分钟", "参训分钟", "时长（分钟）"),
    ),
)
LIMITS = Limits(file_size=5 << 20, unpacked_size=60 << 20, rows=3_000, columns=40)


@dataclass(frozen=True)
class Line:
    """A row of the list: what it says, whose enrolment it is, or why it is not taken."""

    number: int
    name: str
    certificate: str
    minutes: int | None = None
    enrolment: int | None = None
    reason: str = ""


def read_list(file, session, part):
    """Return a ``Line`` for every row of a file.

    :raises UnreadableSheet: if the file as a whole cannot be taken.
    """
    enrolled = list(session.enrolments.filter(state="enrolled").select_related("mediator"))
    with open_sheet(file, COLUMNS, limits=LIMITS) as sheet:
        positions = sheet.mapping.positions
        cleaned = [(row.number, _cells(row.pick(positions))) for row in sheet.rows()]
    lines, taken = [], set()
    for number, cells in cleaned:
        line = _line(number, cells, enrolled, part, taken)
        taken.add(line.enrolment)
        lines.append(line)
    return lines


def _cells(raw):
    return {
        column.name: str(column.clean(raw.get(column.name, "")).value or "") for column in COLUMNS
    }


def _line(number, cells, enrolled, part, taken):
    said = {"number": number, "name": cells["name"], "certificate": cells["certificate"]}
    found, reason = _whose(cells, enrolled)
    minutes, unreadable = _minutes(cells["minutes"], part)
    if found is not None and found.pk in taken:
        reason = _("This person stands on the list twice.")
    if reason or unreadable:
        return Line(**said, reason=reason or unreadable)
    return Line(**said, minutes=minutes, enrolment=found.pk)


def _whose(cells, enrolled):
    """Return the enrolment a row means, or why none."""
    named = [row for row in enrolled if row.mediator.name == cells["name"]]
    number = cells["certificate"]
    if number:
        of_number = [row for row in named if row.mediator.certificate_number == number]
        if named and not of_number:
            return None, _("Name and certificate number do not belong together.")
        named = of_number
    if not named:
        return None, _("Nobody of this name is enrolled.")
    if len(named) > 1:
        return None, _("Several people of this name are enrolled: give the certificate number.")
    return named[0], ""


def _minutes(typed, part):
    """Return the minutes of a row, those of the whole part if it names none, or what is wrong."""
    typed = typed.removesuffix(".0")
    if not typed:
        return part.minutes, ""
    if typed.isascii() and typed.isdigit() and len(typed) < 5 and int(typed) <= part.minutes:
        return int(typed), ""
    said = _("Minutes are a whole number from 0 to %(most)d.") % {"most": part.minutes}
    return None, said
