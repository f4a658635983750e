"""The invented complaints of the demo city."""
