"""What is done in casework: lock, test, write, log."""

from casework.actions.subsidy_loading import load_subsidy_schemes
from casework.actions.subsidy_parts import (
    drop_tier,
    move_tier,
    put_parts,
    save_tier,
    set_allowance,
)
from casework.actions.subsidy_schemes import (
    abandon_subsidy_scheme,
    activate_subsidy_scheme,
    add_subsidy_scheme,
    change_subsidy_scheme,
    copy_subsidy_scheme,
    retire_subsidy_scheme,
)
from casework.actions.terms import load_difficulty, load_dispute_types

__all__ = [
    "abandon_subsidy_scheme",
    "activate_subsidy_scheme",
    "add_subsidy_scheme",
    "change_subsidy_scheme",
    "copy_subsidy_scheme",
    "drop_tier",
    "load_difficulty",
    "load_dispute_types",
    "load_subsidy_schemes",
    "move_tier",
    "put_parts",
    "retire_subsidy_scheme",
    "save_tier",
    "set_allowance",
]
