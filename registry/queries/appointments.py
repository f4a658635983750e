"""The questions asked of appointments: who holds a post, whose term ends, who may enter one."""

from datetime import timedelta

from django.db.models import Case, CharField, DateField, F, Q, Value, When
from django.db.models.lookups import LessThanOrEqual

from office.clocks import Calendar, Unit, due
from office.queries import ScopedQuerySet
from registry.flows import HOLDING, MEDIATING, PENDING, AppointmentState
from registry.queries.register import in_force
from registry.rules import (
    is_adult,
    is_free_to_return,
    is_not_above,
    is_not_delisted,
    months_later,
)

A = AppointmentState


class AppointmentQuerySet(ScopedQuerySet):
    division_lookup = "organization__division_id"

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def on_the_roster(self, today):
        """Posts that make a person public: running, not suspended, where one may mediate."""
        running = self.in_post(today).exclude(state=A.SUSPENDED)
        return running.filter(organization__state__in=MEDIATING)

    def of_public_bodies(self):
        """Posts that made, or make, a person public: not suspended, in what is or was listed."""
        made_public = [A.IN_POST, A.ENDED]
        bodies = [*MEDIATING, "deregistered"]
        held = self.filter(state__in=made_public, organization__state__in=bodies)
        return held.exclude(ended_by="dropped_out")

    def in_post(self, today):
        """Appointments that run today; a suspended one is hidden from choice, not from here.

        An end that was decided ahead takes effect on its day. Who is on probation is not in post
        yet.
        """
        running = [A.IN_POST, A.SUSPENDED, A.ENDED]
        return self.filter(in_force(today), state__in=running)

    def held(self):
        """Appointments in which a post is or was held, as against nominations."""
        return self.filter(state__in=HOLDING)

    def pending(self):
        """Appointments on the way into a post."""
        return self.filter(state__in=PENDING)

    def on_notice(self, notice):
        """Nominations that rest on a public notice and on which nobody has decided."""
        return self.filter(notice=notice, state=A.NOTICE)

    def overlapping(self, appointment):
        """The other posts of the same person, held on at least one day of this one."""
        others = self.held().filter(mediator=appointment.mediator_id).exclude(pk=appointment.pk)
        others = others.filter(Q(until_on=None) | Q(until_on__gt=F("from_on")))
        if appointment.until_on is not None:
            others = others.filter(from_on__lt=appointment.until_on)
        return others.filter(Q(until_on=None) | Q(until_on__gt=appointment.from_on))

    def with_stage(self, today):
        """Say of each row, as ``stage``, its state or that its term ends and nothing is decided."""
        ending = Q(state=A.IN_POST) & self.ends_soon(today)
        return self.annotate(
            stage=Case(
                When(ending, then=Value(A.TERM_ENDING.value)),
                default=F("state"),
                output_field=CharField(),
            )
        )

    def term_ending(self, today):
        """Posts whose term ends within the lead time of the policy, or ended with no decision."""
        return self.filter(self.ends_soon(today), state=A.IN_POST)

    def overdue(self, today):
        """Posts whose term is over and on which nothing is decided."""
        return self.filter(term_until_on__lte=today, state__in=[A.IN_POST, A.SUSPENDED])

    def ends_soon(self, today):
        """The condition: the term ends no later than the lead time of the nearest policy reaches.

        Where no policy sets a lead time, only a term that is over counts.
        """
        reach = Case(
            *[When(where, then=Value(day)) for where, day in self._horizons(today)],
            default=Value(today),
            output_field=DateField(),
        )
        return Q(LessThanOrEqual(F("term_until_on"), reach))

    def _horizons(self, today):
        """Yield (condition on the place and kind, day the lead time reaches), nearest first."""
        policies = policies_of(self.model).in_force(today).filter(key="term_lead")
        nearest = F("division").desc(nulls_last=True)
        for policy in policies.select_related("division").order_by(nearest, "-kind"):
            where = self.between(*policy.division.span) if policy.division else ~Q(pk=None)
            if policy.kind:
                where &= Q(organization__kind=policy.kind)
            yield where, reach_of(policy.term, today)


class DisciplineQuerySet(ScopedQuerySet):
    division_lookup = "appointment__organization__division_id"

    def of_organizations(self, pks):
        return Q(appointment__organization__in=pks)


def policies_of(model):
    """Return the policies, from the model of appointments, which stands on a storey above."""
    return model._meta.get_field("notice_policy").related_model._default_manager


def reach_of(term, today):
    """Return the last day that lies within a lead time from today.

    While the calendar of a year is missing, as many calendar days are certain not to be too many.
    """
    day = today + timedelta(days=term.amount)
    if term.unit == Unit.CALENDAR:
        return day
    return due(Calendar.load(), today, term).due_on or day


def conditions_of(appointment, today):
    """Return every condition of entry for a person and a kind of organisation, as it stands today.

    What the law sets (art. 14), what the policies of the place set, and what is only shown.
    """
    person = appointment.mediator
    found = [is_adult(person.born_on, today)]
    if policy := _ruling(appointment, "entry_age_most", today):
        found.append(is_not_above(person.born_on, today, policy.amount))
    if policy := _ruling(appointment, "reentry_months", today):
        left = person.appointments.filter(ended_by__in=["removed", "dismissed"])
        last = left.order_by("-until_on").values_list("until_on", flat=True).first()
        until = last and months_later(last, policy.amount)
        found.append(is_free_to_return(until, today))
    delisted = person.appointments.filter(discipline__kind="court_delisting").exists()
    return [*found, is_not_delisted(delisted)]


def _ruling(appointment, key, today):
    policies = policies_of(type(appointment))
    body = appointment.organization
    try:
        return policies.ruling(key, division_id=body.division_id, on=today, kind=body.kind)
    except policies.model.DoesNotExist:
        return None
