"""The questions asked of orders to rectify and of deregistrations."""

from django.db.models import Q

from office.queries import ScopedQuerySet


class RectificationQuerySet(ScopedQuerySet):
    division_lookup = "organization__division_id"

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def overdue(self, today):
        """Orders whose term is over and which have not been checked again."""
        return self.filter(state="ordered", due_on__lt=today)


class ClosureQuerySet(ScopedQuerySet):
    division_lookup = "organization__division_id"

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def running(self):
        return self.filter(state__in=["draft", "on_notice", "proposed"])


class ClosureItemQuerySet(ScopedQuerySet):
    division_lookup = "closure__organization__division_id"

    def of_organizations(self, pks):
        return Q(closure__organization__in=pks)

    def undecided(self):
        """Items that have no destination yet."""
        return self.filter(destination="")
