"""The life of an order to rectify: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class RectificationState(models.TextChoices):
    ORDERED = "ordered", _("ordered")
    PASSED = "passed", _("put right")
    FAILED = "failed", _("not put right")
    WITHDRAWN = "withdrawn", _("withdrawn")


@guard(_("The time to put it right has not run out."))
def time_has_run_out(rectification, today):
    return rectification.due_on < today


R = RectificationState
RECTIFICATION = Flow(
    # Put right late is put right: also after the re-check had failed.
    Step("clear", _("Note that it was put right"), [R.ORDERED, R.FAILED], R.PASSED),
    Step("fail", _("Note that it was not put right"), R.ORDERED, R.FAILED, time_has_run_out),
    Step("withdraw", _("Withdraw the order"), R.ORDERED, R.WITHDRAWN),
    editable=[],
)
