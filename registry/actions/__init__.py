"""The verbs of the register: lock, test, write, log; whole or not at all."""

from registry.actions.divisions import load_divisions
from registry.actions.posts import end_post, grant_post
from registry.actions.terms import load_terms

__all__ = ["end_post", "grant_post", "load_divisions", "load_terms"]
