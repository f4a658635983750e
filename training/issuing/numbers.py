"""Numbers of certificates: one after another, in the places and years of their pattern."""

from registry.models import Mediator
from training.models import Certificate, CertificateSeries
from training.rules.certificates import number_of, series_of


def next_certificate_number(kind, division_id, *, today):
    """Return the next free number of a kind for a person of a division (a number).

    Call it in a transaction: the series stays locked until that ends, so that no number is given
    twice and none is left out.
    """
    place, year = series_of(kind.number_pattern, division_id, today.year)
    key = {"kind_code": kind.code, "place": place, "year": year}
    CertificateSeries.objects.get_or_create(**key)
    series = CertificateSeries.objects.select_for_update().get(**key)
    while True:
        series.last += 1
        number = number_of(kind.number_pattern, division_id, today.year, series.last)
        if not is_taken(number):
            series.save()
            return number


def is_taken(number):
    """Whether somebody has the number, perhaps from a roster that was imported."""
    held = Mediator.objects.filter(certificate_number=number).exists()
    return held or Certificate.objects.filter(number=number).exists()
