"""The grading of the demo city in one transaction."""

from django.db import transaction

from grading.city.schemes import make_schemes


@transaction.atomic
def make_grading(rules, today):
    """Add invented grading to a demo city; returns what the parts counted.

    :param rules: the text of the file with the invented rule set.
    """
    return {"schemes": make_schemes(rules, today)}
