"""What is known of cases for their price, as things stood on each case's day."""

from collections import defaultdict
from operator import attrgetter

from django.db.models import prefetch_related_objects

from casework.rules.schemes import CaseFacts, PersonFacts
from registry.flows import MEDIATING, AppointmentState
from registry.models import Appointment, LevelHolding, OrganizationVersion

LEVELS = "level"
HELD = [AppointmentState.IN_POST, AppointmentState.SUSPENDED, AppointmentState.ENDED]


def facts_of(cases, days):
    """Return the ``CaseFacts`` of cases by their number, in a fixed number of queries.

    ``days`` maps the number of each case to the day it is dated by. Whether another fund has paid
    and who is on the public payroll is not on record: it is declared with the claim.
    """
    cases = list(cases)
    prefetch_related_objects(cases, "difficulty", "organization", "shares__mediator")
    people = {share.mediator_id for case in cases for share in case.shares.all()}
    known = _Known(people, {case.organization_id for case in cases})
    return {case.pk: _facts(case, days[case.pk], known) for case in cases}


class _Known:
    """The rows of the register that answer for days, loaded once."""

    def __init__(self, people, bodies):
        posts = Appointment.objects.filter(mediator__in=people, state__in=HELD)
        self.posts = _grouped(posts.order_by("from_on", "pk"), "mediator_id")
        levels = LevelHolding.objects.filter(mediator__in=people, level__scale=LEVELS)
        self.levels = _grouped(levels.select_related("level"), "mediator_id")
        versions = OrganizationVersion.objects.known_at(None).filter(subject__in=bodies)
        self.bodies = _grouped(versions, "subject")

    def posts_on(self, person, day):
        return [row for row in self.posts[person] if holds(row, day)]

    def level_on(self, person, day):
        return next((row.level for row in self.levels[person] if holds(row, day)), None)

    def body_on(self, body, day):
        rows = self.bodies[body]
        return next((row for row in rows if holds(row, day, "valid_from", "valid_until")), None)


def holds(row, day, start="from_on", end="until_on"):
    """Whether the half-open period of a row holds a day."""
    until = getattr(row, end)
    return getattr(row, start) <= day and (until is None or until > day)


def _facts(case, day, known):
    body = known.body_on(case.organization_id, day)
    return CaseFacts(
        on=day,
        outcome=case.state,
        agreement=case.agreement,
        difficulty=case.difficulty.code if case.difficulty else "",
        fulfilment=case.fulfilment,
        attempts=case.attempts,
        documents=frozenset(case.documents),
        source=case.source,
        kind=(body or case.organization).kind,
        is_listed=body is not None and body.state in MEDIATING,
        people=tuple(_person(share, case, day, known) for share in case.shares.all()),
    )


def _person(share, case, day, known):
    posts = known.posts_on(share.mediator_id, day)
    # A post in the organisation of the case goes before one elsewhere.
    posts.sort(key=lambda post: post.organization_id != case.organization_id)
    level = known.level_on(share.mediator_id, day)
    return PersonFacts(
        mediator=share.mediator_id,
        name=str(share.mediator),
        weight=share.weight,
        leads=share.role == "lead",
        level=level.code if level else "",
        rank=level.rank if level else None,
        in_post=bool(posts),
        employment=posts[0].employment if posts else "",
    )


def _grouped(rows, name):
    found, key = defaultdict(list), attrgetter(name)
    for row in rows:
        found[key(row)].append(row)
    return found
