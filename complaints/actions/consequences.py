"""What a founded complaint asks of others: opened, noted as done or not followed, lifted.

The bureau carries out no measure. Criticism and orders are recorded by the register's own act in
the name of the committee; a removal or dismissal is entered there by whoever keeps the post, and
only noted here.
"""

from contextlib import contextmanager

from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import start_clock, stop_clock
from complaints.actions.stepping import IN_THE_CASE
from complaints.models import (
    ComplaintKey,
    Consequence,
    ConsequenceKind,
    Measure,
    StatementKind,
    WhyNot,
)
from complaints.models.consequence import BY_DISCIPLINE, ENDING
from complaints.notices.mail import tell_unit
from complaints.queries.decisions import post_complained_of
from office import ledger
from office.flow import Refused, taking
from registry.actions import record_discipline

# Said in the register, where nothing tells of the complaint.
BY_DECISION = "依司法行政机关的处理意见。"
LIMITS = {
    ConsequenceKind.FILING: ComplaintKey.FILING_DAYS,
    ConsequenceKind.ROSTER: ComplaintKey.ROSTER_DAYS,
}


def open_consequences(decision, *, by, today):
    """Open a task for each measure that a decision proposes; the unit's clerks get a message."""
    complaint = decision.complaint
    post = post_complained_of(complaint)
    body = (post and post.organization) or complaint.organization
    for measure in decision.measures:
        _open(
            decision, ConsequenceKind(measure), by=by, today=today, appointment=post,
            organization=body, unit=_addressee(measure, post, body),
            division=body.division if body else complaint.division,
        )  # fmt: skip
    if body and decision.measures:
        tell_unit(body, today=today)


def lift_consequences(decision, *, by, today):
    """Lift what a decision asked for that is still to be done: it stands no longer."""
    waiting = decision.consequences.select_for_update(of=("self",)).open()
    for row in list(waiting.order_by("pk")):
        with taking("lift", Consequence.objects, row.pk, by=by, today=today) as consequence:
            _settle(consequence, by, today)


def discipline(pk, *, by, today, reason, ground, decided_on, text, document):
    """Record the committee's criticism or order in the register, and note that it was done.

    Whether the text names the complainant is not looked at: the answer would tell the unit who it
    was.

    :raises Refused: if the decision is not final, or the register refuses the record.
    """
    with _settling("carry_out", pk, by=by, today=today, reason=reason) as consequence:
        if not _is_by_discipline(consequence):
            raise Refused(_("Only criticism and orders on a post are recorded in this way."))
        consequence.discipline = record_discipline(
            consequence.appointment_id, by=by, today=today, reason=BY_DECISION,
            kind=consequence.kind, ground=ground, decided_on=decided_on, text=text,
            document=document,
        )  # fmt: skip
    return consequence


def note_done(pk, *, by, today, reason):
    """Note that something was done; after a removal or dismissal, filing and roster are opened.

    :raises Refused: if the register does not hold what was asked for.
    """
    with _settling("carry_out", pk, by=by, today=today, reason=reason) as consequence:
        if _is_by_discipline(consequence):
            raise Refused(_("Record the criticism or the order: that is what settles it."))
        if consequence.kind in ENDING:
            _open_what_follows(consequence, by=by, today=today)
    return consequence


def leave(pk, *, by, today, reason, why_not):
    """Note that a unit does not follow what was proposed, and why."""
    with _settling("leave", pk, by=by, today=today, reason=reason) as consequence:
        consequence.why_not = WhyNot(why_not)
    return consequence


@contextmanager
def _settling(name, pk, *, by, today, reason):
    """Take a step that settles a consequence; what was typed is kept sealed in the case."""
    note = {"by": by, "today": today, "reason": IN_THE_CASE}
    with taking(name, Consequence.objects, pk, **note) as consequence:
        vault.say(consequence.complaint, StatementKind.NOTE, reason, today=today, by=by)
        _settle(consequence, by, today)
        yield consequence
        if key := LIMITS.get(consequence.kind):
            stop_clock(consequence.complaint, key, today=today, task=consequence.pk)


def _is_by_discipline(consequence):
    return consequence.kind in BY_DISCIPLINE and consequence.appointment_id is not None


def _addressee(measure, post, body):
    """Return who is asked: the committee, or the unit that gave the post."""
    if measure in {Measure.REMOVAL, Measure.DISMISSAL}:
        return post.unit
    return body.name if body and measure != Measure.TRANSFER else ""


def _open_what_follows(ended, *, by, today):
    """The end of a post is filed and the roster follows; both limits run from the unit's day."""
    for kind, key in LIMITS.items():
        row = _open(
            ended.decision, kind, by=by, today=today, appointment=ended.appointment,
            organization=ended.organization, division=ended.division, unit=ended.unit,
            follows=ended,
        )  # fmt: skip
        start_clock(ended.complaint, key, today=ended.appointment.end_decided_on, task=row.pk)


def _open(decision, kind, *, by, today, **fields):
    row = Consequence(decision=decision, kind=kind, opened_on=today, **fields)
    row.full_clean()
    row.save()
    ledger.append("complaints.consequence.add", row, by=by, after=ledger.filled(row))
    return row


def _settle(consequence, by, today):
    consequence.ended_on, consequence.ended_by = today, by
