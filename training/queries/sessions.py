"""The questions asked of training bases, sessions and enrolments."""

from datetime import timedelta

from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from office.queries import ScopedQuerySet
from registry.rules import enclosing
from training.flows.enrolment import LIVE
from training.queries.hours import OfMediatorQuerySet

NOTICE_OF_A_CANCELLATION = timedelta(days=30)


class TrainingBaseQuerySet(ScopedQuerySet):
    """Bases belong to a division; no organisation has any."""

    def in_use(self):
        return self.filter(state="open")


class TrainingSessionQuerySet(ScopedQuerySet):
    """Sessions belong to the division that organises them."""

    def of_organizations(self, pks):
        """Sessions that the people of the organisations may attend; never drafts."""
        enrolments = self.model._meta.get_field("enrolments").related_model
        organizations = enrolments._meta.get_field("organization").related_model.objects
        places = organizations.filter(pk__in=pks).values_list("division_id", flat=True)
        numbers = {number for place in places for number in enclosing(place)}
        return Q(division_id__in=numbers) & ~Q(state="draft")

    def announced_to(self, mediator):
        """Sessions that are open, organised where the person serves."""
        return self.filter(state="open", division_id__in=enclosing(mediator.division_id))

    def open_to(self, mediator):
        """Of these, sessions in which one enrols oneself."""
        return self.announced_to(mediator).filter(own_enrolment=True)

    def seen_by(self, mediator):
        """Sessions announced to the person, and those in which the person is or was enrolled."""
        mine = self.filter(enrolments__mediator=mediator).values("pk")
        return self.filter(Q(pk__in=self.announced_to(mediator).values("pk")) | Q(pk__in=mine))

    def enrolling(self, today):
        return self.filter(state="open", enrol_until_on__gte=today)


class EnrolmentQuerySet(OfMediatorQuerySet):
    """Enrolments lie where the session is organised; an organisation sees its own people's."""

    division_lookup = "session__division_id"

    def live(self):
        """Those that keep a place, a turn or a result."""
        return self.filter(state__in=LIVE)

    def waiting(self):
        """The waiting list, in the order in which people applied."""
        return self.filter(state="waitlisted").order_by("pk")

    def with_turn(self):
        """Say of each, as ``turn``, its place on the waiting list from 1 on; 0 if it has none."""
        before = (
            self.model._default_manager.waiting()
            .filter(session=OuterRef("session"), pk__lte=OuterRef("pk"))
            .order_by()
            .values("session")
            .annotate(n=Count("pk"))
        )
        turn = Coalesce(Subquery(before.values("n"), output_field=IntegerField()), 0)
        return self.annotate(turn=Case(When(state="waitlisted", then=turn), default=0))

    def to_attend(self, today):
        """Places in sessions that are not over."""
        return self.filter(
            state="enrolled", session__state__in=["open", "running"], session__ends_on__gte=today
        )

    def to_answer(self, today, days):
        """Whoever completed a session and was not asked for an opinion for too long."""
        return self.filter(
            state="completed",
            has_answered=False,
            session__closed_on__gt=today - timedelta(days=days),
        )

    def just_cancelled(self, today):
        """Places lost because the session was cancelled, until some time after it was to begin."""
        return self.filter(
            state="withdrawn",
            session__state="cancelled",
            ended_with_session=True,
            session__starts_on__gt=today - NOTICE_OF_A_CANCELLATION,
        )

    def with_minutes(self):
        """Say of each, as ``attended``, the minutes noted so far; none is null."""
        return self.annotate(attended=Sum("attendances__minutes"))

    def by_state(self):
        """Return {state: number of enrolments}."""
        counted = self.order_by().values("state").annotate(n=Count("pk"))
        return {row["state"]: row["n"] for row in counted}
