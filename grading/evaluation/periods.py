"""The figures of a review as its rule defines them: what is counted in a period, seen when."""

from datetime import timedelta

from grading.rules.measures import CALCULATIONS, operands_of
from grading.rules.unknown import is_known

# The rows that say which kinds of cases a figure is made of, and by what.
CASES, KIND = "mediations", "difficulty"
# Figures with a numerator and a denominator; every other one is a number over one.
SHARES = ("ratio", "average")


def known_on(series, period, counted_on):
    """Return the day by which the rows of a series count: what happened in the period is taken
    as it is known on the day of counting, how things stood as of its last day."""
    return period[1] - timedelta(days=1) if series.is_state else counted_on


def calculation(scheme, name, catalogue):
    """Return how a metric is worked out, names followed to their end; {} if nobody says."""
    metrics, seen = scheme.section("metrics"), set()
    while name not in seen:
        seen.add(name)
        calc = metrics.get(name)
        if calc is None:
            calc = catalogue[name][1] if name in catalogue else {"field": name}
        if not is_known(calc) or not isinstance(calc, dict):
            return {}
        if not isinstance(calc.get("field"), str) or calc["field"] not in catalogue:
            return calc
        name = calc["field"]
    return {}


def kind_of(calc):
    """Return the kind of a calculation, None if it is none."""
    return next((key for key in calc if key in CALCULATIONS), None)


def rests_on_cases(scheme, name, catalogue, *, above=()):
    """Whether a metric is made of the cases of the ledger, directly or by way of others."""
    calc = calculation(scheme, name, catalogue)
    spec = calc.get(kind_of(calc))
    of = spec.get("of") if isinstance(spec, dict) else spec
    if of == CASES:
        return True
    return any(
        rests_on_cases(scheme, one, catalogue, above=(*above, name))
        for one in operands_of(calc)
        if one not in (*above, name)
    )
