"""Policies: a new figure from a day on takes the place of the one in force."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from registry.models import Policy


@transaction.atomic
def set_policy(*, by, today, reason, key, division, from_on, kind="", model=Policy, **given):
    """Set a policy for a division from a day on; the open one of the same kind ends that day.

    ``model`` is the floor's table of figures.

    :raises Refused: if the day lies in the past, before the open one begins, or the unit does not
        fit what is set.
    """
    if from_on < today:
        raise Refused({"from_on": _("A policy begins today or later; the past stays as it was.")})
    if given["unit"] not in model.units[key]:
        raise Refused({"unit": _("This is not given in this unit.")})
    replaced = model.objects.select_for_update().filter(
        key=key, division=division, kind=kind, until_on=None
    )
    for old in replaced:
        if old.from_on >= from_on:
            raise Refused({"from_on": _("A policy that begins later is set already.")})
        old.until_on = from_on
        old.save()
    policy = model(key=key, division=division, kind=kind, from_on=from_on, **given)
    policy.full_clean()
    policy.save()
    after = ledger.filled(policy)
    ledger.append(f"{model._meta.label_lower}.set", policy, by=by, reason=reason, after=after)
    return policy


@transaction.atomic
def load_policies(content, model=Policy):
    """Store policies that hold everywhere, as plain values; those that are there stay.

    Returns the number of rows added.
    """
    there = set(model.objects.filter(division=None).values_list("key", "kind", "from_on"))
    begins, added = model._meta.get_field("from_on"), []
    for values in content["policies"]:
        name = values["key"], values.get("kind", ""), begins.to_python(values["from_on"])
        if name not in there:
            there.add(name)
            added.append(model(**values))
    return len(model.objects.bulk_create(added))
