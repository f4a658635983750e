"""Where a visitor can go from every page: only to what exists."""

from functools import cache
from typing import NamedTuple

from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Entry(NamedTuple):
    label: str
    url: str
    hint: str = ""
    lang: str = ""


CAPABILITIES = [
    Entry(_("Find a mediator"), "/mediators/", _("By name, place or kind of dispute")),
    Entry(_("Find a committee"), "/organizations/", _("Address, telephone and members")),
    Entry(_("Public notices"), "/notices/", _("Published decisions, open to objection")),
    Entry(_("Complaints and oversight"), "/complaints/", _("May be anonymous, about 5 minutes")),
    Entry(_("Case library"), "/library/", _("How disputes like yours were settled")),
    Entry(_("Check a certificate"), "/verify/", _("Scan the code or type the number")),
]


@cache
def is_served(path):
    """Tell whether an address belongs to a view of ours and not to the tree of pages."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def capabilities():
    """Return the entries of the capabilities this site already has, in the active language."""
    return [
        Entry(str(entry.label), entry.url, str(entry.hint))
        for entry in CAPABILITIES
        if is_served(entry.url)
    ]


def top_pages():
    """Return the published pages right below the home page, in the active language."""
    return Page.objects.live().filter(depth=3, locale__language_code=get_language())


def entries(request):
    """Return where main menu and footer lead; editors choose which pages the menu has."""
    menu, footer = capabilities(), []
    for page in top_pages():
        if url := page.get_url(request):  # none while no site leads to the page
            entry = Entry(page.title, url, page.search_description)
            (menu if page.show_in_menus else footer).append(entry)
    return {"menu": menu, "footer": footer}


def written_in(page):
    """Return the language of a page that only mirrors one in another language, else nothing."""
    return page.alias_of.locale.language_code if page.alias_of_id else ""


def site_map(request):
    """Return every published page in the active language, in the order of the tree."""
    pages = Page.objects.live().public().filter(depth__gte=3)
    in_language = pages.filter(locale__language_code=get_language()).order_by("path")
    return [
        Entry(page.title, url, page.search_description, written_in(page))
        for page in in_language.select_related("alias_of__locale")
        if (url := page.get_url(request))
    ]
