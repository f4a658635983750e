"""The life cycles of grading, one module for each noun."""

from grading.flows.application import APPLICATION, ApplicationState
from grading.flows.grade import GRADE, GradeState
from grading.flows.panel import PANEL, READING, PanelState, ReadingState
from grading.flows.recognition import RECOGNITION, RecognitionState
from grading.flows.renewal import RENEWAL, RenewalState
from grading.flows.review import CONSEQUENCE, CYCLE, SHEET, ConsequenceState, CycleState, SheetState
from grading.flows.round import ROUND, RoundState
from grading.flows.scheme import RULING, SCHEME_VERSION, SETTLED, VersionState

__all__ = [
    "APPLICATION",
    "CONSEQUENCE",
    "CYCLE",
    "GRADE",
    "PANEL",
    "READING",
    "RECOGNITION",
    "RENEWAL",
    "ROUND",
    "RULING",
    "SCHEME_VERSION",
    "SETTLED",
    "SHEET",
    "ApplicationState",
    "ConsequenceState",
    "CycleState",
    "GradeState",
    "PanelState",
    "ReadingState",
    "RecognitionState",
    "RenewalState",
    "RoundState",
    "SheetState",
    "VersionState",
]
