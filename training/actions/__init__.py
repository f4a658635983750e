"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.audits import check_credit, draw_audit
from training.actions.courses import let_trainers_write, load_courses
from training.actions.hours import credit_hours, reverse_hours
from training.actions.mentorships import (
    accept_pairing,
    assess_midterm,
    assess_pairing,
    begin_pairing,
    change_mentor,
    change_pairing,
    complete_pairing,
    confirm_log,
    decline_pairing,
    extend_pairing,
    fail_pairing,
    pause_pairing,
    propose_pairing,
    resume_pairing,
    terminate_pairing,
    write_log,
)
from training.actions.requirements import (
    adopt_hours_rule,
    load_hours_rules,
    set_hours_rule,
    waive_hours,
    withdraw_waiver,
)
from training.actions.studies import (
    answer_quiz,
    begin_course,
    finish_course,
    finish_lesson,
    read_on,
    set_aside,
)
from training.actions.topics import load_topics

__all__ = [
    "accept_pairing",
    "adopt_hours_rule",
    "answer_quiz",
    "assess_midterm",
    "assess_pairing",
    "begin_course",
    "begin_pairing",
    "change_mentor",
    "change_pairing",
    "check_credit",
    "complete_pairing",
    "confirm_log",
    "credit_hours",
    "decline_pairing",
    "draw_audit",
    "extend_pairing",
    "fail_pairing",
    "finish_course",
    "finish_lesson",
    "let_trainers_write",
    "load_courses",
    "load_hours_rules",
    "load_topics",
    "pause_pairing",
    "propose_pairing",
    "read_on",
    "resume_pairing",
    "reverse_hours",
    "set_aside",
    "set_hours_rule",
    "terminate_pairing",
    "waive_hours",
    "withdraw_waiver",
    "write_log",
]
