"""The questions asked of checks of case files."""

from django.db.models import Q

from casework.queries.cases import OfCaseQuerySet

OPEN = ["drawn", "checked", "returned", "completed"]


class FileCheckQuerySet(OfCaseQuerySet):
    def of_organizations(self, pks):
        """To a clerk, what was handed back to complete and what came of it; no draw beforehand."""
        told = Q(state__in=["returned", "completed", "scored"])
        return Q(case__organization__in=pks) & told

    def open(self):
        """Checks that are not finished."""
        return self.filter(state__in=OPEN)

    def scored(self):
        return self.filter(state="scored")
