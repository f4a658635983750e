"""Everybody who was in post in the place of a review becomes a sheet, the day it is opened."""

from itertools import groupby
from operator import attrgetter

from django.db.models import F, Q

from grading.flows.review import SheetState
from grading.models import ReviewSheet
from grading.rules.evidence import digest_of
from grading.rules.review_service import NOT_GRADED, service_in
from registry.flows import AppointmentState
from registry.models import Appointment

A = AppointmentState
# Whoever is on probation is not in post yet.
SERVED = [A.IN_POST, A.SUSPENDED, A.ENDED]
AT_A_TIME = 2_000
# What the ledger keeps a digest of.
FROZEN = ["mediator_id", "organization_id", "division_id", "in_from", "in_until", "days_in"]


def freeze(cycle):
    """Store a sheet for everybody in post on at least one day of the period; tells how many.

    Posts of one person in the place are joined; who served too little is not graded.

    :return: counts and the digest of the roster, as the ledger keeps them.
    """
    made, roster, ungraded = [], [], 0
    frozen = attrgetter(*FROZEN)
    for sheet in sheets_from(cycle, posts_in(cycle)):
        ungraded += sheet.state == SheetState.NOT_GRADED
        roster.append(frozen(sheet))
        made.append(sheet)
        if len(made) >= AT_A_TIME:
            ReviewSheet.objects.bulk_create(made)
            made = []
    ReviewSheet.objects.bulk_create(made)
    return {"people": len(roster), "not_graded": ungraded, "roster": _digest(roster)}


def roster_of(cycle):
    """Return the digest of the people as they were frozen, from the sheets that hold them."""
    rows = cycle.sheets.filter(number=1).order_by("mediator_id").values_list(*FROZEN)
    return _digest(rows.iterator())


def _digest(roster):
    return digest_of(
        [[*keys, first.isoformat(), end.isoformat(), days] for *keys, first, end, days in roster]
    )


def sheets_from(cycle, posts, made=ReviewSheet):
    """Yield a sheet, not stored, for everybody who held one of the posts.

    :param posts: as ``posts_in`` returns them.
    :param made: what each is made as, from its fields.
    """
    served = {}
    for mediator, theirs in groupby(posts.iterator(), attrgetter("mediator_id")):
        yield _sheet(cycle, mediator, list(theirs), served, made)


def posts_in(cycle, among=None):
    """Return the posts held in the place during the period, those of one person together.

    The one held last comes last.

    :param among: a queryset of posts to take them from, instead of all in the place.
    """
    rows = Appointment.objects.in_division(cycle.division) if among is None else among
    rows = rows.filter(
        Q(until_on=None) | Q(until_on__gt=cycle.from_on),
        from_on__lt=cycle.until_on,
        state__in=SERVED,
        mediator__merged_into=None,
    )
    rows = rows.exclude(ended_by="dropped_out").select_related("organization")
    rows = rows.only("mediator_id", "from_on", "until_on", "organization__division_id")
    return rows.order_by("mediator_id", F("until_on").asc(nulls_last=True), "from_on", "pk")


def _sheet(cycle, mediator, posts, served, made):
    """Return the sheet of a person; ``served`` keeps what equal spans come to."""
    spans = tuple(_inside(cycle, post) for post in posts)
    if spans not in served:
        served[spans] = service_in(cycle.rules, spans, cycle.from_on, cycle.until_on)
    service, last = served[spans], posts[-1]
    is_graded = service.state != NOT_GRADED
    return made(
        cycle=cycle,
        mediator_id=mediator,
        organization_id=last.organization_id,
        division_id=last.organization.division_id,
        in_from=min(from_on for from_on, _until_on in spans),
        in_until=max(until_on for _from_on, until_on in spans),
        days_in=service.days,
        state=_first_state(cycle) if is_graded else SheetState.NOT_GRADED,
        result="" if is_graded else NOT_GRADED,
        band="" if is_graded else service.label,
    )


def _first_state(cycle):
    """A year made up of shorter reviews asks nobody for points: its sheets begin at the bureau."""
    return SheetState.BUREAU if cycle.is_rolled_up else SheetState.SELF


def _inside(cycle, post):
    until_on = min(post.until_on or cycle.until_on, cycle.until_on)
    return max(post.from_on, cycle.from_on), until_on
