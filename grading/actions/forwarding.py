"""What a higher body decided on an application that was forwarded to it, from its document."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.giving import give, what_they_hold
from grading.actions.judging import record_decision
from grading.flows import ApplicationState
from grading.models import Application, Decision
from office import ledger
from office.flow import Refused, taking

LONGEST_DOCUMENT = 120


@transaction.atomic
def propose_above(pk, *, by, today, reason, document, on):
    """Propose to record that the higher body granted the level, by its document; returns it.

    Proposed again it is another document; whoever did so last proposed it.

    :raises Refused: if the application was not forwarded, or the document is dated after today.
    """
    application = _rows().select_for_update(of=("self",)).get(pk=pk)
    if application.state != ApplicationState.FORWARDED:
        raise Refused(_("The application waits for no higher body."))
    _enter(application, document, on, today)
    application.above_by = by
    application.revision += 1
    application.full_clean()
    application.save()
    after = {"outside_document": application.outside_document, "outside_on": on.isoformat()}
    act = "grading.application.propose_above"
    ledger.append(act, application, by=by, reason=reason, after=after)
    return application


def grant_above(pk, *, by, today, reason):
    """Record, as the second officer, that the higher body granted the level; it begins today.

    :raises Refused: if nobody proposed it, or the officer did, or confirmed the round.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("grant_above", _rows(), pk, **note) as application:
        if application.above_by_id == by.pk:
            raise Refused(_("Whoever proposed it does not decide on it. Ask a colleague."))
        if application.grading_round.confirmed_by_id == by.pk:
            raise Refused(_("You confirmed the results: another officer records what is granted."))
        before = what_they_hold([application], application.grading_round, today)
        application.ended_on = today
        given = give([application], application.grading_round, before, **note)
        rests_on = {
            "document": application.outside_document,
            "dated": application.outside_on.isoformat(),
            **given.get(application.pk, {}),
        }
        record_decision(application, Decision.Kind.ABOVE, "granted", rests_on=rests_on, **note)
    return application


def refuse_above(pk, *, by, today, reason, document, on):
    """Record that the higher body refused the level. Returns the application.

    :raises Refused: if the document is dated after today.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("refuse_above", _rows(), pk, **note) as application:
        _enter(application, document, on, today)
        application.ended_on = today
        application.outcome_reason, application.outcome_by = reason, by
        rests_on = {"document": document, "dated": on.isoformat()}
        record_decision(application, Decision.Kind.ABOVE, "refused", rests_on=rests_on, **note)
    return application


def _rows():
    return Application.objects.select_related(
        "grading_round__version__scheme",
        "grading_round__division",
        "round_level__level",
        "mediator",
        "organization",
    )


def _enter(application, document, on, today):
    if on > today:
        raise Refused({"on": _("This day lies in the future.")})
    application.outside_document, application.outside_on = document[:LONGEST_DOCUMENT], on
