"""The life of a consequence: what a founded complaint asks somebody else to do.

The bureau proposes and follows up. Whoever may take the measure takes it with an act of the
register; here it is only noted that this was done, or why it was not.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.flow import Flow, Step, guard


class ConsequenceState(models.TextChoices):
    OPEN = "open", pgettext_lazy("consequence", "to be done")
    DONE = "done", pgettext_lazy("consequence", "done")
    NOT_FOLLOWED = "not_followed", pgettext_lazy("consequence", "not followed")
    LIFTED = "lifted", pgettext_lazy("consequence", "lifted")


@guard(_("The decision is not final: the time for a review is not over."))
def decision_is_final(consequence, today):
    return consequence.is_final(today)


@guard(_("The register does not say that the unit has ended the post: it is recorded there first."))
def unit_has_ended_the_post(consequence, today):
    return consequence.kind not in {"removal", "dismissal"} or consequence.is_ended_in_register


S = ConsequenceState
CONSEQUENCE = Flow(
    Step(
        "carry_out", _("Note that it was done"), S.OPEN, S.DONE,
        decision_is_final, unit_has_ended_the_post,
    ),
    Step("leave", _("Note that it is not followed"), S.OPEN, S.NOT_FOLLOWED),
    Step("lift", _("Lift it, for the decision was changed"), S.OPEN, S.LIFTED),
    editable=[],
)  # fmt: skip
