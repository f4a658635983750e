"""Reappointments one by one: the evidence, the recommendation, what the unit decided, the end.

The unit that elected or appointed a person decides on another term; a bureau of justice
recommends and records. What is carried out is written to the register in the same transaction.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grading.actions.renewal_cases import entry_of, judge_packs, locked, open_renewals
from grading.flows.renewal import Choice, RenewalState
from grading.models import Renewal
from office import ledger
from office.flow import Refused, taking
from registry.actions.appointments import longest_term
from registry.actions.departures import BUREAU_NAMES, lapse_appointment, renew_appointment
from registry.models import Mediator, Organization

__all__ = [
    "carry_out", "decide", "look_again", "open_renewals", "recommend", "reply", "review",
    "take_pack", "tell", "void",
]  # fmt: skip
DECIDING = (Choice.RENEW, Choice.NOT_RENEW)
S = RenewalState


@transaction.atomic
def take_pack(pk, *, by, today, reason):
    """Put the evidence together as of today; what was taken before is in the ledger's digests.

    :raises Refused: if the unit decided on the evidence and no review was corrected since.
    """
    case = locked(Renewal.objects).get(pk=pk)
    if bars := bars_to_taking(case, today):
        raise Refused(bars)
    judge_packs([case], by=by, today=today, reason=reason)
    return case


def bars_to_taking(case, today):
    """Return sentences that bar new evidence."""
    if case.state not in case.flow.editable:
        return [_("In this state the record may not be edited.")]
    if case.state not in (S.OPEN, S.RECOMMENDED) and case.flagged_on is None:
        return [_("The unit decided on this evidence: it stays as it was.")]
    return []


def recommend(pk, *, by, today, reason, advice, note=""):
    """Recommend something to the unit; the rule's own recommendation stands beside it.

    :raises Refused: if it is not what the rule says, and no reason is given.
    """
    with taking("recommend", Renewal.objects, pk, by=by, today=today, reason=reason) as case:
        note = note.strip()
        if advice not in Choice.values:
            raise Refused({"advice": _("Choose one.")})
        if advice != case.recommended and not note:
            raise Refused({"note": _("The rule says otherwise: say why.")})
        case.advice, case.advice_note = advice, note
        case.recommended_by, case.recommended_on = by, today
    return case


def decide(
    pk, *, by, today, reason, choice, unit, unit_document, unit_decided_on,
    new_term_until_on=None, no_reviews_because="",
):  # fmt: skip
    """Record what the unit decided that elected or appointed the person.

    :raises Refused: if it is not this unit, or a bureau of justice, or the new term is too long.
    """
    with taking(
        "decide", with_post(), pk, by=by, today=today, reason=reason, evidence=_of_pack(pk)
    ) as case:
        post, unit = case.appointment, unit.strip()
        faults = {
            "choice": [] if choice in DECIDING else [_("Choose one.")],
            "unit": unit_faults(post, unit),
            "unit_document": [] if unit_document.strip() else [_("Say by which document.")],
            "unit_decided_on": _day_faults(post, unit_decided_on, today),
            **_term_faults(case, choice, new_term_until_on, no_reviews_because, today),
        }
        if faults := {name: said for name, said in faults.items() if said}:
            raise Refused(faults)
        case.choice, case.unit, case.unit_document = choice, unit, unit_document.strip()
        case.unit_decided_on, case.recorded_by = unit_decided_on, by
        case.decided_digest = case.pack_digest
        case.no_reviews_because = no_reviews_because.strip()
        case.new_term_until_on = _new_end(case, choice, new_term_until_on)
    return case


def tell(pk, *, by, today, reason, told_on, reply_until):
    """Record that the person was told, and until when a review may be asked for."""
    with taking("tell", Renewal.objects, pk, by=by, today=today, reason=reason) as case:
        if not case.unit_decided_on <= told_on <= today:
            said = _("The person is told after the decision, and not in the future.")
            raise Refused({"told_on": said})
        if reply_until < today:
            raise Refused({"reply_until": _("The time to reply lies ahead.")})
        case.told_on, case.reply_until = told_on, reply_until
    return case


def reply(pk, *, by, today, text):
    """Take what the person says to the decision; it may be said once, in time."""
    with taking("reply", Renewal.objects, pk, by=by, today=today) as case:
        if not text.strip():
            raise Refused({"text": _("Write why you ask for a review.")})
        case.reply, case.replied_on = text.strip(), today
    return case


def review(pk, *, by, today, reason, answer, choice, new_term_until_on=None):
    """Record what became of the person's reply, as another officer.

    :raises Refused: if the officer recommended or recorded what is reviewed, or the decision
        would become worse for having been questioned.
    """
    with taking("review", with_post(), pk, by=by, today=today, reason=reason) as case:
        if by.pk in (case.recorded_by_id, case.recommended_by_id):
            raise Refused(
                _("Whoever recommended or recorded it does not review it. Ask a colleague.")
            )
        if not answer.strip():
            raise Refused({"answer": _("Write the answer to the person.")})
        if choice not in DECIDING:
            raise Refused({"choice": _("Choose one.")})
        if case.choice == Choice.RENEW != choice:
            said = _("A review asked for by the person does not take the new term away.")
            raise Refused({"choice": said})
        asked = new_term_until_on or case.new_term_until_on
        faults = _end_faults(case, choice, asked, today)
        if faults:
            raise Refused({"new_term_until_on": faults})
        case.choice, case.review_answer = choice, answer.strip()
        case.reviewed_by, case.reviewed_on = by, today
        case.new_term_until_on = _new_end(case, choice, asked)
    return case


def carry_out(pk, *, by, today, reason):
    """Write what was decided to the register: another term, or the end of this one.

    :raises Refused: with what the register says; then nothing is written at all.
    """
    with _carrying_out(pk, by=by, today=today, reason=reason) as case:
        note = {"by": by, "today": today, "reason": reason}
        if case.choice == Choice.RENEW:
            case.new_appointment = renew_appointment(
                case.appointment_id,
                decided_on=case.unit_decided_on,
                without_reviews_because=case.no_reviews_because,
                term_until_on=case.new_term_until_on,
                **note,
            )
        else:
            lapse_appointment(case.appointment_id, told_on=case.told_on, **note)
        case.carried_out_by, case.ended_on = by, today
    return case


@transaction.atomic
def look_again(pk, *, by, today, reason):
    """Note what an officer made of a case carried out whose review was corrected after.

    :raises Refused: if nothing is flagged, if the evidence can still be taken anew, or without a
        reason.
    """
    case = locked(Renewal.objects).get(pk=pk)
    if bars := bars_to_looking(case, today):
        raise Refused(bars)
    if not reason.strip():
        raise Refused({"reason": _("Say what you made of it.")})
    before = ledger.snapshot(case)
    case.flagged_on = None
    case.revision += 1
    case.save(update_fields=["flagged_on", "revision", "changed_at"])
    ledger.append_all([entry_of("look_again", case, by=by, reason=reason, before=before)])
    return case


def bars_to_looking(case, today):
    """Return sentences that bar the note that a case carried out was looked at again."""
    if case.flagged_on is None:
        return [_("No correction of a review waits here.")]
    if case.state != S.ENDED:
        return [_("This case is not carried out: take the evidence anew.")]
    return []


def void(pk, *, by, today, reason):
    """Close a case whose post ended otherwise, or whose term was changed."""
    with taking("void", with_post(), pk, by=by, today=today, reason=reason) as case:
        case.ended_on = today
    return case


def with_post():
    """The rows of cases with their posts, to be locked for a step."""
    return Renewal.objects.select_related("appointment__organization", "appointment__mediator")


@contextmanager
def _carrying_out(pk, *, by, today, reason):
    """Take the last step; the register locks organisation and person first, and so does this."""
    with transaction.atomic():
        Organization.objects.select_for_update(of=("self",)).get(appointments__renewals=pk)
        Mediator.objects.select_for_update(of=("self",)).get(appointments__renewals=pk)
        with taking("carry_out", with_post(), pk, by=by, today=today, reason=reason) as case:
            yield case


def unit_faults(post, unit):
    """Return sentences that say why a unit may not decide on another term of a post."""
    if not unit:
        return [_("Name the unit that elected or appointed the person.")]
    if unit.endswith(BUREAU_NAMES):
        return [_("A bureau of justice neither elects nor appoints: it recommends and records.")]
    if post.unit and unit != post.unit:
        said = _("On record is “%(unit)s”: only this unit decides on another term.")
        return [said % {"unit": post.unit}]
    return []


def _day_faults(post, day, today):
    if day > today:
        return [_("This day lies in the future.")]
    if day < post.from_on:
        return [_("On this day the term had not begun.")]
    return []


def _term_faults(case, choice, new_term_until_on, no_reviews_because, today):
    needs_words = choice == Choice.RENEW and not case.reviews and not no_reviews_because.strip()
    said = _("No review of the term is on record: say why there is none.")
    return {
        "new_term_until_on": _end_faults(case, choice, new_term_until_on, today),
        "no_reviews_because": [said] if needs_words else [],
    }


def _end_faults(case, choice, asked, today):
    """Return sentences against the day a new term is to end on; none was named is no fault."""
    if choice != Choice.RENEW or asked is None:
        return []
    longest = longest_term(case.appointment, case.term_until_on)
    if asked > longest:
        said = _("A term that begins then ends on %(day)s at the latest (art. 9).")
        return [said % {"day": date_format(longest)}]
    if asked <= max(case.term_until_on, today):
        return [_("The new term ends after the old one, and ahead of today.")]
    return []


def _new_end(case, choice, asked):
    if choice != Choice.RENEW:
        return None
    return asked or longest_term(case.appointment, case.term_until_on)


def _of_pack(pk):
    """Return what a decision rests on, as the ledger keeps it."""
    digest = Renewal.objects.filter(pk=pk).values_list("pack_digest", flat=True).first()
    return [{"evidence": digest}] if digest else []
