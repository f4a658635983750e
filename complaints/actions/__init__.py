"""What is done with complaints: lock, test, write, log."""

from complaints.actions.clocks import (
    pause_clocks,
    recount_clocks,
    resume_clocks,
    start_clock,
    stop_clock,
)
from complaints.actions.entering import enter_complaint
from complaints.actions.filing import file_complaint
from complaints.actions.hotline_imports import (
    abandon_hotline_import,
    abandon_old_hotline_imports,
    check_hotline_file,
    enter_hotline_import,
)
from complaints.actions.reading import NotGiven, give_access, may_read, take_access, told_of

__all__ = [
    "NotGiven",
    "abandon_hotline_import",
    "abandon_old_hotline_imports",
    "check_hotline_file",
    "enter_complaint",
    "enter_hotline_import",
    "file_complaint",
    "give_access",
    "may_read",
    "pause_clocks",
    "recount_clocks",
    "resume_clocks",
    "start_clock",
    "stop_clock",
    "take_access",
    "told_of",
]
