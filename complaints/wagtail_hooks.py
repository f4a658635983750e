"""Complaints in the Wagtail admin."""

from wagtail import hooks

from complaints.viewsets import ComplaintGroup


@hooks.register("register_admin_viewset")
def complaint_group():
    return ComplaintGroup()
