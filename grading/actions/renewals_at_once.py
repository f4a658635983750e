"""Reappointments of a whole election year: one act on every case that has nothing special.

Whatever speaks against treating a case like the others singles it out: it is listed with its
reasons and is never written here.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grading.actions.renewal_cases import BATCH, entry_of, in_batches, judge_packs, locked
from grading.actions.renewals import bars_to_taking, unit_faults
from grading.flows.renewal import RENEWAL, Choice, RenewalState
from grading.models import Renewal
from grading.queries.renewals import complained_of
from office import ledger
from office.flow import Refused
from registry.actions.renewing import NewTerm, lock_posts, longest_terms, renew_appointments
from registry.flows import AppointmentState

S = RenewalState
EXCEPTIONS = {
    "no_pack": _("the evidence is not put together"),
    "unclear": _("the rule leaves it open"),
    "against": _("the rule speaks against another term"),
    "advised": _("an officer recommends otherwise"),
    "flagged": _("a review was corrected"),
    "no_reviews": _("a year of the term has no review"),
    "complaint": _("a complaint about the person is not ended"),
    "suspended": _("the post is suspended"),
    "no_unit": _("the electing or appointing unit is not on record, or is a bureau"),
    "over": _("the post ended, or its term was changed"),
    "too_late": _("another term would be over by now"),
    "decided": _("the unit decided otherwise, or the person asked for a review"),
}


@dataclass(frozen=True)
class Sorted:
    """Cases of a selection: those an act is taken on, the exceptions, and those not at this step.

    ``exceptions`` are (case, names of ``EXCEPTIONS``).
    """

    fit: list = field(default_factory=list)
    exceptions: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)


def sorted_out(cases, act, today):
    """Return a selection ``Sorted`` for an act, in a fixed number of queries."""
    cases = list(cases)
    sources = RENEWAL.steps[act].sources
    here = [case for case in cases if case.state in sources]
    found = Sorted(elsewhere=[case for case in cases if case.state not in sources])
    known = Known.of(here, today)
    for case in here:
        if names := list(exceptions_of(case, known)):
            found.exceptions.append((case, names))
        elif RENEWAL.refusals(case, act, today):
            found.elsewhere.append(case)
        else:
            found.fit.append(case)
    return found


@dataclass(frozen=True)
class Known:
    """What exceptions are found by, for all cases at once."""

    today: object
    complained: set
    longest: dict

    @classmethod
    def of(cls, cases, today):
        people = {case.appointment.mediator_id for case in cases}
        longest = longest_terms([case.appointment for case in cases])
        return cls(today, complained_of(people, today), longest)


def exceptions_of(case, known):
    """Yield the names of all that singles a case out."""
    post = case.appointment
    held = {
        "no_pack": not case.pack_digest,
        "unclear": case.recommended in ("", Choice.UNCLEAR),
        "against": case.recommended == Choice.NOT_RENEW,
        "advised": case.advice not in ("", Choice.RENEW),
        "flagged": case.flagged_on is not None,
        "no_reviews": case.lacks_reviews,
        "complaint": post.mediator_id in known.complained,
        "suspended": post.state == AppointmentState.SUSPENDED,
        "no_unit": not post.route or bool(unit_faults(post, post.unit)),
        "over": not case.is_needed,
        "too_late": known.longest.get(post.pk, known.today) <= known.today,
        "decided": case.choice == Choice.NOT_RENEW or bool(case.reply),
    }
    return (name for name, holds in held.items() if holds)


@transaction.atomic
def take_packs(pks, *, by, today, reason):
    """Put the evidence of many cases together; returns how many."""
    cases = [case for case in _cases(pks) if not bars_to_taking(case, today)]
    if cases:
        judge_packs(cases, by=by, today=today, reason=reason)
    return len(cases)


@transaction.atomic
def recommend_many(pks, *, by, today, reason):
    """Recommend another term for all without an exception, as the rule does; returns ``Sorted``."""

    def write(case):
        case.advice, case.advice_note = Choice.RENEW, ""
        case.recommended_by, case.recommended_on = by, today

    written = ["advice", "advice_note", "recommended_by", "recommended_on"]
    return _take("recommend", pks, write, written, by=by, today=today, reason=reason)


@transaction.atomic
def decide_many(pks, *, by, today, reason, unit_document, unit_decided_on):
    """Record that the units decided on another term for all without an exception.

    Each by the unit on record, for as long as the law and the policy allow.

    :raises Refused: if there is no document, or the day lies ahead.
    """
    if not unit_document.strip():
        raise Refused({"unit_document": _("Say by which document.")})
    if unit_decided_on > today:
        raise Refused({"unit_decided_on": _("This day lies in the future.")})
    longest = _longest(pks)

    def write(case):
        post = case.appointment
        if unit_decided_on < post.from_on:
            raise Refused({"unit_decided_on": _("On this day the term had not begun.")})
        case.choice, case.unit, case.unit_document = Choice.RENEW, post.unit, unit_document.strip()
        case.unit_decided_on, case.recorded_by = unit_decided_on, by
        case.decided_digest = case.pack_digest
        case.new_term_until_on = longest[post.pk]

    written = [
        "choice", "unit", "unit_document", "unit_decided_on", "recorded_by", "decided_digest",
        "new_term_until_on",
    ]  # fmt: skip
    return _take("decide", pks, write, written, by=by, today=today, reason=reason)


@transaction.atomic
def tell_many(pks, *, by, today, reason, told_on, reply_until):
    """Record that everybody without an exception was told of another term."""
    if told_on > today:
        raise Refused({"told_on": _("This day lies in the future.")})
    if reply_until < today:
        raise Refused({"reply_until": _("The time to reply lies ahead.")})

    def write(case):
        if told_on < case.unit_decided_on:
            said = _("The person is told after the decision, and not in the future.")
            raise Refused({"told_on": said})
        case.told_on, case.reply_until = told_on, reply_until

    written = ["told_on", "reply_until"]
    return _take("tell", pks, write, written, by=by, today=today, reason=reason)


@transaction.atomic
def carry_out_many(pks, *, by, today, reason):
    """Write another term to the register for all without an exception, or for none of them."""
    posts = Renewal.objects.filter(pk__in=pks).values_list("appointment_id", flat=True)
    lock_posts(list(posts))
    found = sorted_out(_cases(pks), "carry_out", today)
    for some in in_batches(found.fit):
        terms = {
            case.appointment_id: NewTerm(case.unit_decided_on, case.new_term_until_on, case.reviews)
            for case in some
        }
        made = renew_appointments(terms, by=by, today=today, reason=reason)

        def write(case, made=made):
            case.new_appointment = made[case.appointment_id]
            case.carried_out_by, case.ended_on = by, today

        written = ["new_appointment", "carried_out_by", "ended_on"]
        _write("carry_out", some, write, written, by=by, reason=reason)
    return found


def _take(act, pks, write, written, *, by, today, reason):
    found = sorted_out(_cases(pks), act, today)
    _write(act, found.fit, write, written, by=by, reason=reason)
    return found


def _write(act, cases, write, written, *, by, reason):
    entries = []
    for case in cases:
        before = ledger.snapshot(case)
        case.state = RENEWAL.steps[act].target
        write(case)
        case.revision += 1
        entries.append(entry_of(act, case, by=by, reason=reason, before=before))
    Renewal.objects.bulk_update(cases, ["state", "revision", *written], batch_size=BATCH)
    if entries:
        ledger.append_all(entries)


def _cases(pks):
    return list(locked(Renewal.objects.filter(pk__in=pks)))


def _longest(pks):
    rows = Renewal.objects.filter(pk__in=pks).select_related("appointment__organization")
    return longest_terms([case.appointment for case in rows])
