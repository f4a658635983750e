"""A round in figures: who took part and how far they came, by level, kind, division, employment.

Taking part is measured by people: those who handed in an application, of all people in post on the
round's day in its division. Somebody with posts of several kinds is counted once for each of them,
once in the total. Where organisations apply, it is measured by the committees on the roster.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.flows.application import ApplicationState
from grading.queries.bodies import committees_of
from registry.models import Appointment, Division
from registry.models.appointment import Employment
from registry.models.organization import OrganizationKind

S = ApplicationState
LEVEL, KIND, PLACE, EMPLOYMENT = "level", "kind", "division", "employment"
DIMENSIONS = {
    LEVEL: gettext_lazy("By level"),
    KIND: gettext_lazy("By kind of organisation"),
    PLACE: gettext_lazy("By division"),
    EMPLOYMENT: gettext_lazy("By employment"),
}
STAGES = {
    "applied": pgettext_lazy("funnel", "handed in"),
    "reviewed": pgettext_lazy("funnel", "first review passed"),
    "eligible": pgettext_lazy("funnel", "eligible"),
    "proposed": pgettext_lazy("funnel", "proposed for a level"),
    "confirmed": pgettext_lazy("funnel", "level confirmed"),
}
PROPOSED = [S.PROPOSED, S.IN_NOTICE, S.OBJECTED, S.FORWARDED, S.CONFIRMED]
COUNTS = {
    "applied": Count("pk"),
    "reviewed": Count("pk", filter=Q(first_reviewed_on__isnull=False)),
    "eligible": Count("pk", filter=Q(decided_on__isnull=False) & ~Q(state=S.NOT_ELIGIBLE)),
    "proposed": Count("pk", filter=Q(state__in=PROPOSED)),
    "confirmed": Count("pk", filter=Q(state=S.CONFIRMED)),
}
NOWHERE = "—"


@dataclass(frozen=True)
class Line:
    """One row of a table: how many came how far, of how many in post; None where it is of all."""

    label: str
    counts: Counter
    in_post: int | None = None

    @property
    def stages(self):
        return [self.counts[stage] for stage in STAGES]

    @property
    def told(self):
        """The stages with their names."""
        return [(str(label), self.counts[stage]) for stage, label in STAGES.items()]

    @property
    def rate(self):
        """The share that took part, in percent with one decimal; None without a denominator."""
        if not self.in_post:
            return None
        return round(self.counts["applied"] * 100 / self.in_post, 1)


class RoundFigures:
    """The figures of one round, from the applications that somebody may see.

    :param applications: rows within the user's posts; those not handed in are left out.
    """

    def __init__(self, grading_round, applications):
        self.round, self.applications = grading_round, applications

    @cached_property
    def groups(self):
        """(level, kind, division, employment) with their counts: one query."""
        post = Appointment.objects.in_post(self.round.as_of).filter(
            mediator=OuterRef("mediator"), organization=OuterRef("organization")
        )
        rows = self.applications.filter(grading_round=self.round).handed_in().order_by()
        rows = rows.annotate(
            held=Subquery(post.order_by("-from_on", "-pk").values("employment")[:1])
        )
        names = ("round_level_id", "organization__kind", "division_id", "held")
        found = defaultdict(Counter)
        for row in rows.values(*names).annotate(**COUNTS):
            level, kind, division, held = (row[name] for name in names)
            key = (self.levels[level], self.kinds[kind], self.place(division), self.held(held))
            found[key].update({stage: row[stage] for stage in STAGES})
        return found

    @property
    def dimensions(self):
        """What the figures are told by: organisations have no employment."""
        return {
            name: label
            for name, label in DIMENSIONS.items()
            if name != EMPLOYMENT or not self.round.is_of_bodies
        }

    @cached_property
    def people(self):
        """Who is in post on the round's day: (kind, division, employment) of each.

        Where organisations apply, it is the committees that are on the roster.
        """
        if self.round.is_of_bodies:
            rows = committees_of(self.round.division).values_list("pk", "kind", "division_id")
            return {
                pk: {(self.kinds[kind], self.place(division), NOWHERE)}
                for pk, kind, division in rows.order_by()
            }
        posts = Appointment.objects.in_post(self.round.as_of).in_division(self.round.division)
        names = ("mediator_id", "organization__kind", "organization__division_id", "employment")
        found = defaultdict(set)
        for person, kind, division, employment in posts.order_by().values_list(*names).distinct():
            found[person].add((self.kinds[kind], self.place(division), self.held(employment)))
        return found

    @cached_property
    def levels(self):
        return {one.pk: one.label for one in self.round.levels.order_by("rank")}

    @cached_property
    def kinds(self):
        return {value: str(label) for value, label in OrganizationKind.choices}

    @cached_property
    def places(self):
        """(low, high, name) of the divisions right below that of the round."""
        below = Division.objects.filter(parent=self.round.division).order_by("id")
        return [(*one.span, one.name) for one in below]

    def place(self, number):
        """Return the division below the round's in which a number lies."""
        own = self.round.division
        inside = (name for low, high, name in self.places if low <= number < high)
        return next(inside, _("%(name)s itself") % {"name": own.name})

    @staticmethod
    def held(employment):
        return str(dict(Employment.choices).get(employment, NOWHERE))

    def order_of(self, dimension):
        """Return the labels of a dimension in the order people expect."""
        known = {
            LEVEL: self.levels.values(),
            KIND: self.kinds.values(),
            PLACE: [name for _low, _high, name in self.places],
            EMPLOYMENT: [str(label) for label in Employment.labels],
        }
        return list(known[dimension])

    def by(self, dimension):
        """Return the ``Line``s of a dimension, without those of no people and no application."""
        at = list(DIMENSIONS).index(dimension)
        counts, in_post = defaultdict(Counter), Counter()
        for key, found in self.groups.items():
            counts[key[at]].update(found)
        if dimension != LEVEL:
            for posts in self.people.values():
                in_post.update({post[at - 1] for post in posts})
        known = self.order_of(dimension)
        others = sorted((counts.keys() | in_post.keys()) - set(known))
        return [
            Line(label, counts[label], None if dimension == LEVEL else in_post[label])
            for label in [*known, *others]
            if label in counts or label in in_post
        ]

    def total(self):
        """Return the ``Line`` of all: each person once."""
        counts = Counter()
        for found in self.groups.values():
            counts.update(found)
        return Line(_("All"), counts, len(self.people))

    def funnel(self):
        """Return (label, count, share of those handed in, in percent) stage by stage."""
        counts = self.total().counts
        whole = counts["applied"]
        return [
            (str(label), counts[stage], round(counts[stage] * 100 / whole, 1) if whole else None)
            for stage, label in STAGES.items()
        ]

    def crossed(self):
        """Return the cells of every combination of level, kind, division and employment."""
        return [
            [*key, *(self.groups[key][stage] for stage in STAGES)] for key in sorted(self.groups)
        ]
