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
    allow_entered()


def allow_figures():
    """Everybody in office sees the figures that hold; the city bureau sets them."""
    for role in READERS:
        allow(role, "complaints.view_complaintpolicy")
    allow(Role.CITY_BUREAU, "complaints.add_complaintpolicy")


def allow_entered():
    """Officers at the window and handlers take complaints; handlers also files of the hotline."""
    for role in [Role.JUSTICE_OFFICE, Role.HANDLER]:
        for action in ["view", "add", "export"]:
            allow(role, f"complaints.{action}_enteredcomplaint")
    for action in ["view", "add", "enter", "abandon"]:
        allow(Role.HANDLER, f"complaints.{action}_hotlineimport")
