"""The lines of a batch: looked at, priced, mended, struck out; totals kept after each act."""

from contextlib import contextmanager
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from casework.actions.claim_pricing import offers_of, with_tier
from casework.flows import CLOSED
from casework.flows.claim import HELD_WITH, WITH_THE_CLERK, LineState
from casework.models import CaseRecord, ClaimBatch, ClaimFunding, ClaimLine, ClaimShare
from casework.rules.claims import ClaimFacts, claim_faults
from casework.rules.splitting import fund, split
from office import ledger
from office.documents import attach
from office.flow import Refused, changing
from office.models import Document
from office.policies import rows_for
from registry.rules import county_code

DECISION = "decision"
NOTHING = Decimal("0.00")
LOOKED_AT = (
    "dispute", "scheme", "tier_claimed", "tier_approved", "amount_claimed", "amount_approved",
    "documents", "missing", "faults", "offer", "paid_elsewhere",
)  # fmt: skip


def claimable(batch):
    """Return the cases the organisation closed in the quarter whose dispute nobody claims."""
    rows = batch.organization.cases.filter(state__in=CLOSED)
    rows = rows.filter(closed_on__gte=batch.from_on, closed_on__lt=batch.ends_on).with_dispute()
    standing = ClaimLine.objects.standing().filter(dispute=OuterRef("dispute"))
    return rows.filter(~Exists(standing))


def add_lines(batch, cases, *, reason=""):
    """Add a line for each case that the scheme offers something for; returns the lines.

    One dispute has one line, whatever entries of it there are.
    """
    first = {}
    for case in cases:
        first.setdefault(case.dispute_id, case)
    lines = [
        ClaimLine(batch=batch, case=case, dispute_id=dispute, reason=reason)
        for dispute, case in sorted(first.items())
    ]
    offers = offers_of(lines)
    lines = [line for line in lines if offers[line.case_id].offer.tier]
    if not lines:
        return []
    with disputes_once(batch, lines):
        ClaimLine.objects.bulk_create(lines)
    examine(batch, lines, offers)
    return lines


def examine(batch, lines, offers=None):
    """Look at lines once more: what the scheme offers today, what bars them, who gets what.

    An amount that a person decided stays; one that nobody touched follows the scheme.
    """
    offers = offers or offers_of(lines)
    proved, flagged = _with_a_paper(lines), _flagged(lines)
    for line in lines:
        _price(line, offers[line.case_id])
        priced = with_tier(offers[line.case_id], line.tier_approved)
        seen = {"has_paper": line.pk in proved, "is_flagged": line.case_id in flagged}
        _note(batch, line, priced, **seen)
    ClaimLine.objects.bulk_update(lines, LOOKED_AT)
    _write_parts(lines, offers)


def _price(line, priced):
    """Take over what the scheme offers unless somebody chose otherwise."""
    offer, scheme = priced.offer, priced.scheme
    if scheme is None or line.scheme_id not in (None, scheme.pk):
        # Another scheme rules by now: what was chosen under the old one means nothing.
        line.offer = {}
    line.scheme = scheme
    if not line.offer.get("chosen"):
        line.tier_claimed = line.tier_approved = priced.tier
        line.amount_claimed = line.amount_approved = _fixed(offer)


def _fixed(offer):
    """Return the amount of an offer that leaves nothing to decide, or None."""
    return None if offer.needs_reason else offer.low


def _note(batch, line, priced, *, has_paper, is_flagged):
    offer = priced.offer
    line.documents, line.missing = sorted(line.case.documents), list(offer.missing)
    facts = ClaimFacts(
        from_on=batch.from_on,
        ends_on=batch.ends_on,
        closed_on=line.case.closed_on if line.case.state in CLOSED else None,
        has_people=bool(line.case.shares.all()),
        is_flagged=is_flagged,
        offer=offer if line.scheme_id else None,
        amount=line.amount_approved,
        is_chosen=priced.is_chosen,
        has_paper=has_paper,
        reason=line.reason or line.approved_reason,
    )
    line.faults = claim_faults(facts)
    line.offer = priced.snapshot() | {"chosen": line.offer.get("chosen", False)}


def _flagged(lines):
    """Return the keys of the cases that the ledger flags: outside a post, or not listed."""
    cases = CaseRecord.objects.filter(pk__in=[line.case_id for line in lines]).with_flags()
    return set(cases.filter(Q(outside=True) | Q(unlisted=True)).values_list("pk", flat=True))


