"""The life cycles of grading, one module for each noun."""

from grading.flows.scheme import RULING, SCHEME_VERSION, SETTLED, VersionState

__all__ = ["RULING", "SCHEME_VERSION", "SETTLED", "VersionState"]
