"""What each role may do with complaints; which rows is a matter of scope, which texts of grants.

Source: the table of rights in the specification. A handler's post lies in a county, or in the city
for reviews and for what a county may not judge itself. The bureau's head is told of every view of
an identity (``lead_complaint``).
"""

from office.roles import Role, allow

COMPLAINT = "complaints.{}_complaint".format
READERS = [
    Role.CLERK, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.HANDLER,
    Role.AUDITOR,
]  # fmt: skip


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow_figures()
    allow_decisions()
    allow_handling()
    allow_sheets()
    allow_entered()
    allow_destruction()
    allow_identity_views()
    allow_insight()


def allow_figures():
    """Everybody in office sees the figures that hold; the city bureau sets them."""
    for role in READERS:
        allow(role, "complaints.view_complaintpolicy")
    allow(Role.CITY_BUREAU, "complaints.add_complaintpolicy")


DECIDING = [
    "decide", "reply", "review", "look_again", "recheck", "close", "read",
]  # fmt: skip
CONSEQUENCE = "complaints.{}_consequence".format


def allow_decisions():
    """Handlers decide and reply; whoever may take a measure notes what became of it."""
    allow(Role.HANDLER, *map(COMPLAINT, DECIDING))
    for role in [Role.HANDLER, Role.COUNTY_BUREAU, Role.CLERK]:
        allow(role, *map(CONSEQUENCE, ["view", "carry_out", "leave"]))
    allow(Role.CITY_BUREAU, CONSEQUENCE("view"))


HANDLING = [
    "take", "read", "unmask", "transfer", "suspend", "export", "screen", "ask_material", "go_on",
    "lapse", "accept", "reject", "make_lead", "pursue", "withdraw", "merge",
]  # fmt: skip


def allow_handling():
    """Handlers work on complaints; the bureau's head steers; the auditor sees what there is."""
    allow(Role.HANDLER, COMPLAINT("view"), *map(COMPLAINT, HANDLING))
    allow(Role.CITY_BUREAU, *map(COMPLAINT, ["view", "lead", "transfer", "export"]))
    allow(Role.AUDITOR, COMPLAINT("view"))


SHEET = "complaints.{}_tasksheet".format
RECEIVED = "complaints.{}_receivedsheet".format
SHEETS = [
    "view", "add", "change", "route", "propose", "recall", "approve", "return", "object", "report",
    "send_back", "finish", "remind", "call_back", "drop",
]  # fmt: skip


def allow_sheets():
    """Handlers draw up sheets and decide about each other's; units answer those sent to them."""
    allow(Role.HANDLER, *map(SHEET, SHEETS))
    offices = [Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU]
    for role in [Role.CLERK, *offices]:
        allow(role, *map(RECEIVED, ["view", "object", "report", "recuse"]))
    for role in offices:
        allow(role, "complaints.view_supervisedsheet")


def allow_entered():
    """Officers at the window and handlers take complaints; handlers also files of the hotline."""
    for role in [Role.JUSTICE_OFFICE, Role.HANDLER]:
        for action in ["view", "add", "export"]:
            allow(role, f"complaints.{action}_enteredcomplaint")
    for action in ["view", "add", "enter", "abandon"]:
        allow(Role.HANDLER, f"complaints.{action}_hotlineimport")


DESTRUCTION = "complaints.{}_keydestruction".format


def allow_destruction():
    """Handlers and the head's office propose to destroy an old key; the city bureau decides."""
    for role in [Role.HANDLER, Role.CITY_BUREAU]:
        allow(role, DESTRUCTION("view"), DESTRUCTION("add"), DESTRUCTION("export"))
    allow(Role.CITY_BUREAU, DESTRUCTION("confirm"), DESTRUCTION("reject"))
    allow(Role.AUDITOR, DESTRUCTION("view"), DESTRUCTION("export"))


def allow_identity_views():
    """The bureau's head and the auditor see who looked at identities; why, the head alone."""
    for role in [Role.CITY_BUREAU, Role.AUDITOR]:
        allow(role, "complaints.view_identityview", "complaints.export_identityview")
    allow(Role.CITY_BUREAU, "complaints.read_identityview")


def allow_insight():
    """Handlers and auditors see single complaints in the statistics, the bureaus numbers only."""
    for role in [Role.HANDLER, Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.AUDITOR]:
        allow(role, COMPLAINT("view_statistics"))
    for role in [Role.HANDLER, Role.AUDITOR]:
        allow(role, COMPLAINT("view_each"))
    allow(Role.HANDLER, COMPLAINT("view_patterns"))
