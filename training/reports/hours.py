"""What a mediator still needs, and how the divisions stand: hours required, done and missing."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, Sum, Value
from django.utils.translation import gettext as _

from registry.models import Division, Mediator
from registry.rules import DIGITS_BELOW, NUMBER_DIGITS
from training.models import HoursRule, Requirement
from training.models.requirement import GivenIn
from training.queries.requirements import (
    exactly,
    occasions_by_quarter,
    with_plan,
    with_requirement,
)

QUARTERS_OF_A_YEAR = 4


@dataclass(frozen=True)
class Need:
    """A requirement of one year as it stands for one person, in class hours.

    ``required`` is None where no rule holds; ``occasions`` are (quarter, wanted, had) of a rule in
    times a quarter.
    """

    requirement: str
    label: str
    required: Decimal | None
    done: Decimal
    waived: Decimal
    missing: Decimal | None
    occasions: tuple = ()

    @property
    def is_met(self):
        """Whether nothing is missing, of hours or of the quarters that have begun."""
        return not self.missing and all(had >= wanted for _quarter, wanted, had in self.occasions)


def needs_of(mediator, *, year, today):
    """Return what a mediator needs in a year, of each requirement for which a rule holds."""
    found = []
    for requirement in Requirement:
        rules = HoursRule.objects.ruling(requirement, today)
        row = with_requirement(
            Mediator.objects.filter(pk=mediator.pk),
            requirement,
            year=year,
            on=today,
            rules=[rule for rule in rules if rule.given_in != GivenIn.QUARTERS],
        ).get()
        occasions = _occasions(mediator, row, rules, year, today)
        if row.required is not None or occasions:
            found.append(
                Need(
                    requirement=requirement.value,
                    label=requirement.label,
                    required=row.required,
                    done=row.done,
                    waived=row.waived,
                    missing=row.missing,
                    occasions=occasions,
                )
            )
    return found


def _occasions(mediator, row, rules, year, today):
    """Return (quarter, wanted, had) for the quarters of the year that have begun."""
    wanted = next(
        (rule.amount for rule in rules if rule.given_in == GivenIn.QUARTERS and _is_for(rule, row)),
        None,
    )
    if wanted is None:
        return ()
    had = occasions_by_quarter(mediator.hour_entries.all(), year)
    last = QUARTERS_OF_A_YEAR if year < today.year else (today.month + 2) // 3
    return tuple((quarter, wanted, had.get(quarter, 0)) for quarter in range(1, last + 1))


def _is_for(rule, row):
    low, high = rule.division.span
    return (
        row.body_division is not None
        and low <= row.body_division < high
        and rule.kind in ("", row.body_kind)
        and rule.employment in ("", row.employed)
    )


@dataclass(frozen=True)
class DivisionLine:
    """How many people of a division are asked for hours, have them, and what is missing."""

    name: str
    into: int | None
    asked: int
    done: int
    missing_hours: Decimal
    query: str
    short_after_plan: int = 0
    missing_after_plan: Decimal = Decimal(0)
    planned_query: str = ""

    @property
    def short(self):
        return self.asked - self.done

    @property
    def percent(self):
        """The share that has all hours, in whole percent, rounded down; None of nobody."""
        return self.done * 100 // self.asked if self.asked else None


def by_division(people, root, *, requirement, year, on):
    """Return a ``DivisionLine`` for each division below ``root``, those furthest behind first.

    ``people`` are the mediators to count: in post, within the reader's scope.
    """
    rules = [
        rule
        for rule in HoursRule.objects.ruling(requirement, on)
        if rule.given_in != GivenIn.QUARTERS
    ]
    digits = DIGITS_BELOW[len(root.code)]
    size = 10 ** (NUMBER_DIGITS - digits)
    asked = with_requirement(
        people.in_division(root), requirement, year=year, on=on, rules=rules
    ).filter(required__isnull=False)
    asked = with_plan(asked, requirement, year=year, on=on)
    rows = (
        asked.order_by()
        .annotate(place=ExpressionWrapper(F("division_id") / Value(size), BigIntegerField()))
        .values("place")
        .annotate(
            people=Count("pk"),
            with_all=Count("pk", filter=Q(missing=0)),
            hours_missing=exactly(Sum("missing")),
            short_then=Count("pk", filter=Q(missing_after_plan__gt=0)),
            missing_then=exactly(Sum("missing_after_plan")),
        )
    )
    counted = list(rows)
    names = Division.objects.in_bulk([row["place"] * size for row in counted])
    lines = [_line(row, names.get(row["place"] * size), size, root, digits) for row in counted]
    return sorted(lines, key=lambda line: (line.percent, line.name))


def _line(row, division, size, root, digits):
    place = row["place"] * size
    name = division.name if division else f"{place:012d}"
    if place == root.pk and digits > len(root.code):
        name = _("%(division)s itself") % {"division": name}
    goes_on = division is not None and place != root.pk and digits < DIGITS_BELOW[9]
    return DivisionLine(
        name=name,
        into=place if goes_on else None,
        asked=row["people"],
        done=row["with_all"],
        missing_hours=row["hours_missing"],
        query=urlencode({"division": place, "standing": "short"}),
        short_after_plan=row["short_then"],
        missing_after_plan=row["missing_then"],
        planned_query=urlencode({"division": place, "standing": "short_after_plan"}),
    )
