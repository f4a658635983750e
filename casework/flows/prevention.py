"""The life of a month's report on prevention: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class PreventionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    REPORTED = "reported", _("reported")
    RETURNED = "returned", _("returned to be corrected")


@guard(_("The month is not over yet."))
def the_month_is_over(report, today):
    return today > report.last_day


@guard(_("A figure is missing. Where there was nothing, write 0."))
def every_figure_is_given(report, today):
    return None not in report.figures.values()


P = PreventionState
PREVENTION = Flow(
    Step(
        "report",
        _("Report"),
        [P.DRAFT, P.RETURNED],
        P.REPORTED,
        the_month_is_over,
        every_figure_is_given,
    ),
    Step("return", _("Return to be corrected"), P.REPORTED, P.RETURNED),
    editable=[P.DRAFT, P.RETURNED],
)
