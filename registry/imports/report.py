"""The result file: the rows that were refused or remarked on, as they stood, with the reasons."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from office.sheets.writing import ExportColumn, write_xlsx
from registry.models import Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about one row: its numbers, the verdict, and (heading, sentence) pairs."""

    number: int
    sheet_row: int
    verdict: str
    faults: tuple
    remarks: tuple

    @property
    def sentences(self):
        return _sentences(self.faults), _sentences(self.remarks)


def write_report(target, sheet, said):
    """Write a workbook to a path or a binary file; ``said`` is {row number: ``Said``}.

    The original cells are taken from the sheet as it is read once more; no cell is a formula.
    """
    headings = sheet.mapping.headings
    columns = [
        ExportColumn(_("Row"), 8),
        ExportColumn(_("Row of the sheet"), 12),
        ExportColumn(_("Result"), 10),
        ExportColumn(_("Why it was refused"), 50),
        ExportColumn(_("Remarks"), 40),
        *(ExportColumn(heading.flat) for heading in headings),
    ]
    positions = [heading.position for heading in headings]
    rows = (
        [
            row.number,
            row.sheet_row,
            str(Verdict(row.verdict).label),
            *row.sentences,
            *(cells[place] if place < len(cells) else None for place in positions),
        ]
        for number, cells in enumerate((line.cells for line in sheet.rows()), start=1)
        if (row := said.get(number))
    )
    write_xlsx(target, _("Result of the import"), columns, rows)


def _sentences(pairs):
    return "\n".join(f"{heading}：{sentence}" for heading, sentence in pairs)
