"""Organisations are ordered to put something right, and checked again."""

from django.db import transaction

from office import ledger
from office.clocks import Calendar, due
from office.flow import taking
from registry.actions.notices import last_day, ruling
from registry.flows import OrganizationState
from registry.models import Organization, PolicyKey, Rectification
from registry.search.upkeep import refresh_organizations


@transaction.atomic
def order_rectification(*, by, today, reason, organization, ground, faults):
    """Order an organisation to put something right by the day the policy sets.

    :raises Refused: if it is not listed, no policy sets the term, or its end cannot be known.
    """
    pk = organization.pk
    with taking("order", Organization.objects, pk, by=by, today=today, reason=reason) as body:
        key = PolicyKey.RECTIFICATION_TERM
        policy = ruling(key, body.division_id, today, body.kind)
    order = Rectification(
        organization=body,
        ground=ground,
        faults=faults,
        policy=policy,
        ordered_on=today,
        due_on=last_day(due(Calendar.load(), today, policy.term)),
        ordered_by=by,
    )
    order.full_clean()
    order.save()
    order.number = f"责改〔{today.year}〕{order.pk}号"
    order.save(update_fields=["number"])
    after = ledger.filled(order)
    ledger.append("registry.rectification.order", order, by=by, reason=reason, after=after)
    refresh_organizations([pk], today=today)
    return order


@transaction.atomic
def clear_rectification(pk, *, by, today, reason, result):
    """Note that the re-check found everything put right; the organisation is listed again."""
    with taking("clear", Rectification.objects, pk, by=by, today=today, reason=reason) as order:
        order.result, order.checked_on = result, today
        _restore(order, by=by, today=today, reason=reason)
    return order


@transaction.atomic
def fail_rectification(pk, *, by, today, reason, result):
    """Note that the re-check found it not put right; the organisation stays under the order."""
    with taking("fail", Rectification.objects, pk, by=by, today=today, reason=reason) as order:
        order.result, order.checked_on = result, today
    return order


@transaction.atomic
def withdraw_rectification(pk, *, by, today, reason):
    """Take back an order that should not have been given; the organisation is listed again."""
    with taking("withdraw", Rectification.objects, pk, by=by, today=today, reason=reason) as order:
        _restore(order, by=by, today=today, reason=reason)
    return order


def _restore(order, *, by, today, reason):
    """List the organisation again, unless a deregistration that was stopped has done so."""
    pk = order.organization_id
    if Organization.objects.select_for_update().get(pk=pk).state == OrganizationState.LISTED:
        return
    with taking("restore", Organization.objects, pk, by=by, today=today, reason=reason):
        pass
    refresh_organizations([pk], today=today)
