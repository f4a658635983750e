"""The tables of grading, one module for each noun."""

from grading.models.scheme import GradingScheme, SchemeVersion, Subject

__all__ = ["GradingScheme", "SchemeVersion", "Subject"]
