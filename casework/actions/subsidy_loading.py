"""Published subsidy schemes come from a file, as templates that hold nowhere."""

from decimal import Decimal

from django.db import transaction

from casework.actions.subsidy_parts import PARTS
from casework.flows import SchemeState
from casework.models import SubsidyScheme, SubsidyTier, TierAmount

# Written as text in the file: money and shares are never floating-point numbers.
EXACT = {"low", "high", "factor", "percent", "amount", "case_part"}


@transaction.atomic
def load_subsidy_schemes(content):
    """Store the list ``schemes`` as templates; those that are there stay.

    What the source does not say is missing or null in the file, and stays blank. Returns the number
    of templates added.
    """
    return sum(_add(values) for values in content["schemes"])


def _add(values):
    values = dict(values)
    if SubsidyScheme.objects.templates().filter(name=values["name"]).exists():
        return False
    tiers = values.pop("tiers", [])
    parts = {part: values.pop(part, []) for part in PARTS}
    scheme = _stored(SubsidyScheme, state=SchemeState.TEMPLATE, **values)
    for order, given in enumerate(tiers, start=1):
        _add_tier(scheme, order, dict(given))
    for part, rows in parts.items():
        for row in rows:
            _stored(PARTS[part], scheme=scheme, **row)
    return True


def _add_tier(scheme, order, values):
    amounts = values.pop("amounts", [])
    tier = _stored(SubsidyTier, scheme=scheme, order=order, **values)
    for row in amounts:
        _stored(TierAmount, tier=tier, **row)


def _stored(model, **values):
    exact = {name: Decimal(values[name]) for name in EXACT & values.keys() if values[name]}
    row = model(**values | exact)
    row.full_clean()
    row.save()
    return row
