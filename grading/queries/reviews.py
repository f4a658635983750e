"""Which reviews there are for whom; everybody below reads the sheets of the own place only."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from grading.flows.review import (
    PUBLISHED_CYCLES,
    STANDING,
    ConsequenceState,
    CycleState,
    SheetState,
)
from grading.queries.rounds import above
from office.queries import ScopedQuerySet


class CycleQuerySet(ScopedQuerySet):
    """Reviews lie where the bureau is that holds them."""

    def within(self, user, permission=None):
        """Rows inside the user's posts; to read, also the published ones held above these."""
        own = super().within(user, permission)
        if permission != "grading.view_reviewcycle" or (user.is_superuser and user.is_active):
            return own
        places = above(user, permission)
        if not places:
            return own
        return own | self.filter(division__in=places, state__in=PUBLISHED_CYCLES)

    def published(self):
        """Reviews that everybody concerned may know of."""
        return self.filter(state__in=PUBLISHED_CYCLES)


class SheetQuerySet(ScopedQuerySet):
    """Sheets lie where the organisation lay when people were frozen; nobody scores an own one."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def within(self, user, permission=None):
        """Rows inside the user's posts, without the user's own."""
        return super().within(user, permission).exclude(mediator__user_id=user.pk)

    def current(self):
        """Those no correction has taken the place of, and corrections that wait."""
        return self.exclude(state__in=[SheetState.REPLACED, SheetState.DROPPED])

    def own(self, user):
        """The person's own, of every review that is published; a correction once it is made."""
        own = self.filter(mediator__user_id=user.pk, cycle__state__in=PUBLISHED_CYCLES)
        waiting = Q(state=SheetState.BUREAU, corrects__isnull=False)
        return own.exclude(Q(state=SheetState.DROPPED) | waiting)

    def untouched_by(self, user):
        """Those that somebody neither checked, nor gave points on, nor put a figure right of."""
        marks, figures = (
            self.model._meta.get_field(name).related_model.objects.filter(sheet=OuterRef("pk"))
            for name in ("marks", "figures")
        )
        rows = self.filter(Q(checked_by=None) | ~Q(checked_by=user))
        return rows.filter(~Exists(marks.filter(by=user)), ~Exists(figures.filter(by=user)))

    def standing(self):
        """Sheets with a final outcome that no correction has taken the place of.

        Who is not graded is so from the opening on: of a review that was given up it says nothing.
        """
        return self.filter(state__in=STANDING).exclude(cycle__state=CycleState.ABANDONED)

    def with_all(self):
        """With what a page of a sheet shows."""
        return self.select_related(
            "cycle__version__scheme__division",
            "cycle__version__parent__scheme",
            "cycle__division",
            "cycle__notice",
            "mediator__division",
            "organization__division",
            "division",
        )


class OfSheetQuerySet(models.QuerySet):
    """Rows of one sheet each."""

    def standing(self):
        """Those no newer one has taken the place of."""
        return self.filter(replaced_on=None)

    def waiting(self):
        """Objections nobody has decided on."""
        return self.filter(is_upheld=None)


class ConsequenceQuerySet(ScopedQuerySet):
    division_lookup = "sheet__division_id"

    def of_organizations(self, pks):
        return Q(sheet__organization__in=pks)

    def waiting(self):
        """Those nobody has settled, of sheets that stand."""
        return self.filter(state=ConsequenceState.OPEN).exclude(sheet__state=SheetState.REPLACED)
