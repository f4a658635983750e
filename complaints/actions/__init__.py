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
from complaints.actions.received_sheets import (
    accept_findings,
    findings_of,
    findings_on,
    object_to_sheet,
    report_findings,
    send_findings_back,
    stand_back,
)
from complaints.actions.recusing import recuse
from complaints.actions.replying import owed_to, reply
from complaints.actions.respondents import side_of_respondent, state_side
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
from complaints.actions.supervision import remind_unit, supervise_unit
from complaints.actions.suspension import extend, resume, suspend
from complaints.actions.task_sheets import (
    approve_sheet,
    draw_sheet,
    drop_sheet,
    end_sheets,
    propose_sheet,
    recall_sheet,
    redact_sheet,
    return_sheet,
    route_sheet,
    write_sheet,
)

__all__ = [
    "TRANSFERABLE",
    "NotGiven",
    "NotTheHandler",
    "accept",
    "accept_findings",
    "approve_sheet",
    "ask_material",
    "begin_recheck",
    "begin_review",
    "classify",
    "close",
    "close_early",
    "closing_refusals",
    "decide",
    "discipline",
    "draw_sheet",
    "drop_sheet",
    "end_sheets",
    "extend",
    "file_complaint",
    "findings_of",
    "findings_on",
    "give_access",
    "go_on",
    "hand_over",
    "identity_shown",
    "lapse",
    "leave",
    "look_again",
    "make_lead",
    "may_read",
    "merge",
    "note_done",
    "note_witness",
    "object_to_sheet",
    "open_identity",
    "owed_to",
    "pause_clocks",
    "propose_sheet",
    "pursue",
    "reason_of",
    "reasons_of",
    "recall_sheet",
    "recheck",
    "recount_clocks",
    "recuse",
    "redact_sheet",
    "reject",
    "remind_unit",
    "reply",
    "report_findings",
    "report_retaliation",
    "resume",
    "resume_clocks",
    "return_sheet",
    "review",
    "review_reasons",
    "review_refusals",
    "route_sheet",
    "send_findings_back",
    "side_of_respondent",
    "stand_back",
    "start_clock",
    "state_side",
    "stop_clock",
    "supervise_unit",
    "suspend",
    "take_access",
    "take_over",
    "take_up",
    "take_up_review",
    "told_of",
    "transfer",
    "withdraw_complaint",
    "write",
    "write_sheet",
]
