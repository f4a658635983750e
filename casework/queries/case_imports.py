"""The questions asked of imports of cases, of their rows and of platforms' keys."""

from django.db import models
from django.db.models import Q

from office.queries import ScopedQuerySet
from registry.flows import ImportState

IN_WORK = [ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING]
ENTERED = [ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE]


class CaseImportQuerySet(ScopedQuerySet):
    """Imports lie in the division they are for; a clerk reaches those of the own organisation."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def in_work(self):
        """Imports on which background work is under way."""
        return self.filter(state__in=IN_WORK)


class CaseImportRowQuerySet(models.QuerySet):
    """Rows of imports."""

    def changing(self):
        """Rows that make or change a case."""
        return self.filter(verdict__in=["new", "changed"])

    def history_of(self, number):
        """What imports did to the case of a number, newest first; also what was undone since."""
        entered = self.changing().filter(case_number=number, batch__state__in=ENTERED)
        return entered.select_related("batch").order_by("-batch_id", "-number")


class PushKeyQuerySet(ScopedQuerySet):
    """Keys lie in the division whose cases the platform may push."""
