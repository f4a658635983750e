"""Judging people by their facts: one by one with the rows, or everybody at once in SQL."""

from grading.evaluation.catalogue import FIGURES, FLAGS
from grading.evaluation.people import facts_of
from grading.evaluation.questions import questions_in_words, questions_of
from grading.evaluation.series import SERIES
from grading.evaluation.sets import Counted, Everybody, moved, moves
from grading.evaluation.subjects import MEDIATORS, ORGANISATIONS, subject_of

__all__ = [
    "FIGURES",
    "FLAGS",
    "MEDIATORS",
    "ORGANISATIONS",
    "SERIES",
    "Counted",
    "Everybody",
    "facts_of",
    "moved",
    "moves",
    "questions_in_words",
    "questions_of",
    "subject_of",
]
