from django.db.models import Exists, F, OuterRef, Q

from office.queries import ScopedQuerySet
from registry.queries import PolicyQuerySet
from registry.queries.register import in_force
from registry.rules import enclosing
from training.queries.hours import OfMediatorQuerySet


class CertificateKindQuerySet(PolicyQuerySet):
    """Kinds of a division hold for all below it, those without one everywhere."""

    def between(self, low, high):
        """The kinds of the span, and those that hold there from above."""
        return super().between(low, high) | Q(division__in=enclosing(low))

    def issued_in(self, division_id, on):
        """The kinds that are issued in a division (a number) on a day."""
        return self.in_force(on).of_everywhere_above(division_id)

    def of_everywhere_above(self, division_id):
        """The kinds of the divisions this one lies in, the nearest first."""
        above = Q(division__in=enclosing(division_id)) | Q(division=None)
        return self.filter(above).order_by(F("division").desc(nulls_last=True), "code")


class CertificateQuerySet(OfMediatorQuerySet):
    def held(self):
        """Certificates that were issued and neither superseded nor revoked."""
        return self.filter(state__in=["issued", "suspended", "revoking"])

    def public(self):
        """Certificates anybody may verify: all that were ever issued."""
        return self.filter(state__in=["issued", "suspended", "revoking", "superseded", "revoked"])

    def valid(self, on):
        """Certificates that are valid today, ``on`` being today."""
        spans = self.model._meta.get_field("suspensions").related_model.objects
        is_suspended = Exists(spans.filter(certificate=OuterRef("pk"), until_on=None))
        unexpired = Q(valid_until_on=None) | Q(valid_until_on__gt=on)
        return self.held().filter(unexpired, ~is_suspended, valid_from_on__lte=on)

    def printed(self):
        """With all that a paper or a page about them needs."""
        return self.select_related("kind", "mediator", "printed", "seal").prefetch_related(
            "suspensions", "checks"
        )


class CertificateRunQuerySet(ScopedQuerySet):
    def standing(self):
        """Bulk issues that were not discarded."""
        return self.exclude(state="discarded")


class SealQuerySet(ScopedQuerySet):
    def of(self, division_id, on):
        """Return the seal in force for a division (a number): the nearest above, or None."""
        above = self.filter(in_force(on), division__in=enclosing(division_id))
        return above.order_by("-division").first()
