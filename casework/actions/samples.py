"""Samples of closed cases are drawn by a seed, and drawn again to prove them."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from casework.actions.opinions import ruling
from casework.flows import CLOSED
from casework.models import (
    CaseRecord,
    CaseworkKey,
    FileCheck,
    Sample,
    SampledCase,
    SampleKind,
    SamplePopulation,
)
from office.flow import Refused
from office.samples import digest_of, drawn, drawn_from_each, size_of
from registry.actions.entering import entered

SHARES = {SampleKind.VISIT: CaseworkKey.VISIT_SHARE, SampleKind.FILES: CaseworkKey.CHECK_SHARE}
BATCH = 1_000


@transaction.atomic
def draw_sample(*, by, today, reason, seed="", share=None, number=None, **fields):
    """Draw closed cases of a division, or of an organisation in it; returns the sample.

    ``fields`` are kind, division, organization, from_on, last_on, is_stratified. With neither
    ``share`` (percent) nor ``number`` the policy of the kind says how many. Without ``seed`` one
    is made by chance. A sample of files opens a check of each file not being checked already.

    :raises Refused: if there is nothing to draw from, or no policy says how much.
    """
    sample = Sample(seed=seed or secrets.token_hex(8), drawn_by=by, drawn_on=today, **fields)
    lines = population_of(sample)
    if not lines:
        raise Refused(_("No case was closed here in this period."))
    if share is None and number is None:
        sample.policy = ruling(SHARES[sample.kind], sample.division_id, today)
        share = sample.policy.amount
    sample.share = share if number is None else None
    sample.size = number or size_of(len(lines), share)
    sample.count, sample.digest = len(lines), digest_of(lines)
    chosen = choice_of(sample, lines)
    _lock(chosen)
    entered(sample, by=by, reason=reason, act="draw", also={"drawn": len(chosen)})
    SamplePopulation.objects.create(sample=sample, lines="\n".join(lines))
    SampledCase.objects.bulk_create(
        (SampledCase(sample=sample, case_id=pk, place=place) for place, pk in enumerate(chosen, 1)),
        batch_size=BATCH,
    )
    if sample.kind == SampleKind.FILES:
        _open_checks(sample, chosen)
    return sample


def population_of(sample):
    """Return what a sample is drawn from, as it is now: lines "organisation case", by case."""
    cases = CaseRecord.objects.in_division(sample.division).filter(
        state__in=CLOSED, closed_on__range=(sample.from_on, sample.last_on), same_as=None
    )
    if sample.organization_id:
        cases = cases.filter(organization=sample.organization_id)
    return [
        f"{body} {pk}" for body, pk in cases.order_by("pk").values_list("organization_id", "pk")
    ]


def choice_of(sample, lines):
    """Return the cases a sample draws from such lines: a matter of its seed alone."""
    cases = [[int(part) for part in line.split()] for line in lines]
    if not sample.is_stratified:
        return drawn([pk for _body, pk in cases], seed=sample.seed, size=sample.size)
    strata = {}
    for body, pk in cases:
        strata.setdefault(body, []).append(pk)
    return drawn_from_each(strata, seed=sample.seed, size=sample.size)


def faults_of(sample):
    """Draw a sample again from the cases kept with it; return a sentence for all that differs."""
    lines = sample.population.lines.split("\n")
    found = []
    if digest_of(lines) != sample.digest or len(lines) != sample.count:
        found.append(_("The list of cases it was drawn from is not the one that was noted."))
    kept = list(sample.items.order_by("place").values_list("case_id", flat=True))
    if choice_of(sample, lines) != kept:
        found.append(_("The seed draws other cases than those that are kept."))
    return found


def _lock(pks):
    """Lock the drawn cases, so that nobody opens a check of one meanwhile."""
    for start in range(0, len(pks), BATCH):
        rows = CaseRecord.objects.filter(pk__in=sorted(pks)[start : start + BATCH])
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _open_checks(sample, pks):
    busy = set(FileCheck.objects.open().values_list("case_id", flat=True))
    FileCheck.objects.bulk_create(
        (
            FileCheck(case_id=pk, sample=sample, opened_on=sample.drawn_on)
            for pk in pks
            if pk not in busy
        ),
        batch_size=BATCH,
    )
