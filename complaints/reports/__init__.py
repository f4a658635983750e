"""Figures and lines of pages, made of rows."""
