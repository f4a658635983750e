"""Accounts: signing in, the second factor, sessions and their clocks, passwords."""
