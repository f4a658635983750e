"""What looks wrong about a case, computed when it is read: nothing of it is stored."""

from datetime import timedelta

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from office.queries import ScopedQuerySet
from registry.flows import OrganizationState
from registry.queries.register import in_force

O = OrganizationState  # noqa: E741
NEVER_LISTED = [O.DRAFT, O.FIRST_REVIEW, O.RETURNED, O.FILING, O.NOT_LISTED]
COUNTING = ["accepted", "succeeded", "failed", "withdrawn", "transferred"]


class FlagsQuerySet(ScopedQuerySet):
    """Cases whose mediators held no post, whose organisation was not listed, and likely twins."""

    def with_flags(self):
        """Say of each case whether it is ``outside`` a post and whether ``unlisted``."""
        return self.annotate(outside=self._outside(), unlisted=self._unlisted())

    def outside_a_post(self):
        """Cases that somebody mediated who held no post there on the day they were accepted."""
        return self.filter(self._outside())

    def of_unlisted(self):
        """Cases accepted on a day on which the organisation was not on the roster."""
        return self.filter(self._unlisted())

    def with_likely_twin(self, figures):
        """Cases beside which another may be an entry of the same dispute.

        ``figures`` are (low, high, days), the nearest first, (None, None, days) for everywhere:
        how many days two like cases may lie apart.
        """
        local = [
            When(Q(division_id__gte=low, division_id__lt=high), then=self._twin_within(days))
            for low, high, days in figures
            if low is not None
        ]
        everywhere = [self._twin_within(days) for low, _high, days in figures if low is None]
        default = everywhere[0] if everywhere else Value(value=False, output_field=BooleanField())
        likely = Case(*local, default=default, output_field=BooleanField()) if local else default
        return self.annotate(has_likely_twin=likely).filter(has_likely_twin=True)

    def likely_twins_of(self, case, days):
        """The cases that may be entries of the same dispute as this one.

        Of one type, in one organisation or division, accepted within ``days`` of each other, and
        with the same amount and people, or with a party of the same name.
        """
        apart = timedelta(days=days)
        names = case.parties.values("name_hash")
        rows = self.filter(
            Q(organization=case.organization_id) | Q(division=case.division_id),
            dispute_type=case.dispute_type_id,
            state__in=COUNTING,
            accepted_on__range=(case.accepted_on - apart, case.accepted_on + apart),
        )
        alike = Q(Exists(_parties(OuterRef("pk"), names)))
        if case.amount is not None and case.people is not None:
            alike |= Q(amount=case.amount, people=case.people)
        other = rows.exclude(pk=case.pk).annotate(dispute=Coalesce("same_as_id", "pk"))
        return other.filter(alike).exclude(dispute=case.dispute_id).order_by("accepted_on", "pk")

    def _outside(self):
        shares = self.model._meta.get_field("shares").related_model.objects
        held = apps.get_model("registry", "Appointment").objects.held()
        serving = held.filter(
            in_force(OuterRef(OuterRef("accepted_on"))),
            mediator=OuterRef("mediator"),
            organization=OuterRef(OuterRef("organization")),
        )
        return Exists(shares.filter(~Exists(serving), case=OuterRef("pk")))

    def _unlisted(self):
        return Exists(
            apps.get_model("registry", "Organization")
            .objects.filter(pk=OuterRef("organization"))
            .filter(
                Q(state__in=NEVER_LISTED)
                | Q(filed_on__gt=OuterRef("accepted_on"))
                | Q(deregistered_on__lte=OuterRef("accepted_on"))
            )
        )

    def _twin_within(self, days):
        others = self.model._default_manager.filter(
            Q(organization=OuterRef("organization")) | Q(division=OuterRef("division")),
            Q(amount=OuterRef("amount"), people=OuterRef("people"))
            | Exists(_parties(OuterRef("pk"), _names(OuterRef(OuterRef(OuterRef("pk")))))),
            dispute_type=OuterRef("dispute_type"),
            state__in=COUNTING,
            accepted_on__range=(_days_off("accepted_on", -days), _days_off("accepted_on", days)),
        ).exclude(pk=OuterRef("pk"))
        theirs, own = Coalesce("same_as_id", "pk"), Coalesce(OuterRef("same_as_id"), OuterRef("pk"))
        others = others.annotate(dispute=theirs, own_dispute=own).exclude(dispute=F("own_dispute"))
        return Exists(others)


def _names(case):
    party = apps.get_model("casework", "CaseParty").objects
    return party.filter(case=case).values("name_hash")


def _parties(case, names):
    party = apps.get_model("casework", "CaseParty").objects
    return party.filter(case=case, name_hash__isnull=False, name_hash__in=names)


def _days_off(name, days):
    # A day, not a moment: SQLite compares them as texts.
    moved = ExpressionWrapper(OuterRef(name) + timedelta(days=days), DateTimeField())
    return Cast(moved, DateField())


def counted_by_state(rows):
    """Return how many rows there are of each state."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))
