"""The questions asked of panels, readings and recusals."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from office.queries import ScopedQuerySet
from office.roles import Role
from office.scopes import grants_of

OPEN, SUBMITTED = "open", "submitted"
REVEALED = ["revealed", "closed"]
# Single scores are the bureau's, and the auditor's, once all are in.
SEE_SCORES = {Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.AUDITOR}


class PanelQuerySet(ScopedQuerySet):
    division_lookup = "grading_round__division_id"


class ReadingQuerySet(ScopedQuerySet):
    """Readings lie where their round does; while members read, each sees the own ones alone."""

    division_lookup = "panel__grading_round__division_id"

    def within(self, user, permission=None):
        """The user's own readings; of others only for officers, and once all are in.

        A reading of an application from which the user is recused is never among them.
        """
        seen = Q(member_id=user.pk) | self._shown_to(user, permission)
        recusal = apps.get_model("grading", "Recusal")._default_manager.standing()
        held = recusal.filter(application=OuterRef("application"), user_id=user.pk)
        return self.filter(seen).filter(~Exists(held))

    def _shown_to(self, user, permission):
        """The condition: a reading of a panel that has shown its scores, in an officer's area."""
        shown = Q(panel__state__in=REVEALED)
        if user.is_superuser and user.is_active:
            return shown
        places = Q(pk__in=[])
        for grant in grants_of(user, permission):
            if grant.role in SEE_SCORES and grant.low is not None:
                places |= self.between(grant.low, grant.high)
        return shown & places

    def open(self):
        """Readings that wait for their member; of whom withdrew nothing is waited for."""
        read = Q(is_calibration=True) | ~Q(application__state="withdrawn")
        return self.filter(read, state=OPEN)

    def counting(self):
        """Sheets that were handed in and count."""
        return self.filter(state=SUBMITTED, is_calibration=False)


class RecusalQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(lifted_on=None)
