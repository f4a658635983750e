"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.courses import let_trainers_write, load_courses
from training.actions.hours import credit_hours, reverse_hours
from training.actions.studies import (
    answer_quiz,
    begin_course,
    finish_course,
    finish_lesson,
    read_on,
    set_aside,
)
from training.actions.topics import load_topics

__all__ = [
    "answer_quiz",
    "begin_course",
    "credit_hours",
    "finish_course",
    "finish_lesson",
    "let_trainers_write",
    "load_courses",
    "load_topics",
    "read_on",
    "reverse_hours",
    "set_aside",
]
