"""Figures and lines about casework, for pages."""
