"""Of people: when two entries are one person, and who gives which posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.roles import Role


class Likeness(models.TextChoices):
    """How sure it is that two entries are one person. The same ID number cannot stand twice.

    Certain: the same name and the same phone; or the same name, sex and date of birth. Neither if
    both entries have an ID number: these differ, and two numbers are two people unless one of them
    is mistyped, so such a pair is only possible.
    Possible: the same name and month of birth; or the same phone.
    No law sets this; it is the practice of this register.
    """

    NONE = "none", _("no duplicate")
    POSSIBLE = "possible", _("possible duplicate")
    CERTAIN = "certain", _("certain duplicate")


# Who gives which posts. Source: the table of rights, row "users, posts".
MAY_GRANT = {
    Role.COUNTY_BUREAU: (Role.CLERK, Role.JUSTICE_OFFICE),
    Role.CITY_BUREAU: (Role.COUNTY_BUREAU, Role.PANEL, Role.HANDLER, Role.TRAINER),
}


def grantable(roles):
    """Return the roles that an officer with these roles may give to others."""
    allowed = {granted for role in roles for granted in MAY_GRANT.get(role, ())}
    return [role for role in Role if role in allowed]
