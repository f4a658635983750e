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
    "send_back", "finish", "remind", "drop",
]  # fmt: skip


def allow_sheets():
    """Handlers draw up sheets and decide about each other's; units answer those sent to them."""
    allow(Role.HANDLER, *map(SHEET, SHEETS))
    offices = [Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU]
    for role in [Role.CLERK, *offices]:
        allow(role, *map(RECEIVED, ["view", "object", "report", "recuse"]))
    for role in offices:
        allow(role, "complaints.view_supervisedsheet")
