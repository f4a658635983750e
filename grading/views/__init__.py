"""The pages of grading outside the desk."""

"""The pages of grading for mediators, and what it adds to the own page."""
"""The pages of grading outside the officers' desk."""
