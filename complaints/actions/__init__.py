"""What is done with complaints: lock, test, write, log."""

from complaints.actions.clocks import (
    pause_clocks,
    recount_clocks,
    resume_clocks,
    start_clock,
    stop_clock,
)
from complaints.actions.destroying import (
    clear_files,
    confirm_destruction,
    propose_destruction,
    reject_destruction,
)
from complaints.actions.filing import file_complaint
from complaints.actions.handling import (
    accept,
    ask_material,
    classify,
    go_on,
    hand_over,
    lapse,
    make_lead,
    pursue,
    reject,
    take_over,
    take_up,
    write,
)
from complaints.actions.holding import NotTheHandler
from complaints.actions.identity import identity_shown, open_identity, reason_of
from complaints.actions.leaving import TRANSFERABLE, merge, transfer, withdraw_complaint
from complaints.actions.reading import NotGiven, give_access, may_read, take_access, told_of
from complaints.actions.recusing import recuse
from complaints.actions.suspension import extend, resume, suspend
from complaints.actions.watching import read_view_reason

__all__ = [
    "TRANSFERABLE",
    "NotGiven",
    "NotTheHandler",
    "accept",
    "ask_material",
    "classify",
    "clear_files",
    "confirm_destruction",
    "extend",
    "file_complaint",
    "give_access",
    "go_on",
    "hand_over",
    "identity_shown",
    "lapse",
    "make_lead",
    "may_read",
    "merge",
    "open_identity",
    "pause_clocks",
    "propose_destruction",
    "pursue",
    "read_view_reason",
    "reason_of",
    "recount_clocks",
    "recuse",
    "reject",
    "reject_destruction",
    "resume",
    "resume_clocks",
    "start_clock",
    "stop_clock",
    "suspend",
    "take_access",
    "take_over",
    "take_up",
    "told_of",
    "transfer",
    "withdraw_complaint",
    "write",
]
