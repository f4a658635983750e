"""What is done in grading, one module for each noun."""

from grading.actions.scheme_editing import (
    LEFT_OUT,
    add_node,
    decide_reading,
    drop_node,
    fill_parameter,
    move_node_up,
    put_fields,
    put_named,
    put_node,
)
from grading.actions.scheme_imports import Findings, check_schemes, enter_schemes, text_of
from grading.actions.scheme_loading import load_schemes
from grading.actions.schemes import (
    abandon_version,
    activate_version,
    add_scheme,
    change_version,
    copy_version,
    enter_version,
    exported,
    retire_version,
)

__all__ = [
    "LEFT_OUT",
    "Findings",
    "abandon_version",
    "activate_version",
    "add_node",
    "add_scheme",
    "change_version",
    "check_schemes",
    "copy_version",
    "decide_reading",
    "drop_node",
    "enter_schemes",
    "enter_version",
    "exported",
    "fill_parameter",
    "load_schemes",
    "move_node_up",
    "put_fields",
    "put_named",
    "put_node",
    "retire_version",
    "text_of",
]
