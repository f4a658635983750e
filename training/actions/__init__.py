"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.hours import credit_hours, reverse_hours
from training.actions.question_imports import check_questions, drop_questions, enter_questions
from training.actions.question_loading import load_questions
from training.actions.questions import (
    add_question,
    edit_question,
    put_question_in_use,
    recheck_questions,
    retire_question,
    review_question,
    send_back_question,
    settle_findings,
    submit_question,
)
from training.actions.topics import load_topics

__all__ = [
    "add_question",
    "check_questions",
    "credit_hours",
    "drop_questions",
    "edit_question",
    "enter_questions",
    "load_questions",
    "load_topics",
    "put_question_in_use",
    "recheck_questions",
    "retire_question",
    "reverse_hours",
    "review_question",
    "send_back_question",
    "settle_findings",
    "submit_question",
]
