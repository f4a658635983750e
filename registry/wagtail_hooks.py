"""The register in the Wagtail admin."""

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from wagtail import hooks

from registry.reports.dashboard import register_panels
from registry.viewsets import CHOOSERS, REPORTS, RegisterGroup, StandingGroup


@hooks.register("register_admin_viewset")
def register_group():
    return RegisterGroup()


@hooks.register("register_admin_viewset")
def standing_group():
    return StandingGroup()


@hooks.register("register_admin_viewset")
def choosers():
    return CHOOSERS


@hooks.register("register_admin_viewset")
def reports():
    return REPORTS


@hooks.register("construct_homepage_panels")
def register_on_the_dashboard(request, panels):
    # The edge of the request reads the clock.
    panels += register_panels(request.user, timezone.localdate())


@hooks.register("insert_global_admin_css")
def register_style():
    return format_html('<link rel="stylesheet" href="{}">', static("registry/desk.css"))
