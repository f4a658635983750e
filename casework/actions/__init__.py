"""What is done in casework: lock, test, write, log."""

from casework.actions.case_imports import (
    abandon_case_import,
    apply_case_import,
    check_case_import,
    empty_case_imports,
    receive_case_import,
    release_case_import,
    settle_case_headings,
    undo_case_import,
)
from casework.actions.case_pushes import push_cases
from casework.actions.push_keys import (
    confirm_push_key,
    key_of_token,
    make_push_key,
    revoke_push_key,
)
from casework.actions.terms import load_difficulty, load_dispute_types

__all__ = [
    "abandon_case_import",
    "apply_case_import",
    "check_case_import",
    "confirm_push_key",
    "empty_case_imports",
    "key_of_token",
    "load_difficulty",
    "load_dispute_types",
    "make_push_key",
    "push_cases",
    "receive_case_import",
    "release_case_import",
    "revoke_push_key",
    "settle_case_headings",
    "undo_case_import",
]
