"""What is required of mediators, what they have done, and what is still missing, in sets."""

from datetime import date

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Round
from django.db.models.lookups import Exact

from office.queries import ScopedQuerySet
from registry.queries import in_force
from training.queries.hours import OfMediatorQuerySet, signed_hours

HOURS = DecimalField(max_digits=8, decimal_places=1)
ZERO = Value(0, HOURS)
ONCE = "pre_service"
FULL_TIME_FIRST = Case(When(employment="full_time", then=0), default=1, output_field=IntegerField())


class HoursRuleQuerySet(ScopedQuerySet):
    def between(self, low, high):
        """Rules of the span, and the templates, which belong to no division."""
        return super().between(low, high) | Q(division=None)

    def of_organizations(self, pks):
        """To a clerk, the templates; what is asked of the own people stands beside their names."""
        return Q(division=None)

    def templates(self):
        return self.filter(division=None)

    def ruling(self, requirement, on):
        """Return the adopted rules of a requirement on a day, the nearest and narrowest first."""
        found = self.filter(in_force(on), requirement=requirement, division__isnull=False)
        rows = found.select_related("division")
        return sorted(
            rows, key=lambda row: (-len(row.division.code), row.kind == "", row.employment == "")
        )


class HoursWaiverQuerySet(OfMediatorQuerySet):
    def standing(self):
        return self.filter(withdrawn_on=None)


def exactly(hours):
    """Tenths of hours again: SQLite reckons in binary fractions, PostgreSQL rounds nothing away."""
    return Round(hours, precision=1, output_field=HOURS)


def span_of(requirement, year):
    """The half-open span of days on which learning counts; before duty everything ever learnt."""
    first = date.min if requirement == ONCE else date(year, 1, 1)
    return first, date(year + 1, 1, 1)


def with_requirement(mediators, requirement, *, year, on, rules):
    """Say of each mediator ``required``, ``done``, ``waived`` and ``missing`` in class hours.

    ``rules`` are those that rule on the day ``on``, nearest first; where none does, ``required``
    and ``missing`` are null. What counts is the main post held that day: the full-time one, then
    the oldest. Rules in times a quarter are told by ``occasions_missing``.
    """
    main = _main_post(mediators, on)
    low, high = span_of(requirement, year)
    return (
        mediators.annotate(
            body_kind=Subquery(main.values("organization__kind")[:1]),
            employed=Subquery(main.values("employment")[:1]),
            body_division=Subquery(main.values("organization__division_id")[:1]),
        )
        .annotate(
            counted=_by_rule(rules, "content_class", CharField(), Value("")),
            asked=_by_rule(rules, "hours", HOURS, Cast(Value(None), HOURS)),
        )
        .annotate(
            done=_done(mediators, low, high),
            waived=_waived(mediators, requirement, year),
        )
        .annotate(required=_less_the_waived())
        .annotate(
            missing=Case(
                When(required__isnull=True, then=Cast(Value(None), HOURS)),
                default=exactly(Greatest(F("required") - F("done"), ZERO)),
                output_field=HOURS,
            )
        )
    )


def with_plan(mediators, requirement, *, year, on):
    """Say of each mediator ``planned`` and ``missing_after_plan``; call it on ``with_requirement``.

    Planned are the hours of sessions of the year in which the person has a seat and that are not
    over on the day ``on``; of a class of content that counts.
    """
    _low, high = span_of(requirement, year)
    enrolments = mediators.model._meta.get_field("enrolments").related_model.objects
    counting = enrolments.to_attend(on).filter(
        Exact(OuterRef("counted"), Value("")) | Q(session__content_class=OuterRef("counted")),
        mediator=OuterRef("pk"),
        session__ends_on__lt=high,
    )
    summed = (
        counting.order_by().values("mediator").annotate(n=Sum("session__hours", output_field=HOURS))
    )
    # Not from ``missing``: SQLite cannot parse its expression a level deeper. It is the same.
    left = F("asked") - F("waived") - F("done") - F("planned")
    return mediators.annotate(
        planned=Coalesce(Subquery(summed.values("n"), output_field=HOURS), ZERO)
    ).annotate(
        missing_after_plan=Case(
            When(asked__isnull=True, then=Cast(Value(None), HOURS)),
            default=exactly(Greatest(left, ZERO)),
            output_field=HOURS,
        )
    )


def occasions_by_quarter(entries, year):
    """Return {quarter: number of different things learnt} of entries of hours of one person."""
    standing = entries.filter(kind="credited", reversal=None, done_on__year=year)
    counted = standing.order_by().values("done_on__quarter").annotate(n=Count("pk"))
    return {row["done_on__quarter"]: row["n"] for row in counted}


def _main_post(mediators, on):
    appointments = mediators.model._meta.get_field("appointments").related_model.objects
    held = appointments.filter(
        in_force(on), mediator=OuterRef("pk"), state__in=["probation", "in_post", "suspended"]
    )
    return held.order_by(FULL_TIME_FIRST, "from_on", "pk")


def _by_rule(rules, name, field, default):
    """The value of the first rule whose division, kind and employment fit the main post."""
    whens = [When(_fits(rule, rules), then=Value(getattr(rule, name), field)) for rule in rules]
    return Case(*whens, default=default, output_field=field)


def _fits(rule, rules):
    low, high = rule.division.span
    condition = Q(body_division__gte=low, body_division__lt=high)
    if rule.kind:
        condition &= Q(body_kind=rule.kind)
    if rule.employment:
        condition &= Q(employed=rule.employment)
    # A nearer division rules as a whole: its silence on a kind is not filled from farther away.
    for nearer in {r.division for r in rules if len(r.division.code) > len(rule.division.code)}:
        inside = Q(body_division__gte=nearer.span[0], body_division__lt=nearer.span[1])
        condition &= ~inside
    return condition


def _done(mediators, low, high):
    entries = mediators.model._meta.get_field("hour_entries").related_model.objects
    counting = entries.filter(mediator=OuterRef("pk"), done_on__gte=low, done_on__lt=high).filter(
        Exact(OuterRef("counted"), Value("")) | Q(content_class=OuterRef("counted"))
    )
    summed = (
        counting.order_by().values("mediator").annotate(n=Sum(signed_hours(), output_field=HOURS))
    )
    return Coalesce(Subquery(summed.values("n"), output_field=HOURS), ZERO)


def _waived(mediators, requirement, year):
    waivers = mediators.model._meta.get_field("hours_waivers").related_model.objects.standing()
    of_the_year = waivers.filter(mediator=OuterRef("pk"), requirement=requirement, year=year)
    return Coalesce(Subquery(of_the_year.values("hours")[:1], output_field=HOURS), ZERO)


def _less_the_waived():
    return Case(
        When(asked__isnull=True, then=Cast(Value(None), HOURS)),
        default=exactly(Greatest(F("asked") - F("waived"), ZERO)),
        output_field=HOURS,
    )
