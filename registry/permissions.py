"""What each role may do in the register; which rows is a matter of scope.

Source: the table of rights in the specification. R read, W write, j own jurisdiction.
"""

from office.roles import Role, allow

READ = [
    "wagtailadmin.access_admin",
    "registry.view_organization",
    "registry.view_mediator",
    "registry.view_appointment",
    "registry.view_division",
    "registry.view_policy",
]
# What the register holds beside the public fields: numbers (masked), birth, education, notes.
READ_INTERNAL = "registry.read_internal_mediator"
# The roster on any day, as known on any other.
READ_PAST = "registry.view_organizationversion"
EXPORT_INTERNAL = "registry.export_internal_mediator"
WRITE = [
    "registry.add_organization",
    "registry.change_organization",
    "registry.add_mediator",
    "registry.change_mediator",
    "registry.add_appointment",
    "registry.change_appointment",
    "registry.suspend_appointment",
    "registry.resume_appointment",
]
MOVE = [
    "registry.view_importbatch",
    "registry.add_importbatch",
    "registry.change_importbatch",
    "registry.check_importbatch",
    "registry.apply_importbatch",
    "registry.undo_importbatch",
    "registry.abandon_importbatch",
    "registry.export_organization",
    "registry.export_mediator",
    EXPORT_INTERNAL,
]
GRANT = ["registry.view_post", "registry.add_post", "registry.change_post"]


RIGHTS = {
    Role.CLERK: [*READ, READ_INTERNAL, READ_PAST, "registry.change_organization", "registry.export_mediator", EXPORT_INTERNAL],
    # Of mediators a justice office exports the public fields only.
    Role.JUSTICE_OFFICE: [*READ, READ_INTERNAL, READ_PAST, "registry.export_organization", "registry.export_mediator"],
    Role.COUNTY_BUREAU: [*READ, READ_INTERNAL, READ_PAST, *WRITE, *MOVE, "registry.unmask_mediator", "registry.list_organization", *GRANT],
    Role.CITY_BUREAU: [*READ, READ_INTERNAL, READ_PAST, *MOVE, "registry.unmask_mediator", *GRANT, "registry.add_policy", "office.view_ledgerentry"],
    Role.HANDLER: [*READ, READ_INTERNAL, READ_PAST) # Name and organisation: who may be taught, no more. allow(Role.TRAINER, *READ) allow( Role.AUDITOR, *READ, READ_INTERNAL, READ_PAST, "registry.view_post", "office.view_ledgerentry", "office.export_ledgerentry"],
}


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    for role, permissions in RIGHTS.items():
        allow(role, *permissions)
