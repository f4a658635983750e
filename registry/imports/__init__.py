"""Rosters come in: what a row says, what it would change in the register, how that is undone."""
