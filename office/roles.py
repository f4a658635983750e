"""The roles of the house, and what each may do. Every floor adds its own lines at start-up.

Source: the table of users and the table of rights in the specification of the product.
"""

from collections import defaultdict

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CLERK = "clerk", _("organisation clerk")
    JUSTICE_OFFICE = "justice_office", _("justice office")
    COUNTY_BUREAU = "county_bureau", _("county bureau")
    CITY_BUREAU = "city_bureau", _("city bureau")
    PANEL = "panel", _("panel member")
    TRAINER = "trainer", _("trainer")
    HANDLER = "handler", _("complaint handler")
    AUDITOR = "auditor", _("auditor")
    SYSTEM_ADMIN = "system_admin", _("system administrator")


_permissions = defaultdict(set)


def allow(role, *permissions):
    """Give a role permissions written as ``app.codename``. Called in ``AppConfig.ready()``."""
    _permissions[Role(role)].update(permissions)


def permissions_of(roles):
    """Return every permission that at least one of the roles carries."""
    return {permission for role in roles for permission in _permissions[role]}


def roles_with(permission):
    """Return the roles that carry a permission."""
    return {role for role, permissions in _permissions.items() if permission in permissions}
