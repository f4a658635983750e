"""Which complaints an officer may list, and which of them may be read."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from office.queries import ScopedQuerySet


class ComplaintQuerySet(ScopedQuerySet):
    """Complaints lie with the body in charge. Whoever is recused never sees the row."""

    def within(self, user, permission=None):
        """Rows inside the user's posts, without those that have to do with the user."""
        return super().within(user, permission).without_recused(user)

    def without_recused(self, user):
        """Leave out what the user declared to have a part in, is the subject of, or belongs to."""
        declared = apps.get_model("complaints.DeclaredRecusal").objects.filter(
            complaint=OuterRef("pk"), user=user
        )
        return self.exclude(Exists(declared)).exclude(self._about(user))

    def _about(self, user):
        """The condition: the user is the mediator complained of, or has a post in the unit."""
        posts = apps.get_model("registry.Appointment").objects.filter(
            mediator__user=user, organization=OuterRef("organization"), until_on=None
        )
        # A comparison with null is unknown, and unknown rows are no longer excluded but lost.
        about_self = Q(mediator__isnull=False, mediator__user__isnull=False, mediator__user=user)
        return about_self | Q(Exists(posts))

    def readable_by(self, user):
        """Complaints whose text the user was given to read."""
        grants = apps.get_model("complaints.CaseGrant").objects.filter(
            complaint=OuterRef("pk"), user=user, until_on=None
        )
        return self.filter(Exists(grants))


class OfComplaintQuerySet(ScopedQuerySet):
    """Rows of one complaint each; they lie where it does."""

    division_lookup = "complaint__division_id"
