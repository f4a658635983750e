from django.db.models import Case, DecimalField, F, Q, Sum, When
from django.db.models.functions import Coalesce, Round

from office.queries import ScopedQuerySet

HOURS = DecimalField(max_digits=12, decimal_places=1)


class OfMediatorQuerySet(ScopedQuerySet):
    """Rows of one mediator each; they lie where the person does."""

    division_lookup = "mediator__division_id"

    def of_organizations(self, pks):
        """Rows of the people who serve in the organisations."""
        people = self.model._meta.get_field("mediator").related_model.objects
        return Q(mediator__in=people.filter(people.of_organizations(pks)).values("pk"))


class HourEntryQuerySet(OfMediatorQuerySet):
    def total(self):
        """The hours these entries come to: credits less reversals, as a ``Decimal``."""
        # SQLite adds up binary fractions.
        summed = Round(Sum(signed_hours(), output_field=HOURS), precision=1, output_field=HOURS)
        return self.aggregate(total=Coalesce(summed, 0, output_field=HOURS))["total"]

    def standing(self):
        """Credits that were not taken back."""
        return self.filter(kind="credited", reversal=None)


def signed_hours():
    """The hours of an entry: a reversal counts against its credit."""
    return Case(When(kind="reversed", then=-F("hours")), default=F("hours"))
