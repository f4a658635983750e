"""Reappointments are opened in time, given their evidence and closed again: many at once."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from grading.evaluation.renewal_packs import packs_of
from grading.flows.renewal import RenewalState
from grading.models import Renewal
from grading.queries.renewals import review_rules, ruling_for
from grading.rules.evidence import digest_of
from grading.rules.renewal_pack import judged
from office import ledger
from registry.flows.appointment import HELD_NOW
from registry.models import Appointment

BATCH = 500
# What stands in the place of words that were taken out.
ERASED = "—"
TAKEN = [
    "pack", "pack_on", "pack_digest", "recommended", "reasons", "version", "flagged_on",
    "revision",
]  # fmt: skip
S = RenewalState


def without_a_case(today, division=None):
    """Return the posts whose term ends within the lead time and of which no case is under way."""
    posts = Appointment.objects.all()
    if division is not None:
        posts = posts.in_division(division)
    running = Renewal.objects.running().filter(appointment=OuterRef("pk"))
    return posts.filter(posts.ends_soon(today), ~Exists(running), state__in=HELD_NOW)


@transaction.atomic
def open_renewals(*, division, by, today, reason):
    """Open a case for every post whose term ends soon and that has none; returns how many.

    ``division`` None is everywhere, as every night.
    """
    # Whoever opens cases at the same moment waits here and then finds them opened.
    ledger.hold()
    posts = without_a_case(today, division).order_by("pk").select_related("organization")
    found = list(posts)
    for some in in_batches(found):
        made = [
            Renewal(appointment=post, term_until_on=post.term_until_on, opened_on=today)
            for post in some
        ]
        Renewal.objects.bulk_create(made)
        note = {"by": by, "reason": reason}
        ledger.append_all(
            [entry_of("open", case, after=ledger.filled(case), **note) for case in made]
        )
    return len(found)


@transaction.atomic
def void_ended(*, today, reason):
    """Close every case whose post ended otherwise or whose term was changed; returns how many."""
    over = ~Q(appointment__state__in=HELD_NOW) | Q(appointment__term_until_on=None)
    over |= ~Q(appointment__term_until_on=F("term_until_on"))
    cases, entries = list(locked(Renewal.objects.running().filter(over))), []
    for case in cases:
        before = ledger.snapshot(case)
        case.state, case.ended_on, case.revision = S.VOID, today, case.revision + 1
        entries.append(entry_of("void", case, by=None, reason=reason, before=before))
    Renewal.objects.bulk_update(cases, ["state", "ended_on", "revision"], batch_size=BATCH)
    if entries:
        ledger.append_all(entries)
    return len(cases)


def judge_packs(cases, *, by, today, reason):
    """Store the evidence of locked cases as of today, and what the rule in force makes of it."""
    rules, entries = review_rules(today), []
    for some in in_batches(cases):
        ruling = {case.pk: ruling_for(rules, case.area) for case in some}
        schemes = {pk: version.rules for pk, version in ruling.items() if version}
        packs = packs_of(some, today, schemes)
        for case in some:
            before = ledger.snapshot(case)
            _judge(case, packs[case.pk], ruling[case.pk], today)
            entries.append(entry_of("take_pack", case, by=by, reason=reason, before=before))
        Renewal.objects.bulk_update(some, TAKEN, batch_size=BATCH)
    ledger.append_all(entries)


def _judge(case, pack, version, today):
    rules = version.rules if version else None
    case.pack, case.pack_on, case.pack_digest = pack, today, digest_of(pack)
    case.version = version
    case.recommended, case.reasons = judged(rules, pack)
    case.flagged_on = None
    case.revision += 1


def in_batches(rows):
    """Yield a list in parts short enough for one statement."""
    for begin in range(0, len(rows), BATCH):
        yield rows[begin : begin + BATCH]


def locked(rows):
    """Return cases with posts, people and places, locked in one order."""
    rows = rows.select_related("appointment__organization", "appointment__mediator")
    return rows.select_for_update(of=("self",)).order_by("pk")


def entry_of(act, case, *, by, reason, before=None, after=None):
    """Return an entry of the ledger about a case; of the evidence it keeps the digest only."""
    if after is None:
        before, after = ledger.changes(before or {}, ledger.snapshot(case))
    before, after = (
        {name: value for name, value in told.items() if name not in ("pack", "reasons")}
        for told in (before or {}, after)
    )
    return ledger.draft(
        f"grading.renewal.{act}", case, by=by, reason=reason, before=before, after=after
    )


def forget_replies(mediator, *, by, reason):
    """Take out what an erased person wrote; what was decided on the terms stays."""
    rows = locked(Renewal.objects.filter(appointment__mediator=mediator)).exclude(reply="")
    entries = []
    for case in rows:
        Renewal.objects.filter(pk=case.pk).update(reply=ERASED, revision=case.revision + 1)
        entries.append(entry_of("forget", case, by=by, reason=reason, after={"reply": ERASED}))
    if entries:
        ledger.append_all(entries)
