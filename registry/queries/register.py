"""The questions asked of the register."""

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Concat, ExtractMonth, ExtractYear
from django.db.models.lookups import IsNull

from office.queries import ScopedQuerySet
from registry.rules import Likeness


def in_force(today, start="from_on", end="until_on"):
    """A condition: the half-open period ``[from, until)`` of a row holds the day."""
    return Q(**{f"{start}__lte": today}) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": today})
    )


def is_same_person():
    """A condition on two rows, one of them outer: certainly one person (``registry.rules``)."""
    one_has_no_number = Q(id_number_hash=None) | Q(IsNull(OuterRef("id_number_hash"), rhs=True))
    by_phone = Q(phone_hash=OuterRef("phone_hash"))
    by_birth = Q(born_on=OuterRef("born_on"), sex=OuterRef("sex")) & ~Q(sex="")
    return Q(name=OuterRef("name")) & one_has_no_number & (by_phone | by_birth)


def is_alike():
    """A condition on two rows, one of them outer: possibly one person (``registry.rules``)."""
    born = {
        "born_on__year": ExtractYear(OuterRef("born_on")),
        "born_on__month": ExtractMonth(OuterRef("born_on")),
    }
    return Q(name=OuterRef("name"), **born) | Q(phone_hash=OuterRef("phone_hash"))


class DivisionQuerySet(ScopedQuerySet):
    division_lookup = "id"


class OrganizationQuerySet(ScopedQuerySet):
    def of_organizations(self, pks):
        return Q(pk__in=pks)

    def public(self):
        """Organisations whose page the public may see: on the roster, or once on it."""
        return self.filter(
            state__in=["listed", "change_pending", "rectifying", "closing"], merged_into=None
        )

    def once_public(self):
        """Organisations that are or were on the roster; their pages keep answering."""
        return self.filter(
            state__in=["listed", "change_pending", "rectifying", "closing", "deregistered"],
            merged_into=None,
        )

    def deregistered(self):
        """Organisations that have left the roster for good."""
        return self.filter(state="deregistered", merged_into=None)

    def listed(self):
        """Organisations that may mediate under their name today."""
        return self.filter(state__in=["listed", "change_pending", "rectifying"], merged_into=None)


class MediatorQuerySet(ScopedQuerySet):
    def of_organizations(self, pks):
        appointments = self.model._meta.get_field("appointments").related_model
        return Exists(
            appointments.objects.filter(mediator=OuterRef("pk"), organization__in=pks).exclude(
                state__in=["ended", "rejected"]
            )
        )

    def once_public(self):
        """People who hold or held a post, suspended or ended, and so had a public page."""
        appointments = self.model._meta.get_field("appointments").related_model
        held = appointments.objects.filter(state__in=["in_post", "suspended", "ended"])
        held = held.exclude(ended_by="dropped_out")
        return self.filter(Exists(held.filter(mediator=OuterRef("pk"))))

    def employed(self, employment, today):
        """People who hold a post of this employment today."""
        appointments = self.model._meta.get_field("appointments").related_model.objects
        held = appointments.in_post(today).filter(employment=employment)
        return self.filter(Exists(held.filter(mediator=OuterRef("pk"))))

    def in_post(self, today):
        """People who hold a post today, of whatever employment."""
        appointments = self.model._meta.get_field("appointments").related_model.objects
        return self.filter(Exists(appointments.in_post(today).filter(mediator=OuterRef("pk"))))

    def holding(self, level, today):
        """People who hold this level today."""
        holdings = self.model._meta.get_field("levels").related_model.objects
        held = holdings.in_force(today).filter(level=level)
        return self.filter(Exists(held.filter(mediator=OuterRef("pk"))))

    def with_likeness(self, among):
        """Say of each person, as ``likeness``, how sure it is that ``among`` holds it twice."""
        others = among.exclude(pk=OuterRef("pk")).filter(merged_into=None).order_by()
        return self.annotate(
            likeness=Case(
                When(merged_into__isnull=False, then=Value(Likeness.NONE)),
                When(Exists(others.filter(is_same_person())), then=Value(Likeness.CERTAIN)),
                When(Exists(others.filter(is_alike())), then=Value(Likeness.POSSIBLE)),
                default=Value(Likeness.NONE),
                output_field=CharField(),
            )
        )

    def like(self, mediator):
        """The other people who are certainly or possibly this one, each with its ``likeness``."""
        near = Q(name=mediator.name) | Q(phone_hash=mediator.phone_hash, phone_hash__isnull=False)
        this = self.model._default_manager.filter(pk=mediator.pk)
        others = self.filter(near).exclude(pk=mediator.pk).with_likeness(this)
        return others.exclude(likeness=Likeness.NONE)


class PostQuerySet(ScopedQuerySet):
    def between(self, low, high):
        """A post in an organisation lies where the organisation does."""
        inside = {"division_id__gte": low, "division_id__lt": high}
        return Q(**inside) | Q(**{f"organization__{name}": n for name, n in inside.items()})

    def in_force(self, today):
        """Posts that run today; one that waits for the second officer does not."""
        return self.filter(in_force(today), is_confirmed=True)

    def granted(self, user, today):
        """The user's posts in force for which guardian holds the object permission as well."""
        codename = Concat(Value("serve_as_"), OuterRef("role"), output_field=CharField())
        on = {
            place: self.model._meta.get_field(place)
            .related_model._meta.get_field("userobjectpermissions")
            .related_model.objects.filter(
                user=OuterRef("user"), content_object=OuterRef(place), permission__codename=codename
            )
            for place in ("division", "organization")
        }
        return self.in_force(today).filter(
            Q(Exists(on["division"])) | Q(Exists(on["organization"])), user=user
        )


class LevelHoldingQuerySet(models.QuerySet):
    def in_force(self, today):
        return self.filter(in_force(today))


class ImportBatchQuerySet(ScopedQuerySet):
    def in_work(self):
        """Imports that a background worker has, or had when it was stopped."""
        return self.filter(state__in=["checking", "applying", "undoing"])
