"""Terms that will end: month by month for three years, and by place, each in one query."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncMonth

from registry.flows.appointment import HELD_NOW
from registry.models import Division, Policy, PolicyKey
from registry.reports.term_chart import MONTHS, TermChart, chart_of
from registry.rules import months_later

# Without a policy; a setting of the product, to be changed as a policy.
AHEAD = 12
# How many digits of a division's number name the level below one of so many digits.
BELOW = {0: 2, 2: 4, 4: 6, 6: 9, 9: 12}


@dataclass
class Line:
    """A division or an organisation: terms that are over, end soon, and end within three years."""

    key: int
    label: str = ""
    over: int = 0
    soon: int = 0
    all: int = 0


@dataclass(frozen=True)
class Forecast:
    """``soon`` months are those the policy of the place looks ahead."""

    chart: TermChart
    lines: list
    soon: int
    over: int = 0
    by_body: bool = False


def months_ahead(division, today):
    """Return how many months the policy of a place looks ahead."""
    try:
        number = division.pk if division else 0
        return Policy.objects.ruling(PolicyKey.FORECAST_MONTHS, division_id=number, on=today).amount
    except Policy.DoesNotExist:
        return AHEAD


def forecast(posts, today, address, division=None):
    """Return the ``Forecast`` of posts (rows in scope), below a division if one is given.

    ``address`` makes of the first and last day of a month the address of its list. One query
    counts them all: by organisation in a township or village, else by division.
    """
    first = today.replace(day=1)
    posts = posts.filter(state__in=HELD_NOW, term_until_on__lt=months_later(first, MONTHS))
    digits = len(division.code) if division else 0
    by_body = digits >= len("330681001")
    names = ["organization_id", "organization__name"] if by_body else ["organization__division_id"]
    if division:
        posts = posts.in_division(division)
    rows = posts.annotate(month=TruncMonth("term_until_on")).order_by()
    counted = list(rows.values_list(*names, "month").annotate(number=Count("pk")))
    soon = months_ahead(division, today)
    width = BELOW.get(digits, 12)
    lines = _lines(counted, by_body, width, first, months_later(first, soon))
    if not by_body:
        _name(lines)
    months = Counter()
    for *_place, month, number in counted:
        months[month] += number
    return Forecast(
        chart=chart_of(months, today, address),
        lines=sorted(lines.values(), key=lambda line: (-line.soon - line.over, line.key)),
        soon=soon,
        over=sum(line.over for line in lines.values()),
        by_body=by_body,
    )


def _lines(counted, by_body, width, first, until):
    lines = {}
    for place, *name, month, number in counted:
        key = place if by_body else place - place % 10 ** (12 - width)
        line = lines.setdefault(key, Line(key, name[0] if name else ""))
        if month < first:
            line.over += number
            continue
        line.all += number
        if month < until:
            line.soon += number
    return lines


def _name(lines):
    names = dict(Division.objects.filter(pk__in=lines).values_list("pk", "name"))
    for key, line in lines.items():
        line.label = names.get(key, str(key))
