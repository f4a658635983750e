"""Invented casework for the demo city."""
