"""What each role may do in casework; which rows is a matter of scope.

Source: the table of rights in the specification.
"""

from office.roles import Role, allow

READERS = [
    Role.CLERK, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.AUDITOR,
]  # fmt: skip

VISITORS = [Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU]


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow_figures()
    allow_statistics()
    allow_satisfaction()
    allow_file_checks()


def allow_figures():
    """Everybody in office sees the figures that hold; the city bureau sets them."""
    for role in READERS:
        allow(role, "casework.view_caseworkpolicy", "casework.view_difficultyscheme")
    allow(Role.CITY_BUREAU, "casework.add_caseworkpolicy")


def allow_statistics():
    """Whoever keeps or watches over cases sees their figures, an organisation its own."""
    for role in READERS:
        allow(role, "casework.view_statistics_caserecord")


def allow_satisfaction():
    """Office and county visit; a clerk hands out codes and, like the city, sees averages only."""
    codes = [
        "casework.view_opinioncode",
        "casework.add_opinioncode",
        "casework.revoke_opinioncode",
        "casework.view_ratedorganization",
    ]
    view = ["casework.view_visitedcase", "casework.view_opinion", "casework.view_sample"]
    for role in VISITORS:
        allow(
            role,
            *codes,
            *view,
            "casework.visit_visitedcase",
            "casework.issue_visitedcase",
            "casework.read_opinion",
            "casework.export_opinion",
            "casework.export_opinioncode",
            "casework.add_sample",
            "casework.export_sample",
            "casework.export_ratedorganization",
        )
    allow(Role.CLERK, *codes)
    allow(
        Role.CITY_BUREAU,
        "casework.view_sample",
        "casework.view_ratedorganization",
        "casework.export_ratedorganization",
    )
    allow(Role.AUDITOR, *view, "casework.view_opinioncode", "casework.view_ratedorganization")


def allow_file_checks():
    """Office and county check and score; a clerk sees what was handed back or scored."""
    for role in VISITORS:
        allow(
            role,
            "casework.view_filecheck",
            "casework.add_filecheck",
            "casework.check_filecheck",
            "casework.hand_back_filecheck",
            "casework.complete_filecheck",
            "casework.score_filecheck",
            "casework.drop_filecheck",
            "casework.export_filecheck",
        )
    allow(Role.CLERK, "casework.view_filecheck")
    allow(Role.AUDITOR, "casework.view_filecheck")
    for role in READERS:
        allow(role, "casework.view_qualityscheme")
    allow(Role.CITY_BUREAU, "casework.add_qualityscheme")
