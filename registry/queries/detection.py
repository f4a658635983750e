"""Which organisations call for a look: all signs of all of them in one statement."""

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from registry.rules import months_before

# People's Mediation Law, article 8: a committee has three to nine members.
LEAST_MEMBERS = 3
COMMITTEE_POSTS = ["director", "deputy", "member"]
# Studios and groups stand under a committee, commercial bodies under another law.
NO_COMMITTEES = ["stationed", "studio", "group", "commercial"]
ACTIVITIES = ("cases", "training")


def with_signs(rows, *, today, idle, activity):
    """Annotate organisations with the signs that call for a look; None is "not known".

    ``idle`` are the policies in force that say after how many months without activity one looks;
    ``activity`` is what the floors above answer, conditions on ``idle_since`` by name.
    """
    appointments = rows.model._meta.get_field("appointments").related_model.objects
    held = appointments.in_post(today).filter(organization=OuterRef("pk")).order_by()
    members = held.filter(post__in=COMMITTEE_POSTS).values("organization")
    rows = rows.annotate(
        idle_since=_since(idle, today),
        members=Coalesce(
            Subquery(members.annotate(count=Count("pk")).values("count")),
            0,
            output_field=IntegerField(),
        ),
        term_expired=Exists(held.filter(term_until_on__lte=today)),
    ).annotate(
        unconfirmed=_known(
            Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=F("idle_since")),
            Q(idle_since__isnull=False),
        ),
        understaffed=_is(Q(members__lt=LEAST_MEMBERS) & ~Q(kind__in=NO_COMMITTEES)),
    )
    looked_at = Q(idle_since__isnull=False)
    silent = {
        f"no_{name}": _known(~_is(activity[name]), looked_at)
        for name in ACTIVITIES
        if name in activity
    }
    unknown = {
        f"no_{name}": Value(None, BooleanField(null=True))
        for name in ACTIVITIES
        if name not in activity
    }
    return rows.annotate(**silent, **unknown)


SIGNS = ("unconfirmed", "understaffed", "term_expired", *(f"no_{name}" for name in ACTIVITIES))


def any_sign():
    """A condition on annotated rows: at least one sign is there."""
    condition = Q()
    for sign in SIGNS:
        condition |= Q(**{sign: True})
    return condition


def _since(idle, today):
    """The day before which the last activity must not lie, by place and kind."""
    # The nearest division wins, then the policy for the kind over the one for every kind.
    nearest_first = sorted(
        idle,
        key=lambda policy: (-len(policy.division.code) if policy.division else 0, not policy.kind),
    )
    whens = [
        When(_where(policy), then=Value(months_before(today, policy.amount)))
        for policy in nearest_first
    ]
    return Case(*whens, default=None, output_field=DateField())


def _where(policy):
    condition = Q(pk__isnull=False)
    if policy.division:
        low, high = policy.division.span
        condition &= Q(division_id__gte=low, division_id__lt=high)
    return condition & Q(kind=policy.kind) if policy.kind else condition


def _is(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


def _known(condition, if_known):
    """A condition that is None where it cannot be known."""
    return Case(
        When(~if_known, then=None), When(condition, then=True), default=False,
        output_field=BooleanField(null=True),
    )  # fmt: skip
