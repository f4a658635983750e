"""Exams are announced with their figures and candidates, collected, and their results released."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing, taking
from training.actions.candidates import fill_candidates
from training.actions.delivery import open_if_due, settle
from training.models import Attempt, Exam, TrainingKey, TrainingPolicy

K = TrainingKey
# What each figure of an exam is read from; what is typed for the exam itself goes first.
READ_FROM = {
    "minutes": K.EXAM_MINUTES,
    "pass_share": K.PASS_MARK,
    "attempts_allowed": K.EXAM_ATTEMPTS,
    "grace_seconds": K.EXAM_GRACE,
    "must_sit_age": K.MUST_SIT_AGE,
    "may_sit_age": K.MAY_SIT_AGE,
}
# What marking and appeals go by; it stays as it was when the exam was announced.
KEPT = (K.MARKERS_APART, K.MARKS_COUNTING, K.RECUSAL_MONTHS, K.APPEAL_DAYS, K.APPEAL_DECISION)
MAY_BE_TYPED = ("minutes", "pass_share", "attempts_allowed")


@transaction.atomic
def add_exam(*, by, today, reason, **fields):
    """Begin to plan an exam; returns it."""
    exam = Exam(**fields)
    exam.full_clean()
    exam.save()
    ledger.append("training.exam.add", exam, by=by, reason=reason, after=ledger.filled(exam))
    return exam


def change_exam(pk, *, by, today, reason, revision, **fields):
    """Correct an exam that is not announced yet.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(Exam.objects, pk, by=by, reason=reason, revision=revision) as exam:
        for name, value in fields.items():
            setattr(exam, name, value)
    return exam


@transaction.atomic
def schedule_exam(pk, *, by, now, today, reason):
    """Announce an exam: its figures are set and its candidates named.

    :raises Refused: if the paper cannot be given that day, or nobody would sit it.
    """
    with taking("schedule", Exam.objects, pk, by=by, today=now, reason=reason) as exam:
        exam.policies.set(_set_figures(exam))
    fill_candidates(pk, by=by, today=today, reason=reason)
    if not exam.candidates.exists():
        raise Refused(_("Nobody in the division must or may sit this exam."))
    return exam


def _set_figures(exam):
    """Take the figures that rule on the day of the exam; returns the policies they are from."""
    rules = TrainingPolicy.objects
    where = {"division_id": exam.division_id, "on": exam.day}
    found = []
    for name, key in READ_FROM.items():
        if name in MAY_BE_TYPED and getattr(exam, name) is not None:
            continue
        policy = rules.ruling(key, **where)
        setattr(exam, name, policy.amount)
        found.append(policy)
    exam.resit_policy = rules.ruling(K.RESIT_GAP, **where)
    kept = [rules.ruling(key, **where) for key in KEPT]
    return [*found, exam.resit_policy, *kept]


def take_back_exam(pk, *, by, now, reason):
    """Plan an announced exam anew. :raises Refused: if it has begun."""
    with taking("take_back", Exam.objects, pk, by=by, today=now, reason=reason) as exam:
        return exam


def collect_exam(pk, *, by, now, reason):
    """Take in the papers once nobody can sit any more; whose time ran out is handed in as saved.

    :raises Refused: if the window is open, or somebody is still sitting.
    """
    open_if_due(pk, now=now)
    for expired in Attempt.objects.filter(exam=pk).expired(now).values_list("pk", flat=True):
        settle(expired, now=now)
    with taking("collect", Exam.objects, pk, by=by, today=now, reason=reason) as exam:
        return exam


def ask_release(pk, *, by, now, reason):
    """Ask, with the statistics of the questions seen, that somebody else releases the results.

    :raises Refused: if an attempt is not marked, or a correction of a key is pending.
    """
    with taking("ask_release", Exam.objects, pk, by=by, today=now, reason=reason) as exam:
        exam.release_asked_by, exam.release_asked_at = by, now
    return exam


def keep_back_exam(pk, *, by, now, reason):
    """Lay aside that the release was asked for: the exam is in marking again."""
    with taking("keep_back", Exam.objects, pk, by=by, today=now, reason=reason) as exam:
        exam.release_asked_by = exam.release_asked_at = None
    return exam


def release_exam(pk, *, by, now, reason):
    """Tell everybody the result: whoever has the share of the marks that passes has passed.

    :raises Refused: if nobody else asked for it, or an attempt is not marked.
    """
    with taking("release", Exam.objects, pk, by=by, today=now, reason=reason) as exam:
        if exam.release_asked_by_id == by.pk:
            raise Refused(_("Who asked for the release does not release the results."))
        exam.released_at, exam.released_by = now, by
        marked = list(exam.attempts.select_for_update(of=("self",)).filter(state="marked"))
        enough = F("full_marks") * exam.pass_share
        rows = exam.attempts.annotate(gained=F("score") * 100).filter(state="marked")
        passed = set(rows.filter(gained__gte=enough).values_list("pk", flat=True))
        for state, step in [("passed", "pass"), ("failed", "fail")]:
            these = [row for row in marked if (row.pk in passed) is (state == "passed")]
            exam.attempts.filter(pk__in=[row.pk for row in these]).update(
                state=state, revision=F("revision") + 1
            )
            ledger.append_all([_told(step, state, row, by=by, reason=reason) for row in these])
    return exam


def _told(step, state, attempt, **note):
    before, after = {"state": attempt.state}, {"state": state}
    return ledger.draft(f"training.attempt.{step}", attempt, before=before, after=after, **note)


def archive_exam(pk, *, by, now, reason):
    """Put an exam away; its results stay."""
    with taking("archive", Exam.objects, pk, by=by, today=now, reason=reason) as exam:
        return exam
