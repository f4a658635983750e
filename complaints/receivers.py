"""Answers to the questions of the floors below, and to those of the flow of a complaint."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from complaints.actions import recount_clocks
from complaints.actions.closing_bodies import (
    carry_out_consequence,
    carry_out_sheet,
    lock_what_lies_with,
    open_consequences_of,
    sheets_with,
)
from complaints.actions.deciding import findings_missing
from complaints.flows import may_decide_complaint
from complaints.models import Complaint
from complaints.queries.facts import decided_for_good, upheld_against
from complaints.viewsets.ways import ways_to_complaints
from office.clocks import calendar_loaded
from registry.questions import (
    about_to_close,
    asking_for_upheld_complaints,
    carry_out_closure_item,
    may_erase,
    ways_on_from,
    what_a_closure_touches,
)


@receiver(calendar_loaded)
def clocks_are_counted_by_the_new_calendar(sender, **kwargs):
    recount_clocks()


@receiver(may_decide_complaint)
def findings_are_complete(sender, obj, today, **kwargs):
    """Nothing is decided on findings that leave out a ground, or the other side."""
    return findings_missing(obj)


@receiver(what_a_closure_touches)
def complaints_a_closure_touches(sender, organization, today, **kwargs):
    """What lies with the unit itself. Of a complaint it was not told of nothing is said here."""
    return [*sheets_with(organization), *open_consequences_of(organization)]


@receiver(about_to_close)
def what_a_closure_ends_is_locked(sender, organizations, **kwargs):
    lock_what_lies_with(organizations)


@receiver(carry_out_closure_item)
def carry_out_a_task_of_a_complaint(sender, item, by, today, reason, **kwargs):
    note = {"by": by, "today": today, "reason": reason}
    return carry_out_sheet(item, **note) or carry_out_consequence(item, **note)


@receiver(may_erase)
def open_complaints_need_the_person(sender, obj, today, **kwargs):
    """Nobody is erased while a complaint about the person can still be decided or reviewed."""
    if decided_for_good(Complaint.objects.filter(mediator=obj.mediator_id), today):
        return []
    return [_("A complaint about the person is not ended.")]


@receiver(ways_on_from)
def complaints_about_a_record(sender, obj, user, **kwargs):
    """Complaints about an organisation or a person, for whoever handles complaints."""
    return ways_to_complaints(obj, user)


@receiver(asking_for_upheld_complaints)
def complaints_upheld_for_good(sender, mediators, since, today, **kwargs):
    """The mediators about whom a complaint was found right, finally, since a day."""
    return upheld_against(mediators, since, today)
