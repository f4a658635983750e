"""Masters and apprentices: proposed, accepted, signed, logged by both, assessed, ended."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.documents import attach, evidence_of
from office.flow import Refused, changing, taking
from registry.actions.entering import acting, entered
from registry.models import Mediator
from training.actions.hours import credit_hours
from training.flows.mentorship import OPEN
from training.models import (
    Assessment,
    AssessmentKind,
    AssessmentResult,
    ContentClass,
    EndedBecause,
    Pairing,
    PairingLog,
    TrainingKey,
    TrainingPolicy,
)
from training.models.mentorship import AGREEMENT

ONE_DAY = timedelta(days=1)
LOGGED_IN = ["active", "paused", "assessed"]


@transaction.atomic
def propose_pairing(
    *, by, today, reason, mentor, apprentice, from_on, until_on, plan="", follows=None
):
    """Propose that a master takes an apprentice for ``[from_on, until_on)``; returns the pairing.

    :raises Refused: with every reason why the two may not be paired.
    """
    _lock(mentor, apprentice)
    pairing = Pairing(
        mentor=mentor,
        apprentice=apprentice,
        from_on=from_on,
        until_on=until_on,
        plan=plan,
        follows=follows,
        proposed_by=by,
        logs_policy=TrainingPolicy.objects.ruling(
            TrainingKey.PAIRING_LOGS, division_id=apprentice.division_id, on=today
        ),
    )
    pairing.full_clean()
    if bars := pairing.bars(today):
        raise Refused(bars)
    return entered(pairing, by=by, reason=reason, act="propose")


def change_pairing(pk, *, by, today, reason, revision, from_on, until_on, plan):
    """Change span and plan while nothing is signed.

    :raises Refused: if the two may not be paired for that time.
    """
    with changing(Pairing.objects, pk, by=by, reason=reason, revision=revision) as pairing:
        pairing.from_on, pairing.until_on, pairing.plan = from_on, until_on, plan
        pairing.full_clean()
        if bars := pairing.bars(today):
            raise Refused(bars)
    return pairing


@transaction.atomic
def accept_pairing(pk, *, by, today, reason=""):
    """Accept an apprentice: the mentor's own act.

    :raises Refused: if the two may no longer be paired.
    """
    _lock_both(pk)
    with taking("accept", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        pass
    return pairing


def decline_pairing(pk, *, by, today, reason):
    """Decline an apprentice: the mentor's own act, with the reason."""
    with taking("decline", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        pairing.ended_on = today
    return pairing


@transaction.atomic
def begin_pairing(pk, *, by, today, reason, document=None):
    """Begin: the agreement signed by mentor, apprentice and unit is there, and so is the plan.

    :raises Refused: if either is missing, or the two may no longer be paired.
    """
    _lock_both(pk)
    papers = []
    if document is not None:
        paper = attach(
            Pairing.objects.get(pk=pk), upload=document, kind=AGREEMENT, by=by, today=today,
            reason=reason,
        )  # fmt: skip
        papers = [paper]
    with taking(
        "begin", Pairing.objects, pk, by=by, today=today, reason=reason,
        evidence=evidence_of(papers),
    ) as pairing:  # fmt: skip
        pairing.began_on = today
    return pairing


def pause_pairing(pk, *, by, today, reason):
    """Pause a pairing, for an illness or a secondment."""
    with taking("pause", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        pass
    return pairing


@transaction.atomic
def resume_pairing(pk, *, by, today, reason):
    """Go on after a pause.

    :raises Refused: if the two may no longer be paired.
    """
    _lock_both(pk)
    with taking("resume", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        pass
    return pairing


@transaction.atomic
def assess_midterm(pk, *, by, today, reason, result, text):
    """Write down how the apprentice stands half-way; the pairing goes on.

    :raises Refused: if the pairing is not running, or was assessed half-way already.
    """
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pk)
    if pairing.state != "active":
        raise Refused(_("Only a pairing that is running is assessed."))
    if pairing.was_assessed(AssessmentKind.MIDTERM):
        raise Refused(_("The mid-term assessment is written already."))
    found = {"kind": AssessmentKind.MIDTERM, "result": result, "text": text}
    return _assessed(pairing, found, by=by, today=today, reason=reason)


def assess_pairing(pk, *, by, today, reason, result, text):
    """Make the final assessment, once enough logs are confirmed.

    :raises Refused: if logs or the mid-term assessment are missing.
    """
    with taking("assess", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        found = {"kind": AssessmentKind.FINAL, "result": result, "text": text}
        _assessed(pairing, found, by=by, today=today, reason=reason)
    return pairing


def complete_pairing(pk, *, by, today, reason):
    """Complete a pairing (出师): the mentor is credited.

    :raises Refused: if the final assessment did not find the apprentice ready.
    """
    with taking("complete", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        pairing.ended_on = today
        credit = TrainingPolicy.objects.ruling(
            TrainingKey.PAIRING_CREDIT, division_id=pairing.mentor.division_id, on=today
        )
        credit_hours(
            pairing.mentor,
            hours=Decimal(credit.amount),
            content_class=ContentClass.SKILLS,
            source=pairing,
            title=_("Taught %(apprentice)s") % {"apprentice": pairing.apprentice.name},
            done_on=today,
            by=by,
            today=today,
        )
    return pairing


def extend_pairing(pk, *, by, today, reason, until_on):
    """Extend a pairing once, when the final assessment did not find the apprentice ready.

    :raises Refused: if it was extended before, was passed, or would run too long.
    """
    with taking("extend", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        if pairing.final_result() == AssessmentResult.PASSED:
            raise Refused(_("The apprentice was found ready: complete the pairing instead."))
        if until_on <= max(pairing.until_on, today):
            raise Refused({"until_on": _("The new end lies after the old one and after today.")})
        pairing.until_on, pairing.extended = until_on, True
        if bars := pairing.bars(today):
            raise Refused(bars)
    return pairing


def fail_pairing(pk, *, by, today, reason):
    """Note that the apprentice did not complete the pairing."""
    with taking("fail", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        pairing.ended_on = today
    return pairing


def terminate_pairing(pk, *, by, today, reason, because, ended_on=None):
    """End a pairing early, today if no other day is given, and say why."""
    with taking("terminate", Pairing.objects, pk, by=by, today=today, reason=reason) as pairing:
        pairing.ended_on, pairing.ended_because = ended_on or today, because
    return pairing


@transaction.atomic
def change_mentor(pk, *, by, today, reason, mentor):
    """Let another master take over from today: the old pairing closes the day before.

    What was done and logged stays with the old pairing; the new one is to be accepted and signed
    like any other. Returns the new pairing.

    :raises Refused: if nothing is left of the term, or the new two may not be paired.
    """
    old = terminate_pairing(
        pk,
        by=by,
        today=today,
        reason=reason,
        because=EndedBecause.MENTOR_CHANGED,
        ended_on=today - ONE_DAY,
    )
    if old.until_on <= today:
        raise Refused(_("The time of this pairing is over: propose a new one."))
    return propose_pairing(
        by=by,
        today=today,
        reason=reason,
        mentor=mentor,
        apprentice=old.apprentice,
        from_on=today,
        until_on=old.until_on,
        plan=old.plan,
        follows=old,
    )


@transaction.atomic
def write_log(pairing_pk, *, by, writer, today, kind, done_on, text):
    """Write down what the two did on a day, in the name of one of them; it is confirmed by that.

    :raises Refused: if the writer is neither of them, the pairing is not running, or the day is
        not within it.
    """
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pairing_pk)
    if pairing.state not in LOGGED_IN:
        raise Refused(_("Logs are written while a pairing is running."))
    if not pairing.from_on <= done_on <= min(today, pairing.until_on - ONE_DAY):
        raise Refused({"done_on": _("This day does not lie within the pairing, or is to come.")})
    log = PairingLog(pairing=pairing, kind=kind, done_on=done_on, text=text)
    _confirm(log, writer, today)
    return entered(log, by=by, reason="", act="write")


def confirm_log(pk, *, by, writer, today):
    """Confirm what the other one wrote; confirming twice changes nothing.

    :raises Refused: if the person is neither of the two, or the pairing is over.
    """
    with acting("confirm", PairingLog.objects, pk, by=by, reason="") as log:
        if log.pairing.state not in OPEN:
            raise Refused(_("This pairing is over."))
        _confirm(log, writer, today)
    return log


def _confirm(log, writer, today):
    if writer.pk == log.pairing.mentor_id:
        log.confirmed_by_mentor_on = log.confirmed_by_mentor_on or today
    elif writer.pk == log.pairing.apprentice_id:
        log.confirmed_by_apprentice_on = log.confirmed_by_apprentice_on or today
    else:
        raise Refused(_("Only mentor and apprentice write and confirm the logs."))


def _assessed(pairing, found, *, by, today, reason):
    assessment = Assessment(pairing=pairing, assessed_on=today, assessed_by=by, **found)
    assessment.full_clean()
    assessment.save()
    ledger.append(
        f"training.pairing.{assessment.kind}",
        pairing,
        by=by,
        reason=reason,
        after={"result": str(assessment.result)},
    )
    return assessment


def _lock_both(pk):
    pairing = Pairing.objects.select_related("mentor", "apprentice").get(pk=pk)
    _lock(pairing.mentor, pairing.apprentice)


def _lock(*people):
    """Let two pairings that share a person wait for each other, always in the same order."""
    rows = Mediator.objects.filter(pk__in=[person.pk for person in people]).order_by("pk")
    list(rows.select_for_update(of=("self",)))
