"""What review sheets come to, for pages that show what counted and why."""

from grading.actions.review_judging import recomputed, reviews_of

__all__ = ["recomputed", "review_of", "reviews_of"]


def review_of(sheet):
    """Return the ``Review`` of a sheet: of what its result rests on, else of what stands now."""
    if sheet.content:
        return recomputed(sheet.content, sheet.cycle.rules)
    return reviews_of([sheet])[sheet.pk]
