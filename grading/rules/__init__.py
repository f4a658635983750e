"""What a grading rule says: the format ``grading-rule/v1``, read, checked and applied.

Pure functions over values. The documents of the rules are in ``docs/grading-rules.md``.
"""
