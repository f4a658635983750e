"""A decision is looked at again: by others of the next higher body, and after that outside."""

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import start_clock, stop_clock
from complaints.actions.consequences import open_consequences
from complaints.actions.deciding import REASONS, put_aside, refuse_strangers, store_decision
from complaints.actions.reading import give_access
from complaints.actions.replying import write_replies
from complaints.actions.stepping import stepping
from complaints.flows import ComplaintState
from complaints.models import (
    Complaint,
    ComplaintKey,
    Outcome,
    Part,
    ReplyWay,
    Review,
    Stage,
)
from complaints.queries.decisions import (
    is_recused,
    serves_above,
    standing_decision,
    took_part,
)
from office.flow import Refused
from registry.letters import bureau_for

K = ComplaintKey


def begin_review(complaint, today):
    """Start the limit of a review that was asked for; the time to ask is used."""
    stop_clock(complaint, K.REVIEW_ASK_DAYS, K.CLOSE_DAYS, today=today)
    start_clock(complaint, K.REVIEW_DAYS, today=today)


def begin_recheck(complaint, today):
    """Start the limit of a re-review that was asked for; the time to ask is used."""
    stop_clock(complaint, K.RECHECK_ASK_DAYS, K.CLOSE_DAYS, today=today)
    start_clock(complaint, K.RECHECK_DAYS, today=today)


def review_refusals(complaint, user):
    """Return why a user may not review a complaint: it takes another person, one level higher."""
    found = []
    if not serves_above(complaint, user):
        found.append(_("A review is decided by the next higher body."))
    if took_part(complaint, user):
        found.append(_("Whoever handled, approved or decided the complaint does not review it."))
    if is_recused(complaint, user):
        found.append(_("You have to do with this complaint: somebody else deals with it."))
    return found


@transaction.atomic
def take_up_review(pk, *, by, today):
    """Give the case to whoever is to review it, to read.

    :raises Refused: if no review was asked for, or the officer may not review this complaint.
    """
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
    if complaint.state != ComplaintState.IN_REVIEW:
        raise Refused(_("No review of this complaint is waiting."))
    if refusals := review_refusals(complaint, by):
        raise Refused(refusals)
    give_access(complaint, by, Part.REVIEWER, by=by, today=today)
    return complaint


def review(pk, *, by, today, outcome, reasons, items=(), measures=(), way=ReplyWay.CODE, **texts):
    """Decide a review: the decision stands, or another one takes its place. Both sides are told.

    The limit of the review stops; the time to ask for a re-review begins.

    :raises Refused: if the officer may not review it, or a side is left out.
    """
    with stepping("review", pk, by=by, today=today) as complaint:
        refuse_reviewer(complaint, by)
        if outcome not in {Outcome.UPHELD, Outcome.CHANGED}:
            raise Refused({"outcome": _("To have it investigated again is a step of its own.")})
        stood = standing_decision(complaint)
        given = {"by": by, "today": today, "body": bureau_for(by, complaint.division.parent_id)}
        new = None
        if outcome == Outcome.CHANGED:
            new = store_decision(
                complaint, Stage.REVIEW, items, reasons, measures, decided_on=today, **given
            )
        row = _store(complaint, stood, new, Stage.REVIEW, outcome=outcome, reasons=reasons, **given)
        write_replies(complaint, new or stood, row, texts, way=way, by=by, today=today)
        stop_clock(complaint, K.REVIEW_DAYS, today=today)
        start_clock(complaint, K.RECHECK_ASK_DAYS, today=today)
        if new:
            open_consequences(new, by=by, today=today)
    return row


def look_again(pk, *, by, today, reasons):
    """Have the complaint investigated again: its decision falls, the limits start anew.

    :raises Refused: if the officer may not review it.
    """
    with stepping("look_again", pk, by=by, today=today) as complaint:
        refuse_reviewer(complaint, by)
        stood = standing_decision(complaint)
        body = bureau_for(by, complaint.division.parent_id)
        given = {"by": by, "today": today, "body": body}
        row = _store(
            complaint,
            stood,
            None,
            Stage.REVIEW,
            outcome=Outcome.SENT_BACK,
            reasons=reasons,
            **given,
        )
        put_aside(complaint, by=by, today=today)
        stop_clock(complaint, K.REVIEW_DAYS, today=today)
        start_clock(complaint, K.ASSIGN_DAYS, today=today)
        start_clock(complaint, K.TOTAL_DAYS, today=today)
    return row


def recheck(
    pk, *, by, today, number, decided_on, body, outcome, reasons, document, items=(), measures=()
):
    """Record the re-review of a body outside: its number, day, result and paper. It is final.

    :raises Refused: if the officer was not given the case, or the day lies ahead of today or
        before the review.
    """
    with stepping("recheck", pk, by=by, today=today) as complaint:
        refuse_strangers(complaint, by)
        if outcome not in {Outcome.UPHELD, Outcome.CHANGED}:
            raise Refused({"outcome": _("A re-review upholds or changes the decision.")})
        _refuse_day(complaint, decided_on, today)
        stood = standing_decision(complaint)
        given = {"by": by, "today": today, "body": body, "decided_on": decided_on}
        new = None
        if outcome == Outcome.CHANGED:
            new = store_decision(complaint, Stage.RECHECK, items, reasons, measures, **given)
        paper = vault.keep_file(complaint, document, today=today, by=by)
        row = _store(
            complaint, stood, new, Stage.RECHECK, outcome=outcome, reasons=reasons, number=number,
            paper=paper,
            **given,
        )  # fmt: skip
        stop_clock(complaint, K.RECHECK_DAYS, today=today)
        if new:
            open_consequences(new, by=by, today=today)
    return row


def review_reasons(row):
    """Return the reasons of a review. Whoever calls has asked whether they may be read."""
    return vault.open_text(row.complaint, row.sealed_reasons, REASONS)


def refuse_reviewer(complaint, by):
    """:raises Refused: if the officer may not review the complaint, or was not given it."""
    if refusals := review_refusals(complaint, by):
        raise Refused(refusals)
    refuse_strangers(complaint, by)


def _refuse_day(complaint, day, today):
    reviewed = complaint.reviews.filter(stage=Stage.REVIEW).order_by("-pk").first()
    if day > today or (reviewed and day < reviewed.decided_on):
        said = _("The day lies ahead, or before the review.")
        raise Refused({"decided_on": said})


def _store(
    complaint, stood, new, stage, *, outcome, reasons, by, today, body, decided_on=None, **fields
):
    row = Review(
        complaint=complaint, decision=stood, new_decision=new, stage=stage, outcome=outcome,
        sealed_reasons=vault.seal_text(complaint, reasons, REASONS), body=body,
        decided_on=decided_on or today, entered_by=by, **fields,
    )  # fmt: skip
    row.full_clean()
    row.save()
    return row
