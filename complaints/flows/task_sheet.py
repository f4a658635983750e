"""The life of a task sheet: drawn up, approved by a second person, answered by the unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.flows.complaint import ComplaintState
from office.flow import Flow, Step, guard


class SheetState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("task sheet", "draft")
    PROPOSED = "proposed", pgettext_lazy("task sheet", "with the second person")
    RETURNED = "returned", pgettext_lazy("task sheet", "returned to its author")
    SENT = "sent", pgettext_lazy("task sheet", "with the unit")
    OBJECTED = "objected", pgettext_lazy("task sheet", "objected to")
    REPORTED = "reported", pgettext_lazy("task sheet", "findings are in")
    SENT_BACK = "sent_back", pgettext_lazy("task sheet", "findings returned")
    DONE = "done", pgettext_lazy("task sheet", "done")
    DROPPED = "dropped", pgettext_lazy("task sheet", "dropped")
    RECALLED = "recalled", pgettext_lazy("task sheet", "taken back from the unit")


@guard(_("The complaint is not accepted, or the sheet went out already."))
def complaint_waits_for_a_sheet(sheet, today):
    return sheet.complaint.state == ComplaintState.ACCEPTED


@guard(_("The complaint is suspended: end the suspension first."))
def complaint_is_not_suspended(sheet, today):
    return not sheet.complaint.is_suspended


@guard(_("The time in which the unit may object is over."))
def unit_may_still_object(sheet, today):
    limit = sheet.limit_to_object()
    return limit is not None and not limit.is_overdue(today)


@guard(_("The findings were returned once; that is possible once only."))
def findings_were_not_returned(sheet, today):
    return not sheet.was_sent_back


S = SheetState
WRITING = [S.DRAFT, S.RETURNED]
WITH_THE_UNIT = [S.SENT, S.SENT_BACK]
# What the unit, and the person complained of, may see.
GONE_OUT = [S.SENT, S.OBJECTED, S.REPORTED, S.SENT_BACK, S.DONE]
# What was approved and sent; one that was taken back is none of the unit's any more.
WAS_SENT = [*GONE_OUT, S.RECALLED]
# A complaint has one of these at a time.
OPEN = [*WRITING, S.PROPOSED, *WITH_THE_UNIT]
G = (complaint_is_not_suspended,)
TASK_SHEET = Flow(
    Step("propose", _("Hand to the second person"), WRITING, S.PROPOSED,
         complaint_waits_for_a_sheet, *G),
    Step("recall", _("Take back from the second person"), S.PROPOSED, S.DRAFT),
    Step("return", _("Return to its author"), S.PROPOSED, S.RETURNED),
    Step("approve", _("Approve and send"), S.PROPOSED, S.SENT, complaint_waits_for_a_sheet, *G),
    Step("object", _("Object to the task"), S.SENT, S.OBJECTED, unit_may_still_object, *G),
    Step("report", _("Report findings"), WITH_THE_UNIT, S.REPORTED, *G),
    Step("send_back", _("Return the findings"), S.REPORTED, S.SENT_BACK,
         findings_were_not_returned, *G),
    Step("finish", _("Accept the findings"), S.REPORTED, S.DONE),
    Step("call_back", _("Take back from the unit"), WITH_THE_UNIT, S.RECALLED),
    Step("drop", _("Drop the sheet"), [*WRITING, S.PROPOSED], S.DROPPED),
    editable=WRITING,
)  # fmt: skip
