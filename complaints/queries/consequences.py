"""Which consequences of complaints an officer may see, and which are to be done."""

from django.apps import apps
from django.db.models import OuterRef, Q, Subquery

from office.queries import ScopedQuerySet


class ConsequenceQuerySet(ScopedQuerySet):
    """They lie where the organisation is. Nobody sees one that concerns his own post."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def within(self, user, permission=None):
        own = Q(appointment__isnull=False, appointment__mediator__user__isnull=False)
        return super().within(user, permission).exclude(own, appointment__mediator__user=user)

    def open(self):
        return self.filter(state="open")

    def with_due(self):
        """Say of each, as ``due_on``, the last day of its own limit; most have none."""
        clocks = apps.get_model("complaints.ComplaintClock").objects.filter(
            key__in=["filing_days", "roster_days"], task=OuterRef("pk")
        )
        return self.annotate(due_on=Subquery(clocks.order_by("-pk").values("due_on")[:1]))
