"""The life of a pairing of master and apprentice: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class PairingState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted by the mentor")
    DECLINED = "declined", _("declined by the mentor")
    ACTIVE = "active", _("under way")
    PAUSED = "paused", _("paused")
    ASSESSED = "assessed", _("assessed, to be decided")
    COMPLETED = "completed", _("apprenticeship completed")
    FAILED = "failed", _("not completed")
    TERMINATED = "terminated", _("ended early")


P = PairingState
# Nobody is the apprentice of two, and a mentor's load counts these.
OPEN = [P.PROPOSED, P.ACCEPTED, P.ACTIVE, P.PAUSED, P.ASSESSED]
RUNNING = [P.ACTIVE, P.PAUSED]


def people_may_be_paired(pairing, today):
    """Give every reason why these two may not be paired, as it stands today."""
    return pairing.bars(today)


@guard(_("The agreement signed by mentor, apprentice and unit is missing."))
def agreement_is_signed(pairing, today):
    return pairing.agreement_is_attached()


@guard(_("The plan of the pairing is missing."))
def plan_is_written(pairing, today):
    return bool(pairing.plan.strip())


def enough_logs_are_confirmed(pairing, today):
    """Say how many logs both sides have still to confirm before the pairing is assessed."""
    missing = pairing.logs_missing(today)
    if missing <= 0:
        return []
    return [
        _("%(count)d more logs must be confirmed by both sides before the assessment.")
        % {"count": missing}
    ]


@guard(_("The mid-term assessment is missing."))
def midterm_is_assessed(pairing, today):
    return pairing.was_assessed("midterm")


@guard(_("The final assessment did not find the apprentice ready."))
def final_was_passed(pairing, today):
    return pairing.final_result() == "passed"


@guard(_("A pairing is extended once."))
def was_not_extended(pairing, today):
    return not pairing.extended


PAIRING = Flow(
    Step("accept", _("Accept the apprentice"), P.PROPOSED, P.ACCEPTED, people_may_be_paired),
    Step("decline", _("Decline the apprentice"), P.PROPOSED, P.DECLINED),
    Step(
        "begin",
        _("Begin the pairing"),
        P.ACCEPTED,
        P.ACTIVE,
        people_may_be_paired,
        plan_is_written,
        agreement_is_signed,
    ),
    Step("pause", _("Pause"), P.ACTIVE, P.PAUSED),
    Step("resume", _("Resume"), P.PAUSED, P.ACTIVE, people_may_be_paired),
    Step(
        "assess",
        _("Make the final assessment"),
        P.ACTIVE,
        P.ASSESSED,
        midterm_is_assessed,
        enough_logs_are_confirmed,
    ),
    Step("complete", _("Complete the apprenticeship"), P.ASSESSED, P.COMPLETED, final_was_passed),
    Step("extend", _("Extend once"), P.ASSESSED, P.ACTIVE, was_not_extended),
    Step("fail", _("Note that it was not completed"), P.ASSESSED, P.FAILED),
    Step("terminate", _("End early"), OPEN, P.TERMINATED),
    editable=[P.PROPOSED, P.ACCEPTED],
)
