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
    allow_library()
    allow_prevention()


def allow_figures():
    """Everybody in office sees the figures that hold; the city bureau sets them."""
    for role in READERS:
        allow(role, "casework.view_caseworkpolicy", "casework.view_difficultyscheme")
    allow(Role.CITY_BUREAU, "casework.add_caseworkpolicy")


SEE_STUDIES = ["casework.view_casestudy"]
# The bureaus edit, adopt and publish; each publication takes two of their officers.
KEEP_LIBRARY = [
    *SEE_STUDIES,
    "casework.change_casestudy",
    "casework.edit_casestudy",
    "casework.return_casestudy",
    "casework.decline_casestudy",
    "casework.adopt_casestudy",
    "casework.raise_casestudy",
    "casework.confirm_casestudy",
    "casework.propose_casestudy",
    "casework.hold_casestudy",
    "casework.publish_casestudy",
    "casework.withdraw_casestudy",
    "casework.export_casestudy",
]


def allow_library():
    """Tell who keeps the case library. Writing and submitting are the author's own, of no role."""
    for role in [Role.CLERK, Role.JUSTICE_OFFICE]:
        allow(role, *SEE_STUDIES)
    allow(Role.COUNTY_BUREAU, *KEEP_LIBRARY)
    allow(Role.CITY_BUREAU, *KEEP_LIBRARY, "casework.adopt_city_casestudy")
    allow(Role.AUDITOR, *SEE_STUDIES, "casework.export_casestudy")


SEE_PREVENTION = ["casework.view_preventionreport"]
REPORT_PREVENTION = [
    *SEE_PREVENTION,
    "casework.add_preventionreport",
    "casework.change_preventionreport",
    "casework.report_preventionreport",
]
CHECK_PREVENTION = [
    *SEE_PREVENTION,
    "casework.return_preventionreport",
    "casework.correct_preventionreport",
    "casework.export_preventionreport",
]


def allow_prevention():
    """Tell who reports prevention - the unit, or its justice office - and who checks it."""
    allow(Role.CLERK, *REPORT_PREVENTION)
    allow(Role.JUSTICE_OFFICE, *REPORT_PREVENTION, "casework.export_preventionreport")
    for role in [Role.COUNTY_BUREAU, Role.CITY_BUREAU]:
        allow(role, *CHECK_PREVENTION)
    allow(Role.AUDITOR, *SEE_PREVENTION, "casework.export_preventionreport")
