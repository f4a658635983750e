"""The life of an import of questions: every state and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class QuestionImportState(models.TextChoices):
    CHECKED = "checked", _("checked")
    ENTERED = "entered", _("entered")
    DROPPED = "dropped", _("put aside")


@guard(_("No question of the file can be entered."))
def something_can_be_entered(batch, today):
    return batch.ready + batch.flagged > 0


S = QuestionImportState
QUESTION_IMPORT = Flow(
    Step("enter", _("Enter in the bank"), S.CHECKED, S.ENTERED, something_can_be_entered),
    Step("drop", _("Put aside"), S.CHECKED, S.DROPPED),
    editable=[],
)
