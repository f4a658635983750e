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
    "registry.view_staffingstandard",
    "registry.view_award",
    "registry.view_starrating",
    "registry.view_studioprofile",
    "registry.view_expert",
    "registry.view_auxiliaryperson",
]
# What the register holds beside the public fields: numbers (masked), birth, education, notes.
READ_INTERNAL = "registry.read_internal_mediator"
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
# Informants and volunteers of its township are the business of the justice office as well.
AUXILIARIES = [
    "registry.add_auxiliaryperson",
    "registry.change_auxiliaryperson",
    "registry.export_auxiliaryperson",
    "registry.unmask_auxiliaryperson",
]
HONOUR = [
    *AUXILIARIES,
    "registry.add_staffingstandard",
    "registry.add_award",
    "registry.change_award",
    "registry.withdraw_award",
    "registry.export_award",
    "registry.add_starrating",
    "registry.export_starrating",
    "registry.add_studioprofile",
    "registry.change_studioprofile",
    "registry.export_studioprofile",
    "registry.add_expert",
    "registry.change_expert",
    "registry.export_expert",
    "registry.unmask_expert",
]
GRANT = ["registry.view_post", "registry.add_post", "registry.change_post"]


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow(
        Role.CLERK,
        *READ,
        READ_INTERNAL,
        "registry.change_organization",
        "registry.export_mediator",
        EXPORT_INTERNAL,
    )
    # Of mediators a justice office exports the public fields only.
    allow(
        Role.JUSTICE_OFFICE,
        *READ,
        READ_INTERNAL,
        "registry.export_organization",
        "registry.export_mediator",
    )
    allow(
        Role.COUNTY_BUREAU,
        *READ,
        READ_INTERNAL,
        *WRITE,
        *MOVE,
        "registry.unmask_mediator",
        "registry.list_organization",
        *GRANT,
    )
    allow(
        Role.CITY_BUREAU,
        *READ,
        READ_INTERNAL,
        *MOVE,
        "registry.unmask_mediator",
        *GRANT,
        "registry.add_policy",
        "office.view_ledgerentry",
    )
    allow(Role.HANDLER, *READ, READ_INTERNAL)
    # Name and organisation: who may be taught, no more.
    allow(Role.TRAINER, *READ)
    allow(
        Role.AUDITOR,
        *READ,
        READ_INTERNAL,
        "registry.view_post",
        "office.view_ledgerentry",
        "office.export_ledgerentry",
    )
    allow(Role.SYSTEM_ADMIN, "wagtailadmin.access_admin", "registry.view_post")


def allow_honours():
    """Tell the office who writes standards, honours and auxiliaries."""
    allow(Role.JUSTICE_OFFICE, *AUXILIARIES)
    allow(Role.COUNTY_BUREAU, *HONOUR)
    allow(Role.CITY_BUREAU, *HONOUR)
