"""Satisfaction of parties, shown only from the least number of opinions on."""

from django.utils.translation import gettext as _

from casework.models import CaseworkKey, CaseworkPolicy, Opinion
from casework.rules.opinions import Satisfaction
from registry.queries import in_force

# Until the bureau has loaded or set a figure.
FEWEST_SHOWN = 5


def satisfaction_of(opinions, *, division_id, today):
    """Return the satisfaction of a queryset of opinions, by the least number that holds there."""
    count, total = opinions.counting().figures()
    return Satisfaction(count, total, least_of(division_id, today))


def satisfaction_of_mediator(mediator, *, today):
    """Return the satisfaction with all cases a person took part in: nothing of any single one."""
    opinions = Opinion.objects.filter(case__shares__mediator=mediator)
    return satisfaction_of(opinions, division_id=mediator.division_id, today=today)


def least_of(division_id, today):
    """Return from how many opinions on satisfaction is shown in a division."""
    key = CaseworkKey.SATISFACTION_LEAST
    try:
        return CaseworkPolicy.objects.ruling(key, division_id=division_id, on=today).amount
    except CaseworkPolicy.DoesNotExist:
        return FEWEST_SHOWN


def least_by_place(today):
    """Return ([(low, high, number)] of divisions with a number of their own, that everywhere).

    The narrowest span comes first: it holds before those around it.
    """
    rows = CaseworkPolicy.objects.filter(
        in_force(today), key=CaseworkKey.SATISFACTION_LEAST, kind=""
    ).select_related("division")
    spans = [(*row.division.span, row.amount) for row in rows if row.division]
    everywhere = [row.amount for row in rows if not row.division]
    return sorted(spans, key=width), next(iter(everywhere), FEWEST_SHOWN)


def width(span):
    low, high, _number = span
    return high - low


def told(satisfaction):
    """Return what a page says: the average, or that there are too few opinions for one."""
    if not satisfaction.is_shown:
        return _("fewer than %(least)d opinions") % {"least": satisfaction.least}
    return _("%(average)s of 5, from %(count)d opinions") % {
        "average": satisfaction.average,
        "count": satisfaction.count,
    }
