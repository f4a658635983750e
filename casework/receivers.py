"""Answers to the questions of the floors below."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from casework.actions.claims import recount_claim_deadlines
from casework.flows import may_change_case
from casework.models import ClaimLine
from office.clocks import calendar_loaded


@receiver(may_change_case)
def a_claim_stands_for_the_case(sender, obj, today, **kwargs):
    """What is claimed or paid for is not opened again, struck out, or joined elsewhere."""
    lines = ClaimLine.objects.handed_in().filter(case=obj).select_related("batch")
    return [
        _("The case is claimed in batch %(number)s (%(state)s).")
        % {"number": line.batch.number, "state": line.batch.get_state_display()}
        for line in lines
    ]


@receiver(calendar_loaded)
def claims_are_sorted_by_the_new_calendar(sender, **kwargs):
    recount_claim_deadlines()
