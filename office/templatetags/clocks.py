"""Deadlines in words: 2026年11月26日（还有3个工作日）."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from office.clocks import Unit

register = template.Library()


@register.filter
def due_text(deadline, today):
    """Return the due day and what is left, or why there is none: ``{{ it|due_text:today }}``."""
    left = deadline.days_left(today)
    if deadline.provisional:
        message = _("provisional: the calendar of %(year)s has not been loaded")
        return message % {"year": deadline.missing_year}
    if deadline.stopped:
        return _stopped(left, deadline.term.unit)
    values = {"date": date_format(deadline.due_on)}
    # Between the last day and the next working day no working day is over yet.
    if left is None or (not left and deadline.is_overdue(today)):
        return _("%(date)s (overdue)") % values
    values["days"] = _days(abs(left), deadline.term.unit)
    if deadline.is_overdue(today):
        return _("%(date)s (%(days)s overdue)") % values
    if today == deadline.due_on:
        return _("%(date)s (due today)") % values
    return _("%(date)s (%(days)s left)") % values


def _stopped(left, unit):
    if left is None:
        return _("clock stopped")
    return _("clock stopped (%(days)s left)") % {"days": _days(left, unit)}


def _days(count, unit):
    if unit == Unit.WORKING:
        text = ngettext("%(count)d working day", "%(count)d working days", count)
    else:
        text = ngettext("%(count)d day", "%(count)d days", count)
    return text % {"count": count}
