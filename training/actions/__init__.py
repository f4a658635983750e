"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.attendance import note_list, sign_in, tick
from training.actions.audits import check_credit, draw_audit
from training.actions.bases import add_base, change_base, close_base, load_bases, reopen_base
from training.actions.enrolments import (
    approve,
    approve_all,
    enrol,
    leave,
    nominate,
    reject,
    withdraw,
)
from training.actions.feedback import give_feedback
from training.actions.hours import credit_hours, reverse_hours
from training.actions.requirements import (
    adopt_hours_rule,
    load_hours_rules,
    set_hours_rule,
    waive_hours,
    withdraw_waiver,
)
from training.actions.results import correct_attendance
from training.actions.sessions import (
    add_part,
    add_session,
    cancel_session,
    change_session,
    close_session,
    drop_part,
    open_session,
    start_session,
)
from training.actions.topics import load_topics

__all__ = [
    "add_base",
    "add_part",
    "add_session",
    "adopt_hours_rule",
    "approve",
    "approve_all",
    "cancel_session",
    "change_base",
    "change_session",
    "check_credit",
    "close_base",
    "close_session",
    "correct_attendance",
    "credit_hours",
    "draw_audit",
    "drop_part",
    "enrol",
    "give_feedback",
    "leave",
    "load_bases",
    "load_hours_rules",
    "load_topics",
    "nominate",
    "note_list",
    "open_session",
    "reject",
    "reopen_base",
    "reverse_hours",
    "set_hours_rule",
    "sign_in",
    "start_session",
    "tick",
    "waive_hours",
    "withdraw",
    "withdraw_waiver",
]
