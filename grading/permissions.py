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
    allow_reviews()
    allow_sheets()
    allow_renewals()


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


CYCLE = "grading.{}_reviewcycle".format
SHEET = "grading.{}_reviewsheet".format
CONSEQUENCE = "grading.{}_reviewconsequence".format
RENEWAL = "grading.{}_renewal".format
OF_A_CYCLE = [
    "add", "change", "open", "collect", "take_over", "propose", "take_back", "announce", "decide",
    "apply", "archive", "abandon", "export", "statistics",
]  # fmt: skip
OF_THE_BUREAU = [
    "take_up", "check", "reopen", "object", "answer", "correct", "replace", "confirm", "drop",
    "correct_figure",
]  # fmt: skip
OF_A_RENEWAL = ["take_pack", "recommend", "decide", "tell", "review", "carry_out", "void", "bulk"]


def allow_reviews():
    """Bureaus hold reviews; offices and organisations read those that concern them."""
    for role in [Role.CLERK, *OFFICES, Role.AUDITOR]:
        allow(role, CYCLE("view"))
    allow(Role.AUDITOR, CYCLE("statistics"))
    for role in BUREAUS:
        allow(role, *map(CYCLE, OF_A_CYCLE))


def allow_sheets():
    """An organisation gives its points, the office its own, the bureau checks and decides.

    What a mediator does with the own sheet asks for no role.
    """
    for role in [Role.CLERK, *OFFICES, Role.AUDITOR]:
        allow(role, SHEET("view"), CONSEQUENCE("view"))
    for role in [Role.CLERK, *OFFICES]:
        allow(role, SHEET("mark"))
    allow(Role.CLERK, SHEET("score"))
    for role in OFFICES:
        allow(role, *map(SHEET, ["score", "send_back", "pass_on"]))
    for role in BUREAUS:
        allow(role, *map(SHEET, OF_THE_BUREAU), SHEET("export"))
        allow(role, *map(CONSEQUENCE, ["carry_out", "drop"]))


def allow_renewals():
    """The unit decides; offices and bureaus put the evidence together and record what it said."""
    for role in [Role.CLERK, *OFFICES, Role.AUDITOR]:
        allow(role, RENEWAL("view"))
    for role in OFFICES:
        allow(role, *map(RENEWAL, ["take_pack", "recommend"]))
    for role in BUREAUS:
        allow(role, *map(RENEWAL, OF_A_RENEWAL), RENEWAL("export"))
