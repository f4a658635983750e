"""The person complained of states his side: to the redacted sheet, never to the complaint."""

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.actions.sheet_words import say_in_sheet, words_of
from complaints.flows.task_sheet import WITH_THE_UNIT
from complaints.models import SheetWord, TaskSheet
from office import ledger
from office.flow import Refused


@transaction.atomic
def state_side(pk, *, text, by, today):
    """Keep what the person complained of says to a sheet; the unit and the handlers read it.

    :raises Refused: if findings are in already.
    :raises TaskSheet.DoesNotExist: if the sheet is not about the person.
    """
    rows = TaskSheet.objects.about(by).select_for_update(of=("self",))
    sheet = rows.select_related("complaint").get(pk=pk)
    if sheet.state not in WITH_THE_UNIT:
        raise Refused(_("The findings are in; the time to state your side is over."))
    statement = say_in_sheet(sheet, SheetWord.SIDE, text, by=by, today=today)
    ledger.append("complaints.tasksheet.side", sheet, by=by)
    return statement


def side_of_respondent(complaint):
    """Return all the person complained of said, over all sheets, as ``(row, text)``."""
    said = [words_of(sheet, SheetWord.SIDE) for sheet in complaint.sheets.order_by("pk")]
    return [one for words in said for one in words]
