"""The life of a file of hotline tickets: checked, then entered whole or not at all."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.flow import Flow, Step, guard


class HotlineState(models.TextChoices):
    CHECKED = "checked", pgettext_lazy("hotline import", "checked")
    ENTERED = "entered", pgettext_lazy("hotline import", "entered")
    ABANDONED = "abandoned", pgettext_lazy("hotline import", "abandoned")


@guard(_("There is no new ticket in the file."))
def something_is_new(batch, today):
    return batch.new > 0


S = HotlineState
HOTLINE_IMPORT = Flow(
    Step("enter", _("Enter the tickets"), S.CHECKED, S.ENTERED, something_is_new),
    Step("abandon", _("Abandon"), S.CHECKED, S.ABANDONED),
    editable=[],
)
