"""The questions asked of claims for subsidies: batches, lines, parts, steps, funds."""

from django.db.models import Q, Sum

from casework.rules.claims import to_the_cent
from office.queries import ScopedQuerySet

STANDING = "open"
WITH_THE_CLERK = ["draft", "returned"]
HANDED_IN = [
    "first_check", "second_check", "township_review", "bureau_check", "approval", "approved",
    "paid",
]  # fmt: skip


class ClaimBatchQuerySet(ScopedQuerySet):
    """Batches lie where their organisation lay when they were opened."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def handed_in(self):
        """Batches that are on their way, approved or paid."""
        return self.filter(state__in=HANDED_IN)

    def with_the_clerk(self):
        """Batches that the organisation holds: begun or returned."""
        return self.filter(state__in=WITH_THE_CLERK)

    def unpaid(self):
        """Batches that were handed in and wait for a check or the payment."""
        return self.handed_in().exclude(state="paid")

    def totals(self):
        """Return the lines and amounts of all these batches together."""
        found = self.aggregate(
            lines=Sum("line_count"), claimed=Sum("total_claimed"), approved=Sum("total_approved")
        )
        lines = found.pop("lines") or 0
        return {"lines": lines, **{name: to_the_cent(total) for name, total in found.items()}}


class ClaimLineQuerySet(ScopedQuerySet):
    """Lines lie where their batch does."""

    division_lookup = "batch__division_id"

    def of_organizations(self, pks):
        return Q(batch__organization__in=pks)

    def standing(self):
        """Lines that are neither struck out nor withdrawn with their batch."""
        return self.filter(state=STANDING)

    def handed_in(self):
        """Standing lines of batches that are on their way, approved or paid."""
        return self.standing().filter(batch__state__in=HANDED_IN)


class OfLineQuerySet(ScopedQuerySet):
    """Rows of one line each; they lie where its batch does."""

    division_lookup = "line__batch__division_id"

    def of_organizations(self, pks):
        return Q(line__batch__organization__in=pks)

    def of_standing_lines(self):
        return self.filter(line__state=STANDING)


class OfBatchQuerySet(ScopedQuerySet):
    """Rows of one batch each; they lie where it does."""

    division_lookup = "batch__division_id"

    def of_organizations(self, pks):
        return Q(batch__organization__in=pks)
