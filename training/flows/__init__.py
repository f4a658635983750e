"""The life cycles of training, one module for each noun."""

from training.flows.question import QUESTION, QuestionState

__all__ = ["QUESTION", "QuestionState"]
