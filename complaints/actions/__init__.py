"""What is done with complaints: lock, test, write, log."""

from complaints.actions.calling_back import call_back_sheet
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
from complaints.actions.destroying import (
    clear_files,
    confirm_destruction,
    propose_destruction,
    reject_destruction,
)
from complaints.actions.entering import enter_complaint
from complaints.actions.extending import extend, extend_review
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
    report_by_code,
    status_in_words,
    withdraw_by_code,
)
from complaints.actions.guessing import TooMany
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
from complaints.actions.hotline_imports import (
    abandon_hotline_import,
    abandon_old_hotline_imports,
    check_hotline_file,
    enter_hotline_import,
)
from complaints.actions.identity import identity_shown, open_identity, reason_of
from complaints.actions.leaving import TRANSFERABLE, merge, transfer
from complaints.actions.openings import begin_opening, end_opening, guess, open_by_code, opened_by
from complaints.actions.orphans import sweep_orphans
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
from complaints.actions.suspension import resume, suspend
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
from complaints.actions.watching import read_view_reason
from complaints.actions.wechat import (
    is_same,
    sweep_wechat_messages,
    take_wechat_message,
    waiting_briefly,
)
from complaints.actions.withdrawing import go_on_as_lead, leave_withdrawn, withdraw_complaint

__all__ = [
    "TRANSFERABLE",
    "NotGiven",
    "NotTheHandler",
    "TooMany",
    "abandon_hotline_import",
    "abandon_old_hotline_imports",
    "accept",
    "accept_findings",
    "add_material",
    "answer_question",
    "approve_sheet",
    "ask_material",
    "ask_recheck",
    "ask_review",
    "begin_opening",
    "begin_recheck",
    "begin_review",
    "call_back_sheet",
    "check_hotline_file",
    "classify",
    "clear_files",
    "close",
    "close_early",
    "closing_refusals",
    "confirm_destruction",
    "decide",
    "discipline",
    "draw_sheet",
    "drop_sheet",
    "end_opening",
    "end_sheets",
    "enter_complaint",
    "enter_hotline_import",
    "extend",
    "extend_review",
    "file_complaint",
    "findings_of",
    "findings_on",
    "give_access",
    "go_on",
    "go_on_as_lead",
    "guess",
    "hand_over",
    "identity_shown",
    "is_same",
    "lapse",
    "leave",
    "leave_withdrawn",
    "look_again",
    "make_lead",
    "mark_read",
    "may_read",
    "merge",
    "note_done",
    "note_witness",
    "object_to_sheet",
    "open_acts",
    "open_by_code",
    "open_identity",
    "opened_by",
    "owed_to",
    "pause_clocks",
    "propose_destruction",
    "propose_sheet",
    "pursue",
    "rate",
    "read_view_reason",
    "reason_of",
    "reasons_of",
    "recall_sheet",
    "recheck",
    "recount_clocks",
    "recuse",
    "redact_sheet",
    "reject",
    "reject_destruction",
    "remind_unit",
    "reopen",
    "reply",
    "report_by_code",
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
    "status_in_words",
    "stop_clock",
    "supervise_unit",
    "suspend",
    "sweep_orphans",
    "sweep_wechat_messages",
    "take_access",
    "take_over",
    "take_up",
    "take_up_review",
    "take_wechat_message",
    "told_of",
    "transfer",
    "waiting_briefly",
    "withdraw_by_code",
    "withdraw_complaint",
    "write",
    "write_sheet",
]
