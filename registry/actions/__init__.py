"""The verbs of the register: lock, test, write, log; whole or not at all."""

from registry.actions.appointments import nominate, take_office_with_the_committee
from registry.actions.closures import (
    announce_closure,
    carry_out_closure,
    open_closure,
    propose_closure,
    stop_closure,
)
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
from registry.actions.notices import (
    draft_notice,
    file_objection,
    publish_notice,
    withdraw_notice,
)
from registry.actions.policies import load_policies, set_policy
from registry.actions.posts import end_post, grant_post
from registry.actions.rectifications import order_rectification
from registry.actions.standards import adopt_standard, load_standards, set_standard
from registry.actions.terms import load_terms

__all__ = [
    "abandon_import",
    "adopt_standard",
    "announce_closure",
    "apply_import",
    "carry_out_closure",
    "check_import",
    "draft_notice",
    "empty_imports",
    "end_post",
    "end_with_organization",
    "file_objection",
    "grant_post",
    "load_divisions",
    "load_policies",
    "load_standards",
    "load_terms",
    "nominate",
    "open_closure",
    "order_rectification",
    "propose_closure",
    "publish_notice",
    "receive_import",
    "record_discipline",
    "release_import",
    "set_policy",
    "set_standard",
    "settle_headings",
    "stop_closure",
    "take_office_with_the_committee",
    "undo_import",
    "withdraw_notice",
]
