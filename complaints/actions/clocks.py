"""The clocks of a complaint: started under the figure in force, paused, stopped, counted anew."""

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import ClockPause, ComplaintClock, ComplaintPolicy
from office.clocks import Calendar
from office.flow import Refused


def ruling(key, division_id, on):
    """Return the figure in force on a day. :raises Refused: if the bureau has set none."""
    try:
        return ComplaintPolicy.objects.ruling(key, division_id=division_id, on=on)
    except ComplaintPolicy.DoesNotExist:
        raise Refused(_("No policy sets this figure. Set it under “policies” first.")) from None


def start_clock(complaint, key, *, today, task=None):
    """Start a limit today under the figure in force; one that runs already is left as it is.

    The clock keeps its figure: a new one from tomorrow on changes nothing for it.
    """
    running = complaint.clocks.filter(key=key, task=task, stopped_on=None).first()
    if running:
        return running
    policy = ruling(key, complaint.division_id, today)
    clock = ComplaintClock(complaint=complaint, key=key, policy=policy, task=task, start_on=today)
    clock.full_clean()
    clock.save()
    _count(clock, Calendar.load())
    return clock


def stop_clock(complaint, *keys, today, task=None):
    """Stop the limits that run, those of these keys: what they limited is done."""
    running = complaint.clocks.filter(key__in=keys, task=task, stopped_on=None)
    _end_pauses(running, today)
    running.update(stopped_on=today)


def stop_all_clocks(complaint, *, today):
    """Stop every limit: nothing more is to be done."""
    running = complaint.clocks.filter(stopped_on=None)
    _end_pauses(running, today)
    running.update(stopped_on=today)


def lengthen_clock(clock, days):
    """Add days to a limit that runs; it is counted anew."""
    clock.extra_days += days
    clock.full_clean()
    clock.save(update_fields=["extra_days"])
    _count(clock, Calendar.load())


def pause_clocks(complaint, *keys, today, why):
    """Let the limits stand still, all that run if none is named, until ``resume_clocks``."""
    running = complaint.clocks.filter(stopped_on=None).exclude(
        pauses__until_on=None, pauses__isnull=False
    )
    for clock in running.filter(key__in=keys) if keys else running:
        ClockPause.objects.create(clock=clock, from_on=today, why=why)
        _count(clock, Calendar.load())


def resume_clocks(complaint, *, today, why):
    """Let the limits run again that stand still for this reason."""
    standing = ClockPause.objects.filter(clock__complaint=complaint, until_on=None, why=why)
    clocks = [pause.clock for pause in standing.select_related("clock__policy")]
    standing.update(until_on=today)
    for clock in clocks:
        _count(clock, Calendar.load())


@transaction.atomic
def recount_clocks():
    """Count all running clocks with the calendars loaded now; returns how many changed."""
    calendar, changed = Calendar.load(), []
    running = ComplaintClock.objects.filter(stopped_on=None).select_related("policy")
    for clock in running.prefetch_related("pauses"):
        before = clock.due_on, clock.is_provisional
        _set(clock, calendar)
        if (clock.due_on, clock.is_provisional) != before:
            changed.append(clock)
    ComplaintClock.objects.bulk_update(changed, ["due_on", "is_provisional"], batch_size=500)
    return len(changed)


def _end_pauses(clocks, today):
    ClockPause.objects.filter(clock__in=clocks, until_on=None).update(until_on=today)


def _count(clock, calendar):
    _set(clock, calendar)
    clock.save(update_fields=["due_on", "is_provisional"])


def _set(clock, calendar):
    deadline = clock.deadline(calendar)
    clock.due_on, clock.is_provisional = deadline.due_on, deadline.provisional
