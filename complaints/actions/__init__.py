"""What is done with complaints: lock, test, write, log."""

from complaints.actions.clocks import (
    pause_clocks,
    recount_clocks,
    resume_clocks,
    start_clock,
    stop_clock,
)
from complaints.actions.filing import file_complaint
from complaints.actions.reading import NotGiven, give_access, may_read, take_access, told_of
from complaints.actions.wechat import (
    is_same,
    sweep_wechat_messages,
    take_wechat_message,
    waiting_briefly,
)

__all__ = [
    "NotGiven",
    "file_complaint",
    "give_access",
    "is_same",
    "may_read",
    "pause_clocks",
    "recount_clocks",
    "resume_clocks",
    "start_clock",
    "stop_clock",
    "sweep_wechat_messages",
    "take_access",
    "take_wechat_message",
    "told_of",
    "waiting_briefly",
]
