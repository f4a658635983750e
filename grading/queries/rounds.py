"""Which rounds there are for whom, and which levels may be applied for."""

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from grading.flows.round import PUBLISHED, RoundState
from office.queries import ScopedQuerySet
from office.scopes import grants_of
from registry.rules import enclosing

READING = {"grading.view_gradinground"}
BODIES = "committee"


def above(user, permission):
    """Return the numbers of the places that enclose a user's posts with a permission."""
    grants = grants_of(user, permission)
    lows = {grant.low for grant in grants if grant.low is not None}
    # An organisation reads what is held for the place it is in.
    bodies = [grant.organization for grant in grants if grant.organization is not None]
    if bodies:
        organizations = apps.get_model("registry", "Organization").objects
        lows |= set(organizations.filter(pk__in=bodies).values_list("division_id", flat=True))
    return {number for low in lows for number in enclosing(low)}


class RoundQuerySet(ScopedQuerySet):
    """Rounds lie where the bureau is that holds them."""

    def within(self, user, permission=None):
        """Rows inside the user's posts; to read, also the published ones held above these."""
        own = super().within(user, permission)
        if permission not in READING or (user.is_superuser and user.is_active):
            return own
        places = above(user, permission)
        if not places:
            return own
        return own | self.filter(division__in=places, state__in=PUBLISHED)

    def published(self):
        """Rounds that everybody concerned may know of."""
        return self.filter(state__in=PUBLISHED)

    def over(self, division_id):
        """Rounds held for a place: by its own bureau or by one above."""
        return self.filter(division__in=enclosing(division_id))

    def open(self):
        return self.filter(state=RoundState.OPEN)


class RoundLevelQuerySet(models.QuerySet):
    def open_on(self, today):
        """Levels that may be applied for today; late ones where the round takes them."""
        last = Coalesce(F("extended_to"), F("closes_on"))
        rows = self.filter(grading_round__state=RoundState.OPEN, opens_on__lte=today)
        return rows.annotate(ends=last).filter(
            Q(ends__gte=today) | Q(grading_round__takes_late=True)
        )

    def with_rules(self):
        """With the round, its place and the rule set that a level is judged by."""
        return self.select_related(
            "grading_round__division",
            "grading_round__version__scheme",
            "grading_round__version__parent__scheme",
        )

    def open_to(self, mediator, today):
        """Levels that somebody may apply for today, by the places of the posts held."""
        posts = mediator.appointments.in_post(today)
        places = posts.values_list("organization__division_id", flat=True)
        reached = {number for place in places for number in enclosing(place)}
        rows = self.open_on(today).exclude(grading_round__version__scheme__subject=BODIES)
        return rows.filter(grading_round__division__in=reached)
