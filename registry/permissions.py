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
# Notices are public; their drafts and the state of cases are for those who work on them.
READ_CASES = [
    "registry.view_rectification",
    "registry.view_closure",
    "registry.view_closureitem",
    "registry.view_publicnotice",
]
READ_OBJECTIONS = ["registry.view_objection"]
# Two officers: who proposes is not who carries out, whoever of county and city they are.
CLOSE = [
    "registry.add_publicnotice",
    "registry.change_publicnotice",
    "registry.publish_publicnotice",
    "registry.withdraw_publicnotice",
    "registry.uphold_objection",
    "registry.reject_objection",
    "registry.withdraw_objection",
    "registry.read_objection",
    "registry.add_rectification",
    "registry.change_rectification",
    "registry.clear_rectification",
    "registry.fail_rectification",
    "registry.withdraw_rectification",
    "registry.add_closure",
    "registry.change_closure",
    "registry.settle_closureitem",
    "registry.announce_closure",
    "registry.propose_closure",
    "registry.hand_back_closure",
    "registry.carry_out_closure",
    "registry.stop_closure",
]


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


def allow_cases():
    """Tell the office who works on orders to rectify, deregistrations and notices."""
    for role in (Role.CLERK, Role.JUSTICE_OFFICE):
        allow(role, *READ_CASES)
    for role in (Role.COUNTY_BUREAU, Role.CITY_BUREAU):
        allow(role, *READ_CASES, *READ_OBJECTIONS, *CLOSE)
    allow(Role.AUDITOR, *READ_CASES, *READ_OBJECTIONS)
