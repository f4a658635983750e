"""What each role may do in grading; which rows is a matter of scope.

Source: the table of rights in the specification.
"""

from office.roles import Role, allow

BUREAUS = [Role.COUNTY_BUREAU, Role.CITY_BUREAU]
VERSION = "grading.{}_schemeversion".format


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow_schemes()
    allow_rounds()
    allow_applications()
    allow_panels()
    allow_grades()


def allow_schemes():
    """Bureaus draft rule sets, put them into force and end them; office and auditor read them."""
    for role in [*BUREAUS, Role.JUSTICE_OFFICE, Role.AUDITOR]:
        allow(role, VERSION("view"), VERSION("export"))
    for role in BUREAUS:
        allow(role, *map(VERSION, ["add", "change", "copy", "activate", "retire", "abandon"]))


ROUND = "grading.{}_gradinground".format
APPLICATION = "grading.{}_application".format
PANEL = "grading.{}_panel".format
READING = "grading.{}_reading".format
GRADE = "grading.{}_grade".format
RECOGNITION = "grading.{}_recognition".format
OFFICES = [Role.JUSTICE_OFFICE, *BUREAUS]
OF_A_ROUND = [
    "add", "change", "open", "extend", "review", "score", "rank", "award", "announce", "propose",
    "confirm", "close_empty", "archive", "abandon", "export",
]  # fmt: skip
OF_FIRST_REVIEW = ["answer", "send_back", "take_up", "pass_first"]
OF_A_DECISION = [
    "find_eligible", "find_ineligible", "ask_for_evidence", "reopen", "overrule", "confirm_ruling",
    "object", "keep", "drop", "move_up", "propose_above", "grant_above", "refuse_above",
]  # fmt: skip

OF_A_PANEL = ["add", "change", "convene", "assign", "recuse", "reveal", "close"]


def allow_rounds():
    """Bureaus hold rounds; offices and organisations read those that concern them."""
    for role in [Role.CLERK, *OFFICES, Role.AUDITOR]:
        allow(role, ROUND("view"))
    for role in [*BUREAUS, Role.AUDITOR]:
        allow(role, ROUND("statistics"))
    for role in BUREAUS:
        allow(role, *map(ROUND, OF_A_ROUND))


def allow_applications():
    """An organisation nominates, the office reviews first, the bureau decides.

    What a mediator does with the own application asks for no role; the clerk of an organisation
    that is graded itself applies for it.
    """
    for role in [Role.CLERK, *OFFICES, Role.AUDITOR]:
        allow(role, APPLICATION("view"))
    allow(Role.CLERK, APPLICATION("nominate"), APPLICATION("apply"))
    # Offices send in for an organisation without an account.
    for role in [Role.CLERK, *OFFICES]:
        allow(role, APPLICATION("recommend"))
    for role in OFFICES:
        allow(role, *map(APPLICATION, OF_FIRST_REVIEW))
    for role in BUREAUS:
        allow(role, *map(APPLICATION, OF_A_DECISION), APPLICATION("export"))
        allow(role, APPLICATION("nominate"))


def allow_panels():
    """Bureaus put panels together; members read what was assigned to them and nothing else."""
    for role in [*BUREAUS, Role.AUDITOR]:
        allow(role, PANEL("view"), READING("view"), READING("compare"))
    for role in BUREAUS:
        allow(
            role, *map(PANEL, ["add", "change", "convene", "assign", "recuse", "reveal", "close"])
        )
        allow(role, READING("export"), READING("drop"))
    # Members read at the desk; of it they see their own readings.
    allow(Role.PANEL, "wagtailadmin.access_admin")
    # Officers of the bureaus and offices may sit on a panel as well.
    for role in [Role.PANEL, *OFFICES]:
        allow(role, *map(READING, ["view", "change", "submit", "abstain"]))


def allow_grades():
    """Levels are public; the bureau checks them again and takes them away by two officers."""
    for role in [Role.CLERK, *OFFICES, Role.AUDITOR]:
        allow(role, GRADE("view"))
    for role in [*OFFICES, Role.AUDITOR]:
        allow(role, RECOGNITION("view"))
    for role in BUREAUS:
        allow(role, *map(RECOGNITION, ["add", "confirm", "drop", "export"]))
    steps = ["propose_lowering", "propose_revoking", "lower", "revoke", "keep", "recheck", "export"]
    for role in BUREAUS:
        allow(role, *map(GRADE, steps))
