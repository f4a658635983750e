"""The verbs of the register: lock, test, write, log; whole or not at all."""

from registry.actions.closures import (
    announce_closure,
    carry_out_closure,
    open_closure,
    propose_closure,
    stop_closure,
)
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
from registry.actions.terms import load_terms

__all__ = [
    "abandon_import",
    "announce_closure",
    "apply_import",
    "carry_out_closure",
    "check_import",
    "draft_notice",
    "empty_imports",
    "end_post",
    "file_objection",
    "grant_post",
    "load_divisions",
    "load_policies",
    "load_terms",
    "open_closure",
    "order_rectification",
    "propose_closure",
    "publish_notice",
    "receive_import",
    "release_import",
    "set_policy",
    "settle_headings",
    "stop_closure",
    "undo_import",
    "withdraw_notice",
]
