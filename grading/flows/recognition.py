"""The recognition of a level given elsewhere: proposed by one officer, confirmed by a second."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from grading.flows.scheme import rules_on
from office.flow import Flow, Step, guard


class RecognitionState(models.TextChoices):
    PROPOSED = "proposed", _("to be recognised")
    CONFIRMED = "confirmed", _("recognised")
    DROPPED = "dropped", _("not recognised")


@guard(_("The version of the rule set is not in force."))
def its_version_is_in_force(recognition, today):
    return rules_on(recognition.version, today)


def nothing_stands_against_it(recognition, today):
    """Give every sentence by which the level is not the person's: days, other levels, bars."""
    return recognition.bars(today)


S = RecognitionState
RECOGNITION = Flow(
    Step("confirm", _("Recognise the level"), S.PROPOSED, S.CONFIRMED, its_version_is_in_force,
         nothing_stands_against_it),
    Step("drop", _("Do not recognise it"), S.PROPOSED, S.DROPPED),
    editable=[],
)  # fmt: skip
