"""The way back from a mediator's own pages."""

from django.urls import reverse
from django.utils.translation import gettext as _


def own_crumbs(label, *between):
    """Return the crumbs of one's own page: from "my page" over ``between`` to ``label``."""
    return [{"url": reverse("my_page"), "label": _("My page")}, *between, {"label": label}]
