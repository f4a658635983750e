"""The life cycles of grading, one module for each noun."""

from grading.flows.application import APPLICATION, ApplicationState
from grading.flows.grade import GRADE, GradeState
from grading.flows.panel import PANEL, READING, PanelState, ReadingState
from grading.flows.recognition import RECOGNITION, RecognitionState
from grading.flows.round import ROUND, RoundState
from grading.flows.scheme import RULING, SCHEME_VERSION, SETTLED, VersionState

__all__ = [
    "APPLICATION",
    "GRADE",
    "PANEL",
    "READING",
    "RECOGNITION",
    "ROUND",
    "RULING",
    "SCHEME_VERSION",
    "SETTLED",
    "ApplicationState",
    "GradeState",
    "PanelState",
    "ReadingState",
    "RecognitionState",
    "RoundState",
    "VersionState",
]
