"""What is done with complaints: lock, test, write, log."""

from complaints.actions.clocks import (
    pause_clocks,
    recount_clocks,
    resume_clocks,
    start_clock,
    stop_clock,
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
from complaints.actions.respondents import side_of_respondent, state_side
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
    "classify",
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
    "make_lead",
    "may_read",
    "merge",
    "object_to_sheet",
    "open_identity",
    "pause_clocks",
    "propose_sheet",
    "pursue",
    "reason_of",
    "recall_sheet",
    "recount_clocks",
    "recuse",
    "redact_sheet",
    "reject",
    "remind_unit",
    "report_findings",
    "resume",
    "resume_clocks",
    "return_sheet",
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
    "told_of",
    "transfer",
    "withdraw_complaint",
    "write",
    "write_sheet",
]
