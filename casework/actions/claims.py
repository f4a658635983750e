"""A batch is drawn up: the cases of an organisation and a quarter, each with what it may cost."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casework.actions.claim_lines import add_lines, claimable, examine, lock_disputes, recount
from casework.flows.claim import LISTED, WITH_THE_CLERK
from casework.models import CaseworkKey, CaseworkPolicy, ClaimBatch, ClaimSeries
from casework.rules.claims import span_of
from office import ledger
from office.clocks import Calendar
from office.flow import Refused, changing
from registry.rules import county_code

# A pattern of this register.
BATCH_NUMBER = "SB{county}{year}Q{quarter}-{serial:04d}"


@transaction.atomic
def open_batch(*, by, today, organization, year, quarter, reason=""):
    """Draw up the claim of an organisation for a quarter, with a line for each case it may claim.

    Cases for which the scheme offers nothing, and disputes that are claimed already, are left out;
    ``left_out`` says why.

    :raises Refused: if the organisation is not on the roster, the quarter has not begun, or there
        is a claim for it already.
    """
    from_on, ends_on = span_of(year, quarter)
    if organization.state not in LISTED:
        raise Refused(_("The organisation is not on the roster."))
    if from_on > today:
        raise Refused(_("This quarter has not begun yet."))
    policy = CaseworkPolicy.objects.ruling(
        CaseworkKey.CLAIM_DAYS, division_id=organization.division_id, on=min(today, ends_on),
        kind=organization.kind,
    )  # fmt: skip
    batch = ClaimBatch(
        organization=organization, division=organization.division, year=year, quarter=quarter,
        policy=policy, opened_by=by, opened_on=today,
    )  # fmt: skip
    _save_once(batch)
    cases = claimable(batch).select_related("organization", "difficulty")
    add_lines(batch, list(cases.prefetch_related("shares__mediator").order_by("closed_on", "pk")))
    recount(batch)
    after = ledger.filled(batch)
    ledger.append("casework.claimbatch.add", batch, by=by, reason=reason, after=after)
    return batch


def _save_once(batch):
    batch.number = _next_number(batch)
    batch.due_on = batch.deadline(Calendar.load()).due_on
    batch.full_clean()
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError as broken:
        said = _("This organisation has a claim for this quarter already.")
        raise Refused(said) from broken


def _next_number(batch):
    county = county_code(batch.division_id)
    series, _is_new = ClaimSeries.objects.get_or_create(county=county, year=batch.year)
    series = ClaimSeries.objects.select_for_update().get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return BATCH_NUMBER.format(
        county=county, year=batch.year, quarter=batch.quarter, serial=series.last
    )


@transaction.atomic
def look_again(pk, *, by, today, reason=""):
    """Bring a batch that lies with the organisation up to date: new cases, files, prices.

    What a person decided stays.
    """
    rows = ClaimBatch.objects.select_related("organization__division", "policy")
    with changing(rows, pk, by=by, reason=reason) as batch:
        if batch.state not in WITH_THE_CLERK:
            raise Refused(_("In this state of the batch its lines stay as they are."))
        examine(batch, lock_disputes(batch))
        cases = claimable(batch).exclude(claim_lines__batch=batch)
        cases = cases.select_related("organization", "difficulty")
        add_lines(batch, list(cases.prefetch_related("shares__mediator").order_by("pk")))
        recount(batch)
    return batch


def recount_claim_deadlines():
    """Count the last day of every batch anew that had none while a calendar was missing."""
    calendar = Calendar.load()
    changed = []
    for batch in ClaimBatch.objects.filter(due_on=None).select_related("policy"):
        batch.due_on = batch.deadline(calendar).due_on
        if batch.due_on:
            changed.append(batch)
    ClaimBatch.objects.bulk_update(changed, ["due_on"])
