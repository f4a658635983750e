"""What a higher body decided on an application that was forwarded to it, from its document."""

from django.utils.translation import gettext as _

from grading.actions.giving import give, what_they_hold
from grading.actions.judging import record_decision
from grading.models import Application, Decision
from office.flow import Refused, taking

LONGEST_DOCUMENT = 120


def grant_above(pk, *, by, today, reason, document, on):
    """Record that the higher body granted the level; it begins today. Returns the application.

    :raises Refused: if the document is dated after today, or the officer confirmed the round.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("grant_above", _rows(), pk, **note) as application:
        if application.grading_round.confirmed_by_id == by.pk:
            raise Refused(_("You confirmed the results: another officer records what is granted."))
        before = what_they_hold([application], application.grading_round, today)
        _enter(application, document, on, today)
        given = give([application], application.grading_round, before, **note)
        dated = {"document": document, "dated": on.isoformat()}
        rests_on = {**dated, **given.get(application.pk, {})}
        record_decision(application, Decision.Kind.ABOVE, "granted", rests_on=rests_on, **note)
    return application


def refuse_above(pk, *, by, today, reason, document, on):
    """Record that the higher body refused the level. Returns the application.

    :raises Refused: if the document is dated after today.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("refuse_above", _rows(), pk, **note) as application:
        _enter(application, document, on, today)
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
    application.outside_document = document[:LONGEST_DOCUMENT]
    application.ended_on = today
