"""The grading of the demo city in one transaction."""

from django.db import transaction

from grading.city.half_years import let_serve, make_half_year
from grading.city.honours import make_honours
from grading.city.renewals import make_renewals
from grading.city.reviews import COUNTY, example_of, make_reviews
from grading.city.rounds import make_rounds
from grading.city.schemes import make_schemes
from grading.models import Application, GradingRound
from registry.models import Division

APPLICANTS = 20


@transaction.atomic
def make_grading(rules, today, applicants=APPLICANTS, reviews="", honours=""):
    """Add invented grading to a demo city; returns what the parts counted.

    :param rules: the text of the file with the invented rule set.
    :param applicants: how many apply for each level of the round that is over; none, no rounds.
    :param reviews: the text of the file with rules of the annual review; none, no review.
    :param honours: the text of the file with rules of stars and of a title; none, no such rounds.
    """
    schemes = make_schemes(rules, today)
    rounds = _rounds(honours, today, applicants) if applicants else {}
    return {"schemes": schemes, **rounds, **(_reviews(reviews, today) if reviews else {})}


def _rounds(honours, today, applicants):
    make_rounds(today, applicants)
    if honours:
        make_honours(honours, today)
    return {"rounds": GradingRound.objects.count(), "applications": Application.objects.count()}


def _reviews(rules, today):
    """The review of last year, that of the half-year now, and the terms that end."""
    county = Division.objects.get(code=COUNTY)
    let_serve(county, today)
    counted = make_reviews(rules, today)
    make_half_year(example_of(rules), county, today)
    return {**counted, **make_renewals(county, today)}
