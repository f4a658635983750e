"""Reports on prevention: begun, handed in, returned, corrected with the reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework.flows import PreventionState
from casework.models import CaseworkKey, CaseworkPolicy, PreventionReport
from casework.rules.prevention import due_day, first_of
from office.flow import Refused, changing, taking
from registry.actions.entering import acting, entered
from registry.models import Organization


@transaction.atomic
def begin_report(*, by, today, reason, organization, month, **figures):
    """Begin the report of an organisation for a month (any day of it); returns the draft.

    :raises Refused: if the month has not begun.
    :raises ValidationError: if there is one already.
    """
    if first_of(month) > today:
        raise Refused(_("This month has not begun."))
    body = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    policy = CaseworkPolicy.objects.ruling(
        CaseworkKey.PREVENTION_DAY, division_id=body.division_id, on=today, kind=body.kind
    )
    report = PreventionReport(
        organization=body,
        division=body.division,
        month=first_of(month),
        policy=policy,
        due_on=due_day(month, policy.amount),
        **figures,
    )
    return entered(report, by=by, reason=reason)


def change_report(pk, *, by, today, reason, revision=None, **figures):
    """Write on at a report that is not handed in.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(PreventionReport.objects, pk, by=by, reason=reason, revision=revision) as report:
        for name, value in figures.items():
            setattr(report, name, value)
    return report


def hand_in_report(pk, *, by, today, reason):
    """Report the figures of the month.

    :raises Refused: if the month is not over or a figure is missing.
    """
    with taking(
        "report", PreventionReport.objects, pk, by=by, today=today, reason=reason
    ) as report:
        report.reported_on, report.reported_by, report.reasons = today, by, ""
    return report


def return_report(pk, *, by, today, reason):
    """Return it to whoever wrote it, with the reason."""
    with taking(
        "return", PreventionReport.objects, pk, by=by, today=today, reason=reason
    ) as report:
        report.reasons = reason
    return report


def correct_report(pk, *, by, today, reason, **figures):
    """Correct what was reported; the ledger keeps the figures before, and why.

    :raises Refused: if it is not reported.
    """
    with acting("correct", PreventionReport.objects, pk, by=by, reason=reason) as report:
        if report.state != PreventionState.REPORTED:
            raise Refused(_("Only what was reported is corrected."))
        for name, value in figures.items():
            setattr(report, name, value)
    return report
