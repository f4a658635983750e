"""Every closed word of a review rule has a name that people read."""

import pytest

from grading.rules import (
    cutting,
    review_consequences,
    review_cycles,
    review_reading,
    review_renewal,
    review_service,
    review_steps,
    review_terms,
    review_top,
    reviews,
)

OPEN_TIES = (cutting.TIE_NEEDS_POLICY, cutting.TIE_NEEDS_SEED, cutting.TIE_NEEDS_SENIOR_BODY)


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (review_terms.CYCLES, review_cycles.CYCLES),
        (review_terms.STEPS, review_steps.STEPS),
        (review_terms.CONSEQUENCES, review_consequences.KINDS),
        (
            review_terms.RECOMMENDATIONS,
            (review_renewal.RENEW, review_renewal.NOT_RENEW, review_renewal.UNCLEAR),
        ),
        (
            review_terms.STATES,
            (
                reviews.DONE, reviews.NOT_ASSESSED, reviews.TOO_LITTLE, review_reading.NEEDS_RULE,
                review_service.NOT_GRADED, review_service.GRADED,
            ),
        ),
        (review_terms.LINES, (reviews.ASSESSED, reviews.MISSING, reviews.TOO_FEW)),
        (
            review_terms.CUTS,
            (cutting.DECIDED, *OPEN_TIES, review_top.WAITS, review_reading.NEEDS_RULE),
        ),
    ],
)  # fmt: skip
def test_every_word_is_named(words, known):
    assert tuple(words) == tuple(known)
    assert all(str(name) for name in words.values())
