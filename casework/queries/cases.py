"""The questions asked of cases, who took part in them and who were the parties."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from office.queries import ScopedQuerySet

COUNTING = ["accepted", "succeeded", "failed", "withdrawn", "transferred"]


class CaseQuerySet(ScopedQuerySet):
    """Cases lie where their organisation lay when they were accepted."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def counting(self):
        """Cases of the ledger: neither drafts nor struck out."""
        return self.filter(state__in=COUNTING)

    def of_mediator(self, mediator):
        """Cases a person took part in, or began to enter."""
        return self.filter(Exists(self._shares().filter(mediator=mediator)))

    def same_dispute(self, case):
        """All entries of the dispute that a case is an entry of, itself with them."""
        first = case.dispute_id
        return self.filter(Q(pk=first) | Q(same_as=first))

    def of_disputes(self, firsts):
        """All entries of disputes, given by the entries that stand for them."""
        return self.filter(Q(pk__in=firsts) | Q(same_as__in=firsts))

    def with_dispute(self):
        """Say of each case, as ``dispute``, which entry stands for its dispute."""
        return self.annotate(dispute=Coalesce("same_as_id", "pk"))

    def _shares(self):
        return self.model._meta.get_field("shares").related_model.objects.filter(
            case=OuterRef("pk")
        )


class OfCaseQuerySet(ScopedQuerySet):
    """Rows of one case each; they lie where it does."""

    division_lookup = "case__division_id"

    def of_organizations(self, pks):
        return Q(case__organization__in=pks)
