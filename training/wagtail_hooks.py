"""Training in the Wagtail admin."""

from wagtail import hooks

from training.viewsets import ExamGroup, TrainingGroup
from training.viewsets.course_pages import (
    keep_all_that_somebody_studies,
    keep_what_somebody_studies,
)


@hooks.register("register_admin_viewset")
def training_group():
    return TrainingGroup()


@hooks.register("register_admin_viewset")
def exam_group():
    return ExamGroup()


hooks.register("before_delete_page", keep_what_somebody_studies)
hooks.register("before_move_page", keep_what_somebody_studies)
hooks.register("before_bulk_action", keep_all_that_somebody_studies)
