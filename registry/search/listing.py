"""When somebody was on the roster, and which organisations have left it."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from registry.models import Appointment, Organization
from registry.rules import joined_periods
from registry.search.facts import day, period
from registry.search.originals import Places

A_PAGE = 20
MOST_PAGES = 50
LONGEST_QUERY = 60


def listed_periods(mediator_pk, today):
    """Return the spans ``(from, until)`` in which a mediator was on the roster, the earliest first.

    A post makes its holder public from the day it begins, but not before its organisation was
    filed; ``until`` is the first day without it, None while it lasts. Of a post that is suspended
    today nothing is told.
    """
    held = Appointment.objects.filter(mediator=mediator_pk, from_on__lte=today)
    held = held.of_public_bodies().values_list("from_on", "until_on", "organization__filed_on")
    spans = [(max(start, filed or start), until) for start, until, filed in held]
    known = [(start, until) for start, until in spans if until is None or until > start]
    return joined_periods([(start, _past(until, today)) for start, until in known])


def told_periods(periods):
    """Return such spans in words."""
    return _(", ").join(period(start, until) for start, until in periods)


def past_organizations(text, page):
    """Return one page of the organisations that have left the roster, the last to go first."""
    rows = Organization.objects.deregistered()
    if text:
        rows = rows.filter(name__icontains=text[:LONGEST_QUERY])
    rows = rows.select_related("successor").order_by("-deregistered_on", "-pk")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Paginator(rows, A_PAGE).get_page(min(number, MOST_PAGES))


def past_cards(rows):
    """Return what the list says about organisations that have left the roster."""
    rows = list(rows)
    places = Places(row.division_id for row in rows)
    return [
        {
            "name": row.name,
            "url": row.get_absolute_url(),
            "kind": row.get_kind_display(),
            "state": row.get_state_display(),
            "place": " ".join(places.names(row.division_id)),
            "left_on": day(row.deregistered_on),
            "successor": row.successor,
        }
        for row in rows
    ]


def _past(until, today):
    """An end that was decided ahead has not come yet."""
    return until if until is not None and until <= today else None
