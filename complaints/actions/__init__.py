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
from complaints.actions.received_sheets import (
    accept_findings,
    findings_of,
    findings_on,
    object_to_sheet,
    report_findings,
    send_findings_back,
    stand_back,
)
from complaints.actions.respondents import side_of_respondent, state_side
from complaints.actions.supervision import remind_unit, supervise_unit
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
    "NotGiven",
    "accept_findings",
    "approve_sheet",
    "draw_sheet",
    "drop_sheet",
    "end_sheets",
    "file_complaint",
    "findings_of",
    "findings_on",
    "give_access",
    "may_read",
    "object_to_sheet",
    "pause_clocks",
    "propose_sheet",
    "recall_sheet",
    "recount_clocks",
    "redact_sheet",
    "remind_unit",
    "report_findings",
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
    "take_access",
    "told_of",
    "write_sheet",
]
