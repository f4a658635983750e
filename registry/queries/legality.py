"""Whether committees are lawful on a day, and from when on not: the statements of
``registry.rules`` in the words of the database, one question for all organisations."""

from datetime import date

from django.db.models import Case, Count, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Least

from registry.rules import (
    COMMITTEES,
    FEWEST_MEMBERS,
    MAJORITY,
    MOST_MEMBERS,
    SEATS,
    SITTING,
    Fault,
    Seats,
)

COUNTS = ("members", "directors", "women", "minority", "lapsed")
NEVER = date(9999, 12, 31)
# The days on which somebody leaves or begins; whether that matters, the others' seats decide.
TURNS = ("until_on", "from_on")


def taken(on, path=""):
    """A condition on appointments: a seat in a committee, taken on the day (a day or a column)."""
    stays = Q(**{f"{path}until_on__isnull": True}) | Q(**{f"{path}until_on__gt": on})
    known = {"post__in": SEATS, "state__in": SITTING, "from_on__lte": on}
    return Q(**{f"{path}{name}": value for name, value in known.items()}) & stays


def counts_of(on, path, *, distinct=False):
    """The counts of ``registry.rules.Seats`` over the appointments that ``path`` leads to.

    ``distinct`` if other joins may show an appointment more than once.
    """
    seat = taken(on, path)
    person = f"{path}mediator__"
    wanted = {
        "members": Q(),
        "directors": Q(**{f"{path}post": "director"}),
        "women": Q(**{f"{person}sex": "female"}),
        "minority": ~Q(**{f"{person}ethnicity__in": MAJORITY}),
        "lapsed": Q(**{f"{path}term_until_on__lte": on}),
    }
    return {
        name: Count(path.removesuffix("__"), filter=seat & condition, distinct=distinct)
        for name, condition in wanted.items()
    }


def has_fault(fault, path=""):
    """The condition under which counted seats have a fault."""
    return {
        Fault.FEW_MEMBERS: Q(members__lt=FEWEST_MEMBERS),
        Fault.MANY_MEMBERS: Q(members__gt=MOST_MEMBERS),
        Fault.NO_DIRECTOR: Q(directors=0),
        Fault.MANY_DIRECTORS: Q(directors__gt=1),
        Fault.NO_WOMAN: Q(women=0),
        Fault.NO_MINORITY: Q(minority=0, **{f"{path}needs_minority_member": True}),
        Fault.TERM_OVER: Q(lapsed__gt=0),
    }[fault]


def is_unlawful(path=""):
    """The condition under which counted seats have any fault."""
    condition = Q()
    for fault in Fault:
        condition |= has_fault(fault, path)
    return condition


def committees(organizations):
    """Those of the organisations to which articles 8 and 9 apply."""
    return organizations.filter(kind__in=COMMITTEES)


def counted(organizations, on):
    """Committees with the counts of their seats on a day: one grouped question for them all."""
    return committees(organizations).order_by().annotate(**counts_of(on, "appointments__"))


def unlawful(organizations, on, fault=None):
    """The primary keys of the committees that are not lawful on a day, as a query."""
    condition = has_fault(fault) if fault else is_unlawful()
    return counted(organizations.values("pk"), on).filter(condition).values("pk")


def seats_of(organizations, on):
    """Return the ``Seats`` of every committee by its primary key, asked in one query."""
    rows = counted(organizations.values("pk"), on).values_list("pk", *COUNTS)
    return {pk: Seats(*counts) for pk, *counts in rows}


def with_forecast(organizations, today, until):
    """Say of each committee, as ``unlawful_on``, the first day on which it is not lawful.

    It is today for those that are not lawful today, and ``NEVER`` if no day until ``until`` is
    known on which a term ends or somebody leaves or begins so that it is none.
    """
    everywhere = organizations.model._default_manager.all()
    found = [_first_lapse(organizations, today, until)]
    found += [_first_day(organizations, turn, today, until) for turn in TURNS]
    days = [Coalesce(day, NEVER) for day in found]
    return committees(organizations).annotate(
        unlawful_on=Case(
            When(pk__in=unlawful(everywhere, today), then=Value(today)),
            default=Least(*days),
            output_field=DateField(),
        )
    )


def _first_lapse(organizations, today, until):
    """The first day on which the term of a member is over; that alone is a fault."""
    appointments = organizations.model._meta.get_field("appointments").related_model
    turn = "term_until_on"
    ahead = {f"{turn}__gt": today, f"{turn}__lte": until}
    lapsing = appointments.objects.filter(
        taken(F(turn)), organization=OuterRef("pk"), **ahead
    ).order_by(turn)
    return Subquery(lapsing.values(turn)[:1])


def _first_day(organizations, turn, today, until):
    """The first day of this kind on which the seats, as they then are, have a fault."""
    appointments = organizations.model._meta.get_field("appointments").related_model
    peers = "organization__appointments__"
    ahead = {f"{turn}__gt": today, f"{turn}__lte": until}
    turning = appointments.objects.filter(post__in=SEATS, **ahead).order_by()
    first = (
        turning.filter(organization=OuterRef("pk"))
        .values(turn)
        .annotate(**counts_of(F(turn), peers, distinct=True))
        .filter(is_unlawful("organization__"))
        .order_by(turn)
        .values(turn)[:1]
    )
    # Few committees have such a day: the others are not looked into one by one.
    return Case(When(pk__in=turning.values("organization"), then=Subquery(first)), default=None)
