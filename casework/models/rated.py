from django.utils.translation import gettext_lazy as _

from casework.queries.rated import RatedOrganizationQuerySet
from registry.models import Organization


class RatedOrganization(Organization):
    """An organisation with what the parties of its cases thought, and how its files scored."""

    flow = None
    objects = RatedOrganizationQuerySet.as_manager()

    class Meta:
        proxy = True
        ordering = ["division_id", "name"]
        verbose_name = _("satisfaction and file quality")
        verbose_name_plural = _("satisfaction and file quality")
        default_permissions = ["view", "export"]
