"""Organisations with the figures of opinions and file checks, counted by the database."""

from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from registry.queries import OrganizationQuerySet


class RatedOrganizationQuerySet(OrganizationQuerySet):
    def with_least(self, spans, everywhere):
        """Say, as ``least``, how many opinions are needed; ``spans`` are (low, high, number)."""
        whens = [When(self.between(low, high), then=Value(least)) for low, high, least in spans]
        return self.annotate(
            least=Case(*whens, default=Value(everywhere), output_field=IntegerField())
        )

    def with_figures(self, *, from_on, last_on):
        """Say how many cases closed in the period, who was asked, the marks, and the scores."""
        cases = self.model._meta.get_field("cases").related_model.objects.counting()
        own = cases.filter(
            organization=OuterRef("pk"), closed_on__range=(from_on, last_on), same_as=None
        ).order_by()
        scored = Q(file_checks__state="scored")
        return self.annotate(
            closed_cases=_figure(own, Count("pk")),
            asked=_figure(own, Count("opinions")),
            reached=_figure(own, Count("opinions__score")),
            marks_total=_figure(own, Sum("opinions__score")),
            checks=_figure(own, Count("file_checks", filter=scored)),
            scores_total=_figure(own, Sum("file_checks__score", filter=scored)),
        )


def _figure(rows, aggregate):
    """Return one aggregate of the rows of an outer organisation; of none it is 0."""
    found = rows.values("organization").annotate(figure=aggregate).values("figure")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)
