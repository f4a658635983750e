"""How often which reason led to a refusal."""

from django.db.models import Count
from django.db.models.functions import ExtractYear

from complaints.queries.complaints import OfComplaintQuerySet


class RefusalQuerySet(OfComplaintQuerySet):
    """Refusals of complaints; whoever counts names the complaints that may be counted."""

    def by_year_and_ground(self, complaints):
        """Return {(year of the refusal, reason): number} of these complaints."""
        rows = self.filter(complaint__in=complaints).order_by()
        rows = rows.annotate(year=ExtractYear("refused_on"))
        counted = rows.values("year", "ground").annotate(number=Count("pk"))
        return {(row["year"], row["ground"]): row["number"] for row in counted}
