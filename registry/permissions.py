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
# Nominations, how a post began and ended, and its history.
READ_INTERNAL_APPOINTMENT = "registry.read_internal_appointment"
# The unit itself: it nominates, lets people take up duty, criticises, and tells of resignations.
UNIT = [
    "registry.nominate_appointment",
    "registry.begin_probation_appointment",
    "registry.begin_appointment",
    "registry.drop_out_appointment",
    "registry.resign_appointment",
    "registry.discipline_appointment",
]
# What the units that elect and appoint decided: the county bureau records it, and decides on the
# entry; the justice office looks at a nomination first.
RECORD = [
    "registry.vet_appointment",
    "registry.reject_appointment",
    "registry.publish_appointment",
    "registry.accept_appointment",
    "registry.renew_appointment",
    "registry.lapse_appointment",
    "registry.remove_appointment",
    "registry.dismiss_appointment",
    "registry.transfer_appointment",
    "registry.record_death_appointment",
    "registry.take_office_with_the_committee_appointment",
    "registry.end_with_organization_appointment",
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
    EXPORT_INTERNAL,
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


def allow_on_appointments():
    """Tell what the roles may do with nominations, posts and discipline.

    The table of rights gives filings and appointments to the clerk (write, own organisation), the
    justice office (first approval) and the county bureau (second approval). Entering a post that is
    held already, without a nomination, stays with the county bureau (``WRITE``).
    """
    readers = [
        Role.CLERK, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.HANDLER,
        Role.AUDITOR,
    ]  # fmt: skip
    for role in readers:
        allow(role, READ_INTERNAL_APPOINTMENT, "registry.view_discipline")
    allow(Role.CLERK, *UNIT)
    allow(Role.JUSTICE_OFFICE, "registry.vet_appointment")
    allow(Role.COUNTY_BUREAU, *UNIT, *RECORD)
