"""The questions asked of training, one module for each noun."""

from training.queries.certificates import (
    CertificateKindQuerySet,
    CertificateQuerySet,
    CertificateRunQuerySet,
    SealQuerySet,
)
from training.queries.hours import HourEntryQuerySet, OfMediatorQuerySet
from training.queries.questions import QuestionQuerySet

__all__ = [
    "CertificateKindQuerySet",
    "CertificateQuerySet",
    "CertificateRunQuerySet",
    "HourEntryQuerySet",
    "OfMediatorQuerySet",
    "QuestionQuerySet",
    "SealQuerySet",
]
