"""The titles that are held beside the level."""

from collections import defaultdict

from django.db.models import Count

from grading.models import Grade
from registry.models import MediatorRow


def titles_today(today):
    """Return the titles that stand and run on a day."""
    return Grade.objects.titles().standing().in_force(today)


def titles_held(mediators, today):
    """Return {mediator: [(title, from, until or None)]} of people (their keys), in one query."""
    found = defaultdict(list)
    rows = titles_today(today).filter(mediator__in=mediators).order_by("from_on", "pk")
    for person, *title in rows.values_list("mediator_id", "label", "from_on", "until_on"):
        found[person].append(tuple(title))
    return dict(found)


def counted(today):
    """Return {title: how many on the roster hold it}, by name."""
    rows = titles_today(today).filter(mediator__in=MediatorRow.objects.values("mediator"))
    numbers = rows.order_by("label").values_list("label")
    return dict(numbers.annotate(number=Count("mediator", distinct=True)))
