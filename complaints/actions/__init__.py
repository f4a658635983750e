"""What is done with complaints: lock, test, write, log."""

from complaints.actions.clocks import (
    pause_clocks,
    recount_clocks,
    resume_clocks,
    start_clock,
    stop_clock,
)
from complaints.actions.filing import file_complaint
from complaints.actions.following import (
    add_material,
    answer_question,
    ask_recheck,
    ask_review,
    mark_read,
    open_acts,
    rate,
    reopen,
    status_in_words,
    withdraw_by_code,
)
from complaints.actions.guessing import TooMany
from complaints.actions.openings import (
    begin_opening,
    end_opening,
    guess,
    open_by_code,
    opened_by,
)
from complaints.actions.reading import NotGiven, give_access, may_read, take_access, told_of
from complaints.actions.wechat import (
    is_same,
    sweep_wechat_messages,
    take_wechat_message,
    waiting_briefly,
)

__all__ = [
    "NotGiven",
    "TooMany",
    "add_material",
    "answer_question",
    "ask_recheck",
    "ask_review",
    "begin_opening",
    "end_opening",
    "file_complaint",
    "give_access",
    "guess",
    "is_same",
    "mark_read",
    "may_read",
    "open_acts",
    "open_by_code",
    "opened_by",
    "pause_clocks",
    "rate",
    "recount_clocks",
    "reopen",
    "resume_clocks",
    "start_clock",
    "status_in_words",
    "stop_clock",
    "sweep_wechat_messages",
    "take_access",
    "take_wechat_message",
    "told_of",
    "waiting_briefly",
    "withdraw_by_code",
]
