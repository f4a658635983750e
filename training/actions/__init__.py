"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.audits import check_credit, draw_audit
from training.actions.hours import credit_hours, reverse_hours
from training.actions.requirements import (
    adopt_hours_rule,
    load_hours_rules,
    set_hours_rule,
    waive_hours,
    withdraw_waiver,
)
from training.actions.topics import load_topics

__all__ = [
    "adopt_hours_rule",
    "check_credit",
    "credit_hours",
    "draw_audit",
    "load_hours_rules",
    "load_topics",
    "reverse_hours",
    "set_hours_rule",
    "waive_hours",
    "withdraw_waiver",
]
