"""The tables of grading, one module for each noun."""

from grading.models.application import Application
from grading.models.decision import Answer, Decision, Ruling, Waiving
from grading.models.grade import Grade
from grading.models.panel import Panel, PanelMember, PanelSeat, PanelTenure
from grading.models.reading import RankMove, Reading, Recusal
from grading.models.recognition import Recognition
from grading.models.round import GradingRound, RoundLevel
from grading.models.scheme import GradingScheme, SchemeVersion, Subject

__all__ = [
    "Answer",
    "Application",
    "Decision",
    "Grade",
    "GradingRound",
    "GradingScheme",
    "Panel",
    "PanelMember",
    "PanelSeat",
    "PanelTenure",
    "RankMove",
    "Reading",
    "Recognition",
    "Recusal",
    "RoundLevel",
    "Ruling",
    "SchemeVersion",
    "Subject",
    "Waiving",
]
