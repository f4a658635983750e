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


def allow_exams():
    """What the roles may do with papers, exams and attempts."""
    allow(Role.TRAINER, *GIVE_EXAMS, *VOID)
    allow(Role.CITY_BUREAU, *SEE_EXAMS, *VOID)
    allow(Role.COUNTY_BUREAU, *SEE_EXAMS, *VOID)
    allow(Role.AUDITOR, *SEE_EXAMS)


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow_exams()
    allow(Role.TRAINER, *READ, *WRITE_QUESTIONS)
    allow(Role.CITY_BUREAU, "training.view_trainingpolicy", "training.add_trainingpolicy")
    allow(Role.CITY_BUREAU, "training.view_hourentry")
    allow(Role.COUNTY_BUREAU, "training.view_trainingpolicy", "training.view_hourentry")
    allow(Role.AUDITOR, "training.view_trainingpolicy", "training.view_hourentry")
