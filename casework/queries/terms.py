"""Which scheme holds where and when."""

from django.db.models import F, Q

from office.queries import ScopedQuerySet
from registry.queries import in_force
from registry.rules import enclosing


class SchemeQuerySet(ScopedQuerySet):
    """Dated schemes of a division, or without one of everywhere."""

    def between(self, low, high):
        """Schemes of the span, and those that hold everywhere."""
        return super().between(low, high) | Q(division=None)

    def of_organizations(self, pks):
        """To a clerk, what holds everywhere."""
        return Q(division=None)

    def ruling(self, division_id, on):
        """Return the scheme of the nearest division that has one in force on a day, or None."""
        above = Q(division__in=enclosing(division_id)) | Q(division=None)
        found = self.filter(in_force(on)).filter(above)
        return found.order_by(F("division").desc(nulls_last=True), "-from_on").first()
