"""By when something becomes of a complaint, as it is told to whoever complains."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.actions.clocks import ruling
from complaints.models import ComplaintKey
from office.clocks import Calendar, Unit, due
from office.flow import Refused
from registry.models import Division
from registry.models.division import DivisionLevel

K = ComplaintKey


class Date(NamedTuple):
    """Something that is to come: by a day, or within a term whose last day is not certain yet."""

    what: str
    on: object
    within: str


def limits(today):
    """Return the limits in force in the city, each as what it limits and how long it is."""
    city = Division.objects.filter(level=DivisionLevel.CITY).first()
    told = [
        (K.ACCEPT_DAYS, _("Whether we take it up")),
        (K.TOTAL_DAYS, _("Decision, once it is taken up")),
        (K.REPLY_DAYS, _("Written reply, once it is decided")),
        (K.REVIEW_ASK_DAYS, _("Time in which you may ask for a review")),
    ]
    figures = [(what, _figure(key, city.pk if city else 0, today)) for key, what in told]
    return [{"term": what, "value": in_words(figure.term)} for what, figure in figures if figure]


def expected(complaint):
    """Return what is to come of a complaint that was just received, with the last days.

    The decision is counted from the last day to take it up: it may come earlier, not later.
    """
    clock = complaint.clocks.select_related("policy").get(key=K.ACCEPT_DAYS)
    told = [Date(_("Answer whether we take it up"), clock.due_on, in_words(clock.term))]
    total = _figure(K.TOTAL_DAYS, complaint.division_id, complaint.received_on)
    if complaint.is_anonymous or total is None:
        return told
    decided_on = clock.due_on and due(Calendar.load(), clock.due_on, total.term).due_on
    return [
        *told,
        Date(_("Decision and reply, if we take it up"), decided_on, in_words(total.term)),
    ]


def in_words(term):
    """Return a term in days: 5 working days."""
    if term.unit == Unit.WORKING:
        told = ngettext("%(days)d working day", "%(days)d working days", term.amount)
    else:
        told = ngettext("%(days)d calendar day", "%(days)d calendar days", term.amount)
    return told % {"days": term.amount}


def _figure(key, division_id, on):
    try:
        return ruling(key, division_id, on)
    except Refused:
        return None
