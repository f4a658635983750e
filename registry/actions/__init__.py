"""The verbs of the register: lock, test, write, log; whole or not at all."""

from registry.actions.divisions import load_divisions
from registry.actions.imports import (
    abandon_import,
    apply_import,
    check_import,
    empty_imports,
    receive_import,
    release_import,
    settle_headings,
    undo_import,
)
from registry.actions.policies import load_policies, set_policy
from registry.actions.posts import end_post, grant_post
from registry.actions.standards import adopt_standard, load_standards, set_standard
from registry.actions.terms import load_terms

__all__ = [
    "abandon_import",
    "adopt_standard",
    "apply_import",
    "check_import",
    "empty_imports",
    "end_post",
    "grant_post",
    "load_divisions",
    "load_policies",
    "load_standards",
    "load_terms",
    "receive_import",
    "release_import",
    "set_policy",
    "set_standard",
    "settle_headings",
    "undo_import",
]
