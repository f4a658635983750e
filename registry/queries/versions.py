from django.db import models
from django.db.models import Q

from office.queries import ScopedQuerySet
from registry.queries.register import in_force

# States of an appointment in which a post is or was held.
HELD = ["probation", "in_post", "term_ending", "suspended", "ended"]
ON_THE_REGISTER = ["listed", "change_pending", "rectifying", "closing"]


class KnownQuerySet(models.QuerySet):
    def known_at(self, moment):
        """The versions that stood at a moment: of each record's day one at most."""
        return self.filter(in_force(moment, "recorded_at", "superseded_at"))


class OrganizationVersionQuerySet(KnownQuerySet, ScopedQuerySet):
    def of_organizations(self, pks):
        return Q(subject__in=pks)

    def as_of(self, date, known_at):
        """What was so on a day, as it was known at a moment: one row for each organisation."""
        return self.known_at(known_at).filter(in_force(date, "valid_from", "valid_until"))

    def on_the_register(self):
        return self.filter(state__in=ON_THE_REGISTER)


class MediatorVersionQuerySet(KnownQuerySet):
    def as_of(self, date, known_at):
        """Who the people were, as it was known at a moment. What a person is has no other date."""
        return self.known_at(known_at)


class AppointmentVersionQuerySet(KnownQuerySet):
    def as_of(self, date, known_at):
        """The posts held on a day, suspended ones included, as it was known at a moment."""
        return self.known_at(known_at).filter(in_force(date), state__in=HELD)


class LevelVersionQuerySet(KnownQuerySet):
    def as_of(self, date, known_at):
        """The levels held on a day, as it was known at a moment."""
        return self.known_at(known_at).filter(in_force(date))
