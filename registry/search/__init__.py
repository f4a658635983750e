"""Finding people and organisations on the public roster, the way people search.

``upkeep`` keeps the roster rows and their index; ``lookup`` answers. Why it is built this way, and
what was measured: ``docs/decisions/0004-roster-search.md``.
"""
