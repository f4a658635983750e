"""Answers to the questions of the floors below, and to this floor's own."""

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from office.clocks import calendar_loaded
from office.scopes import asking_for_grants
from registry.actions.appointments import reject_for_an_objection
from registry.actions.closure_items import (
    carry_out_in_the_register,
    touched_in_the_register,
)
from registry.actions.closures import stop_for_an_objection
from registry.actions.filings import recount_deadlines
from registry.models import Appointment, Closure, Post
from registry.questions import (
    carry_out_closure_item,
    may_withdraw_notice,
    objection_upheld,
    what_a_closure_touches,
)


@receiver(asking_for_grants)
def grants_from_posts(sender, user, **kwargs):
    """Every post in force today grants its role in its division or organisation."""
    # The edge of the request reads the clock here, once; the domain does not.
    return Post.grants(user, today=timezone.localdate())


@receiver(calendar_loaded)
def open_filings_are_sorted_by_the_new_calendar(sender, **kwargs):
    recount_deadlines()


@receiver(what_a_closure_touches)
def what_the_register_holds(sender, organization, today, **kwargs):
    return touched_in_the_register(organization, today)


@receiver(carry_out_closure_item)
def carry_out_what_the_register_holds(sender, item, by, today, reason, **kwargs):
    return carry_out_in_the_register(item, by=by, today=today, reason=reason)


@receiver(may_withdraw_notice)
def a_running_closure_keeps_its_notice(sender, obj, today, **kwargs):
    """The notice of a deregistration stands as long as its case runs."""
    if Closure.objects.running().filter(notice=obj.pk).exists():
        return [_("A deregistration rests on this notice: stop the deregistration instead.")]
    return []


@receiver(may_withdraw_notice)
def a_nomination_keeps_its_notice(sender, obj, today, **kwargs):
    """The notice of a candidate stands until the candidate is accepted or rejected."""
    if Appointment.objects.on_notice(obj.pk).exists():
        return [_("A nomination rests on this notice: reject the nomination instead.")]
    return []


@receiver(objection_upheld)
def a_closure_stops_for_an_objection(sender, objection, by, today, reason, **kwargs):
    """Closing goes back to listed when an objection to the notice is upheld."""
    stop_for_an_objection(objection, by=by, today=today, reason=reason)


@receiver(objection_upheld)
def a_candidate_is_rejected_for_an_objection(sender, objection, by, today, reason, **kwargs):
    """What was announced may not be done; the person may be nominated anew."""
    reject_for_an_objection(objection, by=by, today=today, reason=reason)
