"""Which subsidy scheme holds where and when."""

from django.db.models import Q

from casework.flows.subsidy_scheme import RULING, SchemeState
from office.queries import ScopedQuerySet
from registry.queries import in_force
from registry.rules import enclosing

PARTS = ["tiers__amounts", "factors", "funding", "allowances"]


class SubsidySchemeQuerySet(ScopedQuerySet):
    """Schemes of a division; templates lie nowhere and are seen by all."""

    def between(self, low, high):
        return super().between(low, high) | Q(state=SchemeState.TEMPLATE)

    def of_organizations(self, pks):
        """To a clerk, the templates and what is or was in force where the organisation lies."""
        bodies = self.model._meta.get_field("division").related_model.objects.filter(
            organizations__in=pks
        )
        above = {number for pk in bodies.values_list("pk", flat=True) for number in enclosing(pk)}
        return Q(state=SchemeState.TEMPLATE) | Q(division__in=above, state__in=RULING)

    def templates(self):
        return self.filter(state=SchemeState.TEMPLATE)

    def in_force(self, on):
        """Schemes that answer for cases of a day, ended ones included."""
        return self.filter(in_force(on), state__in=RULING)

    def ruling(self, division_id, on):
        """Return the scheme of the nearest division that has one in force on a day, or None."""
        found = self.in_force(on).filter(division__in=enclosing(division_id))
        return found.order_by("-division", "-from_on").first()

    def whole(self):
        """With everything the price of a case depends on."""
        return self.prefetch_related(*PARTS)


class OfSchemeQuerySet(ScopedQuerySet):
    """Parts of one scheme each; they lie where it does."""

    division_lookup = "scheme__division_id"
