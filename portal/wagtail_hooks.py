"""How the staff side looks."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from portal.desk import own_panels

LAST = 1000


@hooks.register("insert_global_admin_css")
def desk_style():
    return format_html('<link rel="stylesheet" href="{}">', static("portal/desk.css"))


@hooks.register("construct_homepage_panels", order=LAST)
def desk_panels(request, panels):
    panels[:] = own_panels(panels)


@hooks.register("construct_homepage_summary_items", order=LAST)
def no_page_counts(request, items):
    items.clear()
