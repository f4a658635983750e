"""Rules on hours are set or adopted from a day on; hours are waived with a reason."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from office.flow import Refused
from registry.actions.entering import acting, entered
from training.models import HoursRule, HoursWaiver, TrainingKey, TrainingPolicy
from training.models.requirement import GivenIn


@transaction.atomic
def set_hours_rule(*, by, today, reason, division, from_on, **given):
    """Set what a class of mediators must learn from a day on; the rule before ends that day.

    :raises Refused: if the day lies in the past or before a rule that is set already.
    """
    if from_on < today:
        raise Refused({"from_on": _("A rule begins today or later; the past stays as it was.")})
    rule = HoursRule(division=division, from_on=from_on, **given)
    rule.hours = _in_hours(rule, on=from_on)
    same = {name: getattr(rule, name) for name in ("requirement", "kind", "employment")}
    former = HoursRule.objects.select_for_update().filter(division=division, until_on=None, **same)
    for old in former:
        if old.from_on >= from_on:
            raise Refused({"from_on": _("A rule that begins later is set already.")})
        old.until_on = from_on
        old.full_clean()
        old.save()
    return entered(rule, by=by, reason=reason, act="set")


def adopt_hours_rule(pk, *, by, today, reason, division, from_on):
    """Let a division adopt a template from a day on.

    :raises Refused: as ``set_hours_rule`` does, or if the rule is a division's own already.
    """
    template = HoursRule.objects.get(pk=pk)
    if template.division_id is not None:
        raise Refused(_("Only a template is adopted; this rule belongs to a division."))
    copied = [
        "name", "requirement", "kind", "employment", "content_class", "amount", "given_in",
        "standing", "source",
    ]  # fmt: skip
    given = {name: getattr(template, name) for name in copied}
    return set_hours_rule(
        by=by, today=today, reason=reason, division=division, from_on=from_on, **given
    )


@transaction.atomic
def load_hours_rules(content):
    """Store templates of rules, as plain values; those that are there stay.

    Returns the number of templates added.
    """
    added = 0
    for values in content["rules"]:
        rule = HoursRule(**{**values, "amount": Decimal(values["amount"])})
        same = ["name", "requirement", "kind", "employment"]
        if HoursRule.objects.templates().filter(**{n: getattr(rule, n) for n in same}).exists():
            continue
        rule.full_clean(exclude=["hours"], validate_constraints=False)
        rule.hours = _in_hours(rule, on=rule.from_on)
        rule.full_clean()
        rule.save()
        added += 1
    return added


def waive_hours(*, by, today, reason, mediator, requirement, year, hours):
    """Waive hours of a year for a mediator; the reason stays on the waiver."""
    waiver = HoursWaiver(
        mediator=mediator,
        requirement=requirement,
        year=year,
        hours=hours,
        reason=reason,
        granted_by=by,
        granted_on=today,
    )
    with transaction.atomic():
        return entered(waiver, by=by, reason=reason)


def withdraw_waiver(pk, *, by, today, reason):
    """Take a waiver back; it stays on record.

    :raises Refused: if it was withdrawn already.
    """
    with acting("withdraw", HoursWaiver.objects, pk, by=by, reason=reason) as waiver:
        if waiver.withdrawn_on is not None:
            raise Refused(_("This waiver was withdrawn already."))
        waiver.withdrawn_on = today
    return waiver


def _in_hours(rule, *, on):
    """Return what a rule comes to in class hours; None for occasions."""
    if rule.given_in == GivenIn.QUARTERS:
        return None
    if rule.given_in == GivenIn.HOURS:
        return rule.amount
    day = TrainingPolicy.objects.ruling(
        TrainingKey.HOURS_OF_A_DAY, division_id=rule.division_id or 0, on=on
    )
    return rule.amount * day.amount
