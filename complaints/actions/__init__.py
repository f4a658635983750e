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
from complaints.actions.reading import NotGiven, give_access, may_read, take_access, told_of
from complaints.actions.watching import VIEW_REASON, read_view_reason

__all__ = [
    "VIEW_REASON",
    "NotGiven",
    "clear_files",
    "confirm_destruction",
    "file_complaint",
    "give_access",
    "may_read",
    "pause_clocks",
    "propose_destruction",
    "read_view_reason",
    "recount_clocks",
    "reject_destruction",
    "resume_clocks",
    "start_clock",
    "stop_clock",
    "take_access",
    "told_of",
]
