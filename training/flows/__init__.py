"""The life cycles of training, one module for each noun."""

from training.flows.question import QUESTION, QuestionState
from training.flows.question_import import QUESTION_IMPORT, QuestionImportState

__all__ = ["QUESTION", "QUESTION_IMPORT", "QuestionImportState", "QuestionState"]
