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
    "training.settle_question",
    "training.see_keys_question",
    "training.export_question",
    "training.view_questionimport",
    "training.add_questionimport",
    "training.enter_questionimport",
    "training.drop_questionimport",
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
    allow_sessions()
    allow_courses()
    allow_exams()
    allow_marking()
    allow_certificates()
    allow_mentorship()
    allow_hours()


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


SEE_STUDIES = ["training.view_coursestudy", "training.view_coursepage"]
SEE_FIGURES = [
    *SEE_STUDIES,
    "training.view_studydivision",
    "training.export_coursestudy",
    "training.set_aside_coursestudy",
    "training.export_coursepage",
    "training.export_studydivision",
]
SEE_TEACHING = ["training.view_textbook", "training.view_lecturer"]
TEACH = [
    *SEE_TEACHING,
    "training.add_textbook",
    "training.change_textbook",
    "training.export_textbook",
    "training.add_lecturer",
    "training.change_lecturer",
    "training.export_lecturer",
    "training.unmask_lecturer",
]


def allow_courses():
    """Who sees what people study, and who keeps textbooks and lecturers.

    Courses are pages: a trainer writes them by the rights of Wagtail's page tree
    (``training.actions.let_trainers_write``).
    """
    for role in [Role.TRAINER, Role.COUNTY_BUREAU, Role.CITY_BUREAU]:
        allow(role, *SEE_FIGURES, *TEACH)
    for role in [Role.CLERK, Role.JUSTICE_OFFICE]:
        allow(role, *SEE_STUDIES)
    allow(Role.AUDITOR, *SEE_STUDIES, "training.view_studydivision", *SEE_TEACHING)


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
    "training.certify_exam",
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


SEE_EXAMS = [
    "training.view_exam",
    "training.view_examcandidate",
    "training.view_attempt",
]
# A cheat's attempt is voided by two persons, of one bureau or of two.
VOID = ["training.ask_void_attempt", "training.void_attempt"]
# Results are out by two persons: who gives the exam asks, a colleague or a bureau releases.
RELEASE = ["training.release_exam", "training.keep_back_exam"]
GIVE_EXAMS = [
    *SEE_EXAMS,
    "training.view_exampaper",
    "training.add_exampaper",
    "training.change_exampaper",
    "training.make_ready_exampaper",
    "training.reopen_exampaper",
    "training.retire_exampaper",
    "training.export_exampaper",
    "training.add_exam",
    "training.change_exam",
    "training.schedule_exam",
    "training.take_back_exam",
    "training.collect_exam",
    "training.ask_release_exam",
    *RELEASE,
    "training.archive_exam",
    "training.extend_exam",
    "training.export_exam",
    "training.extend_examcandidate",
    "training.export_examcandidate",
    "training.export_attempt",
]


def allow_exams():
    """What the roles may do with papers, exams and attempts."""
    allow(Role.TRAINER, *GIVE_EXAMS, *VOID)
    allow(Role.CITY_BUREAU, *SEE_EXAMS, *VOID, *RELEASE)
    allow(Role.COUNTY_BUREAU, *SEE_EXAMS, *VOID, *RELEASE)
    allow(Role.AUDITOR, *SEE_EXAMS)


# Who gives an exam names its markers; a correction takes two, an appeal somebody who did not mark.
SEE_MARKING = [
    "training.view_rekey",
    "training.view_appeal",
    "training.view_statistics_exam",
]
DECIDE_MARKING = [
    *SEE_MARKING,
    "training.confirm_rekey",
    "training.drop_rekey",
    "training.export_rekey",
    "training.uphold_appeal",
    "training.reject_appeal",
    "training.export_appeal",
    "training.replay_attempt",
]
MARK = [
    "training.view_marking",
    "training.mark_marking",
    "training.hand_back_marking",
    "training.name_markers_exam",
    "training.propose_rekey_exam",
    "training.resit_exam",
]


def allow_marking():
    """Tell who marks, corrects and decides appeals."""
    allow(Role.TRAINER, *MARK, *DECIDE_MARKING)
    for role in [Role.COUNTY_BUREAU, Role.CITY_BUREAU]:
        allow(role, *DECIDE_MARKING)
    allow(Role.AUDITOR, *SEE_MARKING, "training.replay_attempt")
