"""Editions of the roster: what stands in one, how it is drawn, scanned and verified."""
