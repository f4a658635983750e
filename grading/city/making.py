"""The grading of the demo city in one transaction."""

from django.db import transaction

from grading.city.reviews import make_reviews
from grading.city.rounds import make_rounds
from grading.city.schemes import make_schemes

APPLICANTS = 20


@transaction.atomic
def make_grading(rules, today, applicants=APPLICANTS, reviews=""):
    """Add invented grading to a demo city; returns what the parts counted.

    :param rules: the text of the file with the invented rule set.
    :param applicants: how many apply for each level of the round that is over; none, no rounds.
    :param reviews: the text of the file with rules of the annual review; none, no review.
    """
    schemes = make_schemes(rules, today)
    rounds = make_rounds(today, applicants) if applicants else {}
    return {"schemes": schemes, **rounds, **(make_reviews(reviews, today) if reviews else {})}
