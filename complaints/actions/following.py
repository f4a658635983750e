"""What the holder of a receipt code does with the complaint.

Every act locks the complaint first, is the same when it is done a second time, and leaves an entry
without a word of what was said. Nobody is named as the one who did it: the code is all there is.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import start_clock, stop_clock
from complaints.actions.handling import go_on
from complaints.actions.openings import guess, open_by_code
from complaints.actions.retaliation import report_retaliation
from complaints.actions.reviewing import begin_recheck, begin_review
from complaints.actions.stepping import stepping
from complaints.actions.withdrawing import end_withdrawn
from complaints.flows import COMPLAINT, ENDED, ComplaintState
from complaints.models import (
    Channel,
    Complaint,
    ComplaintKey,
    Evidence,
    Sending,
    StatementKind,
)
from complaints.notices.mail import tell
from complaints.notices.progress import DESTROYED, leading, status_in_words
from office import ledger
from office.documents import readable, vetted
from office.flow import Refused
from office.personal import keyed_hash

__all__ = ["guess", "open_by_code", "status_in_words"]

S, K = ComplaintState, ComplaintKey
MOST_FILES = 20  # a complaint may have from its complainant
MOST_A_DAY = 20  # sendings of one complaint
MOST_REPORTS_A_DAY = 3  # of retaliation on account of one complaint
RATED_IN = [S.REPLIED, S.REVIEWED, S.FINAL, S.CLOSED]
ASKED_WITHIN = {"ask_review": K.REVIEW_ASK_DAYS, "ask_recheck": K.RECHECK_ASK_DAYS}
BEGIN = {"ask_review": begin_review, "ask_recheck": begin_recheck}


def add_material(pk, *, submission, today, text="", files=()):
    """Add words or files; a case that waits for them goes on, and its clock runs again.

    :raises ValidationError: if a file cannot be kept, or nothing can be added. Nothing is kept.
    """
    kept = [(*vetted(file), readable(file.name)) for file in files]
    with _locked(pk) as complaint:
        if not _was_sent(complaint, submission):
            _refuse_unless(_is_alive(complaint), _("Nothing can be added any more."))
            _refuse_too_much(complaint, len(kept), today)
            _keep(complaint, submission, text, today=today, files=kept)
    return _fresh(pk)


def answer_question(pk, question, *, submission, text, today):
    """Answer a question of the handler, once. :raises Refused: if it was answered before."""
    with _locked(pk) as complaint:
        asked = complaint.statements.filter(pk=question, kind=StatementKind.QUESTION).first()
        _refuse_unless(asked, _("This question does not exist."))
        if not _was_sent(complaint, submission):
            answered = Sending.objects.filter(question=asked).exists()
            _refuse_unless(not answered, _("This question was answered already."))
            _refuse_unless(_is_alive(complaint), _("Nothing can be added any more."))
            _refuse_too_much(complaint, 0, today)
            _keep(complaint, submission, text, today=today, question=asked)
    return _fresh(pk)


def ask_review(pk, *, text, today):
    """Ask for a review within the time; the limit to decide it starts today."""
    return _ask_again("ask_review", pk, text=text, today=today)


def ask_recheck(pk, *, text, today):
    """Ask for a re-review within the time; the limit to decide it starts today."""
    return _ask_again("ask_recheck", pk, text=text, today=today)


def rate(pk, *, score, today):
    """Say once, from 1 to 5, how satisfied one is; a second mark changes nothing."""
    with _locked(pk) as complaint:
        if complaint.satisfaction is None:
            _refuse_unless(
                complaint.state in RATED_IN, _("You can say this once the reply was given.")
            )
            complaint.satisfaction = score
            complaint.revision += 1
            complaint.full_clean()
            complaint.save()
            told = {"satisfaction": score}
            ledger.append("complaints.complaint.rate", complaint, by=None, after=told)
    return _fresh(pk)


def reopen(pk, *, text, today):
    """Open a closed complaint again, once, with a reason; the limits start anew.

    What was final is so no longer until it is decided again.
    """
    with _locked(pk) as held:
        if not held.is_reopened or held.state in ENDED:
            with stepping("reopen", pk, by=None, today=today) as complaint:
                complaint.is_reopened, complaint.closed_on = True, None
                complaint.result, complaint.final_on = "", None
                # Not the limits of what still follows from the earlier decision.
                stop_clock(complaint, *ComplaintKey.values, today=today)
                vault.say(complaint, StatementKind.ADDITION, text, today=today)
                start_clock(complaint, K.ACCEPT_DAYS, today=today)
                if complaint.channel == Channel.HOTLINE:
                    start_clock(complaint, K.HOTLINE_DAYS, today=today)
                tell_handler(complaint)
    return _fresh(pk)


def withdraw_by_code(pk, *, today, text=""):
    """Withdraw a complaint; serious facts may go on as a lead, which is the handler's choice."""
    with _locked(pk) as held:
        if held.state != S.WITHDRAWN:
            with stepping("withdraw", pk, by=None, today=today) as complaint:
                if text:
                    vault.say(complaint, StatementKind.ADDITION, text, today=today)
                end_withdrawn(complaint, by=None, today=today)
                tell_handler(complaint)
    return _fresh(pk)


