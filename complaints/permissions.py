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
    allow_destruction()
    allow_identity_views()
    allow_insight()
    allow_handling()


def allow_figures():
    """Everybody in office sees the figures that hold; the city bureau sets them."""
    for role in READERS:
        allow(role, "complaints.view_complaintpolicy")
    allow(Role.CITY_BUREAU, "complaints.add_complaintpolicy")


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


HANDLING = [
    "take", "read", "unmask", "transfer", "suspend", "export", "screen", "ask_material", "go_on",
    "lapse", "accept", "reject", "make_lead", "pursue", "withdraw", "merge",
]  # fmt: skip


def allow_handling():
    """Handlers work on complaints; the bureau's head steers; the auditor sees what there is."""
    allow(Role.HANDLER, COMPLAINT("view"), *map(COMPLAINT, HANDLING))
    allow(Role.CITY_BUREAU, *map(COMPLAINT, ["view", "lead", "transfer", "export"]))
    allow(Role.AUDITOR, COMPLAINT("view"))
