"""The questions asked of pairings: who may teach, who is left alone, who stands back."""

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from office.queries import ScopedQuerySet
from registry.queries import in_force
from registry.rules import months_before
from training.flows.mentorship import OPEN
from training.rules.mentorship import (
    Limits,
    MentorStanding,
    apprentice_bars,
    mentor_bars,
    period_bars,
)

HELD = ["probation", "in_post", "suspended", "ended"]
FIGURES = {
    "rank": "mentor_rank",
    "years": "mentor_years",
    "load": "mentor_load",
    "months_least": "pairing_months_least",
    "months_most": "pairing_months_most",
}


class PairingQuerySet(ScopedQuerySet):
    def between(self, low, high):
        """A pairing lies where either of the two does."""
        inside = {"division_id__gte": low, "division_id__lt": high}
        return Q(**{f"mentor__{name}": n for name, n in inside.items()}) | Q(
            **{f"apprentice__{name}": n for name, n in inside.items()}
        )

    def of_organizations(self, pks):
        """Pairings in which one of the two serves in the organisations."""
        people = self.model._meta.get_field("mentor").related_model.objects
        own = people.filter(people.of_organizations(pks)).values("pk")
        return Q(mentor__in=own) | Q(apprentice__in=own)

    def of(self, mediator):
        """The pairings of one person, on either side."""
        return self.filter(Q(mentor=mediator) | Q(apprentice=mediator))

    def open(self):
        return self.filter(state__in=OPEN)

    def orphaned(self, today):
        """Open pairings whose mentor holds no post today, whether or not anybody noticed."""
        people = self.model._meta.get_field("mentor").related_model.objects
        return self.open().exclude(mentor__in=people.in_post(today).values("pk"))

    def recusing(self, on, months):
        """Pairings for which the mentor stands back: while they last and ``months`` after."""
        over = Q(ended_on__isnull=True) | Q(ended_on__gt=months_before(on, months))
        began = Q(began_on__isnull=False, began_on__lte=on)
        return self.filter(began, over)

    def tied_to(self, people, today):
        """Return the keys of whoever is, or lately was, master or apprentice of the people.

        For how long after the end is the figure in force where the apprentice belongs; without a
        figure they stay tied.
        """
        found = self.filter(Q(mentor__in=people) | Q(apprentice__in=people), began_on__lte=today)
        tied = set()
        for pairing in found.select_related("apprentice"):
            if pairing.ended_on is None or not self._is_long_over(pairing, today):
                tied |= {pairing.mentor_id, pairing.apprentice_id}
        return tied - set(people)

    def _is_long_over(self, pairing, today):
        policies = self.model._meta.get_field("logs_policy").related_model
        where = pairing.apprentice.division_id
        try:
            figure = policies.objects.ruling("recusal_months", division_id=where, on=today)
        except policies.DoesNotExist:
            return False
        return pairing.ended_on <= months_before(today, figure.amount)

    def bars(self, pairing, today):
        """Return every reason why the two of a pairing may not be paired today."""
        people = self.model._meta.get_field("mentor").related_model.objects
        limits = self.limits(pairing.apprentice.division_id, today)
        known = {
            row.pk: row
            for row in with_standing(
                people.filter(pk__in=[pairing.mentor_id, pairing.apprentice_id]),
                today,
                apart_from=pairing.pk,
            )
        }
        mentor, apprentice = known[pairing.mentor_id], known[pairing.apprentice_id]
        found = mentor_bars(standing_of(mentor), limits, today)
        found += apprentice_bars(serves=apprentice.serves, teaches=bool(apprentice.teaching))
        ends = [mentor.term_until, apprentice.term_until]
        return [*found, *period_bars(pairing.from_on, pairing.until_on, limits, ends)]

    def limits(self, division_id, on):
        """Return the ``Limits`` in force in a division (a number) on a day."""
        policies = self.model._meta.get_field("logs_policy").related_model.objects
        return Limits(
            **{
                name: policies.ruling(key, division_id=division_id, on=on).amount
                for name, key in FIGURES.items()
            }
        )


class PairingLogQuerySet(ScopedQuerySet):
    division_lookup = "pairing__apprentice__division_id"

    def counting(self):
        """Logs that both sides confirmed."""
        return self.filter(
            confirmed_by_mentor_on__isnull=False, confirmed_by_apprentice_on__isnull=False
        )

    def awaiting(self, mediator):
        """Logs of open pairings that this person has still to confirm."""
        mine = Q(pairing__mentor=mediator, confirmed_by_mentor_on=None)
        mine |= Q(pairing__apprentice=mediator, confirmed_by_apprentice_on=None)
        return self.filter(mine, pairing__state__in=OPEN)


def with_standing(people, today, *, apart_from=None):
    """Say of each person ``serves``, ``first_served``, ``rank``, ``teaching``, ``learns``.

    ``term_until`` is the end of the last term of a post held today, null where it has none.
    ``apart_from`` is a pairing that is not counted.
    """
    fields = people.model._meta
    posts = fields.get_field("appointments").related_model.objects
    pairings = fields.get_field("taught").related_model.objects.open().exclude(pk=apart_from)
    levels = fields.get_field("levels").related_model.objects
    held = posts.filter(in_force(today), mediator=OuterRef("pk"), state__in=HELD[:3]).order_by()
    ever = posts.filter(mediator=OuterRef("pk"), state__in=HELD).order_by()
    return people.annotate(
        serves=Exists(held),
        first_served=Subquery(_least(ever, "from_on"), output_field=DateField()),
        rank=Subquery(
            levels.in_force(today)
            .filter(mediator=OuterRef("pk"))
            .order_by("level__rank")
            .values("level__rank")[:1]
        ),
        teaching=_counted(pairings.filter(mentor=OuterRef("pk"))),
        learns=Exists(pairings.filter(apprentice=OuterRef("pk"))),
        term_until=Case(
            When(Exists(held.filter(term_until_on=None)), then=Value(None)),
            default=Subquery(held.order_by("-term_until_on").values("term_until_on")[:1]),
            output_field=DateField(),
        ),
    )


def standing_of(person):
    """Return the ``MentorStanding`` of a person annotated by ``with_standing``."""
    return MentorStanding(
        in_post=person.serves,
        rank=person.rank,
        serves_since=person.first_served,
        open_pairings=person.teaching,
        is_apprentice=person.learns,
        has_upheld_complaint=None,
        term_until=person.term_until,
    )


def _least(rows, name):
    return rows.values("mediator").annotate(least=Min(name)).values("least")


def _counted(rows):
    counted = rows.order_by().values("mentor").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
