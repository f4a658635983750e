"""What is done in casework: lock, test, write, log."""

from casework.actions.case_studies import (
    adopt_study,
    begin_study,
    confirm_marks,
    decline_study,
    edit_study,
    hold_study,
    propose_study,
    publish_study,
    raise_study,
    redact_study,
    return_study,
    submit_study,
    withdraw_study,
    write_study,
)
from casework.actions.prevention import (
    begin_report,
    change_report,
    correct_report,
    hand_in_report,
    return_report,
)
from casework.actions.terms import load_difficulty, load_dispute_types

__all__ = [
    "adopt_study",
    "begin_report",
    "begin_study",
    "change_report",
    "confirm_marks",
    "correct_report",
    "decline_study",
    "edit_study",
    "hand_in_report",
    "hold_study",
    "load_difficulty",
    "load_dispute_types",
    "propose_study",
    "publish_study",
    "raise_study",
    "redact_study",
    "return_report",
    "return_study",
    "submit_study",
    "withdraw_study",
    "write_study",
]
