"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.candidates import add_candidate, fill_candidates, set_rooms
from training.actions.delivery import (
    put_off,
    save_answer,
    settle,
    start_attempt,
    submit_attempt,
    take_over,
)
from training.actions.exams import (
    add_exam,
    archive_exam,
    change_exam,
    collect_exam,
    release_exam,
    schedule_exam,
    take_back_exam,
)
from training.actions.hours import credit_hours, reverse_hours
from training.actions.incidents import ask_void, drop_void, extend_exam, void_attempt
from training.actions.papers import (
    add_line,
    add_paper,
    add_questions,
    change_paper,
    drop_line,
    drop_question,
    make_paper_ready,
    reopen_paper,
    retire_paper,
)
from training.actions.topics import load_topics

__all__ = [
    "add_candidate",
    "add_exam",
    "add_line",
    "add_paper",
    "add_questions",
    "archive_exam",
    "ask_void",
    "change_exam",
    "change_paper",
    "collect_exam",
    "credit_hours",
    "drop_line",
    "drop_question",
    "drop_void",
    "extend_exam",
    "fill_candidates",
    "load_topics",
    "make_paper_ready",
    "put_off",
    "release_exam",
    "reopen_paper",
    "retire_paper",
    "reverse_hours",
    "save_answer",
    "schedule_exam",
    "set_rooms",
    "settle",
    "start_attempt",
    "submit_attempt",
    "take_back_exam",
    "take_over",
    "void_attempt",
]
