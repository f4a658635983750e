"""What each role may do in training; which rows is a matter of scope.

Source: the table of rights in the specification. A question's author never approves it.
"""

from office.roles import Role, allow

READ = [
    "training.view_question",
    "training.view_trainingpolicy",
    "training.view_hourentry",
]
# The keys of questions: only for those who write and review them.
WRITE_QUESTIONS = [
    "training.add_question",
    "training.change_question",
    "training.submit_question",
    "training.review_question",
    "training.send_back_question",
    "training.put_in_use_question",
    "training.retire_question",
]


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow(Role.TRAINER, *READ, *WRITE_QUESTIONS)
    allow(Role.CITY_BUREAU, "training.view_trainingpolicy", "training.add_trainingpolicy")
    allow(Role.CITY_BUREAU, "training.view_hourentry")
    allow(Role.COUNTY_BUREAU, "training.view_trainingpolicy", "training.view_hourentry")
    allow(Role.AUDITOR, "training.view_trainingpolicy", "training.view_hourentry")
    allow_certificates()


SEE_CERTIFICATES = [
    "training.view_certificate",
    "training.view_certificatekind",
    "training.view_certificaterun",
]
PREPARE_CERTIFICATES = [
    *SEE_CERTIFICATES,
    "training.examine_certificate",
    "training.decline_certificate",
    "training.print_certificate",
    "training.add_certificaterun",
    "training.discard_certificaterun",
]
# Award and revocation: by two officers of the bureaus, never one.
AWARD_CERTIFICATES = [
    *PREPARE_CERTIFICATES,
    "training.add_certificate",
    "training.issue_certificate",
    "training.suspend_certificate",
    "training.resume_certificate",
    "training.propose_revocation_certificate",
    "training.revoke_certificate",
    "training.keep_certificate",
    "training.keep_suspended_certificate",
    "training.check_certificate",
    "training.export_certificate",
    "training.issue_certificaterun",
    "training.stop_certificaterun",
]
SET_CERTIFICATES = [
    "training.add_certificatekind",
    "training.change_certificatekind",
    "training.view_seal",
    "training.add_seal",
    "training.change_seal",
]


def allow_certificates():
    """Who sees, prepares, issues and checks certificates, and who says what kinds there are."""
    allow(Role.TRAINER, *PREPARE_CERTIFICATES)
    allow(Role.CLERK, *SEE_CERTIFICATES, "training.add_certificate")
    allow(Role.JUSTICE_OFFICE, *SEE_CERTIFICATES)
    allow(Role.COUNTY_BUREAU, *AWARD_CERTIFICATES, *SET_CERTIFICATES)
    allow(Role.CITY_BUREAU, *AWARD_CERTIFICATES, *SET_CERTIFICATES)
    allow(Role.AUDITOR, *SEE_CERTIFICATES, "training.export_certificate")
