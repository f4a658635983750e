"""The questions asked of applications; whoever is recused from one finds it nowhere."""

from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from grading.flows.application import AT_WORK, UNDECIDED, ApplicationState
from grading.queries.bodies import bodies_of
from grading.rules.bodies import BUREAU_OF, REACH, role_of
from grading.rules.stages import is_sent_in_by_the_organization
from office.queries import ScopedQuerySet
from office.scopes import grants_of

S = ApplicationState
RECOMMEND = "grading.recommend_application"
UNDER_REVIEW = ["open", "reviewing"]
# What is next in a state, whose body takes it, and with which permission.
NEXT = [
    ([S.SUBMITTED], "first_body", "grading.pass_first_application"),
    ([S.FIRST_REVIEWED, S.PENDING], "deciding_body", "grading.find_eligible_application"),
]


class ApplicationQuerySet(ScopedQuerySet):
    """Applications lie where the organisation lay when they were begun."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def within(self, user, permission=None):
        """Rows inside the user's posts, without drafts of others and without own recusals.

        This is the one place that hides them: lists, counts, averages, exports, choosers and
        histories all begin here.
        """
        rows = super().within(user, permission).exclude(state=S.DRAFT, nominated_by__isnull=True)
        return rows.not_recused(user)

    def own_of(self, user):
        """Rows that are the user's to write: own ones, and those of the organisation one is of."""
        bodies = Q(is_of_body=True, organization__in=bodies_of(user))
        return self.filter(Q(mediator__user_id=user.pk) | bodies)

    def not_recused(self, user):
        """Rows from which the user is not recused, and that are not the user's own."""
        recusal = apps.get_model("grading", "Recusal")._default_manager.standing()
        held = recusal.filter(application=OuterRef("pk"), user_id=user.pk)
        return self.filter(~Exists(held)).exclude(mediator__user_id=user.pk)

    def waiting_for(self, user):
        """Rows whose next step in the review is for this user's posts to take."""
        if user.is_superuser and user.is_active:
            return self.filter(state__in=[state for states, *_more in NEXT for state in states])
        to_send_in = self._to_be_sent_in()
        mine = reduce(or_, (self._next(user, *one) for one in NEXT)) & ~to_send_in
        bodies = {one.organization for one in grants_of(user, RECOMMEND)} - {None}
        mine |= to_send_in & Q(organization__in=bodies)
        answer = apps.get_model("grading", "Answer")._default_manager.standing()
        waiving = apps.get_model("grading", "Waiving")._default_manager.standing()
        hands = (answer.filter(by=user), waiving.filter(Q(by=user) | Q(confirmed_by=user)))
        own_hand = Q(first_reviewed_by=user) | reduce(
            or_, (Q(Exists(rows.filter(application=OuterRef("pk")))) for rows in hands)
        )
        return self.filter(mine).exclude(own_hand, state__in=[S.FIRST_REVIEWED, S.PENDING])

    def _to_be_sent_in(self):
        """The condition: by the rule its organisation sends it in first, and has not."""
        rounds = apps.get_model("grading", "GradingRound")._default_manager
        rows = rounds.filter(state__in=UNDER_REVIEW).select_related("version__parent")
        asking = [one.pk for one in rows if is_sent_in_by_the_organization(one.rules)]
        return Q(grading_round__in=asking, recommended_on__isnull=True, state=S.SUBMITTED)

    def _next(self, user, states, field, permission):
        """The condition: the next step is for one of the user's posts with the permission."""
        found = Q(pk__in=[])
        grants = [one for one in grants_of(user, permission) if one.low is not None]
        bodies = self.order_by().values_list(field, flat=True).distinct() if grants else []
        for body in bodies:
            for grant in grants:
                found |= Q(**{field: body}) & _acts_for(role_of(body), grant)
        return Q(state__in=states) & found

    def at_work(self):
        """Handed in and neither withdrawn nor ended."""
        return self.filter(state__in=AT_WORK)

    def undecided(self):
        """Whose eligibility is not decided yet."""
        return self.filter(state__in=UNDECIDED)

    def handed_in(self):
        return self.exclude(state__in=[S.DRAFT, S.WITHDRAWN])

    def select_related(self, *fields):
        """Join rows, but never the award of a level: with thousands it is megabytes in each row."""
        rows = super().select_related(*fields)
        joins = any(str(name).startswith("round_level") for name in fields)
        return rows.defer("round_level__award") if joins else rows

    def with_all(self):
        """With what a page of an application shows."""
        return self.select_related(
            "grading_round__version__scheme__division",
            "grading_round__version__parent__scheme",
            "grading_round__division",
            "round_level__level",
            "mediator__division",
            "organization__division",
            "division",
        )


def _acts_for(role, grant):
    """The condition: a grant acts where officers of a role do; ``actions.acting`` says the same."""
    reach = Q(division__level__in=REACH.get(role, ()))
    found = Q(pk__in=[])
    if grant.role == role:
        found |= reach & Q(division__gte=grant.low, division__lt=grant.high)
    levels = [level for level, bureau in BUREAU_OF.items() if bureau == grant.role]
    of_round = Q(
        grading_round__division__level__in=levels,
        grading_round__division__gte=grant.low,
        grading_round__division__lt=grant.high,
    )
    return found | ~reach & of_round


class OfApplicationQuerySet(models.QuerySet):
    """Rows of one application each."""

    def standing(self):
        """Those no newer one has taken the place of."""
        return self.filter(replaced_on=None)

    def granted(self):
        """Waivers that a second officer confirmed and nobody took back."""
        return self.filter(confirmed_on__isnull=False, replaced_on=None)

    def in_force(self):
        """Rulings that a second officer confirmed and nobody took back."""
        return self.filter(confirmed_on__isnull=False, dropped_on=None)

    def waiting(self):
        """Rulings that wait for a second officer."""
        return self.filter(confirmed_on=None, dropped_on=None)
