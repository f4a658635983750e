"""Answers to the questions of the floors below."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from casework.actions.claims import recount_claim_deadlines
from casework.actions.closing_bodies import carry_out_case, open_cases
from casework.flows import may_change_case
from casework.models import CaseRecord, ClaimLine
from office.clocks import calendar_loaded
from registry.questions import carry_out_closure_item, may_erase, what_a_closure_touches


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


@receiver(what_a_closure_touches)
def cases_a_closure_touches(sender, organization, today, **kwargs):
    """Cases of the organisation that wait for their end."""
    return open_cases(organization)


@receiver(carry_out_closure_item)
def carry_out_an_open_case(sender, item, by, today, reason, **kwargs):
    return carry_out_case(item, by=by, today=today, reason=reason)


@receiver(may_erase)
def open_cases_need_their_mediator(sender, obj, today, **kwargs):
    """Nobody is erased who still mediates a case. Of closed cases only the parts stay, unnamed."""
    rows = CaseRecord.objects.of_mediator(obj.mediator_id).filter(state="accepted")
    numbers = "、".join(rows.order_by("pk").values_list("number", flat=True)[:10])
    if not numbers:
        return []
    return [_("The person mediates cases that are not ended: %(numbers)s.") % {"numbers": numbers}]
