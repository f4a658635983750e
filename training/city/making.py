"""The training of the demo city in one transaction."""

import random

from django.db import transaction

from training.city.exams import make_exams


@transaction.atomic
def make_training(*, seed, today, now):
    """Add invented training to a demo city; returns counts.

    Deterministic: the same city, questions, seed and moment make the same rows.
    """
    rng = random.Random(seed)  # noqa: S311 - a demo must be repeatable, not secret
    return {"exams": make_exams(rng, today=today, now=now)}
