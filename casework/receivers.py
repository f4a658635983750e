"""Answers to the questions of the floors below."""

from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.metrics import PERMISSION
from casework.models import CaseRecord
from registry.models import Organization
from registry.questions import activity_of_organizations, ways_on_from


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
