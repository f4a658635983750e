"""The questions asked of applications; whoever is recused from one finds it nowhere."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from grading.flows.application import AT_WORK, UNDECIDED, ApplicationState
from office.queries import ScopedQuerySet

S = ApplicationState


class ApplicationQuerySet(ScopedQuerySet):
    """Applications lie where the organisation lay when they were begun."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def within(self, user, permission=None):
        """Rows inside the user's posts, without drafts of others and without own recusals.

        This is the one place that hides them: lists, counts, averages, exports, choosers and
        histories all begin here.
        """
        rows = super().within(user, permission).exclude(state=S.DRAFT, nominated_by__isnull=True)
        return rows.not_recused(user)

    def not_recused(self, user):
        """Rows from which the user is not recused, and that are not the user's own."""
        recusal = apps.get_model("grading", "Recusal")._default_manager.standing()
        held = recusal.filter(application=OuterRef("pk"), user_id=user.pk)
        return self.filter(~Exists(held)).exclude(mediator__user_id=user.pk)

    def at_work(self):
        """Handed in and neither withdrawn nor ended."""
        return self.filter(state__in=AT_WORK)

    def undecided(self):
        """Whose eligibility is not decided yet."""
        return self.filter(state__in=UNDECIDED)

    def handed_in(self):
        return self.exclude(state__in=[S.DRAFT, S.WITHDRAWN])

    def with_all(self):
        """With what a page of an application shows."""
        return self.select_related(
            "grading_round__version__scheme__division",
            "grading_round__version__parent__scheme",
            "grading_round__division",
            "round_level__level",
            "mediator__division",
            "organization__division",
            "division",
        )


class OfApplicationQuerySet(models.QuerySet):
    """Rows of one application each."""

    def standing(self):
        """Those no newer one has taken the place of."""
        return self.filter(replaced_on=None)

    def in_force(self):
        """Rulings that a second officer confirmed and nobody took back."""
        return self.filter(confirmed_on__isnull=False, dropped_on=None)

    def waiting(self):
        """Rulings that wait for a second officer."""
        return self.filter(confirmed_on=None, dropped_on=None)
