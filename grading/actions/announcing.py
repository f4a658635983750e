"""The results of a round are put before the public; objections suspend one person, not the list."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.judging import record_decision
from grading.actions.moving import locked, move_all
from grading.flows import ApplicationState
from grading.models import Application, Decision, GradingRound
from grading.notices.announcements import announcement
from grading.rules.publicity import term_of
from grading.rules.unknown import is_known
from office.clocks import Term, Unit
from office.flow import Refused, taking
from registry.actions.notices import (
    draft_notice,
    publish_notice,
    reject_objection,
    uphold_objection,
)
from registry.flows import ObjectionState
from registry.models import Objection
from registry.rules import personal_numbers

KIND = "grading"
KEPT, DROPPED = "kept", "no_level"
MOST_ANSWERED = 3_000


def announce_round(pk, *, by, today, reason):
    """Put everybody who is proposed on public notice, for the term of the rule or of a policy.

    :raises Refused: if a guard says no, the officer gave places, or the text would tell a personal
        number.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("announce", GradingRound.objects, pk, **note) as grading_round:
        if grading_round.levels.filter(awarded_by=by).exists():
            raise Refused(_("You gave the places of a level: another officer announces them."))
        proposed = grading_round.applications.filter(state=ApplicationState.PROPOSED)
        rows = sorted(locked(proposed), key=in_the_order_of_the_notice)
        title, body = announcement(grading_round, rows)
        bar_personal_numbers(title, body)
        move_all("announce", rows, by=by, reason=reason)
        grading_round.notice = published(grading_round, title, body, **note)
        grading_round.announced_by, grading_round.proposed_by = by, None
    return grading_round


def published(grading_round, title, body, **note):
    """Publish a notice of results for the term of the rule, or of the bureau's policy."""
    notice = draft_notice(
        kind=KIND,
        title=title,
        body=body,
        division=grading_round.division,
        subject=grading_round,
        **note,
    )
    return publish_notice(notice.pk, **_term_of(grading_round), **note)


def contest(pk, *, by, today, reason, objection):
    """Tie an open objection to the person it is about: the level waits, the list does not.

    :raises Refused: if the objection is decided, or is one to another notice.
    """
    with transaction.atomic():
        found = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
        note = {"by": by, "today": today, "reason": reason}
        with taking("object", Application.objects, pk, **note) as application:
            if found.state != ObjectionState.OPEN:
                raise Refused({"objection": _("This objection was decided already.")})
            if found.notice_id != application.its_notice_id:
                raise Refused({"objection": _("This objection is one to another notice.")})
            application.objection = found
    return application


def keep_proposal(pk, *, by, today, reason, answer):
    """Find that the objection does not bar the level: the person is on the notice again.

    :raises Refused: if the officer had a part in the proposal.
    """
    note = {"by": by, "today": today, "reason": reason}
    with transaction.atomic():
        objection = _objection_to(pk)
        with taking("keep", Application.objects, pk, **note) as application:
            _require_somebody_new(application, by)
        _decide(application, KEPT, objection, answer=answer, **note)
    return application


def drop_proposal(pk, *, by, today, reason, answer):
    """Find the objection right: this one person gets no level.

    :raises Refused: if the officer had a part in the proposal, or the objection was rejected.
    """
    note = {"by": by, "today": today, "reason": reason}
    with transaction.atomic():
        objection = _objection_to(pk)
        with taking("drop", Application.objects, pk, **note) as application:
            _require_somebody_new(application, by)
            if objection.state == ObjectionState.REJECTED:
                raise Refused(_("The objection was rejected: keep the proposal."))
            application.outcome_reason, application.outcome_by = reason, by
            application.ended_on = today
        _decide(application, DROPPED, objection, answer=answer, **note)
    return application


def names_somebody(objection):
    """Whether somebody lost a level for the objection, and nobody still waits for its decision."""
    tied = Application.objects.filter(objection=objection)
    states = set(tied.values_list("state", flat=True))
    return ApplicationState.NO_LEVEL in states and ApplicationState.OBJECTED not in states


def _objection_to(pk):
    """Lock the objection an application waits for, before the application and the ledger."""
    rows = Objection.objects.select_for_update(of=("self",))
    found = rows.filter(grading_applications=pk).first()
    if found is None:
        raise Refused(_("No objection is tied to this application."))
    return found


def _decide(application, result, objection, *, by, today, reason, answer):
    """Keep the decision; with the last person it is about, the objection itself is answered."""
    note = {"by": by, "today": today, "reason": reason}
    # What the person reads may name people: it stands beside the content, which never changes.
    told = {**note, "reason": answer, "rests_on": {"objection": objection.pk}}
    record_decision(application, Decision.Kind.OBJECTION, result, **told)
    tied = Application.objects.filter(objection=objection)
    waiting = tied.filter(state=ApplicationState.OBJECTED).exists()
    if waiting or objection.state != ObjectionState.OPEN:
        return
    is_upheld = tied.filter(state=ApplicationState.NO_LEVEL).exists()
    settle = uphold_objection if is_upheld else reject_objection
    settle(objection.pk, answer=_answers_to(objection), **note)


def _answers_to(objection):
    rows = Decision.objects.filter(
        kind=Decision.Kind.OBJECTION, content__rests_on__objection=objection.pk
    )
    told = rows.order_by("pk").values_list("reason", flat=True)
    return "\n".join(dict.fromkeys(told))[:MOST_ANSWERED]


def _require_somebody_new(application, by):
    """Who had a part in the proposal does not decide on the objection to it."""
    had_a_part = {
        application.first_reviewed_by_id: _("You made the first review of this application."),
        application.decided_by_id: _("You decided on this application."),
        application.outcome_by_id: _("You proposed the outcome of this application."),
        application.grading_round.announced_by_id: _("You announced the results."),
    }
    if application.notice_id:
        had_a_part[application.notice.published_by_id] = _("You put the person on public notice.")
    found = had_a_part.get(by.pk)
    if not found and application.readings.filter(member=by).exists():
        found = _("You read this application on a panel.")
    if found:
        raise Refused([found, _("Somebody who had no part in it decides on the objection.")])


def _term_of(grading_round):
    """Return the term of the notice and the text that sets it; empty where a policy is asked."""
    found = term_of(grading_round.rules)
    if found is None:
        return {}
    days, kind = found
    number = grading_round.rules.document.get("doc_no")
    text = f"{grading_round.version.scheme.title} {number if is_known(number) else ''}"
    return {"term": Term(days, Unit(kind)), "rests_on": text.strip()[:200]}


def bar_personal_numbers(title, body):
    """Bar a text that would tell a personal number. :raises Refused: naming each one."""
    found = personal_numbers(f"{title}\n{body}")
    if found:
        raise Refused(
            [
                _("The text would tell “%(number)s”, which looks like a personal number.")
                % {"number": number}
                for _kind, number in found
            ]
        )


def in_the_order_of_the_notice(row):
    """Sort applications as the notice names them: the highest level first, by place."""
    return row.round_level.rank, row.place is None, row.place or 0, row.pk
