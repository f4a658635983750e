"""A whole city of invented people, for the demo, for tests of size and for benchmarks.

The same seed and the same day make the same city. Nobody in it exists: names are drawn from lists
of common surnames and characters, ID numbers are computed.
"""
