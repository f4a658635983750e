"""What becomes of applications whose organisation is deregistered or whose person is erased."""

from django.db.models import F, Value
from django.db.models.functions import Replace

from grading.flows import ApplicationState, RoundState
from grading.flows.application import AT_WORK
from grading.models import (
    Answer,
    Application,
    Decision,
    Grade,
    RankMove,
    Reading,
    Recusal,
    Ruling,
    Waiving,
)
from office import ledger
from office.flow import taking
from registry.actions.erasures import NAMELESS
from registry.models import PublicNotice
from registry.questions import Destination, Touched

SUBJECT = Application._meta.label_lower
RUNNING = [ApplicationState.DRAFT, *AT_WORK]
OVER = [RoundState.CONFIRMED, RoundState.ARCHIVED]


def running_applications(organization):
    """Return what a deregistration touches: applications that are begun and not ended.

    What waits for a higher body after the round can only follow the person. An organisation's own
    application can only end with it; the higher body is told that it is gone.
    """
    rows = Application.objects.filter(organization=organization, state__in=RUNNING)
    rows = rows.exclude(is_of_body=True, grading_round__state__in=OVER)
    rows = rows.select_related("mediator", "round_level", "grading_round").order_by("pk")
    return [Touched.row(row, *_destinations(row)) for row in rows]


def _destinations(application):
    may_end = application.grading_round.state not in OVER
    if application.is_of_body:
        return [Destination.END]
    return [Destination.MOVE, *([Destination.END] if may_end else [])]


def lock_applications(organizations):
    """Lock these applications ahead of a deregistration, in the order in which rounds do it."""
    rows = Application.objects.filter(organization__in=organizations, state__in=RUNNING)
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def carry_out_application(item, *, by, today, reason):
    """Withdraw an application, or let it follow the person; tell whether it was one.

    :raises Refused: if the application no longer allows it.
    """
    if item.subject_type != SUBJECT:
        return False
    pk = int(item.subject_id)
    if not Application.objects.filter(pk=pk, state__in=RUNNING).exists():
        return True
    if item.destination == Destination.MOVE:
        _move(pk, item.target, by=by, reason=reason)
    else:
        note = {"by": by, "today": today, "reason": reason}
        with taking("withdraw", Application.objects, pk, **note) as application:
            application.outcome_reason, application.ended_on = reason, today
    return True


def _move(pk, organization, *, by, reason):
    application = Application.objects.select_for_update(of=("self",)).get(pk=pk)
    before = ledger.snapshot(application)
    application.organization = organization
    application.revision += 1
    application.full_clean()
    application.save()
    old, new = ledger.changes(before, ledger.snapshot(application))
    act = "grading.application.move"
    ledger.append(act, application, by=by, reason=reason, before=old, after=new)


def forget_words(mediator, *, by, today, reason):
    """Blank what a person who was erased wrote, and take the name out of what others wrote.

    Evidence and decisions stay as they are: no name stands in them, so that each can be verified.
    """
    applications = Application.objects.filter(mediator=mediator)
    rows = list(applications.select_for_update(of=("self",)).order_by("pk"))
    entries = [ledger.draft("grading.application.erase", row, by=by, reason=reason) for row in rows]
    applications.update(statement="", revision=F("revision") + 1)
    Grade.objects.filter(mediator=mediator).exclude(answer="").update(answer=NAMELESS)
    of_person = {"application__mediator": mediator}
    Answer.objects.filter(**of_person).update(reason=NAMELESS)
    Recusal.objects.filter(**of_person).exclude(reason="").update(reason=NAMELESS)
    _take_the_name_out(mediator, rows)
    if entries:
        ledger.append_all(entries)


def _take_the_name_out(mediator, applications):
    """Replace the name in the words of officers and readers, and on the notices of results."""
    if not mediator.name:
        return
    pks = [row.pk for row in applications]
    Application.objects.filter(pk__in=pks).update(
        **_nameless(mediator, "return_reasons", "outcome_reason", "recommendation")
    )
    Grade.objects.filter(mediator=mediator).update(**_nameless(mediator, "ground"))
    Reading.objects.filter(application__in=pks).update(**_nameless(mediator, "remark", "reason"))
    for model in (Decision, Ruling, Waiving, RankMove):
        model.objects.filter(application__in=pks).update(**_nameless(mediator, "reason"))
    for row in applications:
        # Only the person's own line: somebody else may have the same name.
        line, nameless = (
            Value(f"\n{name}　{row.organization.name}\n") for name in (mediator.name, NAMELESS)
        )
        notices = PublicNotice.objects.filter(
            pk__in={row.grading_round.notice_id, row.notice_id} - {None}
        )
        notices.update(body=Replace("body", line, nameless))


def _nameless(mediator, *fields):
    return {name: Replace(name, Value(mediator.name), Value(NAMELESS)) for name in fields}
