"""Which organisations are graded, and for which of them somebody applies."""

from django.apps import apps

from office.scopes import grants_of
from registry.rules import COMMITTEES

APPLY = "grading.apply_application"


def committees():
    """Return the committees on the roster: only they are given stars."""
    organizations = apps.get_model("registry", "Organization").objects
    return organizations.listed().filter(kind__in=COMMITTEES)


def committees_of(division):
    """Return the committees on the roster of a division."""
    return committees().in_division(division)


def bodies_of(user):
    """Return the keys of the organisations in whose name a user applies today."""
    grants = grants_of(user, APPLY)
    return {grant.organization for grant in grants if grant.organization is not None}
