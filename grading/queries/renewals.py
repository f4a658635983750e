"""Which reappointments there are for whom."""

from django.db.models import Q

from grading.flows.renewal import RUNNING
from office.queries import ScopedQuerySet


class RenewalQuerySet(ScopedQuerySet):
    """Reappointments lie where the organisation of the post lies."""

    division_lookup = "appointment__organization__division_id"

    def of_organizations(self, pks):
        return Q(appointment__organization__in=pks)

    def within(self, user, permission=None):
        """Rows inside the user's posts, without the user's own."""
        return super().within(user, permission).exclude(appointment__mediator__user_id=user.pk)

    def running(self):
        """Those on which something is still to be done."""
        return self.filter(state__in=RUNNING)

    def with_all(self):
        """With what a page of a reappointment shows."""
        return self.select_related(
            "appointment__organization__division",
            "appointment__mediator__division",
            "version__scheme",
            "new_appointment",
        )
