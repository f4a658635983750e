"""What each role may do in casework; which rows is a matter of scope.

Source: the table of rights in the specification.
"""

from office.roles import Role, allow

READERS = [
    Role.CLERK, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.AUDITOR,
]  # fmt: skip


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow_figures()
    allow_statistics()


def allow_figures():
    """Everybody in office sees the figures that hold; the city bureau sets them."""
    for role in READERS:
        allow(role, "casework.view_caseworkpolicy", "casework.view_difficultyscheme")
    allow(Role.CITY_BUREAU, "casework.add_caseworkpolicy")


def allow_statistics():
    """Whoever keeps or watches over cases sees their figures, an organisation its own."""
    for role in READERS:
        allow(role, "casework.view_statistics_caserecord")
