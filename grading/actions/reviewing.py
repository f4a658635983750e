"""The first review: returned to be corrected, questions answered, passed on to be decided."""

from django.utils.translation import gettext as _

from grading.actions.acting import by_another, require, reviewed
from grading.actions.judging import judge_anew, take_evidence
from grading.models import Answer, Application
from grading.rules.evidence import digest_of
from office.clocks import Calendar, Term, Unit, due
from office.flow import Refused, taking


def rows():
    return Application.objects.with_all()


def correction_due(application, calendar=None):
    """Return the ``Deadline`` of a correction, counted in the working days of the round."""
    days = Term(max(application.grading_round.correction_days, 1), Unit.WORKING)
    return due(calendar or Calendar.load(), application.returned_on, days)


def send_back(pk, *, by, today, reason):
    """Return an application once, to be corrected; without a calendar the day stays open."""
    with taking("send_back", rows(), pk, by=by, today=today, reason=reason) as application:
        require(application, "send_back", by)
        application.returned_on, application.return_reasons = today, reason
        application.correct_by = correction_due(application).due_on
    return application


def take_up(pk, *, by, today, reason):
    """Review an application as it is whose time for corrections has passed."""
    with taking("take_up", rows(), pk, by=by, today=today, reason=reason) as application:
        require(application, "take_up", by)
        last = application.correct_by or correction_due(application).due_on
        if last is None:
            raise Refused(_("The working days of this year are not loaded yet."))
        if today <= last:
            raise Refused(
                _("It may be corrected until %(day)s.") % {"day": last.isoformat()},
            )
    return application


def answer_question(pk, *, name, answer, by, today, reason):
    """Answer a question of the rule; an older answer is kept and no longer stands.

    :raises Refused: if the rule does not ask it for this level.
    """
    given = {"by": by, "today": today, "reason": reason, "permission": "answer"}
    with reviewed("answer", pk, **given) as (application, after):
        asked = application.questions_in_words()
        if name not in asked:
            raise Refused(_("The rule does not ask this."))
        application.answers.standing().filter(name=name).update(replaced_on=today)
        made = Answer(
            application=application, name=name, answer=answer, reason=reason, by=by, on=today
        )
        made.full_clean()
        made.save()
        after |= {"question_asked": asked[name], "question_answer": bool(answer)}
    return made


def take_anew(pk, *, by, today, reason):
    """Take the evidence from the registers once more, as of the round's day."""
    given = {"by": by, "today": today, "reason": reason, "permission": "answer"}
    with reviewed("take_anew", pk, **given) as (application, after):
        take_evidence([application], today=today)
        after["evidence_digest"] = digest_of(application.evidence)
    return application


def pass_first(pk, *, by, today, reason):
    """Pass an application on to be decided by another; the reason is the reviewer's opinion."""
    with taking("pass_first", rows(), pk, by=by, today=today, reason=reason) as application:
        require(application, "pass_first", by)
        by_another(application.recommended_by_id, by)
        if not application.evidence:
            take_evidence([application], today=today)
        judge_anew(application)
        application.first_reviewed_by, application.first_reviewed_on = by, today
    return application


def ask_for_evidence(pk, *, by, today, reason):
    """Let an application wait until what is missing is in the registers or answered."""
    given = {"by": by, "today": today, "reason": reason}
    with taking("ask_for_evidence", rows(), pk, **given) as application:
        require(application, "ask_for_evidence", by)
    return application
