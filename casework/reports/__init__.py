"""Figures and tables of casework, ready to be shown."""
