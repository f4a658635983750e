"""What is done in casework: lock, test, write, log."""

from casework.actions.terms import load_difficulty, load_dispute_types

__all__ = ["load_difficulty", "load_dispute_types"]
