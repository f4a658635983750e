"""Invented grading of the demo city."""