def _with_a_paper(lines):
    """Return the keys of the lines for which the paper of a decision is kept."""
    pks = [str(line.pk) for line in lines if line.pk]
    found = Document.objects.filter(
        subject_type=ClaimLine._meta.label_lower, subject_id__in=pks, kind=DECISION
    )
    return {int(pk) for pk in found.values_list("subject_id", flat=True)}


def _write_parts(lines, offers):
    """Divide each line among its mediators and its funds, to the cent."""
    pks = [line.pk for line in lines]
    ClaimShare.objects.filter(line__in=pks).delete()
    ClaimFunding.objects.filter(line__in=pks).delete()
    shares, funds = [], []
    for line in lines:
        if line.amount_approved is None or line.scheme_id is None:
            continue
        weights, funding = offers[line.case_id].offer.weights, offers[line.case_id].funding
        if weights:
            parts = split(line.amount_approved, [weight for _pk, weight in weights])
            shares += [
                ClaimShare(line=line, mediator_id=pk, weight=weight, amount=part)
                for (pk, weight), part in zip(weights, parts, strict=True)
            ]
        funds += [
            ClaimFunding(line=line, fund=name, amount=part)
            for name, part in fund(line.amount_approved, funding)
        ]
    ClaimShare.objects.bulk_create(shares)
    ClaimFunding.objects.bulk_create(funds)


def recount(batch):
    """Count the lines of a batch and add them up; kept with it."""
    number, claimed, approved, _shares, _funds = batch.recounted()
    batch.line_count, batch.total_claimed, batch.total_approved = number, claimed, approved
    batch.save(update_fields=["line_count", "total_claimed", "total_approved", "changed_at"])


# --- One line -------------------------------------------------------------------------------------


@transaction.atomic
def add_line(pk, *, by, today, case, reason, paid_elsewhere=None):
    """Claim a further case in a draft: one closed before the quarter, or left out at first.

    :raises Refused: if it is another organisation's, its dispute is claimed already, or the scheme
        offers nothing for it.
    """
    batch = _held(pk, by)
    if batch.state not in WITH_THE_CLERK:
        raise Refused(_("Cases are added while the batch lies with the organisation."))
    if case.organization_id != batch.organization_id:
        raise Refused(_("This is a case of another organisation."))
    lines = add_lines(batch, [_whole([case.pk])[0]], reason=reason)
    if not lines:
        raise Refused(_("The scheme offers nothing for this case."))
    [line] = lines
    after = ledger.filled(line)
    ledger.append("casework.claimline.add", line, by=by, reason=reason, after=after)
    recount(batch)
    return line


@transaction.atomic
def adjust_line(
    pk, *, by, today, reason, tier=None, amount=None, paid_elsewhere=None, document=None
):
    """Set tier and amount of a line, or what another fund paid, with the reason.

    The organisation sets what is claimed; whoever checks the batch sets what is approved.

    :raises Refused: if it is not this officer's turn, the line does not stand, or the amount is
        none the scheme offers.
    """
    batch, is_claimed = _turn_of(pk, by)
    note = {"by": by, "reason": reason}
    if document:
        attach(ClaimLine.objects.get(pk=pk), upload=document, kind=DECISION, today=today, **note)
    with changing(_lines(), pk, **note) as line:
        _require_standing(line)
        given = {"tier": tier, "amount": amount, "paid_elsewhere": paid_elsewhere}
        _set(line, reason, is_claimed=is_claimed, **given)
        examine(batch, [line])
        _require_that_it_fits(line)
    recount(batch)
    return line


def _set(line, reason, *, is_claimed, tier, amount, paid_elsewhere):
    if tier is not None and tier.scheme_id != line.scheme_id:
        raise Refused(_("This tier is of another scheme."))
    if paid_elsewhere is not None:
        line.paid_elsewhere = paid_elsewhere
    if tier is not None:
        line.tier_approved = tier
    if amount is not None:
        line.amount_approved = amount
    if tier is not None or amount is not None:
        line.offer = line.offer | {"chosen": True}
    if is_claimed:
        line.tier_claimed, line.amount_claimed = line.tier_approved, line.amount_approved
        line.reason = reason
    else:
        line.approved_reason = reason


def _require_that_it_fits(line):
    fatal = {"out_of_range", "unproved", "unpriced"} & set(line.faults)
    if fatal:
        said = [s for f, s in zip(line.faults, line.fault_sentences(), strict=True) if f in fatal]
        raise Refused(said)


