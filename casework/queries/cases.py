"""The questions asked of cases, who took part in them and who were the parties."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from casework.queries.case_flags import COUNTING, FlagsQuerySet
from office.queries import ScopedQuerySet


class CaseQuerySet(FlagsQuerySet):
    """Cases lie where their organisation lay when they were accepted."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def counting(self):
        """Cases of the ledger: neither drafts nor struck out."""
        return self.filter(state__in=COUNTING)

    def of_mediator(self, mediator):
        """Cases a person took part in."""
        return self.filter(Exists(self._shares().filter(mediator=mediator)))

    def mediated_by(self, name):
        """Cases in which somebody took part whose name holds these characters."""
        named = self._shares().filter(mediator__name__icontains=name)
        return self.filter(Exists(named))

    def own(self, mediator):
        """Cases a person may see: those the person took part in, or entered."""
        took_part = Q(Exists(self._shares().filter(mediator=mediator)))
        return self.filter(took_part | Q(entered_by__isnull=False, entered_by=mediator.user_id))

    def drafts_of(self, user):
        """Drafts that the account began."""
        return self.filter(state="draft", entered_by=user)

    def open_in(self, organization):
        """Cases of an organisation that wait for their end, and drafts of some."""
        return self.filter(organization=organization, state__in=["draft", "accepted"])

    def to_be_fulfilled(self, until):
        """Cases whose agreement is to be fulfilled by a day and is not known to be."""
        return self.filter(state="succeeded", fulfilment="pending", due_on__lte=until)

    def with_party(self, name):
        """Cases with a party of exactly this name."""
        return self.filter(self._named(name))

    def called(self, text):
        """Cases whose number holds a text, or that have a party of exactly this name."""
        return self.filter(Q(number__icontains=text) | self._named(text))

    def _named(self, name):
        return Q(Exists(self._parties().filter(name_hash__of=name)))

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

    def _parties(self):
        return self.model._meta.get_field("parties").related_model.objects.filter(
            case=OuterRef("pk")
        )

    def _shares(self):
        return self.model._meta.get_field("shares").related_model.objects.filter(
            case=OuterRef("pk")
        )


class OfCaseQuerySet(ScopedQuerySet):
    """Rows of one case each; they lie where it does."""

    division_lookup = "case__division_id"

    def of_organizations(self, pks):
        return Q(case__organization__in=pks)
