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
    allow_cases()
    allow_claims()
    allow_satisfaction()
    allow_file_checks()
    allow_library()
    allow_prevention()
    allow_case_imports()
    allow_statistics()


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


READ_LEDGER = ["casework.view_caserecord"]
KEEP_LEDGER = [
    *READ_LEDGER,
    "casework.add_caserecord",
    "casework.change_caserecord",
    "casework.accept_caserecord",
    "casework.succeed_caserecord",
    "casework.fail_caserecord",
    "casework.withdraw_caserecord",
    "casework.transfer_caserecord",
    "casework.reopen_caserecord",
]
# Parties are shown, cases struck out and joined by the bureau that answers for the ledger.
STEER_LEDGER = [
    *KEEP_LEDGER,
    "casework.void_caserecord",
    "casework.export_caserecord",
    "casework.unmask_caserecord",
    "casework.join_caserecord",
]


def allow_cases():
    """Tell who keeps the ledger of cases; a mediator's own pages ask for no role."""
    allow(Role.CLERK, *KEEP_LEDGER)
    allow(Role.JUSTICE_OFFICE, *KEEP_LEDGER)
    allow(Role.COUNTY_BUREAU, *STEER_LEDGER)
    for role in [Role.CITY_BUREAU, Role.AUDITOR]:
        allow(role, *READ_LEDGER, "casework.export_caserecord")


CLAIM = "casework.{}_claimbatch".format
LINE = "casework.{}_claimline".format
RUN = "casework.{}_allowancerun".format
HANDING_IN = ["submit", "submit_directly", "resubmit", "resubmit_directly"]
IN_OFFICE = ["check_first", "check_second", "record_review"]
IN_BUREAU = ["check_totals", "approve", "pay", "disclose"]


def allow_claims():
    """The organisation claims, the justice office checks twice, the bureau approves and pays."""
    for role in READERS:
        allow(role, *map(CLAIM, ["view"]), *map(LINE, ["view"]), RUN("view"))
        allow(role, "casework.view_payline", "casework.view_publicpayroll")
    handlers = [Role.CLERK, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU]
    for role in handlers:
        allow(role, CLAIM("change"), CLAIM("export"), *map(LINE, ["adjust", "strike", "export"]))
    allow(Role.CLERK, CLAIM("add"), CLAIM("withdraw"), *map(CLAIM, HANDING_IN))
    for role in [Role.CLERK, Role.COUNTY_BUREAU]:
        allow(role, "casework.add_publicpayroll", "casework.change_publicpayroll")
    allow(Role.JUSTICE_OFFICE, CLAIM("send_back"), *map(CLAIM, IN_OFFICE))
    allow_allowances()


def allow_allowances():
    """The bureau draws up the allowances; the second officer is another account of it."""
    steps = ["submit", "approve", "send_back", "pay", "cancel"]
    performance = ["add_performance", "approve_performance"]
    for role in [Role.COUNTY_BUREAU, Role.CITY_BUREAU]:
        allow(role, CLAIM("send_back"), *map(CLAIM, IN_BUREAU))
        allow(role, *map(RUN, ["add", "change", "export", *steps, *performance]))


VISITORS = [Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU]


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


def allow_statistics():
    """Whoever keeps or watches over cases sees their figures, an organisation its own."""
    for role in READERS:
        allow(role, "casework.view_statistics_caserecord")