@transaction.atomic
def strike_line(pk, *, by, today, reason):
    """Strike a line out; its dispute may be claimed in another batch.

    :raises Refused: if it is not this officer's turn, or the line does not stand.
    """
    batch, _is_claimed = _turn_of(pk, by)
    with changing(_lines(), pk, by=by, reason=reason) as line:
        _require_standing(line)
        line.state, line.struck_reason = LineState.STRUCK, reason
    recount(batch)
    return line


def bars_to_mending(line, by=None):
    """Return every reason why a line may not be mended; ``by`` may be left out."""
    said = []
    if not line.stands:
        said.append(_("This line does not stand."))
    if line.batch.state not in HELD_WITH:
        said.append(_("In this state of the batch its lines stay as they are."))
    elif by is not None and not _is_turn_of(line.batch, by):
        said.append(_("Only whoever has the batch now mends its lines."))
    return said


def _require_standing(line):
    if reasons := bars_to_mending(line):
        raise Refused(reasons)


def _turn_of(pk, by):
    """Return the batch of a line, locked, and whether it lies with the organisation."""
    batch = _held(ClaimLine.objects.values_list("batch_id", flat=True).get(pk=pk), by)
    return batch, batch.state in WITH_THE_CLERK


def _held(pk, by):
    """Return a batch, locked. :raises Refused: if it is not this officer's turn."""
    rows = ClaimBatch.objects.select_related("organization__division", "policy")
    batch = rows.select_for_update(of=("self",)).get(pk=pk)
    if batch.state not in HELD_WITH:
        raise Refused(_("In this state of the batch its lines stay as they are."))
    if not _is_turn_of(batch, by):
        raise Refused(_("Only whoever has the batch now mends its lines."))
    return batch


def _is_turn_of(batch, by):
    if by is None:
        return True
    step = HELD_WITH[batch.state]
    names = [step, f"{step}_directly"] if step == "submit" else [step]
    return any(rows_for(by, name, ClaimBatch).filter(pk=batch.pk).exists() for name in names)


# --- Disputes -------------------------------------------------------------------------------------


def lock_disputes(batch):
    """Lock the cases of a batch and return its standing lines, each for its dispute of today."""
    lines = list(_lines().filter(batch=batch).standing().order_by("pk"))
    cases = CaseRecord.objects.filter(pk__in=[line.case_id for line in lines]).order_by("pk")
    held = {case.pk: case for case in cases.select_for_update(of=("self",))}
    for line in lines:
        line.dispute_id = held[line.case_id].dispute_id
    return lines


def require_disputes_are_free(batch, lines):
    """Write the disputes of lines anew. :raises Refused: if another batch claims one of them."""
    with disputes_once(batch, lines):
        ClaimLine.objects.bulk_update(lines, ["dispute"])


@contextmanager
def disputes_once(batch, lines):
    """Write lines: each dispute stands in one line of all batches.

    :raises Refused: naming the other batch, however many write at the same moment.
    """
    _require_free(batch, lines)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as broken:
        if "dispute" not in str(broken):
            raise
        _require_free(batch, lines)
        raise Refused(_("A dispute of this batch is claimed twice.")) from broken


def _require_free(batch, lines):
    mine = [line.pk for line in lines if line.pk]
    others = ClaimLine.objects.standing().filter(dispute__in=[line.dispute_id for line in lines])
    said = [
        _("%(case)s: the dispute is claimed already%(where)s.")
        % {"case": other.case, "where": _where(batch, other.batch)}
        for other in others.exclude(pk__in=mine).select_related("batch", "case")
    ]
    if said:
        raise Refused(said)


def _where(batch, other):
    """Name the other batch to people of the same county, to whom it is no secret."""
    if county_code(batch.division_id) != county_code(other.division_id):
        return ""
    return _(" in batch %(number)s") % {"number": other.number}


def _lines():
    rows = ClaimLine.objects.select_related(
        "batch__organization__division", "case__organization", "case__difficulty", "scheme",
        "tier_claimed", "tier_approved",
    )  # fmt: skip
    return rows.prefetch_related("case__shares__mediator")


def _whole(pks):
    rows = CaseRecord.objects.filter(pk__in=pks).select_related("organization", "difficulty")
    return list(rows.prefetch_related("shares__mediator").order_by("accepted_on", "pk"))
