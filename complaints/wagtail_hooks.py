"""Complaints in the Wagtail admin."""

from wagtail import hooks

from complaints.forms.choosers import ROSTER_MEDIATORS, ROSTER_ORGANIZATIONS
from complaints.viewsets import ComplaintGroup


@hooks.register("register_admin_viewset")
def complaint_group():
    return ComplaintGroup()


@hooks.register("register_admin_viewset")
def roster_choosers():
    return [ROSTER_ORGANIZATIONS, ROSTER_MEDIATORS]
