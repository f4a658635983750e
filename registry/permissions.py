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
    allow_filings()


DRAW_UP = [
    "registry.add_filing",
    "registry.change_filing",
    "registry.submit_filing",
    "registry.submit_directly_filing",
    "registry.resubmit_filing",
    "registry.resubmit_directly_filing",
    "registry.withdraw_filing",
]
SEE_FILINGS = ["registry.view_filing", "registry.export_filing"]
DECIDE = ["registry.send_back_filing", "registry.file_filing", "registry.refuse_filing"]
SEE_CONFIRMATIONS = [
    "registry.view_confirmingorganization",
    "registry.export_confirmingorganization",
]
CONFIRM = [*SEE_CONFIRMATIONS, "registry.confirm_confirmingorganization"]
CAMPAIGN = [
    "registry.view_confirmationcampaign",
    "registry.add_confirmationcampaign",
    "registry.close_confirmationcampaign",
    "registry.remind_confirmationcampaign",
]
COURT = ["registry.view_courtnotice", "registry.send_courtnotice"]


def allow_filings():
    """Who draws up, reviews and decides filings, who confirms, and who writes to the court."""
    prepare = [*SEE_FILINGS, *DRAW_UP]
    first_review = ["registry.pass_on_filing", "registry.send_back_filing"]
    allow(Role.CLERK, *prepare, *CONFIRM)
    allow(Role.JUSTICE_OFFICE, *prepare, *first_review, *CONFIRM)
    allow(Role.COUNTY_BUREAU, *prepare, *DECIDE, *CONFIRM, *CAMPAIGN, *COURT)
    allow(Role.CITY_BUREAU, *prepare, *DECIDE, *SEE_CONFIRMATIONS, *CAMPAIGN, *COURT)
    allow(
        Role.AUDITOR,
        "registry.view_filing",
        "registry.view_confirmingorganization",
        "registry.view_confirmationcampaign",
        "registry.view_courtnotice",
    )
