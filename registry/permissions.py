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
]
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
]
GRANT = ["registry.view_post", "registry.add_post", "registry.change_post"]


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow(Role.CLERK, *READ, "registry.change_organization", "registry.export_mediator")
    allow(Role.JUSTICE_OFFICE, *READ, "registry.export_organization", "registry.export_mediator")
    allow(
        Role.COUNTY_BUREAU,
        *READ,
        *WRITE,
        *MOVE,
        "registry.unmask_mediator",
        "registry.list_organization",
        *GRANT,
    )
    allow(
        Role.CITY_BUREAU,
        *READ,
        *MOVE,
        "registry.unmask_mediator",
        *GRANT,
        "office.view_ledgerentry",
    )
    allow(Role.HANDLER, *READ)
    allow(Role.TRAINER, *READ)
    allow(
        Role.AUDITOR,
        *READ,
        "registry.view_post",
        "office.view_ledgerentry",
        "office.export_ledgerentry",
    )
    allow(Role.SYSTEM_ADMIN, "wagtailadmin.access_admin", "registry.view_post")
