"""Answers to the questions of the floors below."""

from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.actions.case_studies import unsign_studies
from casework.actions.ceilings import over_the_ceiling
from casework.actions.claims import recount_claim_deadlines
from casework.actions.closing_bodies import (
    carry_out_case,
    carry_out_claim,
    open_cases,
    open_claims,
)
from casework.flows import may_change_cases
from casework.flows.claim import may_pass_claim
from casework.metrics import PERMISSION
from casework.models import CaseRecord, ClaimBatch, ClaimLine, ClaimShare
from office.clocks import calendar_loaded
from registry.models import Organization
from registry.questions import (
    activity_of_organizations,
    carry_out_closure_item,
    may_erase,
    person_is_erased,
    ways_on_from,
    what_a_closure_touches,
)


@receiver(may_change_cases)
def claims_stand_for_cases(sender, cases, today, **kwargs):
    """What is claimed or paid for is not opened again, struck out, or joined elsewhere."""
    barred = defaultdict(list)
    for line in ClaimLine.objects.handed_in().filter(case__in=cases).select_related("batch"):
        barred[line.case_id].append(
            _("The case is claimed in batch %(number)s (%(state)s).")
            % {"number": line.batch.number, "state": line.batch.get_state_display()}
        )
    return barred


@receiver(may_pass_claim)
def ceilings_of_claims_hold(sender, obj, today, **kwargs):
    """Nobody is brought more by cases than the rate of the scheme lets them bring."""
    return over_the_ceiling(obj)


@receiver(calendar_loaded)
def claims_are_sorted_by_the_new_calendar(sender, **kwargs):
    recount_claim_deadlines()


@receiver(what_a_closure_touches)
def cases_a_closure_touches(sender, organization, today, **kwargs):
    """Cases of the organisation that wait for their end."""
    return open_cases(organization)


@receiver(what_a_closure_touches)
def claims_a_closure_touches(sender, organization, today, **kwargs):
    """Claims of the organisation that are not paid."""
    return open_claims(organization)


@receiver(carry_out_closure_item)
def carry_out_an_unpaid_claim(sender, item, by, today, reason, **kwargs):
    return carry_out_claim(item, by=by, today=today, reason=reason)


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


@receiver(may_erase)
def unpaid_claims_need_their_payee(sender, obj, today, **kwargs):
    """Nobody is erased to whom money is still to be paid."""
    shares = ClaimShare.objects.filter(mediator=obj.mediator_id, line__state="open")
    batches = ClaimBatch.objects.unpaid().filter(lines__shares__in=shares).distinct()
    numbers = "、".join(batches.order_by("pk").values_list("number", flat=True)[:10])
    if not numbers:
        return []
    return [
        _("Claims in which the person has a part are not paid: %(numbers)s.") % {"numbers": numbers}
    ]


@receiver(activity_of_organizations)
def cases_of_organizations(sender, organizations, **kwargs):
    """Tell which organisations accepted a case since the day looked at; a joined entry is one."""
    accepted = CaseRecord.objects.counting().filter(
        organization=OuterRef("pk"), accepted_on__gte=OuterRef("idle_since")
    )
    return {"cases": Exists(accepted)}


@receiver(ways_on_from)
def figures_of_a_record(sender, obj, user, **kwargs):
    """The yearly figures of an organisation or of a person."""
    if not user.has_perm(PERMISSION):
        return []
    page = "organization" if isinstance(obj, Organization) else "mediator"
    url = reverse(f"case_statistics:{page}", args=[obj.pk])
    return [(_("Figures of cases"), url, "list-ul", False)]


@receiver(person_is_erased)
def published_cases_lose_the_name(sender, mediator, by, today, reason, **kwargs):
    unsign_studies(mediator, by=by, reason=reason)
