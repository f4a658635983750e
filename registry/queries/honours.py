"""The questions asked of awards, stars, studios, experts and auxiliaries."""

from django.db.models import Q

from office.queries import ScopedQuerySet
from registry.queries.register import in_force


class OfOrganizationQuerySet(ScopedQuerySet):
    """Rows of one organisation each; they lie where it does."""

    division_lookup = "organization__division_id"

    def of_organizations(self, pks):
        return Q(organization__in=pks)


class AwardQuerySet(ScopedQuerySet):
    def between(self, low, high):
        """An award lies where the person or the organisation does."""
        inside = {"division_id__gte": low, "division_id__lt": high}
        return Q(**{f"mediator__{name}": n for name, n in inside.items()}) | Q(
            **{f"organization__{name}": n for name, n in inside.items()}
        )

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def standing(self):
        """Awards that were not withdrawn."""
        return self.filter(withdrawn_on=None)


class StarRatingQuerySet(OfOrganizationQuerySet):
    def current(self):
        """The rating each committee has now; earlier ones are closed."""
        return self.filter(until_on=None)

    def in_force(self, today):
        """Ratings that stand and whose re-check is not overdue."""
        return self.current().filter(rated_on__lte=today, recheck_due__gte=today)

    def overdue(self, today):
        """Ratings whose re-check should have been made before today."""
        return self.current().filter(recheck_due__lt=today)


class StudioProfileQuerySet(OfOrganizationQuerySet):
    def overdue(self, today):
        """Studios whose re-check should have been made before today."""
        return self.filter(recheck_due__lt=today)


class ExpertQuerySet(ScopedQuerySet):
    def serving(self, on):
        """Experts whose term runs and who did not leave the pool."""
        return self.filter(in_force(on)).filter(Q(left_on=None) | Q(left_on__gt=on))

    def lapsed(self, on):
        """Experts whose term is over and was not renewed."""
        return self.filter(left_on=None, until_on__lte=on)


class AuxiliaryPersonQuerySet(ScopedQuerySet):
    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def serving(self, on):
        return self.filter(in_force(on))
