"""The questions asked of allowance runs and of what people are paid."""

from django.db.models import Exists, OuterRef, Q

from office.queries import ScopedQuerySet


class AllowanceRunQuerySet(ScopedQuerySet):
    """Runs of a division, or of one organisation in it."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)


class PayLineQuerySet(ScopedQuerySet):
    """Lines lie where their run does; a clerk reads those of the own organisation."""

    division_lookup = "run__division_id"

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def standing(self):
        """Lines of runs that were not cancelled."""
        return self.filter(is_void=False)


class PublicPayrollQuerySet(ScopedQuerySet):
    """Rows lie where the person is registered; a clerk reaches the people of the organisation."""

    division_lookup = "mediator__division_id"

    def of_organizations(self, pks):
        posts = self.model._meta.get_field("mediator").related_model._meta.get_field("appointments")
        held = posts.related_model.objects.filter(organization__in=pks)
        return Q(Exists(held.filter(mediator=OuterRef("mediator"))))
