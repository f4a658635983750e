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

SEE_EXAMS = [
    "training.view_exam",
    "training.view_examcandidate",
    "training.view_attempt",
]
# A cheat's attempt is voided by two persons, of one bureau or of two.
VOID = ["training.ask_void_attempt", "training.void_attempt"]
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
    "training.release_exam",
    "training.archive_exam",
    "training.extend_exam",
    "training.export_exam",
    "training.extend_examcandidate",
    "training.export_examcandidate",
    "training.export_attempt",
]


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


def allow_exams():
    """What the roles may do with papers, exams and attempts."""
    allow_marking()
    allow(Role.TRAINER, *GIVE_EXAMS, *VOID)
    allow(Role.CITY_BUREAU, *SEE_EXAMS, *VOID)
    allow(Role.COUNTY_BUREAU, *SEE_EXAMS, *VOID)
    allow(Role.AUDITOR, *SEE_EXAMS)


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
    allow_exams()
    allow(Role.TRAINER, *READ, *WRITE_QUESTIONS)
    allow(Role.CITY_BUREAU, "training.add_trainingpolicy")
    allow_hours()
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