def report_by_code(pk, *, submission, text, today):
    """Report retaliation: returns the linked case and its own code, to be shown once.

    :raises Refused: if so many were reported today that one looks at those first.
    """
    with _locked(pk) as complaint:
        reported = complaint.retaliations.filter(received_on=today).count()
        _refuse_unless(
            reported < MOST_REPORTS_A_DAY,
            _("So much was reported today. In danger call 110; for advice call 12348."),
        )
        # Bound to this complaint: the same key from another one is another sending.
        own = f"retaliation {complaint.pk} {submission}"
        return report_retaliation(complaint, text=text, today=today, submission=own)


def tell_handler(complaint):
    """Tell whoever handles a complaint, or the one it was joined to, that there is a message."""
    handler = leading(complaint).handler
    tell([handler] if handler else [])


def mark_read(complaint, *, today):
    """Note that the handler has seen what the complainant sent."""
    Sending.objects.filter(complaint=complaint, read_on=None).update(read_on=today)


def open_acts(complaint, today):
    """Return the names of what the holder may do today."""
    found = ["add"] if _is_alive(complaint) else []
    found += [step for step in ASKED_WITHIN if _may_ask(complaint, step, today)]
    if complaint.state in RATED_IN and complaint.satisfaction is None:
        found.append("rate")
    taken = [step for step in ("reopen", "withdraw") if _is_open(complaint, step, today)]
    return found + taken


def _ask_again(step, pk, *, text, today):
    target = COMPLAINT.steps[step].target
    with _locked(pk) as held:
        if held.state != target:
            with stepping(step, pk, by=None, today=today) as complaint:
                in_time = _is_in_time(complaint, ASKED_WITHIN[step], today)
                _refuse_unless(in_time, _("The time in which this could be asked for is over."))
                vault.say(complaint, StatementKind.REVIEW, text, today=today)
                BEGIN[step](complaint, today)
                tell_handler(complaint)
    return _fresh(pk)


def _is_alive(complaint):
    """Whether it is handled still, or the one that it was joined to."""
    return leading(complaint).state not in ENDED


def _is_open(complaint, step, today):
    return not COMPLAINT.refusals(complaint, step, today)


def _may_ask(complaint, step, today):
    return _is_open(complaint, step, today) and _is_in_time(complaint, ASKED_WITHIN[step], today)


def _is_in_time(complaint, key, today):
    """Whether a term of the holder still runs; its last day belongs to it.

    A term that was never started, or that cannot be counted yet, bars nobody.
    """
    running = complaint.clocks.filter(key=key, stopped_on=None).select_related("policy")
    return not any(clock.deadline().is_overdue(today) for clock in running)


@contextmanager
def _locked(pk):
    """Lock a complaint for an act of its holder. :raises Refused: if its key was destroyed."""
    try:
        with transaction.atomic():
            yield Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
    except vault.Destroyed:
        raise Refused(str(DESTROYED)) from None


def _fresh(pk):
    return Complaint.objects.get(pk=pk)


def _refuse_unless(test, reason):
    if not test:
        raise Refused(reason)


def _refuse_too_much(complaint, files, today):
    has = Evidence.objects.filter(complaint=complaint, by=None).count()
    _refuse_unless(
        not files or has + files <= MOST_FILES,
        _("A complaint can have %(most)d files at most.") % {"most": MOST_FILES},
    )
    sent = Sending.objects.filter(complaint=complaint, sent_on=today).count()
    _refuse_unless(sent < MOST_A_DAY, _("So much was sent today. Go on tomorrow."))


def _was_sent(complaint, submission):
    return Sending.objects.filter(key=_key(complaint, submission)).exists()


def _key(complaint, submission):
    return keyed_hash(f"{complaint.pk} {submission}", "complaints.sending")


def _keep(complaint, submission, text, *, today, files=(), question=None):
    statement = None
    if text:
        statement = vault.say(complaint, StatementKind.ADDITION, text, today=today)
    for content, suffix, name in files:
        vault.keep_content(complaint, content, suffix, name, today=today)
    Sending.objects.create(
        complaint=complaint,
        key=_key(complaint, submission),
        statement=statement,
        question=question,
        sent_on=today,
    )
    told = {"words": bool(text), "files": len(files)}
    act = "answer" if question else "add_material"
    ledger.append(f"complaints.complaint.{act}", complaint, by=None, after=told)
    tell_handler(complaint)
    if complaint.state == S.AWAITING_MATERIAL and _is_open(complaint, "go_on", today):
        go_on(complaint.pk, by=None, today=today)
