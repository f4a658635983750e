"""What each role may do in casework; which rows is a matter of scope.

Source: the table of rights in the specification.
"""

from office.roles import Role, allow

READERS = [
    Role.CLERK, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.AUDITOR,
]  # fmt: skip

SCHEMES = [
    "casework.add_subsidyscheme",
    "casework.change_subsidyscheme",
    "casework.copy_subsidyscheme",
    "casework.activate_subsidyscheme",
    "casework.retire_subsidyscheme",
    "casework.abandon_subsidyscheme",
]


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow_figures()
    allow_schemes()


def allow_figures():
    """Everybody in office sees the figures that hold; the city bureau sets them."""
    for role in READERS:
        allow(role, "casework.view_caseworkpolicy", "casework.view_difficultyscheme")
    allow(Role.CITY_BUREAU, "casework.add_caseworkpolicy")


def allow_schemes():
    """Bureaus draft schemes, bring them into force and end them; everybody in office sees them."""
    for role in READERS:
        allow(role, "casework.view_subsidyscheme")
    for role in (Role.COUNTY_BUREAU, Role.CITY_BUREAU):
        allow(role, *SCHEMES)
