"""The questions asked of reports on prevention: who has still to report, and the totals."""

from django.db.models import Count, Exists, OuterRef, Q, Sum

from casework.rules.prevention import last_of
from office.queries import ScopedQuerySet


class PreventionQuerySet(ScopedQuerySet):
    """Reports lie where their organisation lay when they were begun."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def reported(self):
        """Reports whose figures count."""
        return self.filter(state="reported")

    def of_year(self, year):
        return self.filter(month__year=year)

    def overdue(self, today):
        """Reports begun and not handed in by their day."""
        return self.filter(due_on__lt=today).exclude(state="reported")

    def totals(self, names):
        """Return {division number: {name: sum, "reports": number}} of the reports that count.

        ``names`` are figures. A division without a report is not in it: missing is not zero.
        """
        sums = {f"sum_{name}": Sum(name) for name in names}
        rows = (
            self.reported().order_by().values("division_id").annotate(**sums, reports=Count("pk"))
        )
        return {
            row["division_id"]: {name: row[f"sum_{name}"] for name in names}
            | {"reports": row["reports"]}
            for row in rows
        }

    def missing_from(self, organizations, month):
        """The organisations that owe the report of a month: listed, set up by then, unreported."""
        there = self.reported().filter(organization=OuterRef("pk"), month=month)
        was_there = Q(established_on=None) | Q(established_on__lte=last_of(month))
        return organizations.listed().filter(was_there).exclude(Exists(there))
