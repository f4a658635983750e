"""Adoptions of write-ups as a source of figures; the first author is who they are told of.

What co-authors are credited with tells ``Adoption.objects.counted_for``.
"""

from django.utils.translation import gettext_lazy as _

from casework.metrics.sources import Source, add_source
from casework.models import Adoption


def _adoptions():
    return Adoption.objects.all()


WRITEUPS = Source(
    name="writeups",
    label=_("case library"),
    rows=_adoptions,
    paths={
        "day": "adopted_on",
        "organization": "study__organization_id",
        "kind": "study__organization__kind",
        "division": "study__division_id",
        "dispute_type": "study__dispute_type_id",
        "dispute_type_code": "study__dispute_type__code",
        "mediator": "study__author_id",
    },
)
add_source(WRITEUPS)
