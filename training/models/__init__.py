"""The tables of training."""

from training.models.course import (
    Audience,
    CourseLevel,
    CoursePage,
    LessonPage,
    TrainingIndexPage,
)
from training.models.hours import ContentClass, HourEntry, HourEntryKind
from training.models.lecturer import Lecturer
from training.models.policy import TrainingKey, TrainingPolicy
from training.models.question import Question, QuestionKind, QuestionVersion, Topic
from training.models.report import StudyDivision
from training.models.study import (
    CourseCompletion,
    CourseStanding,
    CourseStudy,
    LessonProgress,
    QuizAnswer,
)
from training.models.textbook import Textbook, TextbookKind

__all__ = [
    "Audience",
    "ContentClass",
    "CourseCompletion",
    "CourseLevel",
    "CoursePage",
    "CourseStanding",
    "CourseStudy",
    "HourEntry",
    "HourEntryKind",
    "Lecturer",
    "LessonPage",
    "LessonProgress",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "QuizAnswer",
    "StudyDivision",
    "Textbook",
    "TextbookKind",
    "Topic",
    "TrainingIndexPage",
    "TrainingKey",
    "TrainingPolicy",
]
