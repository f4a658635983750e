"""Schemes of file quality are set from a day on, or come from a file the bureau may edit."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework.models import FULL_MARKS, QualityItem, QualityScheme
from office.flow import Refused
from registry.actions.entering import entered


@transaction.atomic
def set_quality_scheme(*, by, today, reason, items, **fields):
    """Set what files are scored by, ``items`` being (name, points) in their order.

    :raises Refused: if the points do not add up to 100, or the scheme would begin in the past.
    """
    scheme = QualityScheme(**fields)
    if scheme.from_on < today:
        raise Refused(_("A scheme cannot begin in the past: files were scored by another one."))
    if sum(points for _name, points in items) != FULL_MARKS:
        raise Refused(_("The points must add up to %(full)d.") % {"full": FULL_MARKS})
    told = {"items": [[name, points] for name, points in items]}
    entered(scheme, by=by, reason=reason, also=told)
    for order, (name, points) in enumerate(items, 1):
        item = QualityItem(
            scheme=scheme, code=f"item-{order}", name=name, points=points, order=order
        )
        item.full_clean()
        item.save()
    return scheme


@transaction.atomic
def load_quality(content):
    """Store the list ``schemes`` of schemes that hold everywhere; those that are there stay.

    Returns the number of schemes added.
    """
    return sum(_add(values) for values in content["schemes"])


def _add(values):
    values = dict(values)
    items = values.pop("items")
    scheme, is_new = QualityScheme.objects.get_or_create(
        division=None, from_on=values["from_on"], defaults=values
    )
    if is_new:
        QualityItem.objects.bulk_create(
            QualityItem(scheme=scheme, order=order, **given) for order, given in enumerate(items, 1)
        )
    return is_new
