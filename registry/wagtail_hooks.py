"""The register in the Wagtail admin."""

from wagtail import hooks

from registry.viewsets import CHOOSERS, RegisterGroup


@hooks.register("register_admin_viewset")
def register_group():
    return RegisterGroup()


@hooks.register("register_admin_viewset")
def choosers():
    return CHOOSERS
