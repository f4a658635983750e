"""The check of a case file: one officer compares it with the contents list, another scores it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step


class FileCheckState(models.TextChoices):
    DRAWN = "drawn", _("to be checked")
    CHECKED = "checked", _("checked, to be scored")
    RETURNED = "returned", _("handed back for completion")
    COMPLETED = "completed", _("completed, to be scored")
    SCORED = "scored", _("scored")
    DROPPED = "dropped", _("dropped")


F = FileCheckState
READ = [F.CHECKED, F.COMPLETED]
FILE_CHECK = Flow(
    Step("check", _("Check the file"), F.DRAWN, F.CHECKED),
    Step("hand_back", _("Hand back for completion"), READ, F.RETURNED),
    Step("complete", _("Check what was completed"), F.RETURNED, F.COMPLETED),
    Step("score", _("Score the file"), READ, F.SCORED),
    Step("drop", _("Drop the check"), [F.DRAWN, F.CHECKED, F.RETURNED], F.DROPPED),
    editable=[],
)
