"""A mediator is nominated for a level and agrees, or does not."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.entering import enter, organization_of, own, rows
from grading.flows.application import ApplicationState
from office.flow import Refused, changing, taking
from registry.models import Mediator, Organization

NOMINATE = "grading.nominate_application"


@transaction.atomic
def nominate(pk, *, by, today, reason, mediator, level):
    """Begin an application for somebody else, who has to agree to it, complete it and sign it.

    :param pk: the key of the round; ``level`` is one of its levels.
    :raises Refused: if the mediator is not the nominator's to nominate or could not agree.
    """
    if level.grading_round_id != pk:
        raise Refused(_("This level is none of the round."))
    if level.grading_round.is_of_bodies:
        raise Refused(_("In this round organisations apply, and no person."))
    if not Mediator.objects.within(by, NOMINATE).filter(pk=mediator.pk).exists():
        raise Refused(_("You nominate mediators of your own organisation or area only."))
    if mediator.user_id is None:
        raise Refused(_("The mediator has no account and could not agree."))
    if mediator.user_id == by.pk:
        raise Refused(_("Nobody nominates oneself: apply on your own page."))
    among = Organization.objects.within(by, NOMINATE)
    organization = organization_of(mediator, level.grading_round.division, today, among=among)
    given = {"by": by, "today": today, "act": "nominate", "reason": reason}
    return enter(mediator, level, organization, nominated_by=by, **given)


def agree_to_nomination(pk, *, by, today):
    """Agree to be nominated; the application is the mediator's own from then on."""
    own(pk, by)
    with changing(rows(), pk, by=by, reason="") as application:
        if not is_waiting(application):
            raise Refused(_("No nomination waits for an answer here."))
        application.agreed_on = today
    return application


@transaction.atomic
def decline_nomination(pk, *, by, today, reason):
    """Do not agree: the application is withdrawn, with the reason."""
    own(pk, by)
    with taking("withdraw", rows(), pk, by=by, today=today, reason=reason) as application:
        if application.nominated_by_id is None or application.agreed_on is not None:
            raise Refused(_("No nomination waits for an answer here."))
        application.ended_on, application.outcome_reason = today, reason
    return application


def is_waiting(application):
    """Whether a nomination waits for the mediator's answer."""
    return (
        application.state == ApplicationState.DRAFT
        and application.nominated_by_id is not None
        and application.agreed_on is None
    )
