"""The questions that are asked of rows on every floor."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from office.scopes import grants_of, hidden_from


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a division, perhaps to an organisation as well.

    ``division_lookup`` is the path to the division's number. A post in an organisation reaches the
    rows that ``of_organizations`` names; by default none.
    """

    division_lookup = "division_id"

    def of_organizations(self, pks):
        return Q(pk__in=[])

    def in_division(self, division):
        """Rows of a division and of everything below it."""
        return self.filter(self.between(*division.span))

    def within(self, user, permission=None):
        """Rows inside the user's posts; with ``permission``, of those posts that carry it."""
        if user.is_superuser and user.is_active:
            return self
        grants = grants_of(user, permission)
        spans = [self.between(grant.low, grant.high) for grant in grants if grant.low is not None]
        pks = [grant.organization for grant in grants if grant.organization is not None]
        if pks:
            spans.append(self.of_organizations(pks))
        return self.filter(reduce(or_, spans)) if spans else self.none()

    def between(self, low, high):
        """The condition: the row's division lies in the half-open span of numbers."""
        lookup = self.division_lookup
        return Q(**{f"{lookup}__gte": low, f"{lookup}__lt": high})


class LedgerQuerySet(ScopedQuerySet):
    """Entries of the ledger: scoped by the area of the record they tell of."""

    division_lookup = "area"

    def within(self, user, permission=None):
        """Entries inside the user's posts, without those of records the user stands back from."""
        rows = super().within(user, permission)
        for kind, keys in hidden_from(user):
            rows = rows.exclude(subject_type=kind, subject_id__in=keys)
        return rows

    def of(self, obj):
        """Entries about one record, newest first."""
        return self.filter(subject_type=obj._meta.label_lower, subject_id=str(obj.pk))
