"""The questions asked of levels that were won."""

from django.db.models import Max, Q

from grading.flows.grade import STANDING, GradeState
from office.queries import ScopedQuerySet


class OfAPersonQuerySet(ScopedQuerySet):
    """Rows that lie where a person is entered."""

    division_lookup = "mediator__division_id"

    def of_organizations(self, pks):
        people = self.model._meta.get_field("mediator").related_model
        appointments = people._meta.get_field("appointments").related_model.objects
        held = appointments.filter(organization__in=pks, until_on=None)
        return Q(mediator__in=held.values("mediator"))


class RecognitionQuerySet(OfAPersonQuerySet):
    """Levels given elsewhere that are recognised, or are to be."""


class GradeQuerySet(OfAPersonQuerySet):
    """The levels that were given."""

    def levels(self):
        """Those of the one scale of levels."""
        return self.filter(title_of=None)

    def titles(self):
        """Those won beside the level."""
        return self.filter(title_of__isnull=False)

    def standing(self):
        """Neither taken away nor followed by another."""
        return self.filter(state__in=STANDING)

    def in_force(self, on):
        """Levels that answer for a day, whatever became of them after it."""
        runs = Q(until_on=None) | Q(until_on__gt=on)
        ended = Q(ended_on=None) | Q(ended_on__gt=on)
        return self.filter(runs, ended, from_on__lte=on)

    def to_recheck(self, today):
        """Standing levels whose next check is due."""
        return self.standing().filter(recheck_on__lte=today)

    def run_out(self, today):
        """Standing levels whose days are over."""
        return self.standing().filter(until_on__lte=today)

    def contested(self):
        """Levels that are proposed to be lowered or revoked."""
        return self.filter(state__in=[GradeState.LOWERING, GradeState.REVOKING])

    def barred_until(self, today):
        """Return the first day on which these people may apply again, None if they may today."""
        rows = self.filter(
            state__in=[GradeState.LOWERED, GradeState.REVOKED], bar_until_on__gt=today
        )
        return rows.aggregate(until=Max("bar_until_on"))["until"]
