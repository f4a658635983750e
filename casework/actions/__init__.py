"""What is done in casework: lock, test, write, log."""

from casework.actions.file_checks import (
    check_file,
    complete_file,
    drop_check,
    hand_back_file,
    open_check,
    score_file,
)
from casework.actions.opinions import (
    find_code,
    give_opinion,
    issue_code,
    record_visit,
    revoke_code,
)
from casework.actions.quality import load_quality, set_quality_scheme
from casework.actions.samples import draw_sample
from casework.actions.terms import load_difficulty, load_dispute_types

__all__ = [
    "check_file",
    "complete_file",
    "draw_sample",
    "drop_check",
    "find_code",
    "give_opinion",
    "hand_back_file",
    "issue_code",
    "load_difficulty",
    "load_dispute_types",
    "load_quality",
    "open_check",
    "record_visit",
    "revoke_code",
    "score_file",
    "set_quality_scheme",
]
