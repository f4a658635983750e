"""A ceiling on what cases may bring somebody in a month or a quarter holds for every claim."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from casework.actions.rates import Rates, level_on, levels_of
from casework.flows.claim import HANDED_IN
from casework.models import ClaimShare
from casework.models.subsidy_words import Period
from casework.queries.subsidy_facts import holds
from casework.rules.claims import MONTHS_OF_A_QUARTER, quarter_of, span_of
from registry.models import Appointment


def over_the_ceiling(batch):
    """Return a sentence for everybody whom a batch would bring more than a rate lets cases bring.

    What other batches that are handed in bring the person in the same period counts as well.
    """
    own = list(_shares().filter(line__batch=batch))
    if not own:
        return []
    ceilings = _Ceilings(batch, {share.mediator_id for share in own})
    reached = {key for share in own if (key := ceilings.of(share))}
    sums = defaultdict(Decimal)
    elsewhere = _shares().filter(
        line__batch__state__in=HANDED_IN, mediator__in={key[0] for key in reached}
    )
    for share in [*own, *elsewhere.exclude(line__batch=batch)]:
        if (key := ceilings.of(share)) in reached:
            sums[key] += share.amount
    return [
        _said(key, total)
        for key, total in sorted(sums.items(), key=lambda one: one[0][:2])
        if total > key[-1].case_part
    ]


def _shares():
    shares = ClaimShare.objects.of_standing_lines().filter(line__case__closed_on__isnull=False)
    return shares.select_related("line__case", "mediator").order_by("pk")


class _Ceilings:
    """Which ceiling a share falls under: the person, the first day of the period, the rate."""

    def __init__(self, batch, people):
        self.batch, self.rates, self.levels = batch, Rates("case_part"), levels_of(people)
        self.posts, self.names = defaultdict(list), {}
        for post in Appointment.objects.held().filter(mediator__in=people).order_by("pk"):
            self.posts[post.mediator_id].append(post)

    def of(self, share):
        day = share.line.case.closed_on
        employment = self._employment(share.mediator_id, day)
        level = level_on(self.levels[share.mediator_id], day)
        rate = self.rates.of(self.batch.division_id, day.replace(day=1), employment, level)
        if rate is None or not rate.caps_cases:
            return None
        start = day.replace(day=1)
        if rate.case_period == Period.QUARTER:
            start = span_of(*quarter_of(day))[0]
        return share.mediator_id, start, str(share.mediator), rate

    def _employment(self, person, day):
        held = [post for post in self.posts[person] if holds(post, day)]
        # A post in the organisation that claims goes before one elsewhere.
        held.sort(key=lambda post: post.organization_id != self.batch.organization_id)
        return held[0].employment if held else ""


def _said(key, total):
    _person, start, name, rate = key
    return _(
        "Cases of %(period)s would bring %(name)s %(total)s yuan; the ceiling is %(most)s."
    ) % {
        "period": _named(start, rate.case_period),
        "name": name,
        "total": total.quantize(Decimal("0.01")),
        "most": rate.case_part,
    }


def _named(start, period):
    if period == Period.QUARTER:
        return f"{start.year} Q{(start.month - 1) // MONTHS_OF_A_QUARTER + 1}"
    return f"{start:%Y-%m}"
