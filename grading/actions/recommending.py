"""The organisation sends in what its mediators hand in, where the rule's stages ask for it."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.flows.application import ApplicationState, its_round_is_under_review
from grading.models import Application
from office import ledger
from office.flow import Refused

RECOMMEND = "grading.recommend_application"


@transaction.atomic
def recommend(pk, *, by, today, reason):
    """Send an application in for its organisation; the reason is the organisation's opinion.

    Officers do it for an organisation without an account. What the office does comes after it.

    :raises Refused: if the rule does not ask for it, it was sent in, or it is one's own.
    """
    rows = Application.objects.with_all().select_for_update(of=("self",))
    application = rows.get(pk=pk)
    mine = Application.objects.within(by, RECOMMEND)
    if bars := bars_to_recommending(application, today):
        raise Refused(bars)
    if not mine.filter(pk=pk).exists():
        raise Refused(_("You do not act on this application."))
    if not reason.strip():
        raise Refused({"reason": _("Write the opinion of the organisation.")})
    application.recommended_by, application.recommended_on = by, today
    application.recommendation = reason.strip()
    application.revision += 1
    application.full_clean()
    application.save()
    after = {"recommended_by_id": by.pk, "recommended_on": today.isoformat()}
    act = "grading.application.recommend"
    ledger.append(act, application, by=by, reason=reason, after=after)
    return application


def bars_to_recommending(application, today):
    """Return the sentences by which an application is not sent in for its organisation."""
    if application.state != ApplicationState.SUBMITTED:
        return [_("Only what was handed in and waits for its first review is sent in.")]
    if not application.waits_for_its_organization():
        return [_("It was sent in already, or the rule does not ask for it.")]
    return its_round_is_under_review(application, today)
