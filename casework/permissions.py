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
    allow_case_imports()


def allow_figures():
    """Everybody in office sees the figures that hold; the city bureau sets them."""
    for role in READERS:
        allow(role, "casework.view_caseworkpolicy", "casework.view_difficultyscheme")
    allow(Role.CITY_BUREAU, "casework.add_caseworkpolicy")


SEE_IMPORTS = ["casework.view_caseimport"]
IMPORT = [
    *SEE_IMPORTS,
    "casework.add_caseimport",
    "casework.change_caseimport",
    "casework.check_caseimport",
    "casework.apply_caseimport",
    "casework.undo_caseimport",
    "casework.abandon_caseimport",
]
KEYS = [
    "casework.view_pushkey",
    "casework.add_pushkey",
    "casework.confirm_pushkey",
    "casework.revoke_pushkey",
]


def allow_case_imports():
    """Whoever keeps a ledger of cases imports into it; bureaus give keys to platforms."""
    for role in [Role.CLERK, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU]:
        allow(role, *IMPORT)
    for role in [Role.COUNTY_BUREAU, Role.CITY_BUREAU]:
        allow(role, *KEYS)
    allow(Role.AUDITOR, *SEE_IMPORTS, "casework.view_pushkey")
