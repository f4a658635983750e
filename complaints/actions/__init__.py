"""What is done with complaints: lock, test, write, log."""

from complaints.actions.clocks import (
    pause_clocks,
    recount_clocks,
    resume_clocks,
    start_clock,
    stop_clock,
)
from complaints.actions.closing import close, close_early, closing_refusals
from complaints.actions.consequences import discipline, leave, note_done
from complaints.actions.deciding import decide, reasons_of
from complaints.actions.filing import file_complaint
from complaints.actions.reading import NotGiven, give_access, may_read, take_access, told_of
from complaints.actions.replying import owed_to, reply
from complaints.actions.retaliation import note_witness, report_retaliation
from complaints.actions.reviewing import (
    begin_recheck,
    begin_review,
    look_again,
    recheck,
    review,
    review_reasons,
    review_refusals,
    take_up_review,
)

__all__ = [
    "NotGiven",
    "begin_recheck",
    "begin_review",
    "close",
    "close_early",
    "closing_refusals",
    "decide",
    "discipline",
    "file_complaint",
    "give_access",
    "leave",
    "look_again",
    "may_read",
    "note_done",
    "note_witness",
    "owed_to",
    "pause_clocks",
    "reasons_of",
    "recheck",
    "recount_clocks",
    "reply",
    "report_retaliation",
    "resume_clocks",
    "review",
    "review_reasons",
    "review_refusals",
    "start_clock",
    "stop_clock",
    "take_access",
    "take_up_review",
    "told_of",
]
