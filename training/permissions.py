"""What each role may do in training; which rows is a matter of scope.

Source: the table of rights in the specification. A question's author never approves it.
"""

from office.roles import Role, allow

READ = ["training.view_question"]
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


READ_HOURS = [
    "training.view_hourentry",
    "training.view_hoursrule",
    "training.view_hourswaiver",
    "training.view_trainingpolicy",
]
READ_AUDITS = ["training.view_hoursaudit", "training.view_audititem"]
# Whoever teaches reads and exports results; the bureau that answers for the figures sets the rules,
# waives, takes back and checks.
KEEP_HOURS = [
    *READ_AUDITS,
    "training.export_hourentry",
    "training.reverse_hourentry",
    "training.add_hoursrule",
    "training.add_hourswaiver",
    "training.change_hourswaiver",
    "training.withdraw_hourswaiver",
    "training.export_hourswaiver",
    "training.add_hoursaudit",
    "training.check_audititem",
]


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow(Role.TRAINER, *READ, *WRITE_QUESTIONS)
    allow(Role.CITY_BUREAU, "training.add_trainingpolicy")
    allow_hours()
    allow_sessions()
    allow_mentorship()


def allow_hours():
    """Tell who sees, sets, waives and checks hours: the county bureau must train regularly.

    People's Mediation Law, art. 14.
    """
    readers = [
        Role.CLERK, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.TRAINER,
        Role.AUDITOR,
    ]  # fmt: skip
    for role in readers:
        allow(role, *READ_HOURS)
    allow(Role.COUNTY_BUREAU, *KEEP_HOURS)
    allow(Role.CITY_BUREAU, *KEEP_HOURS)
    allow(Role.TRAINER, "training.export_hourentry")
    allow(Role.AUDITOR, *READ_AUDITS)


READ_SESSIONS = [
    "training.view_trainingbase",
    "training.view_trainingsession",
    "training.view_enrolment",
]
READ_RESULTS = [
    "training.read_feedback_trainingsession",
    "training.export_trainingbase",
    "training.export_trainingsession",
    "training.export_enrolment",
]
HOLD_SESSIONS = [
    *READ_RESULTS,
    "training.add_trainingbase",
    "training.change_trainingbase",
    "training.close_trainingbase",
    "training.reopen_trainingbase",
    "training.add_trainingsession",
    "training.change_trainingsession",
    "training.open_trainingsession",
    "training.start_trainingsession",
    "training.close_trainingsession",
    "training.cancel_trainingsession",
    "training.note_attendance_trainingsession",
    "training.admit_enrolment",
    "training.reject_enrolment",
    "training.withdraw_enrolment",
    "training.correct_enrolment",
]


def allow_sessions():
    """Tell who holds sessions, who reads of them, and who nominates: an organisation its own."""
    for role in [Role.TRAINER, Role.COUNTY_BUREAU, Role.CITY_BUREAU]:
        allow(role, *READ_SESSIONS, *HOLD_SESSIONS)
    allow(Role.JUSTICE_OFFICE, *READ_SESSIONS)
    allow(Role.AUDITOR, *READ_SESSIONS, *READ_RESULTS)
    allow(
        Role.CLERK,
        "training.view_trainingsession",
        "training.nominate_trainingsession",
        "training.view_enrolment",
    )


READ_PAIRINGS = ["training.view_pairing"]
# The unit proposes and tells of an end; the bureau that trains its mediators decides the rest.
PAIR = [
    "training.add_pairing",
    "training.change_pairing",
    "training.terminate_pairing",
]
STEER_PAIRINGS = [
    *PAIR,
    "training.begin_pairing",
    "training.pause_pairing",
    "training.resume_pairing",
    "training.assess_pairing",
    "training.complete_pairing",
    "training.extend_pairing",
    "training.fail_pairing",
    "training.change_mentor_pairing",
    "training.export_pairing",
]


def allow_mentorship():
    """Tell who pairs masters and apprentices. Accepting is the mentor's own act, of no role."""
    for role in [Role.JUSTICE_OFFICE, Role.TRAINER, Role.AUDITOR]:
        allow(role, *READ_PAIRINGS)
    allow(Role.CLERK, *READ_PAIRINGS, *PAIR)
    allow(Role.COUNTY_BUREAU, *READ_PAIRINGS, *STEER_PAIRINGS)
    allow(Role.CITY_BUREAU, *READ_PAIRINGS, *STEER_PAIRINGS)
