from django.db.models import F, Q

from office.queries import ScopedQuerySet
from registry.queries.register import in_force
from registry.rules import enclosing


class PolicyQuerySet(ScopedQuerySet):
    def between(self, low, high):
        """Policies of the span, and those that hold everywhere."""
        return super().between(low, high) | Q(division=None)

    def of_organizations(self, pks):
        """To a clerk, what holds everywhere."""
        return Q(division=None)

    def in_force(self, on):
        return self.filter(in_force(on))

    def of_everywhere_above(self, division_id):
        """Policies of the divisions this one (a number) lies in, the nearest first."""
        above = Q(division__in=enclosing(division_id)) | Q(division=None)
        return self.filter(above).order_by(F("division").desc(nulls_last=True), "-kind")

    def ruling(self, key, *, division_id, on, kind=""):
        """Return the policy that holds for a division and a kind of organisation on a day.

        The nearest division wins, then the policy for the kind over the one for every kind.

        :raises Policy.DoesNotExist: if none does.
        """
        found = self.in_force(on).filter(key=key, kind__in=["", kind])
        ruling = found.of_everywhere_above(division_id).first()
        if ruling is None:
            raise self.model.DoesNotExist(f"No policy sets {key} for {division_id} on {on}.")
        return ruling
