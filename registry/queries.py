"""The questions asked of the register."""

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from office.queries import ScopedQuerySet


def in_force(today, start="from_on", end="until_on"):
    """A condition: the half-open period ``[from, until)`` of a row holds the day."""
    return Q(**{f"{start}__lte": today}) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": today})
    )


class DivisionQuerySet(ScopedQuerySet):
    division_lookup = "id"


class OrganizationQuerySet(ScopedQuerySet):
    def of_organizations(self, pks):
        return Q(pk__in=pks)

    def public(self):
        """Organisations whose page the public may see: on the roster, or once on it."""
        return self.filter(state__in=["listed", "change_pending", "rectifying", "closing"])

    def listed(self):
        """Organisations that may mediate under their name today."""
        return self.filter(state__in=["listed", "change_pending", "rectifying"])


class MediatorQuerySet(ScopedQuerySet):
    def of_organizations(self, pks):
        appointments = self.model._meta.get_field("appointments").related_model
        return Exists(
            appointments.objects.filter(mediator=OuterRef("pk"), organization__in=pks).exclude(
                state="ended"
            )
        )


class AppointmentQuerySet(ScopedQuerySet):
    division_lookup = "organization__division_id"

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def in_post(self, today):
        """Appointments that run today; a suspended one is hidden from choice, not from here."""
        return self.filter(in_force(today), state__in=["in_post", "term_ending", "suspended"])


class PostQuerySet(ScopedQuerySet):
    def in_force(self, today):
        return self.filter(in_force(today))

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
        return (
            self.in_force(today)
            .filter(Q(Exists(on["division"])) | Q(Exists(on["organization"])), user=user)
            .select_related("division", "organization")
        )


class LevelHoldingQuerySet(models.QuerySet):
    def in_force(self, today):
        return self.filter(in_force(today))
