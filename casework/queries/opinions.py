"""The questions asked of return visits, opinions and the codes they are given with."""

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Sum, Value, When

from casework.flows import CLOSED
from casework.queries.cases import COUNTING, CaseQuerySet, OfCaseQuerySet

CONCLUDED = ["reached", "declined"]


class OpinionQuerySet(OfCaseQuerySet):
    def of_organizations(self, pks):
        """To a clerk, none: what a party said is not for the organisation it was said of."""
        return Q(pk__in=[])

    def scored(self):
        """Opinions with a mark; a party not reached, or unwilling, gave none."""
        return self.filter(score__isnull=False)

    def counting(self):
        """Opinions with a mark, of cases of the ledger; two entries of a dispute count once."""
        return self.scored().filter(case__state__in=COUNTING, case__same_as=None)

    def not_of_cases_mediated_by(self, user):
        """Leave out the cases a person mediated, whatever else the person is."""
        shares = self.model._meta.get_field("case").related_model.shares.rel.related_model
        own = shares.objects.filter(case=OuterRef("case"), mediator__user=user)
        return self.filter(~Exists(own))

    def figures(self):
        """Return (how many opinions, the sum of their marks)."""
        found = self.order_by().aggregate(count=Count("pk"), total=Sum("score"))
        return found["count"], found["total"] or 0


class OpinionCodeQuerySet(OfCaseQuerySet):
    def with_standing(self, today):
        """Say of each code, as ``standing``, its state; of one whose time is over "expired"."""
        over = When(state="issued", last_on__lt=today, then=Value("expired"))
        return self.annotate(standing=Case(over, default=F("state"), output_field=CharField()))


class VisitedCaseQuerySet(CaseQuerySet):
    """Cases as return visits see them."""

    def closed(self):
        """Cases whose mediation is over: only then are the parties asked."""
        return self.filter(state__in=CLOSED)

    def with_standing(self):
        """Say of each case, as ``standing``, whether it was drawn for a visit, and visited."""
        opinions = self.model._meta.get_field("opinions").related_model.objects
        draws = self.model._meta.get_field("draws").related_model.objects
        concluded = opinions.filter(channel="visit", outcome__in=CONCLUDED)
        visits = concluded.filter(case=OuterRef("pk"))
        since = concluded.filter(case=OuterRef("case"), given_on__gte=OuterRef("sample__drawn_on"))
        waiting = draws.filter(~Exists(since), case=OuterRef("pk"), sample__kind="visit")
        return self.annotate(
            standing=Case(
                When(Exists(waiting), then=Value("waiting")),
                When(Exists(visits), then=Value("visited")),
                default=Value("unasked"),
                output_field=CharField(),
            )
        )
