"""Casework of the demo city."""
