"""What is done in casework: lock, test, write, log."""

from casework.actions.cases import (
    accept_case,
    add_case,
    begin_case,
    change_case,
    close_case,
    discard_draft,
    enter_case,
    fail_case,
    hand_over_case,
    keep_draft,
    note_confirmation,
    note_fulfilment,
    reopen_case,
    succeed_case,
    transfer_case,
    unmask_parties,
    void_case,
    withdraw_case,
)
from casework.actions.disputes import join_disputes, part_disputes
from casework.actions.terms import load_difficulty, load_dispute_types

__all__ = [
    "accept_case",
    "add_case",
    "begin_case",
    "change_case",
    "close_case",
    "discard_draft",
    "enter_case",
    "fail_case",
    "hand_over_case",
    "join_disputes",
    "keep_draft",
    "load_difficulty",
    "load_dispute_types",
    "note_confirmation",
    "note_fulfilment",
    "part_disputes",
    "reopen_case",
    "succeed_case",
    "transfer_case",
    "unmask_parties",
    "void_case",
    "withdraw_case",
]
