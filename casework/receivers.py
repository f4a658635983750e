"""Answers to the questions of the floors below."""
