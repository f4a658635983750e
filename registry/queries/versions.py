from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from office.queries import ScopedQuerySet
from registry.queries.register import in_force

# States of an appointment in which a post is or was held.
HELD = ["probation", "in_post", "term_ending", "suspended", "ended"]
TOLD = ("Mediator", "Level")
OF_THE_PERSON = {
    "name": "name",
    "sex": "sex",
    "public_id": "public_id",
    "certificate_number": "certificate_number",
}
OF_THE_BODY = {
    "organization_name": "name",
    "organization_kind": "kind",
    "organization_division_id": "division_id",
    "organization_phone": "phone",
}
ON_THE_REGISTER = ["listed", "change_pending", "rectifying", "closing"]


class KnownQuerySet(models.QuerySet):
    def known_at(self, moment):
        """The versions that stood at a moment, None being now: of each record's day one at most."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(in_force(moment, "recorded_at", "superseded_at"))


class OrganizationVersionQuerySet(KnownQuerySet, ScopedQuerySet):
    def of_organizations(self, pks):
        return Q(subject__in=pks)

    def as_of(self, date, known_at):
        """What was so on a day, as it was known at a moment: one row for each organisation."""
        return self.known_at(known_at).filter(in_force(date, "valid_from", "valid_until"))

    def on_the_register(self):
        return self.filter(state__in=ON_THE_REGISTER)

    def placed(self):
        """With the name of the division each lies in."""
        divisions = apps.get_model("registry", "Division").objects
        named = divisions.filter(pk=OuterRef("division_id")).values("name")
        return self.annotate(division_name=Subquery(named))

    def counted(self, date, known_at):
        """With the number of ``people`` in post on a day, as it was known at a moment."""
        posts = apps.get_model("registry", "AppointmentVersion").objects.as_of(date, known_at)
        here = posts.filter(organization_id=OuterRef("subject")).order_by()
        number = here.values("organization_id").annotate(n=Count("pk")).values("n")
        return self.annotate(people=Coalesce(Subquery(number), 0))


class MediatorVersionQuerySet(KnownQuerySet):
    def as_of(self, date, known_at):
        """Who the people were, as it was known at a moment. What a person is has no other date."""
        return self.known_at(known_at)


class AppointmentVersionQuerySet(KnownQuerySet):
    def as_of(self, date, known_at):
        """The posts held on a day, suspended ones included, as it was known at a moment."""
        return self.known_at(known_at).filter(in_force(date), state__in=HELD)

    def told(self, date, known_at, bodies):
        """The posts held in these organisations on a day, with who held them and at which level.

        ``bodies`` are the versions of the organisations as of the same day and moment.
        """
        versions = {name: apps.get_model("registry", f"{name}Version") for name in TOLD}
        person = versions["Mediator"].objects.as_of(date, known_at)
        person = person.filter(subject=OuterRef("mediator_id"))
        body = bodies.filter(subject=OuterRef("organization_id"))
        level = versions["Level"].objects.as_of(date, known_at).of_scale("level")
        level = level.filter(mediator_id=OuterRef("mediator_id"))
        return (
            self.as_of(date, known_at)
            .filter(organization_id__in=bodies.values("subject"))
            .annotate(
                **{name: Subquery(person.values(of)[:1]) for name, of in OF_THE_PERSON.items()},
                **{name: Subquery(body.values(of)[:1]) for name, of in OF_THE_BODY.items()},
                level_id=Subquery(level.values("level_id")[:1]),
            )
        )


class LevelVersionQuerySet(KnownQuerySet):
    def as_of(self, date, known_at):
        """The levels held on a day, as it was known at a moment."""
        return self.known_at(known_at).filter(in_force(date))

    def of_scale(self, scale):
        levels = apps.get_model("registry", "Level").objects.filter(scale=scale)
        return self.filter(level_id__in=levels.values("pk"))
