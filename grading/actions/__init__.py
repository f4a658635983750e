"""What is done in grading, one module for each noun."""

from grading.actions.scheme_imports import Findings, check_schemes, enter_schemes, text_of
from grading.actions.schemes import (
    abandon_version,
    activate_version,
    add_scheme,
    copy_version,
    enter_version,
    exported,
    retire_version,
)

__all__ = [
    "Findings",
    "abandon_version",
    "activate_version",
    "add_scheme",
    "check_schemes",
    "copy_version",
    "enter_schemes",
    "enter_version",
    "exported",
    "retire_version",
    "text_of",
]
