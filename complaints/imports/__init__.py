"""Hotline tickets out of a file: read, judged, and sealed at once."""
