"""The invented casework of the demo city."""
