"""Numbers are given one after another, in a county and a year."""

from registry.models import NumberSeries, Organization, SeriesPurpose
from registry.rules import LETTER_NUMBER, REGISTER_NUMBER, county_code


def next_number(division_id, *, today):
    """Return the next free register number of the county a division lies in.

    Call it in a transaction: the series stays locked until that ends.
    """
    while True:
        number = _next(SeriesPurpose.REGISTER, REGISTER_NUMBER, division_id, today)
        # Numbers of imported organisations may be of the same form.
        if not Organization.objects.filter(number=number).exists():
            return number


def next_letter_number(division_id, *, today):
    """Return the number of the next letter of the county bureau, in a transaction."""
    return _next(SeriesPurpose.LETTER, LETTER_NUMBER, division_id, today)


def lock_series(division_id, *, today):
    """Lock both series of a county, always in the same order, before anything is written.

    An act that writes to the ledger first and takes a number then would wait for one that does it
    the other way round, and that one for it.
    """
    for purpose in (SeriesPurpose.REGISTER, SeriesPurpose.LETTER):
        _series(purpose, division_id, today)


def _series(purpose, division_id, today):
    key = {"purpose": purpose, "county": county_code(division_id), "year": today.year}
    NumberSeries.objects.get_or_create(**key)
    return NumberSeries.objects.select_for_update().get(**key)


def _next(purpose, pattern, division_id, today):
    series = _series(purpose, division_id, today)
    series.last += 1
    series.save()
    return pattern.format(county=series.county, year=today.year, serial=series.last)
