"""The pages of training for everybody and for mediators."""

from training.views.courses import (
    answer_quiz,
    begin_course,
    finish_course,
    finish_lesson,
    my_course,
    my_courses,
    my_lesson,
    read_on,
    resume_lesson,
)
from training.views.videos import lesson_video

__all__ = [
    "answer_quiz",
    "begin_course",
    "finish_course",
    "finish_lesson",
    "lesson_video",
    "my_course",
    "my_courses",
    "my_lesson",
    "read_on",
    "resume_lesson",
]
