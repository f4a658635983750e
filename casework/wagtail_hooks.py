"""Casework in the Wagtail admin."""

from wagtail import hooks

from casework.viewsets import CaseGroup, SubsidyGroup


@hooks.register("register_admin_viewset")
def case_group():
    return CaseGroup()


@hooks.register("register_admin_viewset")
def subsidy_group():
    return SubsidyGroup()
