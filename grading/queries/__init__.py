"""The questions asked of grading, one module for each noun."""

from grading.queries.applications import ApplicationQuerySet, OfApplicationQuerySet
from grading.queries.grades import GradeQuerySet
from grading.queries.panels import PanelQuerySet, ReadingQuerySet, RecusalQuerySet
from grading.queries.rounds import RoundLevelQuerySet, RoundQuerySet
from grading.queries.schemes import SchemeQuerySet, VersionQuerySet

__all__ = [
    "ApplicationQuerySet",
    "GradeQuerySet",
    "OfApplicationQuerySet",
    "PanelQuerySet",
    "ReadingQuerySet",
    "RecusalQuerySet",
    "RoundLevelQuerySet",
    "RoundQuerySet",
    "SchemeQuerySet",
    "VersionQuerySet",
]
