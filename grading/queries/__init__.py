"""The questions asked of grading, one module for each noun."""

from grading.queries.schemes import SchemeQuerySet, VersionQuerySet

__all__ = ["SchemeQuerySet", "VersionQuerySet"]
