"""Answers to the questions of the floors below."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from casework.actions.closing_bodies import carry_out_case, open_cases
from casework.models import CaseRecord
from registry.questions import carry_out_closure_item, may_erase, what_a_closure_touches


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
