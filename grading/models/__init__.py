"""The tables of grading, one module for each noun."""

from grading.models.application import Application
from grading.models.decision import Answer, Decision, Ruling, Waiving
from grading.models.grade import Grade
from grading.models.panel import Panel
from grading.models.panel_seats import PanelMember, PanelSeat, PanelTenure
from grading.models.reading import RankMove, Reading, Recusal
from grading.models.recognition import Recognition
from grading.models.renewal import Renewal
from grading.models.review import Length, ReviewCycle, ReviewSheet
from grading.models.review_parts import (
    Actor,
    FigureState,
    ReviewConsequence,
    ReviewFigure,
    ReviewMark,
    SheetObjection,
)
from grading.models.round import GradingRound, RoundLevel
from grading.models.scheme import GradingScheme, Purpose, SchemeVersion, Subject

__all__ = [
    "Actor",
    "Answer",
    "Application",
    "Decision",
    "FigureState",
    "Grade",
    "GradingRound",
    "GradingScheme",
    "Length",
    "Panel",
    "PanelMember",
    "PanelSeat",
    "PanelTenure",
    "Purpose",
    "RankMove",
    "Reading",
    "Recognition",
    "Recusal",
    "Renewal",
    "ReviewConsequence",
    "ReviewCycle",
    "ReviewFigure",
    "ReviewMark",
    "ReviewSheet",
    "RoundLevel",
    "Ruling",
    "SchemeVersion",
    "SheetObjection",
    "Subject",
    "Waiving",
]
