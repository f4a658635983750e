"""How an application stands, as its applicant is told: no ranking before it is announced."""

from django.utils.translation import gettext as _

from grading.flows import ApplicationState, RoundState
from grading.rules.references import own_reference

A = ApplicationState
# The bureau's own business until the results are on public notice.
UNTOLD = {A.ELIGIBLE, A.SCORED, A.PROPOSED, A.NO_LEVEL}
ANNOUNCED = {RoundState.NOTICE, RoundState.CONFIRMED, RoundState.ARCHIVED}
REASONED = {A.NOT_ELIGIBLE, A.NO_LEVEL, A.WITHDRAWN}
TONES = {
    A.DRAFT: "warn", A.RETURNED: "error", A.NOT_ELIGIBLE: "warn", A.PENDING: "warn",
    A.OBJECTED: "warn", A.CONFIRMED: "ok", A.NO_LEVEL: "", A.WITHDRAWN: "",
}  # fmt: skip


def told_state(application):
    """Return (words, tone) of how an application stands."""
    state, of_round = application.state, application.grading_round.state
    if state == A.DRAFT and of_round != RoundState.OPEN:
        return _("not handed in"), ""
    if state == A.SUBMITTED and application.waits_for_its_organization():
        return _("submitted, with the organisation"), "info"
    if state in UNTOLD and of_round not in ANNOUNCED:
        return _("eligible, to be ranked"), "info"
    return application.get_state_display(), TONES.get(state, "info")


def told_reason(application):
    """Return the reason of an outcome that the applicant is told of, "" if there is none."""
    if application.state not in REASONED:
        return ""
    is_untold = application.grading_round.state not in ANNOUNCED
    if application.state == A.NO_LEVEL and is_untold:
        return ""
    if application.outcome_reason or application.state != A.NOT_ELIGIBLE:
        return application.outcome_reason
    decision = application.decisions.filter(kind="eligibility").order_by("pk").last()
    return decision.reason if decision else ""


def reference_of(application):
    """Return what an application is called towards its applicant."""
    return own_reference(application.opened_on.year, application.pk)
