"""How the staff side looks."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal import sidebar
from portal.desk import own_panels

FIRST, LAST = 0, 1000

sidebar.pack_menus_quickly()


@hooks.register("insert_global_admin_css")
def desk_style():
    return format_html('<link rel="stylesheet" href="{}">', static("portal/desk.css"))


@hooks.register("construct_homepage_panels", order=LAST)
def desk_panels(request, panels):
    panels[:] = own_panels(panels)


@hooks.register("construct_homepage_summary_items", order=LAST)
def no_page_counts(request, items):
    items.clear()


@hooks.register("register_admin_menu_item")
def desk_entry():
    return MenuItem(
        _("Desk"), reverse("wagtailadmin_home"), name="desk", icon_name="home", order=FIRST
    )


@hooks.register("construct_main_menu", order=LAST)
def no_outside_help(request, menu_items):
    """Leave out the menu that leads to Wagtail's own site, in English."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
