"""Grading in the Wagtail admin."""

from wagtail import hooks

from grading.viewsets import GradingGroup


@hooks.register("register_admin_viewset")
def grading_group():
    return GradingGroup()
