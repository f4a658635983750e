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
    "registry.view_edition",
    "registry.view_staffingstandard",
    "registry.view_award",
    "registry.view_starrating",
    "registry.view_studioprofile",
]
# What the register holds beside the public fields: numbers (masked), birth, education, notes.
READ_INTERNAL = "registry.read_internal_mediator"
# The roster on any day, as known on any other.
READ_PAST = "registry.view_organizationversion"
READ_MERGES = "registry.view_merge"
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
# What was entered wrongly about a listed organisation; all else that happens to it is filed.
CORRECT_ENTRY = "registry.correct_organization"
MERGE = ["registry.merge_mediator", "registry.merge_organization", "registry.undo_merge"]
# Levels given on paper, or before this system.
LEVELS = ["registry.record_level_mediator"]
# Two officers: who asks for it does not carry it out.
ERASE = [
    "registry.erase_mediator",
    "registry.view_erasure",
    "registry.carry_out_erasure",
    "registry.decline_erasure",
]
EDIT_EDITIONS = [
    "registry.add_edition",
    "registry.publish_edition",
    "registry.discard_edition",
    "registry.withdraw_edition",
    "registry.extract_mediator",
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

STAFF = [
    *READ,
    READ_INTERNAL,
    READ_PAST,
    READ_MERGES,
    "registry.view_expert",
    "registry.view_auxiliaryperson",
]
RIGHTS = {
    Role.CLERK: [
        *STAFF,
        *READ_CASES,
        "registry.change_organization",
        "registry.export_mediator",
        EXPORT_INTERNAL,
    ],
    # Of mediators a justice office exports the public fields only.
    Role.JUSTICE_OFFICE: [
        *STAFF,
        *READ_CASES,
        "registry.export_organization",
        "registry.export_mediator",
    ],
    Role.COUNTY_BUREAU: [
        *STAFF,
        *READ_CASES,
        *READ_OBJECTIONS,
        *CLOSE,
        *MERGE,
        *WRITE,
        CORRECT_ENTRY,
        *MOVE,
        "registry.unmask_mediator",
        "registry.list_organization",
        *GRANT,
        *ERASE,
        *LEVELS,
        *EDIT_EDITIONS,
    ],
    Role.CITY_BUREAU: [
        *STAFF,
        *READ_CASES,
        *READ_OBJECTIONS,
        *CLOSE,
        *MOVE,
        "registry.unmask_mediator",
        *GRANT,
        *ERASE,
        *LEVELS,
        *EDIT_EDITIONS,
        "registry.add_policy",
        "office.view_ledgerentry",
    ],
    Role.HANDLER: STAFF,
    # Name and organisation: who may be taught, no more.
    Role.TRAINER: READ,
    Role.AUDITOR: [
        *STAFF,
        *READ_CASES,
        *READ_OBJECTIONS,
        "registry.view_post",
        "registry.view_erasure",
        "office.view_ledgerentry",
        "office.export_ledgerentry",
    ],
    Role.SYSTEM_ADMIN: ["wagtailadmin.access_admin", "registry.view_post"],
}


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    for role, permissions in RIGHTS.items():
        allow(role, *permissions)
    allow_filings()
    allow_on_appointments()
    allow_honours()


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


def allow_honours():
    """Tell the office who writes standards, honours and auxiliaries."""
    allow(Role.JUSTICE_OFFICE, *AUXILIARIES)
    allow(Role.COUNTY_BUREAU, *HONOUR)
    allow(Role.CITY_BUREAU, *HONOUR)
