"""What was decided is told in writing to both sides, and to the unit that may have to act."""

from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import start_clock, stop_clock
from complaints.actions.consequences import open_consequences
from complaints.actions.deciding import refuse_strangers
from complaints.actions.stepping import stepping
from complaints.models import NOT_TOLD_WHO, ComplaintKey, Mode, Reply, ReplyTo, ReplyWay
from complaints.notices.replies import TEXT
from complaints.queries.decisions import standing_decision
from complaints.rules.naming import names_complainant
from office.flow import Refused

K = ComplaintKey
FIELDS = {
    ReplyTo.COMPLAINANT: "to_complainant",
    ReplyTo.JOINED: "to_joined",
    ReplyTo.RESPONDENT: "to_respondent",
    ReplyTo.UNIT: "to_unit",
}


def reply(pk, *, by, today, way=ReplyWay.CODE, **texts):
    """Tell both sides what was decided; ``texts`` are those of ``FIELDS``.

    The limit to reply stops, the time to ask for a review begins. What the decision asks of others
    is opened; it waits until the decision is final.

    :raises Refused: if a side is left out, or the text to the other side says who complained.
    """
    with stepping("reply", pk, by=by, today=today) as complaint:
        refuse_strangers(complaint, by)
        decision = standing_decision(complaint)
        write_replies(complaint, decision, None, texts, way=way, by=by, today=today)
        stop_clock(complaint, K.REPLY_DAYS, K.HOTLINE_DAYS, today=today)
        start_clock(complaint, K.REVIEW_ASK_DAYS, today=today)
        start_clock(complaint, K.CLOSE_DAYS, today=today)
        open_consequences(decision, by=by, today=today)
    return complaint


def write_replies(complaint, decision, review, texts, *, way, by, today):
    """Keep what each side is told of a decision or, if there is one, of its review."""
    told = {to: texts.get(field, "").strip() for to, field in FIELDS.items()}
    faults = {FIELDS[to]: _faults(complaint, to, text) for to, text in told.items()}
    if faults := {field: said for field, said in faults.items() if said}:
        raise Refused(faults)
    for to, text in told.items():
        if text:
            row = Reply(
                complaint=complaint, decision=decision, review=review, to=to, way=way,
                sent_on=today, sent_by=by, sealed_text=vault.seal_text(complaint, text, TEXT),
            )  # fmt: skip
            row.full_clean()
            row.save()


def owed_to(complaint):
    """Return the sides that have to be told: nobody without a name, and nobody who is unknown."""
    sides = [] if complaint.is_anonymous else [ReplyTo.COMPLAINANT]
    if complaint.merged.exclude(mode=Mode.ANONYMOUS).exists():
        sides.append(ReplyTo.JOINED)
    known = complaint.mediator_id or complaint.organization_id
    return [*sides, ReplyTo.RESPONDENT] if known else sides


def _faults(complaint, to, text):
    if not text:
        return [_("This side has to be told as well.")] if to in owed_to(complaint) else []
    if any(names_complainant(text, one) for one in _not_to_be_named(complaint, to)):
        return [_("The text says who complained: take the name, number or address out.")]
    return []


def _not_to_be_named(complaint, to):
    """Return the identities that a text to one side must not tell."""
    others = [vault.identity(one) for one in complaint.merged.all()]
    return [vault.identity(complaint), *others] if to in NOT_TOLD_WHO else others
