"""The verbs of the register: lock, test, write, log; whole or not at all."""

from registry.actions.appointments import nominate, take_office_with_the_committee
from registry.actions.departures import end_with_organization
from registry.actions.discipline import record_discipline
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
from registry.actions.terms import load_terms

__all__ = [
    "abandon_import",
    "apply_import",
    "check_import",
    "empty_imports",
    "end_post",
    "end_with_organization",
    "grant_post",
    "load_divisions",
    "load_policies",
    "load_terms",
    "nominate",
    "receive_import",
    "record_discipline",
    "release_import",
    "set_policy",
    "settle_headings",
    "take_office_with_the_committee",
    "undo_import",
]
